import type { Finding } from "./finding";
import type { IsoDate } from "./iso-date";
import type { Waiver } from "./waiver";

/**
 * The verdict on whether a migration may be provisioned.
 *
 * - `ready`: nothing blocks.
 * - `incomplete`: what was looked at is fine, but a question is unanswered.
 * - `blocked`: at least one blocker that nobody has waived.
 */
export type Verdict = "ready" | "incomplete" | "blocked";

/**
 * The part of an assessment that a {@link Migration} reads. The patterns ask for the `Assessment` class of `assessment/`,
 * which only `assess()` can make: this interface is here so that the core need not import it.
 */
export interface AssessmentRecord {
  readonly verdict: Verdict;
  /** All findings of the assessment, waived findings and findings about waivers included. */
  readonly findings: readonly Finding[];
  /** All waivers that were given, for the findings that only the finished construct tree shows. */
  readonly waivers: readonly Waiver[];
  /** The waivers that name a rule the assessment did not run. One that no construct uses either is reported. */
  readonly deferredWaivers: readonly Waiver[];
  /** The day for which the assessment holds. */
  readonly asOf: IsoDate;
}
