/** What a phase means for configuration: whose values hold, and how long DNS answers may be kept. */
import type { Phase } from "../../core/phase";

/** Whose values hold. */
export type CutoverSide = "source" | "target";

/**
 * Returns whose values hold in the phase.
 *
 * - `prepare`: the source's, with their usual times to live.
 * - `try`: the source's; DNS answers are kept only briefly, so that the next phase takes effect soon.
 * - `serve`: the target's; DNS answers are still kept only briefly, so that the way back does too.
 * - `final`: the target's, with their usual times to live.
 */
export function sideOf(phase: Phase): CutoverSide {
  return phase === "serve" || phase === "final" ? "target" : "source";
}

/** Checks whether DNS answers are to be kept only briefly. */
export function isTtlLowered(phase: Phase): boolean {
  return phase === "try" || phase === "serve";
}
