/** The check of a rehearsal: that no migration loses data, forward or back. */
import { unique } from "../core/collections";
import { isBlocking, type Finding } from "../core/finding";
import { count } from "../core/text";
import type { Rehearsal, ResourceChange } from "../plan/rehearsal/rehearsal";
import {
  rehearsalCut,
  rehearsalDataDestroyed,
  rehearsalDataReplaced,
  rehearsalPreviousLost,
  rehearsalUncertain,
} from "../plan/rehearsal/rehearsal-rules";
import { findingsBlock, waiverFor } from "./findings-text";
import { outcome, type Outcome } from "./outcome";
import { isRehearsal, refused } from "./subject";

/** Options of the check that a rehearsal loses nothing. */
export interface LossOptions {
  /**
   * The treatment of losses that may or may not be, because synthesized Terraform does not tell: inside a module, by a
   * variable, by a change of which it is not known whether the provider makes it in place.
   *
   * - `"refused"`: what is not known is no proof that nothing is lost. A waiver accepts one.
   * - `"allowed"`: only what is certainly lost counts.
   *
   * @default "refused"
   */
  readonly uncertain?: "refused" | "allowed";
}

/** The rules whose warnings say that something may be lost. */
const MAY_LOSE: ReadonlySet<string> = new Set(
  [rehearsalDataDestroyed, rehearsalDataReplaced, rehearsalPreviousLost, rehearsalUncertain].map(({ id }) => id),
);

/** Checks whether every transition was rehearsed, and nothing of what holds data is destroyed, replaced or cut in any. */
export function checkLosesNothing(received: unknown, options: LossOptions = {}): Outcome {
  if (!isRehearsal(received)) throw refused(received, "the outcome of rehearse() or of a plan's rehearse()");
  const certain = received.findings.filter(isBlocking);
  const uncertain = options.uncertain === "allowed" ? [] : uncertainLosses(received);
  const transitions = `${count(received.transitions.length, "transition")} of ${count(migrations(received), "migration")}`;
  return outcome(certain.length + uncertain.length === 0, {
    holds: () => `expected that something is lost in ${transitions}, and nothing is`,
    fails: () => lossText(transitions, certain, uncertain),
  });
}

/** Returns the warnings that nobody has waived, and that say that something may be lost. */
function uncertainLosses({ findings, transitions, sincePrevious }: Rehearsal): Finding[] {
  const changed = [
    ...transitions.filter(({ to }) => to !== undefined),
    ...(sincePrevious === undefined ? [] : [sincePrevious]),
  ]
    .flatMap((compared) => compared.changed)
    .filter(({ discarded }) => !discarded);
  return findings
    .filter(({ severity, waived }) => severity === "warning" && waived === undefined)
    .filter((finding) => MAY_LOSE.has(finding.rule) || isUncertainCut(finding, changed));
}

/** Checks whether a warning is about a cut that may be, as against one that costs little or is meant. */
function isUncertainCut({ rule, subject, message }: Finding, changed: readonly ResourceChange[]): boolean {
  if (rule !== rehearsalCut.id) return false;
  return changed.some(
    ({ address, cuts = [] }) =>
      address === subject &&
      cuts.some(({ certain, light, effect }) => !certain && !light && message.endsWith(`${effect} of ${address}`)),
  );
}

function migrations({ transitions }: Rehearsal): number {
  return unique(transitions.map(({ migration }) => migration)).length;
}

function lossText(transitions: string, certain: readonly Finding[], uncertain: readonly Finding[]): string {
  const found = [...certain, ...uncertain];
  const [first] = found;
  const losses =
    certain.length === 0 ? "" : `${count(certain.length, "blocker")} ${certain.length === 1 ? "is" : "are"} in the way`;
  const unknown = uncertain.length === 0 ? "" : `of ${count(uncertain.length, "change")} it is not known`;
  return [
    `expected that nothing is lost in ${transitions}, but ${losses}${losses === "" || unknown === "" ? "" : ", and "}${unknown}`,
    "",
    findingsBlock(found),
    "",
    "rehearsalText(rehearsal) of cdktf-migration-patterns/plan prints what every transition does.",
    ...(first === undefined ? [] : [`A loss that is meant is accepted by a waiver: ${waiverFor(first)}`]),
    ...(uncertain.length === 0 ? [] : [`toLoseNothing({ uncertain: "allowed" }) counts only what is certain.`]),
  ].join("\n");
}
