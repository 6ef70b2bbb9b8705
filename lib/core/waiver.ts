/**
 * A waiver accepts one rule's finding, for a reason, by somebody, until a day. It hides nothing: a waived finding stays in
 * every report with the waiver beside it, an expired waiver stops covering, and one that covers nothing is itself reported,
 * because it is either a typing error or a leftover.
 */
import { z } from "zod";
import { admit } from "./door/admit";
import { fileText } from "./file-text";
import { groupBy } from "./collections";
import type { Finding } from "./finding";
import { isoDate, type IsoDate } from "./iso-date";
import type { Location } from "./location";
import { defineRule, type Rule } from "./rule";

/** The schema of a waiver in a file or in code. */
export const waiverSchema = z.strictObject({
  rule: fileText(z.string().min(1)).describe("The id of the rule whose finding is accepted"),
  subject: z
    .string()
    .min(1)
    .optional()
    .describe("The one subject it is accepted for; without it, every subject of the rule"),
  reason: fileText(z.string().min(10)).describe("Why the finding is acceptable, in at least 10 characters"),
  approvedBy: fileText(z.string().min(1)).describe("Who accepted it"),
  expires: isoDate.describe("The last day on which the waiver holds, YYYY-MM-DD"),
});

/** An accepted finding: which rule and subject, why, by whom and until when. */
export interface Waiver extends Readonly<z.infer<typeof waiverSchema>> {
  /**
   * The place where the waiver is written, for the findings about it. Readers fill it in.
   * @default - written in code
   */
  readonly location?: Location;
}

/** The result of {@link applyWaivers}. */
export interface WaiverOutcome {
  /** The findings in their order, those that a waiver covers marked with it. */
  readonly findings: readonly Finding[];
  /** The waivers that covered at least one finding. */
  readonly used: ReadonlySet<Waiver>;
}

/**
 * Marks every finding that a waiver covers: the rule is the same, the subject is the same or the waiver names none, and
 * `asOf` is not past its last day. The first waiver that covers a finding is the one it is marked with.
 */
export function applyWaivers(findings: readonly Finding[], waivers: readonly Waiver[], asOf: IsoDate): WaiverOutcome {
  admit("applyWaivers", { findings, waivers, asOf });
  const byRule = groupBy(
    waivers.filter(({ expires }) => expires >= asOf),
    ({ rule }) => rule,
  );
  const used = new Set<Waiver>();
  const marked = findings.map((finding) => {
    const covering = byRule.get(finding.rule)?.filter((w) => w.subject === undefined || w.subject === finding.subject);
    const waiver = covering?.[0];
    if (covering === undefined || waiver === undefined) return finding;
    // A second waiver for the same finding is redundant, but it does cover something: it is not reported as unused.
    for (const each of covering) used.add(each);
    const { reason, approvedBy, expires } = waiver;
    return { ...finding, waived: { reason, approvedBy, expires } };
  });
  return { findings: marked, used };
}

/** The subject of the rules about waivers. */
export interface WaiverReview {
  readonly waivers: readonly Waiver[];
  readonly used: ReadonlySet<Waiver>;
  readonly asOf: IsoDate;
}

function subjectOf(waiver: Waiver): string {
  return waiver.subject === undefined ? waiver.rule : `${waiver.rule} on ${waiver.subject}`;
}

/** Reports waivers that have expired. */
export const waiverExpired: Rule<WaiverReview> = defineRule<WaiverReview>({
  id: "waiver-expired",
  title: "A waiver has expired",
  severity: "warning",
  why: "the finding it accepted counts again, and whoever approved it meant it to be looked at by now",
  remedy: "remedy the finding and delete the waiver, or have it approved anew with a later day",
  *check({ waivers, asOf }) {
    for (const waiver of waivers) {
      if (waiver.expires >= asOf) continue;
      yield {
        subject: subjectOf(waiver),
        message: `the waiver approved by ${waiver.approvedBy} expired after ${waiver.expires} (assessed as of ${asOf})`,
        ...(waiver.location === undefined ? {} : { location: waiver.location }),
      };
    }
  },
});

/** Reports waivers that are still in force and cover no finding. */
export const waiverUnused: Rule<WaiverReview> = defineRule<WaiverReview>({
  id: "waiver-unused",
  title: "A waiver covers no finding",
  severity: "warning",
  why: "it is a typing error in the rule or the subject, or a leftover that would silently accept the fault if it came back",
  remedy: "correct the rule's id or the subject, or delete the waiver",
  *check({ waivers, used, asOf }) {
    for (const waiver of waivers) {
      if (waiver.expires < asOf || used.has(waiver)) continue;
      yield {
        subject: subjectOf(waiver),
        message: `no finding of rule ${waiver.rule}${waiver.subject === undefined ? "" : ` is about ${waiver.subject}`}`,
        ...(waiver.location === undefined ? {} : { location: waiver.location }),
      };
    }
  },
});

/** The rules about waivers. */
export const waiverRules: readonly Rule<WaiverReview>[] = [waiverExpired, waiverUnused];
