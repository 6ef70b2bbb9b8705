/** What a stage means for configuration: whose values hold, and how long DNS answers may be kept. */
import type { LiftAndShiftStage } from "../stage-names";

/**
 * The stages of a cut-over.
 *
 * - `replicate`: the source's values, with their usual times to live.
 * - `test`: the source's values; DNS answers are kept only briefly, so that the next stage takes effect soon.
 * - `cutover`: the target's values; DNS answers are still kept only briefly, so that the way back does too.
 * - `finalized`: the target's values, with their usual times to live.
 */
export type CutoverStage = LiftAndShiftStage;

/** Whose values hold. */
export type CutoverSide = "source" | "target";

/** Whose values hold in the stage. */
export function sideOf(stage: CutoverStage): CutoverSide {
  return stage === "replicate" || stage === "test" ? "source" : "target";
}

/** Whether DNS answers are to be kept only briefly. */
export function isTtlLowered(stage: CutoverStage): boolean {
  return stage === "test" || stage === "cutover";
}
