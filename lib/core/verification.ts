/**
 * How it is known that a migration works: a check, and the alarm that says when it fails. Every pattern lists its own, so that
 * the plan can ask of any of them whether a stage is promoted on proof or on hope.
 */

/**
 * What a verification looks at.
 *
 * - `health-check`: the application answers.
 * - `end-to-end-test`: a user's way through the application works.
 * - `performance-comparison`: it is as fast as it was before the move.
 * - `data-comparison`: the data at the target is that of the source.
 * - `connectivity`: the two sides reach each other.
 */
export const verificationKinds = [
  "health-check",
  "end-to-end-test",
  "performance-comparison",
  "data-comparison",
  "connectivity",
] as const;

/** What a verification looks at. */
export type VerificationKind = (typeof verificationKinds)[number];

/** The CloudWatch alarm of a verification. */
export interface VerificationAlarm {
  /** Known before Terraform runs, unless it is a token. */
  readonly name: string;
  readonly arn: string;
  /** Whether anybody is told when it changes. */
  readonly notifies: boolean;
  /**
   * The region it is in.
   * @default - the stack's own
   */
  readonly region?: string;
}

/** One thing that says whether a migration works. */
export interface Verification {
  readonly kind: VerificationKind;
  /** As people call it: `login`, `tunnel 1 of office`. */
  readonly name: string;
  /**
   * @default - somebody looks; no alarm tells
   */
  readonly alarm?: VerificationAlarm;
}
