import type { Finding } from "../core/finding";
import type { RuleDescription } from "../core/rule";
import { assessedRules } from "./assessed-rules";

/**
 * The rules that a report is about: those that have looked and, described by what they found, those that a user has written.
 * By id, so that a report does not change when a list of rules is sorted anew.
 */
export function reportedRules(
  findings: readonly Finding[],
  rules: readonly RuleDescription[] = assessedRules,
): readonly RuleDescription[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  for (const { rule, severity, why, remedy } of findings) {
    if (!byId.has(rule)) byId.set(rule, { id: rule, title: rule, severity, why, remedy });
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
