/**
 * The verifications of a migration: a check, and the alarm that says when it fails. Every pattern lists its own, so that the
 * plan can ask of any of them whether a stage is promoted on proof or on hope.
 */

/**
 * The kinds of verification.
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

/** The kind of a verification. */
export type VerificationKind = (typeof verificationKinds)[number];

/** The CloudWatch alarm of a verification. */
export interface VerificationAlarm {
  /** The alarm's name. Known before Terraform runs, unless it is a token. */
  readonly name: string;
  readonly arn: string;
  /** Whether anybody is told when it changes. */
  readonly notifies: boolean;
  /**
   * The region of the alarm.
   * @default - the stack's own
   */
  readonly region?: string;
}

/** A check that tells whether a migration works. */
export interface Verification {
  readonly kind: VerificationKind;
  /** The name that people use: `login`, `tunnel 1 of office`. */
  readonly name: string;
  /**
   * The alarm that tells when the check fails.
   * @default - a person checks; there is no alarm
   */
  readonly alarm?: VerificationAlarm;
}
