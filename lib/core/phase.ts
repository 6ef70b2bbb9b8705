/**
 * The phases of a migration: what a stage means to whoever does not know its pattern. Every pattern names its stages in its
 * own words, and says of each which of these four it is; parts, the plan, the runbook and the metrics ask for the phase, so
 * that they carry a pattern that is written tomorrow.
 */
import { admit } from "./door/admit";

/**
 * The phases, in the order in which every migration passes through them. A pattern may leave some out.
 *
 * - `prepare`: the target is being made ready; production does not depend on it.
 * - `try`: the target is tried on purpose, by testers or by mirrored traffic; production does not depend on it.
 * - `serve`: production depends on the target, in part or altogether, and can go back.
 * - `final`: the way back is given up, or is one of restoring.
 */
export const phases = ["prepare", "try", "serve", "final"] as const;

/** A phase of a migration. */
export type Phase = (typeof phases)[number];

/** Checks whether `phase` is `other` or a later one. */
export function phaseAtLeast(phase: Phase, other: Phase): boolean {
  admit("phaseAtLeast", { phase, other });
  return phases.indexOf(phase) >= phases.indexOf(other);
}

/** Returns the phases after `from`, up to and including `to`; from the first one on where `from` is undefined. */
export function phasesBetween(from: Phase | undefined, to: Phase): readonly Phase[] {
  admit("phasesBetween", { from, to });
  return phases.slice(from === undefined ? 0 : phases.indexOf(from) + 1, phases.indexOf(to) + 1);
}
