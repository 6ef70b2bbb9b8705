/** The runbook steps of a database move. Commands refer to resources by name, and contain no token. */
import type { PartSteps } from "../../../core/migration-part";
import type { PhaseEntry } from "../data-phase";
import type { DatabaseMoveReview } from "./database-review";
import { dmsSteps } from "./dms-steps";
import { restoreSteps } from "./restore-steps";
import type { StepContext } from "./shared-steps";

/** Returns the steps of a move into a phase, and back out of it. A trial that the pattern leaves out is not made. */
export function databaseMoveSteps(
  { name, method, target }: Pick<DatabaseMoveReview, "name" | "method" | "target">,
  context: StepContext,
  entry: PhaseEntry,
): PartSteps {
  if (entry.phase === "try" && entry.transition.to.phase !== "try") return {};
  return method.kind === "dms"
    ? dmsSteps(name, method, target, context, entry)
    : restoreSteps(name, method, target, context, entry);
}
