import type { Finding } from "../core/finding";
import type { RuleDescription } from "../core/rule";
import { compareText } from "../core/text";
import { assessedRules } from "../assessment/assessed-rules";

/**
 * Returns the rules that a SARIF or JUnit report lists: the given ones and, described by its first finding, every other rule that
 * has a finding, such as one that a user wrote. They are sorted by id, so that a report does not change when a list of rules is
 * reordered.
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
