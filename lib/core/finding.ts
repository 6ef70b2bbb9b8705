/**
 * A finding is what a rule says about the migration: it is collected, never thrown, so that a blocked synthesis can list
 * everything that stands in its way at once.
 */
import { formatLocation, type Location } from "./location";
import { printable } from "./printable";

/**
 * How much a finding weighs.
 *
 * - `blocker`: nothing may be provisioned until it is remedied or waived.
 * - `warning`: provisioning goes on; somebody should look.
 * - `info`: worth knowing, nothing to do.
 */
export type Severity = "blocker" | "warning" | "info";

/** The severities, heaviest first. */
export const SEVERITIES: readonly Severity[] = ["blocker", "warning", "info"];

/** Why a finding no longer blocks: the waiver that covers it. */
export interface WaivedBy {
  readonly reason: string;
  readonly approvedBy: string;
  /** The last day on which the waiver holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** What a rule returns about the migration. */
export interface Finding {
  /** The rule's id, `os-past-end-of-support`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What it is about: a server's name, a CIDR, a flow. */
  readonly subject: string;
  /** Where the user can find it, where it came from a file. */
  readonly location?: Location;
  /** What the rule saw, as one sentence without a final period. */
  readonly message: string;
  /** Why it matters. */
  readonly why: string;
  /** How to fix it. */
  readonly remedy: string;
  /** Set where a waiver covers the finding: it stays in every report, and no longer blocks. */
  readonly waived?: WaivedBy;
}

/** Whether the finding stops the migration: a blocker that nobody has waived. */
export function isBlocking(finding: Finding): boolean {
  return finding.severity === "blocker" && finding.waived === undefined;
}

/** Heaviest first, then by rule, subject and message: the same findings always read in the same order. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings
    .map((finding, index) => ({ finding, index }))
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(a.finding.severity) - SEVERITIES.indexOf(b.finding.severity) ||
        compare(a.finding.rule, b.finding.rule) ||
        compare(a.finding.subject, b.finding.subject) ||
        compare(a.finding.message, b.finding.message) ||
        a.index - b.index,
    )
    .map(({ finding }) => finding);
}

/** By UTF-16 code unit, so that the order does not depend on the machine's locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The finding as a few lines of plain text: what was seen and where, why it matters, what to do. Control characters are
 * written as escapes, so that a name from a file cannot change what a terminal shows.
 */
export function formatFinding(finding: Finding): string {
  const place = finding.location === undefined ? "" : formatLocation(finding.location);
  const lines = [
    `${finding.severity} ${finding.rule} on ${finding.subject}: ${finding.message}`,
    ...(place === "" ? [] : [`  at:     ${place}`]),
    `  why:    ${finding.why}`,
    `  remedy: ${finding.remedy}`,
  ];
  if (finding.waived !== undefined) {
    lines.push(`  waived: ${finding.waived.reason} (${finding.waived.approvedBy}, until ${finding.waived.expires})`);
  }
  return lines.map(printable).join("\n");
}
