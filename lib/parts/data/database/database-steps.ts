/** What people do around a database move. Commands name what they act on by its name: nothing in them is a token. */
import type { DataSteps } from "../data-stage";
import type { DatabaseMoveReview } from "./database-review";
import { dmsSteps } from "./dms-steps";
import { restoreSteps } from "./restore-steps";
import type { StepContext } from "./shared-steps";

/** The steps of a move, forward and back. */
export function databaseMoveSteps({ name, method, target }: DatabaseMoveReview, context: StepContext): DataSteps {
  return method.kind === "dms" ? dmsSteps(name, method, target, context) : restoreSteps(name, method, target, context);
}
