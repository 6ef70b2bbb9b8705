/**
 * ```ts
 * const others = stagesBeside(routing, { lower: "0-percent", upper: "50-percent" }, [schema, routing]); // schema → migrate
 * ```
 *
 * Migrations that hold each other cannot be rehearsed one by one: the route is not shifted before the schema serves, and the
 * schema does not go back while the route is shifted. So while one is walked, those that it needs are brought forward before it,
 * and those that need it are taken back before it, each with whatever that needs in turn.
 */
import type { Migration } from "../../core/migration";
import type { ResolvedDependency } from "../../core/migration-dependency";
import { byIdentity, dependencyIn } from "../needs";

/** The two ends of a transition, the same forward and back. */
export interface TransitionEnds {
  /** The stage that is nearer to the first; the first itself where everything is created. */
  readonly lower: string;
  readonly upper: string;
}

/**
 * Returns the stages in which other migrations must be declared, so that both ends of the transition may be: those for which
 * it is another than they declare. A dependent that needs the migration from its very first stage cannot be taken back further,
 * and stays there.
 */
export function stagesBeside(
  migration: Migration,
  { lower, upper }: TransitionEnds,
  all: readonly Migration[],
): ReadonlyMap<Migration, string> {
  const known = byIdentity(all);
  const moved = new Map<Migration, string>();
  const stageOf = (each: Migration): string => moved.get(each) ?? each.stage.name;

  /** Brings what the migration needs in that stage to where it must be. */
  const bringForward = (needing: Migration, stage: string): void => {
    for (const dependency of needing.dependencies) {
      const other = dependencyIn(known, dependency);
      if (other === undefined || other === migration || !dependency.while.includes(stage)) continue;
      if (dependency.needs.includes(stageOf(other))) continue;
      moved.set(other, dependency.reached);
      bringForward(other, dependency.reached);
    }
  };

  /** Takes those back that need more of the migration than that stage. */
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
