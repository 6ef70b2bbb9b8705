/** The dependencies between migrations: what each waits for, and what it is held by. */
import { hasDeclared } from "../../plan/needs";
import type { PlanDocument, PlannedMigration } from "../../plan/plan-document";

/** One side of a dependency, seen from a migration. */
export interface Hold {
  /** The other migration. */
  readonly migration: string;
  /** The dependency in words, after the other's name: `to reach migrate before cutover`. */
  readonly words: string;
  /**
   * Whether the other has declared enough, or holds it in the stage that it declares; undefined where only the account
   * knows.
   */
  readonly now: boolean | undefined;
}

/** Returns the migrations that the migration waits for. `now` says whether the other has declared enough. */
export function waitsFor({ dependsOn }: PlannedMigration, { migrations }: PlanDocument): Hold[] {
  return dependsOn.map(({ migration, reached, before }) => {
    const other = migrations.find(({ path }) => path === migration);
    return {
      migration,
      words: `to reach ${reached} before ${before}`,
      now: other === undefined ? undefined : hasDeclared(other, reached),
    };
  });
}

/** Returns the migrations that depend on the migration. `now` says whether it is held in the stages that are declared. */
export function heldBy({ path }: PlannedMigration, { migrations }: PlanDocument): Hold[] {
  return migrations.flatMap((other) =>
    other.dependsOn
      .filter(({ migration }) => migration === path)
      .map(({ reached, before }) => ({
        migration: other.path,
        words: `in ${reached} from its ${before} on`,
        now: hasDeclared(other, before),
      })),
  );
}
