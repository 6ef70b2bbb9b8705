import type { Finding } from "../core/finding";
import type { RuleDescription } from "../core/rule";
import { compareText } from "../core/text";
import { assessedRules } from "./assessed-rules";

/**
 * Returns the rules that a report is about: those that have run and, described by their findings, those that a user has written.
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
  return [...byId.values()].sort((a, b) => compareText(a.id, b.id));
}
