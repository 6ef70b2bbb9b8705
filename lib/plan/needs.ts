/** The dependencies between the migrations of a plan, as the migrations declare them. */
import type { Migration } from "../core/migration";
import type { ResolvedDependency } from "../core/migration-dependency";
import { parameterPath } from "../core/stage-parameters";
import type { PlannedMigration, PlannedNeed } from "./plan-document";

/** Migrations by the path of their parameters, which is how a dependency refers to them. */
export type MigrationsByIdentity = ReadonlyMap<string, Migration>;

/** Indexes the migrations by the path of their parameters, which is how a dependency refers to them. */
export function byIdentity(migrations: readonly Migration[]): MigrationsByIdentity {
  return new Map(migrations.map((migration) => [parameterPath(migration.identity), migration]));
}

/** Returns the migrations of `known` that the given one depends on, in the order in which it declares them. */
export function neededBy({ dependencies }: Migration, known: MigrationsByIdentity): Migration[] {
  return dependencies.flatMap((dependency) => dependencyIn(known, dependency) ?? []);
}

/** Returns the migration that a dependency refers to; undefined where it is not one of `known`. */
export function dependencyIn(known: MigrationsByIdentity, { migration }: ResolvedDependency): Migration | undefined {
  return known.get(parameterPath(migration.identity));
}

/**
 * Returns the migration's dependencies as data, those of `known` by their paths, all others by the path of their parameters.
 */
export function plannedNeeds({ dependencies }: Migration, known: MigrationsByIdentity): PlannedNeed[] {
  return dependencies.map((dependency) => ({
    migration: dependencyIn(known, dependency)?.node.path ?? parameterPath(dependency.migration.identity),
    reached: dependency.reached,
    before: dependency.before,
  }));
}

/** Returns the name of the app in the path of a migration's parameters; undefined where the path is of a construct. */
export function appOf(migration: string): string | undefined {
  return /^\/migration\/([^/]+)\//.exec(migration)?.[1];
}

/** Checks whether the migration declares the wanted stage, or a later one. */
export function hasDeclared({ stages, stage }: PlannedMigration, wanted: string): boolean {
  const at = (name: string): number => stages.findIndex((each) => each.name === name);
  return at(stage) >= at(wanted);
}
