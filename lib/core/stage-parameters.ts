/**
 * The names and values of the parameters in which a migration's stages are recorded: what Terraform writes, what a runner
 * writes and what `migration-patterns status` reads. Pure: the runtime library bundles this file.
 */

/** The identity of a migration in an account and region, whatever its construct is called. */
export interface MigrationIdentity {
  /** The name of the app: 1 to 64 letters, digits, dashes and underscores. */
  readonly app: string;
  /** The name of the migration in the app: 1 to 128 letters, digits, dashes, dots and underscores. */
  readonly name: string;
}

/** The value of `reached` before the first stage has been reached. No stage may have this name. */
export const NOT_REACHED = "none";

/** The pattern of an app's name. */
export const APP_NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** The pattern of a migration's name. */
export const MIGRATION_NAME = /^[A-Za-z0-9_.-]{1,128}$/;

/** Returns the path below which a migration's parameters are: `/migration/shop/orders`. */
export function parameterPath({ app, name }: MigrationIdentity): string {
  return `/migration/${app}/${name}`;
}

/** Returns the name of the parameter that holds the declared stage. */
export function declaredParameter(identity: MigrationIdentity): string {
  return `${parameterPath(identity)}/declared`;
}

/** Returns the name of the parameter that holds the stage that was reached. */
export function reachedParameter(identity: MigrationIdentity): string {
  return `${parameterPath(identity)}/reached`;
}

/** Returns the name of the parameter by which a dependent migration holds another. */
export function dependentParameter(migration: MigrationIdentity, dependent: MigrationIdentity): string {
  return `${parameterPath(migration)}/dependents/${dependent.app}.${dependent.name}`;
}

/** The mark that a dependent migration leaves below the one on which it depends. */
export interface DependentMark {
  /** The stages of the migration on which it depends in which the dependent may serve. */
  readonly needs: readonly string[];
  /** The dependent's own stages that need them. */
  readonly while: readonly string[];
  /** The name of the dependent's stack. */
  readonly stack: string;
  /** The first of the dependent's stages that needs them. */
  readonly before: string;
}
