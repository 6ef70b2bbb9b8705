/**
 * The expectations of a deployment into a stage about the rules for outside hosts and test clients. A runbook promises no rule
 * that is not there: without recorded connections a stage opens nothing, and whoever deploys it must not look for rules.
 */
import { isReversible, type Stage } from "../../../core/stage";
import type { AccessPlan, AccessPurpose } from "./access-plan";
import type { LiftAndShiftStage } from "./stage-names";

/** The expectations of the stages' steps where there are rules to switch. */
export const expectations = {
  testAdded: "security-group rules for test clients are added; no instance is replaced",
  testRemoved: "the rules for test clients are destroyed and no instance is replaced",
  outsideAdded:
    "the observed flows with outside hosts are open, the rules for test clients are gone, no instance is replaced",
  outsideRemoved: "the rules for outside hosts are destroyed and no instance is replaced",
} as const;

/** The expectations instead, where no rule has the purpose. */
const WITHOUT_RULES: Readonly<Record<string, { readonly purpose: AccessPurpose; readonly expect: string }>> = {
  [expectations.testAdded]: {
    purpose: "test",
    expect:
      "no security-group rule is added, because no flow from outside the fleet or no test client is known: nobody reaches the servers; no instance is replaced",
  },
  [expectations.testRemoved]: {
    purpose: "test",
    expect: "no rule is destroyed, because there was none for test clients; no instance is replaced",
  },
  [expectations.outsideAdded]: {
    purpose: "outside",
    expect:
      "no security-group rule for an outside host is added, because no flow with one is known; the rules for test clients are gone, no instance is replaced",
  },
  [expectations.outsideRemoved]: {
    purpose: "outside",
    expect: "no rule is destroyed, because there was none for outside hosts; no instance is replaced",
  },
};

/** Returns the stage with what its steps may expect of a fleet with that access. */
export function expectedOf(stage: Stage<LiftAndShiftStage>, { rules }: AccessPlan): Stage<LiftAndShiftStage> {
  const purposes = new Set(rules.map(({ purpose }) => purpose));
  const steps = <Step extends { readonly expect: string }>(given: readonly Step[]): Step[] =>
    given.map((step) => {
      const without = WITHOUT_RULES[step.expect];
      return without === undefined || purposes.has(without.purpose) ? step : { ...step, expect: without.expect };
    });
  const entered = { ...stage, enter: steps(stage.enter) };
  return isReversible(stage) ? { ...entered, reverse: steps(stage.reverse) } : entered;
}
