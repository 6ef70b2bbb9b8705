/**
 * ```ts
 * expect.extend(migrationMatchers); // jest, vitest, bun: whatever takes matchers
 * expect(app).toBeReady();
 * ```
 *
 * The matchers, without any test runner. `cdktf-migration-patterns/testing/jest` and `…/testing/vitest` extend the runner's own
 * `expect`, and tell the compiler; for `node:test` there are the assertions of {@link assertReady}'s kind.
 */
import type { Verdict } from "../core/assessment-record";
import type { FindingQuery, RuleName } from "./finding-query";
import { checkBlockedBy, checkFinding } from "./has-finding";
import { checkLosesNothing, type LossOptions } from "./loses-nothing";
import type { Outcome } from "./outcome";
import { checkReady, checkVerdict } from "./readiness";

/** The matchers as a runner's `expect` has them. */
export interface MigrationMatchers<Result = void> {
  /**
   * Expects that nothing blocks: an app or a stack (all migrations of the app, and what CDKTF validates), a migration, a part, a
   * plan, or an assessment. Warnings and what is waived do not count.
   *
   * @example expect(await createApp()).toBeReady()
   */
  toBeReady(): Result;
  /**
   * Expects that a blocker of this rule stops the migration, and that nobody has waived it.
   *
   * @example expect(app).toBeBlockedBy("raw-device-mapping", { subject: "erp-db01" })
   */
  toBeBlockedBy(rule: RuleName, conditions?: Omit<FindingQuery, "severity" | "waived">): Result;
  /**
   * Expects the verdict of an assessment.
   *
   * @example expect(assessmentOf(["web-01"], { answers: { license_requirements: "unknown" } })).toHaveVerdict("incomplete")
   */
  toHaveVerdict(verdict: Verdict): Result;
  /**
   * Expects a finding that meets all conditions; without any, a finding at all. A waived finding is found with
   * `{ waived: true }` alone.
   *
   * @example expect(namedByUs(inventoryOf(["WEB1"]))).toHaveFinding(namedByUs, { subject: "WEB1" })
   * @example expect(app).not.toHaveFinding({ severity: "warning" })
   */
  toHaveFinding(rule: RuleName, conditions?: FindingQuery): Result;
  toHaveFinding(conditions?: FindingQuery): Result;
  /**
   * Expects of a rehearsal that every transition, forward and back, keeps what holds data, and cuts no retention, backup, key or
   * protection.
   *
   * @example expect(await rehearse(createApp)).toLoseNothing()
   */
  toLoseNothing(options?: LossOptions): Result;
}

/** The matchers, for `expect.extend`. */
export const migrationMatchers = {
  toBeReady: (received: unknown): Outcome => checkReady(received),
  toBeBlockedBy: (received: unknown, ...args: readonly unknown[]): Outcome => checkBlockedBy(received, args),
  toHaveVerdict: (received: unknown, verdict: Verdict): Outcome => checkVerdict(received, verdict),
  toHaveFinding: (received: unknown, ...args: readonly unknown[]): Outcome => checkFinding(received, args),
  toLoseNothing: (received: unknown, options?: LossOptions): Outcome => checkLosesNothing(received, options),
} satisfies Record<keyof MigrationMatchers, (received: unknown, ...args: never[]) => Outcome>;
