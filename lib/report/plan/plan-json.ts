import { sortFindings } from "../../core/finding";
import { findingSchema } from "../../inventory/model";
import type { PlanDocument } from "../../plan/plan-document";
import { tally } from "../tally";
import { waiverJson } from "../waiver-json";

/** Renders the whole plan as JSON, with every finding and every step. Ends with a line feed. */
export function planJson(document: PlanDocument): string {
  const { path, title, asOf, verdict, findings, waivers, ...rest } = document;
  const json = {
    path,
    title,
    asOf,
    verdict,
    counts: tally(findings),
    // Parsed, because zod gives the keys back in the order of its schema, whatever order a user's file had them in.
    findings: sortFindings(findings).map((finding) => findingSchema.parse(finding)),
    waivers: waivers.map(waiverJson),
    ...rest,
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}
