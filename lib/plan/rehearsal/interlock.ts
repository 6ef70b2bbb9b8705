/**
 * ```ts
 * const others = interlockedStages(routing, { lower: "0-percent", upper: "50-percent" }, [schema, routing]); // schema → migrate
 * ```
 *
 * The stages of interlocked migrations during a rehearsal. Migrations that depend on each other cannot be rehearsed one by one:
 * a route is not shifted before its schema serves, and the schema is not rolled back while the route is shifted. So while one
 * migration is rehearsed, its dependencies are brought forward, and its dependents are taken back, each with theirs in turn.
 */
import type { Migration } from "../../core/migration";
import type { ResolvedDependency } from "../../core/migration-dependency";
import { byIdentity, dependencyIn } from "../needs";

/** The two stages of a transition, whatever its direction. */
export interface TransitionEnds {
  /** The earlier of the two stages; the first stage itself where everything is created. */
  readonly lower: string;
  readonly upper: string;
}

/**
 * Returns the stages in which other migrations must be declared so that both stages of the transition are allowed, for those
 * whose code declares another stage. A dependent that needs the migration from its very first stage cannot be taken back
 * further, and stays there.
 */
export function interlockedStages(
  migration: Migration,
  { lower, upper }: TransitionEnds,
  all: readonly Migration[],
): ReadonlyMap<Migration, string> {
  const known = byIdentity(all);
  const moved = new Map<Migration, string>();
  const stageOf = (each: Migration): string => moved.get(each) ?? each.stage.name;

  /** Brings the dependencies that the migration has in that stage forward to the stage that they must have reached. */
  const bringForward = (needing: Migration, stage: string): void => {
    for (const dependency of needing.dependencies) {
      const other = dependencyIn(known, dependency);
      if (other === undefined || other === migration || !dependency.while.includes(stage)) continue;
      if (dependency.needs.includes(stageOf(other))) continue;
      moved.set(other, dependency.reached);
      bringForward(other, dependency.reached);
    }
  };

  /** Takes the dependents back that need a later stage of the migration. */
  const takeBack = (needed: Migration, stage: string): void => {
    for (const [dependent, dependency] of dependentsOf(needed, all, (each) => dependencyIn(known, each))) {
      if (dependent === migration || dependency.needs.includes(stage)) continue;
      if (!dependency.while.includes(stageOf(dependent))) continue;
      const { stages } = dependent;
      const before = stages.before(dependency.before) ?? stages.get(dependency.before);
      // It is at its first stage already, or in a circle.
      if (before.name === stageOf(dependent)) continue;
      moved.set(dependent, before.name);
      takeBack(dependent, before.name);
    }
  };

  bringForward(migration, upper);
  takeBack(migration, lower);
  return new Map([...moved].filter(([each, stage]) => each.stage.name !== stage));
}

function* dependentsOf(
  needed: Migration,
  all: readonly Migration[],
  resolve: (dependency: ResolvedDependency) => Migration | undefined,
): Iterable<[Migration, ResolvedDependency]> {
  for (const dependent of all) {
    for (const dependency of dependent.dependencies) if (resolve(dependency) === needed) yield [dependent, dependency];
  }
}
