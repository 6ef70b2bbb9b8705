import { admit } from "../../core/door/admit";
import { sortFindings } from "../../core/finding";
import { dataWithoutSecrets } from "../../core/secret/redact";
import type { PlanDocument } from "../../plan/plan-document";
import { findingJson } from "../finding-json";
import { tally } from "../tally";
import { waiverJson } from "../waiver-json";

/** Renders the whole plan as JSON, with every finding and every step. Ends with a line feed. */
export function planJson(document: PlanDocument): string {
  admit("planJson", { document });
  return writePlanJson(dataWithoutSecrets(document));
}

function writePlanJson(document: PlanDocument): string {
  const { path, title, asOf, verdict, findings, waivers, ...rest } = document;
  const json = {
    path,
    title,
    asOf,
    verdict,
    counts: tally(findings),
    findings: sortFindings(findings).map(findingJson),
    waivers: waivers.map(waiverJson),
    ...rest,
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}
