/**
 * ```ts
 * import { test } from "node:test";
 * test("nothing blocks", async () => assertReady(await createApp()));
 * ```
 *
 * The matchers as functions, for `node:test` and for every runner whose tests fail by an exception. They throw the
 * `AssertionError` of `node:assert`.
 */
import { AssertionError } from "node:assert";
import type { IConstruct } from "constructs";
import type { AssessmentRecord, Verdict } from "../core/assessment-record";
import type { Rehearsal } from "../plan/rehearsal/rehearsal";
import type { FindingQuery, RuleName } from "./finding-query";
import { checkBlockedBy, checkFinding } from "./has-finding";
import { checkLosesNothing, type LossOptions } from "./loses-nothing";
import type { Outcome } from "./outcome";
import { checkReady, checkVerdict } from "./readiness";
import type { FindingSource } from "./subject";

/** Anything that is ready or not: an app, a stack, a migration, a part, a plan, an assessment. */
export type ReadinessSource = IConstruct | AssessmentRecord;

/** Asserts that nothing blocks; see `toBeReady`. */
export function assertReady(subject: ReadinessSource): void {
  assertOutcome(checkReady(subject), true, assertReady);
}

/** Asserts that a blocker of this rule stops the migration; see `toBeBlockedBy`. */
export function assertBlockedBy(
  subject: FindingSource,
  rule: RuleName,
  conditions?: Omit<FindingQuery, "severity" | "waived">,
): void {
  assertOutcome(checkBlockedBy(subject, [rule, conditions]), true, assertBlockedBy);
}

/** Asserts the verdict of an assessment; see `toHaveVerdict`. */
export function assertVerdict(subject: ReadinessSource, verdict: Verdict): void {
  assertOutcome(checkVerdict(subject, verdict), true, assertVerdict);
}

/** Asserts that there is a finding that meets all conditions; see `toHaveFinding`. */
export function assertFinding(subject: FindingSource, rule: RuleName, conditions?: FindingQuery): void;
export function assertFinding(subject: FindingSource, conditions?: FindingQuery): void;
export function assertFinding(subject: FindingSource, ...args: readonly unknown[]): void {
  assertOutcome(checkFinding(subject, args), true, assertFinding);
}

/** Asserts that there is no finding that meets all conditions, and without any, no finding at all. */
export function assertNoFinding(subject: FindingSource, rule: RuleName, conditions?: FindingQuery): void;
export function assertNoFinding(subject: FindingSource, conditions?: FindingQuery): void;
export function assertNoFinding(subject: FindingSource, ...args: readonly unknown[]): void {
  assertOutcome(checkFinding(subject, args), false, assertNoFinding);
}

/** Asserts of a rehearsal that nothing is lost, forward or back; see `toLoseNothing`. */
export function assertLosesNothing(rehearsal: Rehearsal, options?: LossOptions): void {
  assertOutcome(checkLosesNothing(rehearsal, options), true, assertLosesNothing);
}

function assertOutcome({ pass, message }: Outcome, expected: boolean, assertion: (...args: never[]) => void): void {
  if (pass === expected) return;
  throw new AssertionError({ message: message(), operator: assertion.name, stackStartFn: assertion });
}
