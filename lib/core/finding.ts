/**
 * A finding is what a rule says about the migration: it is collected, never thrown, so that a blocked synthesis can list
 * everything that stands in its way at once.
 */
import { admit } from "./door/admit";
import { formatLocation, type Location } from "./location";
import { printable } from "./printable";
import { withoutSecrets } from "./secret/redact";
import { compareText } from "./text";

/**
 * The severity of a finding.
 *
 * - `blocker`: nothing may be provisioned until it is remedied or waived.
 * - `warning`: provisioning goes on; somebody should look.
 * - `info`: worth knowing, nothing to do.
 */
export type Severity = "blocker" | "warning" | "info";

/** The severities, heaviest first. */
export const SEVERITIES: readonly Severity[] = ["blocker", "warning", "info"];

/** The waiver that covers a finding, which therefore no longer blocks. */
export interface WaivedBy {
  readonly reason: string;
  readonly approvedBy: string;
  /** The last day on which the waiver holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** A result of a rule about the migration. */
export interface Finding {
  /** The rule's id, `os-past-end-of-support`. */
  readonly rule: string;
  readonly severity: Severity;
  /** The subject: a server's name, a CIDR, a flow. */
  readonly subject: string;
  /** The place in the user's file, if the subject came from a file. */
  readonly location?: Location;
  /** The observation, as one sentence without a final period. */
  readonly message: string;
  /** The reason why it matters. */
  readonly why: string;
  /** The way to fix it. */
  readonly remedy: string;
  /** The waiver that covers the finding, if any: the finding stays in every report, and no longer blocks. */
  readonly waived?: WaivedBy;
}

/** Checks whether the finding stops the migration: a blocker that nobody has waived. */
export function isBlocking(finding: Finding): boolean {
  admit("isBlocking", { finding });
  return finding.severity === "blocker" && finding.waived === undefined;
}

/**
 * Sorts findings: heaviest first, then by rule, subject and message, so that the same findings always read in the same order.
 */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  admit("sortFindings", { findings });
  return findings
    .map((finding, index) => ({ finding, index }))
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(a.finding.severity) - SEVERITIES.indexOf(b.finding.severity) ||
        compareText(a.finding.rule, b.finding.rule) ||
        compareText(a.finding.subject, b.finding.subject) ||
        compareText(a.finding.message, b.finding.message) ||
        a.index - b.index,
    )
    .map(({ finding }) => finding);
}

/**
 * Renders the finding as a few lines of plain text: what was seen and where, why it matters, what to do. Control characters
 * are written as escapes, so that a name from a file cannot change what a terminal shows.
 */
export function formatFinding(finding: Finding): string {
  admit("formatFinding", { finding });
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
  return lines.map((line) => printable(withoutSecrets(line))).join("\n");
}
