import { admit } from "../core/door/admit";
import { isBlocking, type Finding } from "../core/finding";
import { VERDICTS } from "./assessment-text";
import { inventoryFacts, serversPhrase } from "./inventory-facts";
import { printable } from "../core/printable";
import { count } from "../core/text";
import { dataWithoutSecrets } from "../core/secret/redact";
import type { ReportedAssessment } from "./reported-assessment";
import { formatTally, sections, tally } from "./tally";

/** Options of {@link summarize}. */
export interface SummarizeOptions {
  /**
   * The place of the whole report, as a phrase: `cdktf.out/stacks/platform/assessment.md`.
   * @default - the summary does not say
   */
  readonly report?: string;
  /**
   * The findings of the whole plan, `plan.document.findings`, which has those of the assessment, of all migrations and its own.
   * @default - those of the assessment
   */
  readonly findings?: readonly Finding[];
  /**
   * Whether each rule that warns has a line, as those that block have.
   * @default false
   */
  readonly warnings?: boolean;
}

const SUBJECTS_SHOWN = 5;

/**
 * Returns the few lines that an app prints when it is synthesized: the verdict, the counts, one line for each rule that
 * blocks (and that warns, where that is asked for), and where the whole report is. Without a final line feed, for `console.log`.
 *
 * @example
 * console.log(summarize(assessment, { report: "cdktf.out/stacks/platform/assessment.md" }));
 */
export function summarize(assessment: ReportedAssessment, options: SummarizeOptions = {}): string {
  admit("summarize", { assessment, options });
  return writeSummarize(dataWithoutSecrets(assessment), options);
}

function writeSummarize(assessment: ReportedAssessment, options: SummarizeOptions): string {
  const { title, sentence } = VERDICTS[assessment.verdict];
  const { findings = assessment.findings, report, warnings = false } = options;
  const warned = warnings
    ? findings.filter(({ severity, waived }) => severity === "warning" && waived === undefined)
    : [];
  return [
    `assessment: ${title}, ${sentence}`,
    `  ${formatTally(tally(findings))}, as of ${assessment.asOf}`,
    `  ${serversPhrase(inventoryFacts(assessment.inventory))}`,
    ...ruleLines("blocked by", findings.filter(isBlocking)),
    ...ruleLines("warned by", warned),
    ...(report === undefined ? [] : [`  full report: ${printable(report)}`]),
  ].join("\n");
}

/** Returns a line for each rule, with its first subjects. */
function ruleLines(what: string, findings: readonly Finding[]): string[] {
  return sections(findings).flatMap(({ groups }) =>
    groups.map(({ rule, findings: same }) => {
      const subjects = [...new Set(same.map(({ subject }) => printable(subject)))];
      const others = subjects.length - SUBJECTS_SHOWN;
      const more = others > 0 ? ` and ${count(others, "other")}` : "";
      return `  ${what} ${printable(rule)}: ${subjects.slice(0, SUBJECTS_SHOWN).join(", ")}${more}`;
    }),
  );
}
