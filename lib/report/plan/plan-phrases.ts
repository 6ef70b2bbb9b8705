/** The phrases of a plan's report: efforts, windows and targets, and the words for what the plan knows by a key. */
import { shortDuration } from "../../core/duration";
import { formatCount, formatNumber } from "../../core/text";
import type { VerificationKind } from "../../core/verification";
import type { CommunicationEvent } from "../../plan/communications";
import type { MetricCategory, PlannedMetric } from "../../plan/metrics/planned-metric";
import type { ChangeWindow, PlanDocument, PlannedWave } from "../../plan/plan-document";
import { workPartsOf } from "../../plan/runbook/wave-work";
import type { Effort } from "./stage-efforts";

/** Returns the duration of an effort: `45 min`, `45 min of work, 8 h of waiting`. */
export function effortDuration({ minutes, waiting }: Effort): string {
  if (waiting === 0) return shortDuration(minutes);
  return minutes === 0
    ? `${shortDuration(waiting)} of waiting`
    : `${shortDuration(minutes)} of work, ${shortDuration(waiting)} of waiting`;
}

/** Returns an effort in words: `nothing to do`, `3 steps, 45 min of work, 8 h of waiting`. */
export function effortWords(effort: Effort): string {
  return effort.steps === 0 ? "nothing to do" : `${formatCount(effort.steps, "step")}, ${effortDuration(effort)}`;
}

/** Returns a change window in words: `22:00 Europe/Berlin, 6 h`. */
export function windowWords({ minutes, starts }: ChangeWindow): string {
  return starts === undefined ? shortDuration(minutes) : `${starts}, ${shortDuration(minutes)}`;
}

/**
 * Returns a wave's window in words; `none needed` where none of its migrations enters a stage in one, undefined where it is
 * not said.
 */
export function waveWindowWords(
  { window, migrations: paths, moves }: PlannedWave,
  { migrations }: PlanDocument,
): string | undefined {
  if (window !== undefined) return windowWords(window);
  const own = migrations.filter(({ path }) => paths.includes(path));
  const moved = new Set(own.flatMap((each) => [each.path, ...each.moves]));
  if (own.length === 0 || !moves.every((move) => moved.has(move))) return undefined;
  return own.some(({ stages }) => workPartsOf(stages).includes("cutover")) ? undefined : "none needed";
}

/** Returns a metric's target in words: `at least 99.9 %`. */
export function targetWords({ direction, target, unit }: PlannedMetric): string {
  return `${direction === "at-least" ? "at least" : "at most"} ${formatNumber(target)} ${unit}`;
}

/** The words for an alarm whose name stands in no report, because it is known once Terraform has run. */
export const UNNAMED_ALARM = "an alarm whose name only Terraform knows";

/** The words for the kinds of verification. */
export const VERIFICATIONS: Readonly<Record<VerificationKind, string>> = {
  "health-check": "Health check",
  "end-to-end-test": "End-to-end test",
  "performance-comparison": "Performance comparison",
  "data-comparison": "Data comparison",
  connectivity: "Connectivity",
};

/** The catalog's groups of metrics, as headings. */
export const CATEGORIES: Readonly<Record<MetricCategory, string>> = {
  technical: "Technical",
  business: "Business",
  operational: "Operational",
};

/** The words for the events that people are told of, and for their times. */
export const EVENTS: Readonly<Record<CommunicationEvent, { readonly title: string; readonly when: string }>> = {
  announcement: { title: "Announcement", when: "7 days before" },
  reminder: { title: "Reminder", when: "the day before" },
  start: { title: "Start", when: "when the window begins" },
  "go-no-go": { title: "Go or no-go", when: "when it is decided" },
  completion: { title: "Completion", when: "when the wave is done" },
  rollback: { title: "Rollback", when: "when it goes back" },
};
