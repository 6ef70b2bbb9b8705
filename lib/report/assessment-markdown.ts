/**
 * Markdown for a pull request or a wiki (GitHub Flavored Markdown Spec). Names from a user's files are put in code spans and
 * messages are escaped, so that no server can be called something that closes a table or opens an HTML element.
 */
import type { Evidence } from "../assessment/evidence";
import type { Verdict } from "../core/assessment-record";
import { admit } from "../core/door/admit";
import type { Finding } from "../core/finding";
import { formatLocation } from "../core/location";
import { codeCell, codeSpan, escapeMarkdown, folded, markdownTable } from "../core/markdown";
import { dataWithoutSecrets } from "../core/secret/redact";
import type { Inventory } from "../inventory/model";
import { ANSWERED, VERDICTS } from "./assessment-text";
import { inventoryFacts, serversPhrase } from "./inventory-facts";
import { factLines } from "./inventory-text";
import type { ReportedAssessment } from "./reported-assessment";
import { SECTION_TITLES, formatTally, sections, tally, type RuleGroup, type Section } from "./tally";

/** Options for the Markdown of a report. */
export interface MarkdownOptions {
  /**
   * The largest number of findings of each rule that are listed; the others are counted. GitHub refuses a comment of more
   * than 65,536 characters.
   * @default - all
   */
  readonly limit?: number;
}

const ICONS: Record<Verdict, string> = {
  ready: ":white_check_mark:",
  incomplete: ":grey_question:",
  blocked: ":no_entry:",
};
/** Renders an assessment as Markdown: the verdict first, blockers open, everything else folded. Ends with a line feed. */
export function assessmentMarkdown(assessment: ReportedAssessment, options: MarkdownOptions = {}): string {
  admit("assessmentMarkdown", { assessment, options });
  const { title, sentence } = VERDICTS[assessment.verdict];
  const facts = inventoryFacts(assessment.inventory);
  const source = facts.source === undefined ? "" : ` from ${codeSpan(facts.source)}`;
  return [
    `# Migration assessment: ${title}`,
    "",
    `${ICONS[assessment.verdict]} As of ${assessment.asOf}, ${sentence}: ${formatTally(tally(assessment.findings))}.`,
    "",
    `Assessed: ${serversPhrase(facts)}${source}.`,
    ...findingsMarkdown(assessment.findings, options),
    ...checklistMarkdown(assessment.evidence),
    "",
  ].join("\n");
}

/** Renders an inventory as Markdown: its numbers, and the findings of its reader. Ends with a line feed. */
export function inventoryMarkdown(inventory: Inventory, options: MarkdownOptions = {}): string {
  admit("inventoryMarkdown", { inventory, options });
  return writeInventoryMarkdown(dataWithoutSecrets(inventory), options);
}

function writeInventoryMarkdown(inventory: Inventory, options: MarkdownOptions): string {
  const facts = inventoryFacts(inventory);
  return [
    `# Inventory${facts.source === undefined ? "" : ` of ${codeSpan(facts.source)}`}`,
    "",
    "| | |",
    "| --- | --- |",
    ...factLines(facts).map(([name, value]) => `| ${name} | ${escapeMarkdown(value)} |`),
    ...(facts.operatingSystems.length === 0
      ? []
      : [
          "",
          "## Operating systems",
          "",
          "| Operating system | Servers |",
          "| --- | ---: |",
          ...facts.operatingSystems.map(({ name, servers }) => `| ${escapeMarkdown(name)} | ${servers} |`),
        ]),
    ...findingsMarkdown(inventory.findings, options),
    "",
  ].join("\n");
}

function checklistMarkdown(evidence: readonly Evidence[]): string[] {
  if (evidence.length === 0) return [];
  return [
    "",
    "## Checklist",
    "",
    ...markdownTable(
      ["Item", "Answer", "Evidence"],
      evidence.map(({ item, status, summary }) => [codeCell(item), ANSWERED[status], escapeMarkdown(summary)]),
    ),
  ];
}

/** Returns findings as Markdown: blockers open, everything else folded. */
export function findingsMarkdown(findings: readonly Finding[], options: MarkdownOptions): string[] {
  return sections(findings).flatMap((section) => {
    const body = section.groups.flatMap((group) => groupMarkdown(group, section, options));
    const title = `${SECTION_TITLES[section.key]} (${section.size})`;
    if (section.key === "blocker") return ["", `## ${title}`, ...body];
    return folded(title, body);
  });
}

function groupMarkdown(group: RuleGroup, section: Section, options: MarkdownOptions): string[] {
  const shown = group.findings.slice(0, options.limit);
  const hidden = group.findings.length - shown.length;
  // Places, remedies and waivers are columns only where there are any: a table of empty cells hides what is in the others.
  const columns = [
    { title: "Subject", cell: (finding: Finding) => codeCell(finding.subject) },
    { title: "Finding", cell: (finding: Finding) => escapeMarkdown(finding.message) },
    ...(shown.some((finding) => finding.location !== undefined) ? [{ title: "Place", cell: placeCell }] : []),
    ...(group.remedy === undefined
      ? [{ title: "Remedy", cell: (finding: Finding) => escapeMarkdown(finding.remedy) }]
      : []),
    ...(section.key === "waived" ? [{ title: "Waived", cell: waivedCell }] : []),
  ];
  return [
    "",
    `### ${codeSpan(group.rule)}`,
    "",
    `**Why:** ${escapeMarkdown(group.why)}.`,
    ...(group.remedy === undefined ? [] : ["", `**Remedy:** ${escapeMarkdown(group.remedy)}.`]),
    "",
    ...markdownTable(
      columns.map(({ title }) => title),
      shown.map((finding) => columns.map(({ cell }) => cell(finding))),
    ),
    ...(hidden > 0 ? ["", `… and ${hidden} more.`] : []),
  ];
}

function placeCell(finding: Finding): string {
  const place = finding.location === undefined ? "" : formatLocation(finding.location);
  return place === "" ? "" : codeCell(place);
}

function waivedCell({ waived }: Finding): string {
  if (waived === undefined) return "";
  return `${escapeMarkdown(waived.reason)} (${escapeMarkdown(waived.approvedBy)}, until ${waived.expires})`;
}
