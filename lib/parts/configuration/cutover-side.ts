/** The meaning of a phase for configuration: the side whose values are in effect, and the time to live of DNS answers. */
import { admit } from "../../core/door/admit";
import type { Phase } from "../../core/phase";

/** The side of a move whose values are in effect. */
export type CutoverSide = "source" | "target";

/**
 * Returns the side whose values are in effect in the phase.
 *
 * - `prepare`: the source's values, with the usual times to live of DNS records.
 * - `try`: the source's values, with lowered times to live, so that the next phase takes effect soon.
 * - `serve`: the target's values, still with lowered times to live, so that the way back takes effect soon as well.
 * - `final`: the target's values, with the usual times to live.
 */
export function sideOf(phase: Phase): CutoverSide {
  admit("sideOf", { phase });
  return phase === "serve" || phase === "final" ? "target" : "source";
}

/** Checks whether the times to live of DNS records are lowered in the phase. */
export function isTtlLowered(phase: Phase): boolean {
  admit("isTtlLowered", { phase });
  return phase === "try" || phase === "serve";
}
