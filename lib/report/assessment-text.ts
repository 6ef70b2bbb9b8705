import type { Evidence, EvidenceStatus } from "../assessment/evidence";
import type { Verdict } from "../core/assessment-record";
import { admit } from "../core/door/admit";
import { findingsText } from "./findings-text";
import { inventoryFacts, serversPhrase } from "./inventory-facts";
import { DEFAULT_WIDTH, pad, painter, wrap, type LayoutOptions, type Paint, type Style } from "./text-layout";
import { printable } from "../core/printable";
import type { ReportedAssessment } from "./reported-assessment";
import { formatTally, tally } from "./tally";

/** The words for the verdicts, in the text and in the Markdown. */
export const VERDICTS: Record<Verdict, { readonly title: string; readonly sentence: string }> = {
  ready: { title: "READY", sentence: "nothing blocks this migration" },
  incomplete: {
    title: "INCOMPLETE",
    sentence: "the migration may not start until every open question is answered",
  },
  blocked: { title: "BLOCKED", sentence: "the migration may not start until every blocker is remedied or waived" },
};

const STYLES: Record<Verdict, Style> = { ready: "green", incomplete: "yellow", blocked: "red" };

/** The words for the status of an item of the checklist. */
export const ANSWERED: Record<EvidenceStatus, string> = {
  inventory: "from the inventory",
  checklist: "from the checklist",
  both: "from both",
  none: "none",
  unanswered: "not answered",
};

/** Renders an assessment as plain text: the verdict first, then the findings by severity and rule. Ends with a line feed. */
export function assessmentText(assessment: ReportedAssessment, options: LayoutOptions = {}): string {
  admit("assessmentText", { assessment, options });
  const paint = painter(options.color ?? false);
  const { title, sentence } = VERDICTS[assessment.verdict];
  const facts = inventoryFacts(assessment.inventory);
  const source = facts.source === undefined ? "" : ` from ${printable(facts.source)}`;
  return [
    `${paint("bold", paint(STYLES[assessment.verdict], title))} ${sentence}`,
    formatTally(tally(assessment.findings)),
    `${serversPhrase(facts)}${source}`,
    `as of ${assessment.asOf}`,
    ...findingsText(assessment.findings, options),
    ...checklistText(assessment.evidence, options.width ?? DEFAULT_WIDTH, paint),
    "",
  ].join("\n");
}

function checklistText(evidence: readonly Evidence[], width: number, paint: Paint): string[] {
  if (evidence.length === 0) return [];
  const items = Math.max(...evidence.map(({ item }) => item.length));
  const states = Math.max(...evidence.map(({ status }) => ANSWERED[status].length));
  return [
    "",
    paint("bold", `Checklist (${evidence.length})`),
    "",
    ...evidence.flatMap(({ item, status, summary }) => {
      const head = `  ${pad(item, items)}  ${pad(ANSWERED[status], states)}  `;
      return wrap(printable(summary), width, head, " ".repeat(head.length)).map((line) => line.trimEnd());
    }),
  ];
}
