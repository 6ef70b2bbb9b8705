import { compareText } from "../../core/text";
import type { Waiver } from "../../core/waiver";
import type { PlanDocument } from "../../plan/plan-document";

/** A waiver with its effect on a plan. */
export interface WaiverUse {
  readonly waiver: Waiver;
  /** The number of findings that it covers. */
  readonly covers: number;
  /** Whether its last day has passed. */
  readonly expired: boolean;
}

/** Returns the waivers in the order in which they expire. */
export function waiverUses({ waivers, findings, asOf }: PlanDocument): WaiverUse[] {
  const key = (rule: string, subject: string | undefined): string => JSON.stringify([rule, subject ?? null]);
  const counts = new Map<string, number>();
  for (const { rule, subject, waived } of findings) {
    if (waived === undefined) continue;
    for (const each of [key(rule, subject), key(rule, undefined)]) counts.set(each, (counts.get(each) ?? 0) + 1);
  }
  return waivers
    .map((waiver, index) => ({ waiver, index }))
    .sort(
      (a, b) =>
        compareText(a.waiver.expires, b.waiver.expires) ||
        compareText(a.waiver.rule, b.waiver.rule) ||
        a.index - b.index,
    )
    .map(({ waiver }) => {
      const expired = waiver.expires < asOf;
      return { waiver, covers: expired ? 0 : (counts.get(key(waiver.rule, waiver.subject)) ?? 0), expired };
    });
}
