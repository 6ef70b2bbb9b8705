import { groupBy } from "../core/collections";
import { admit } from "../core/door/admit";
import { SEVERITIES, sortFindings, type Finding, type Severity } from "../core/finding";
import { count } from "../core/text";

/** The number of findings of each severity, and of those that a waiver covers. */
export interface Tally {
  readonly blocker: number;
  readonly warning: number;
  readonly info: number;
  readonly waived: number;
}

/** Counts findings. A waived finding is counted as waived and under no severity. */
export function tally(findings: readonly Finding[]): Tally {
  admit("tally", { findings });
  const counts = { blocker: 0, warning: 0, info: 0, waived: 0 };
  for (const finding of findings) counts[finding.waived === undefined ? finding.severity : "waived"] += 1;
  return counts;
}

/**
 * Returns a tally in words: `2 blockers, 1 warning, 3 notes, 1 waived`; zeros are left out, and none at all is `no
 * findings`.
 */
export function formatTally(counts: Tally): string {
  const parts = [
    ...(counts.blocker > 0 ? [count(counts.blocker, "blocker")] : []),
    ...(counts.warning > 0 ? [count(counts.warning, "warning")] : []),
    ...(counts.info > 0 ? [count(counts.info, "note")] : []),
    ...(counts.waived > 0 ? [`${counts.waived} waived`] : []),
  ];
  return parts.length === 0 ? "no findings" : parts.join(", ");
}

/** The findings of one rule under one heading. */
export interface RuleGroup {
  readonly rule: string;
  readonly why: string;
  /** The remedy that all of them share, or undefined where they differ and each must print its own. */
  readonly remedy?: string;
  readonly findings: readonly Finding[];
}

/** A heading of a report: a severity, or the waived findings of all severities. */
export interface Section {
  readonly key: Severity | "waived";
  readonly groups: readonly RuleGroup[];
  readonly size: number;
}

/** The headings of the sections. */
export const SECTION_TITLES: Readonly<Record<Section["key"], string>> = {
  blocker: "Blockers",
  warning: "Warnings",
  info: "Notes",
  waived: "Waived",
};

/**
 * Groups the findings into sections in the order of reading: blockers, warnings, notes, and last what has been waived. Empty
 * ones are left out.
 */
export function sections(findings: readonly Finding[]): Section[] {
  const sorted = sortFindings(findings);
  const keys: (Severity | "waived")[] = [...SEVERITIES, "waived"];
  return keys.flatMap((key) => {
    const own = sorted.filter((finding) => (finding.waived === undefined ? finding.severity : "waived") === key);
    return own.length === 0 ? [] : [{ key, groups: groupByRule(own), size: own.length }];
  });
}

function groupByRule(findings: readonly Finding[]): RuleGroup[] {
  return [...groupBy(findings, ({ rule }) => rule)].map(([rule, own]) => {
    const [first] = own;
    const shared = own.every((finding) => finding.remedy === first.remedy) ? first.remedy : undefined;
    return { rule, why: first.why, ...(shared === undefined ? {} : { remedy: shared }), findings: own };
  });
}
