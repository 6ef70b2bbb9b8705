/**
 * The assessment as JSON. Keys are in a fixed order, whatever order a user's file had them in, so that two runs can be
 * compared with `diff`. The whole inventory is not repeated: `writeInventory` writes it.
 */
import { admit } from "../core/door/admit";
import { sortFindings } from "../core/finding";
import { findingJson } from "./finding-json";
import { inventoryFacts } from "./inventory-facts";
import type { ReportedAssessment } from "./reported-assessment";
import { tally } from "./tally";
import { waiverJson } from "./waiver-json";

/**
 * Renders an assessment as JSON: the verdict, the counts, every finding and every waiver; of the inventory only its numbers.
 * Ends with a line feed.
 */
export function assessmentJson(assessment: ReportedAssessment): string {
  admit("assessmentJson", { assessment });
  const json = {
    verdict: assessment.verdict,
    asOf: assessment.asOf,
    counts: tally(assessment.findings),
    inventory: inventoryFacts(assessment.inventory),
    checklist: assessment.evidence.map(({ group, item, status, summary }) => ({ group, item, status, summary })),
    findings: sortFindings(assessment.findings).map(findingJson),
    waivers: assessment.waivers.map(waiverJson),
    deferredWaivers: assessment.deferredWaivers.map(waiverJson),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}
