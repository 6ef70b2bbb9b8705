/** Checks of findings: whether something has one that meets a query, and if not, what comes near it. */
import type { Finding } from "../core/finding";
import { printable } from "../core/printable";
import { count, listed } from "../core/text";
import { allRules } from "../plan/all-rules";
import { differences, queryOf, queryText, type RuleQuery } from "./finding-query";
import { findingsBlock, indented, tally } from "./findings-text";
import { outcome, type Outcome } from "./outcome";
import { subjectOf } from "./subject";

/** The number of findings that are shown because they come near. */
const NEAR = 5;

/** Checks whether the subject has a finding that meets the query in the arguments. */
export function checkFinding(received: unknown, args: readonly unknown[]): Outcome {
  const subject = subjectOf(received);
  return search(subject.name, subject.findings, queryOf(subject, args));
}

/** Checks whether a finding that meets the query stops the migration: a blocker that nobody has waived. */
export function checkBlockedBy(received: unknown, args: readonly unknown[]): Outcome {
  const subject = subjectOf(received);
  const query = { ...queryOf(subject, args), severity: "blocker", waived: false } as const;
  return search(subject.name, subject.findings, query);
}

function search(name: string, findings: readonly Finding[], query: RuleQuery): Outcome {
  const found = findings.filter((finding) => differences(query, finding).length === 0);
  return outcome(found.length > 0, {
    holds: () =>
      `expected that ${name} has not ${queryText(query)}, but it has ${found.length === 1 ? "one" : found.length}\n\n${findingsBlock(found)}`,
    fails: () =>
      [`expected that ${name} has ${queryText(query)}, but it has none`, "", ...near(findings, query)].join("\n"),
  });
}

/** Returns what explains that nothing was found: findings that differ in little, or else the rules that did find something. */
function near(findings: readonly Finding[], query: RuleQuery): string[] {
  const described = allRules.find(({ id }) => id === query.rule);
  const about = described === undefined ? [] : [`${described.id} is about this: ${described.title}`, ""];
  if (findings.length === 0) return [...about, "There are no findings at all."];
  const compared = findings
    .map((finding) => ({ finding, differs: differences(query, finding) }))
    .sort((a, b) => a.differs.length - b.differs.length)
    .filter(({ differs }) => differs.length === 1);
  if (compared.length === 0) return [...about, `It has findings of other rules: ${tally(findings)}`];
  const shown = compared
    .slice(0, NEAR)
    .flatMap(({ finding, differs }) => [`Near, but ${printable(listed(differs))}:`, findingsBlock([finding]), ""]);
  const more = compared.length - NEAR;
  return [...about, ...shown, ...(more > 0 ? [indented(`and ${count(more, "more", "more")} that are as near`)] : [])];
}
