import type { Rule } from "../../core/rule";
import { bigBangRules } from "./big-bang";
import { insufficientTestingRules } from "./insufficient-testing";
import { noRollbackPlanRules } from "./no-rollback-plan";
import { pitfallRules } from "./pitfalls";
import type { PlanReview } from "./plan-review";

/** The rules over a plan: the three anti-patterns and the five pitfalls, in the catalog's order. */
export const planRules: readonly Rule<PlanReview>[] = [
  ...bigBangRules,
  ...noRollbackPlanRules,
  ...insufficientTestingRules,
  ...pitfallRules,
];
