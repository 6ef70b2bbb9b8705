/** The rules of the guard. A finding's subject is the address of a resource, which is what a waiver names. */
import type { RuleDescription, Rule } from "../../core/rule";
import { actionRules } from "./action-rules";
import { cutRules } from "./cut-rules";
import { endRules } from "./end-rules";
import type { GuardReview } from "./guard-review";
import { planStateRules } from "./plan-state-rules";

/** The rules of the guard. */
export const guardRules: readonly Rule<GuardReview>[] = [...endRules, ...cutRules, ...actionRules, ...planStateRules];

/** Returns the ids of the guard's rules, which its waivers may name. */
export function guardRuleIds(): ReadonlySet<string> {
  return new Set(guardRules.map(({ id }: RuleDescription) => id));
}
