/**
 * ```ts
 * dependsOn: [{ migration: orders, reached: "migrate" }]
 * ```
 *
 * Dependencies between migrations, which hold each other: no new route before the new schema is live, and no way back of the
 * schema while the route still uses it. The same condition says both: while the dependent is in a stage that needs it, the
 * other has reached a stage.
 */
import type { TerraformProvider } from "cdktf";
import { MigrationError } from "./error";
import { Stages } from "./stage";
import { APP_NAME, MIGRATION_NAME, parameterPath, type MigrationIdentity } from "./stage-parameters";

/** A migration that others can depend on: a `Migration`, or one of another app (`Migration.fromParameterPath`). */
export interface IdentifiedMigration {
  readonly identity: MigrationIdentity;
  readonly stages: Stages;
}

/** A dependency of a migration on a stage of another one. */
export interface MigrationDependency {
  /** The migration depended on: one of this app, or `Migration.fromParameterPath` of another. */
  readonly migration: IdentifiedMigration;
  /** The stage that the other migration must have reached; a later one satisfies the dependency too. */
  readonly reached: string;
  /**
   * The first stage of the dependent migration that needs it; every later one needs it too.
   * @default - the first stage of the phase `serve`; the last stage where none serves
   */
  readonly before?: string;
  /**
   * The provider of the account and region in which the other migration is recorded.
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}

/** A dependency with its defaults filled in. */
export interface ResolvedDependency {
  readonly migration: IdentifiedMigration;
  /** The first of the other migration's stages that satisfies the dependency. */
  readonly reached: string;
  /** The other migration's stages that satisfy the dependency. */
  readonly needs: readonly string[];
  /** The first own stage that needs them. */
  readonly before: string;
  /** The own stages that need them. */
  readonly while: readonly string[];
  readonly provider: TerraformProvider | undefined;
}

/**
 * Fills in the defaults of a migration's dependencies.
 *
 * @throws MigrationError `MIGRATION_DEPENDENCY`
 */
export function resolveDependencies(
  dependencies: readonly MigrationDependency[],
  own: IdentifiedMigration & { readonly node: { readonly path: string } },
): readonly ResolvedDependency[] {
  const seen = new Set<string>();
  // A JavaScript caller may pass anything, here and below.
  if (!Array.isArray(dependencies)) {
    throw new MigrationError({
      code: "MIGRATION_DEPENDENCY",
      path: "dependsOn",
      received: typeof dependencies,
      allowed: "a list of dependencies",
      fix: 'write for example [{ migration: orders, reached: "migrate" }]',
      construct: own.node.path,
    });
  }
  return dependencies.map((dependency: MigrationDependency | null | undefined, index) => {
    const { migration, reached, before, provider } = dependency ?? ({} as MigrationDependency);
    const refuse = (path: string, received: unknown, allowed: string, fix: string): never => {
      throw new MigrationError({
        code: "MIGRATION_DEPENDENCY",
        path: `dependsOn[${index}].${path}`,
        received,
        allowed,
        fix,
        construct: own.node.path,
      });
    };
    const named = migration as Partial<IdentifiedMigration> | undefined;
    if (named?.identity === undefined || !(named.stages instanceof Stages)) {
      refuse(
        "migration",
        typeof migration,
        "a migration",
        "pass the migration's construct, or Migration.fromParameterPath",
      );
    }
    const path = parameterPath(migration.identity);
    if (path === parameterPath(own.identity)) {
      refuse(
        "migration",
        `${path} → ${path}`,
        "another migration",
        "leave out the dependency of the migration on itself",
      );
    }
    if (seen.has(path)) refuse("migration", path, "each migration once", "keep the dependency with the later stage");
    seen.add(path);
    if (!migration.stages.has(reached)) {
      refuse("reached", reached, `one of ${migration.stages.names.join(", ")}`, `name a stage of ${path}`);
    }
    const first = before ?? own.stages.firstServing.name;
    if (!own.stages.has(first)) {
      refuse("before", first, `one of ${own.stages.names.join(", ")}`, "name a stage of this migration");
    }
    return {
      migration,
      reached,
      needs: migration.stages.from(reached),
      before: first,
      while: own.stages.from(first),
      provider,
    };
  });
}

/**
 * Returns the migration that is recorded below a path: `/migration/network/office`.
 *
 * @throws MigrationError `MIGRATION_PARAMETER_PATH`
 */
export function migrationAt(path: string, stages: Stages): IdentifiedMigration {
  const [app, name, more] = path.replace(/^\/migration\//, "").split("/");
  const valid =
    path.startsWith("/migration/") && more === undefined && APP_NAME.test(app ?? "") && MIGRATION_NAME.test(name ?? "");
  if (!valid) {
    throw new MigrationError({
      code: "MIGRATION_PARAMETER_PATH",
      path: "path",
      received: path,
      allowed: "/migration/, the app's name, / and the migration's name: /migration/network/office",
      fix: "copy the path that `migration-patterns status --app NAME` prints",
    });
  }
  return { identity: { app: app ?? "", name: name ?? "" }, stages };
}
