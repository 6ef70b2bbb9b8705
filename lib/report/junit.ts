/**
 * JUnit XML, which every pipeline can show: one test suite for each rule, a failed case for each blocker that nobody has
 * waived, a skipped one for each waived finding, a passing one whose output is the finding for each warning, and one passing
 * case for a rule that found nothing. The elements and attributes are those of the Jenkins xUnit plugin's `junit-10.xsd`,
 * which has no element for the suites' total of skipped cases.
 */
import type { Verdict } from "../core/assessment-record";
import { groupBy } from "../core/collections";
import { admit } from "../core/door/admit";
import { formatFinding, isBlocking, sortFindings, type Finding } from "../core/finding";
import type { RuleDescription } from "../core/rule";
import { VERDICTS } from "./assessment-text";
import { reportedRules } from "./reported-rules";

/** Options of {@link findingsJunit}. */
export interface JunitOptions {
  /**
   * The rules that were run; each is a suite.
   * @default - those of an assessment
   */
  readonly rules?: readonly RuleDescription[];
  /**
   * The verdict: a suite of its own, whose case fails unless it is `ready`. An assessment that is incomplete has no blocker
   * and yet must not turn a pipeline green.
   * @default - no such suite: the findings are of a reader
   */
  readonly verdict?: Verdict;
}

interface Case {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly body: readonly string[];
}

/** Renders findings as JUnit XML. Ends with a line feed. */
export function findingsJunit(findings: readonly Finding[], options: JunitOptions = {}): string {
  admit("findingsJunit", { findings, options });
  const byRule = groupBy(sortFindings(findings), ({ rule }) => rule);
  const suites = [
    ...(options.verdict === undefined ? [] : [{ name: "verdict", cases: [verdictCase(options.verdict)] }]),
    ...reportedRules(findings, options.rules).map((rule) => ({
      name: rule.id,
      cases: ruleCases(rule, byRule.get(rule.id) ?? []),
    })),
  ];
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="migration-patterns" tests="${all.length}" failures="${failures(all)}" errors="0">`,
    ...suites.flatMap(({ name, cases }) => [
      `  <testsuite name="${xmlAttribute(name)}" tests="${cases.length}" failures="${failures(cases)}" errors="0" skipped="${cases.filter(({ outcome }) => outcome === "skipped").length}">`,
      ...cases.flatMap((each) => caseXml(name, each)),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
}

function failures(cases: readonly Case[]): number {
  return cases.filter(({ outcome }) => outcome === "failed").length;
}

function verdictCase(verdict: Verdict): Case {
  const { title, sentence } = VERDICTS[verdict];
  const body =
    verdict === "ready"
      ? []
      : [`      <failure type="${verdict}" message="${xmlAttribute(`${title}: ${sentence}`)}"/>`];
  return { name: "the migration may start", outcome: verdict === "ready" ? "passed" : "failed", body };
}

function ruleCases(rule: RuleDescription, findings: readonly Finding[]): Case[] {
  if (findings.length === 0) return [{ name: rule.title, outcome: "passed", body: [] }];
  // A service that tracks a case over time knows it by its name, so two findings about one subject need two names.
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const ordinal = (seen.get(finding.subject) ?? 0) + 1;
    seen.set(finding.subject, ordinal);
    const name = ordinal === 1 ? finding.subject : `${finding.subject} (${ordinal})`;
    return { name, ...outcomeOf(finding) };
  });
}

function outcomeOf(finding: Finding): Omit<Case, "name"> {
  const text = xmlText(formatFinding(finding));
  const output = `      <system-out>${text}</system-out>`;
  if (finding.waived !== undefined) {
    const { reason, approvedBy, expires } = finding.waived;
    const message = xmlAttribute(`waived by ${approvedBy} until ${expires}: ${reason}`);
    return { outcome: "skipped", body: [`      <skipped message="${message}"/>`, output] };
  }
  if (!isBlocking(finding)) return { outcome: "passed", body: [output] };
  const message = xmlAttribute(finding.message);
  return {
    outcome: "failed",
    body: [`      <failure type="${xmlAttribute(finding.rule)}" message="${message}">${text}</failure>`],
  };
}

function caseXml(suite: string, { name, body }: Case): string[] {
  const open = `    <testcase classname="${xmlAttribute(suite)}" name="${xmlAttribute(name)}"`;
  return body.length === 0 ? [`${open}/>`] : [`${open}>`, ...body, "    </testcase>"];
}

// What XML 1.0 does not allow even as a character reference (production 2, Char): escaping it would not make it well-formed.
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** The text as XML character data. A character that XML cannot hold becomes U+FFFD. */
export function xmlText(text: string): string {
  return text
    .replace(NOT_XML, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\r", "&#13;");
}

/**
 * The text as an attribute's value in double quotes; line ends and tabs survive the parser's normalisation (XML 1.0, 3.3.3).
 */
export function xmlAttribute(text: string): string {
  return xmlText(text).replaceAll('"', "&quot;").replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");
}
