import { admit } from "../core/door/admit";
import { isBlocking } from "../core/finding";
import { VERDICTS } from "./assessment-text";
import { inventoryFacts, serversPhrase } from "./inventory-facts";
import { printable } from "../core/printable";
import { count } from "../core/text";
import type { ReportedAssessment } from "./reported-assessment";
import { formatTally, sections, tally } from "./tally";

/** Options of {@link summarize}. */
export interface SummarizeOptions {
  /**
   * The place of the whole report, as a phrase: `cdktf.out/stacks/platform/assessment.md`.
   * @default - the summary does not say
   */
  readonly report?: string;
}

const SUBJECTS_SHOWN = 5;

/**
 * Returns the few lines that an app prints when it is synthesized: the verdict, the counts, one line for each rule that
 * blocks, and where the whole report is. Without a final line feed, for `console.log`.
 *
 * @example
 * console.log(summarize(assessment, { report: "cdktf.out/stacks/platform/assessment.md" }));
 */
export function summarize(assessment: ReportedAssessment, options: SummarizeOptions = {}): string {
  admit("summarize", { assessment, options });
  const { title, sentence } = VERDICTS[assessment.verdict];
  const blocking = sections(assessment.findings.filter(isBlocking));
  return [
    `assessment: ${title}, ${sentence}`,
    `  ${formatTally(tally(assessment.findings))}, as of ${assessment.asOf}`,
    `  ${serversPhrase(inventoryFacts(assessment.inventory))}`,
    ...blocking.flatMap(({ groups }) =>
      groups.map(({ rule, findings }) => {
        const subjects = [...new Set(findings.map(({ subject }) => printable(subject)))];
        const others = subjects.length - SUBJECTS_SHOWN;
        const more = others > 0 ? ` and ${count(others, "other")}` : "";
        return `  blocked by ${printable(rule)}: ${subjects.slice(0, SUBJECTS_SHOWN).join(", ")}${more}`;
      }),
    ),
    ...(options.report === undefined ? [] : [`  full report: ${printable(options.report)}`]),
  ].join("\n");
}
