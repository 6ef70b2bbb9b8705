/** Findings in the message of a test that fails: each with its place, its reason and its remedy, and how to accept one. */
import { groupBy } from "../core/collections";
import { formatFinding, sortFindings, type Finding } from "../core/finding";
import { count } from "../core/text";

/** The number of findings that a message shows; the others are counted by their rules. */
const SHOWN = 20;

/** Returns the findings as a block of text, heaviest first. */
export function findingsBlock(findings: readonly Finding[]): string {
  const sorted = sortFindings(findings);
  const shown = sorted.slice(0, SHOWN).map((finding) => indented(formatFinding(finding)));
  const rest = sorted.slice(SHOWN);
  return [
    ...shown,
    ...(rest.length === 0 ? [] : [indented(`and ${count(rest.length, "more", "more")}: ${tally(rest)}`)]),
  ].join("\n");
}

/** Counts findings by their rules: `os-unknown (12), disk-too-large (1)`. */
export function tally(findings: readonly Finding[]): string {
  return [...groupBy(findings, ({ rule }) => rule)].map(([rule, same]) => `${rule} (${same.length})`).join(", ");
}

/** Returns the waiver that would accept the finding, as it is written in code. */
export function waiverFor({ rule, subject }: Finding): string {
  const of = `rule: ${JSON.stringify(rule)}, subject: ${JSON.stringify(subject)}`;
  return `{ ${of}, reason: "…", approvedBy: "…", expires: "YYYY-MM-DD" }`;
}

/** Returns the text with each line indented. */
export function indented(text: string): string {
  return text.replace(/^/gm, "  ");
}
