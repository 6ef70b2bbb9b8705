/** How the report says things: days, durations, shares, and the words for what the plan knows by a key. */
import type { IsoDate } from "../../core/iso-date";
import type { VerificationKind } from "../../core/verification";
import type { CommunicationEvent } from "../../plan/communications";
import type { MetricCategory, PlannedMetric } from "../../plan/metrics/planned-metric";
import type { ChangeWindow, PlanDocument, PlannedWave } from "../../plan/plan-document";
import { workPartsOf } from "../../plan/runbook/work-parts";
import type { Effort } from "./procedure";

export { percent } from "../../core/words";
export { sentence, shareWords } from "../../plan/runbook/words";

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
/** The months, shortened, from January. */
export const MONTHS: readonly string[] = [
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "Jun",
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
];

/** `Sat 5 Dec 2026`. */
export function dayWords(day: IsoDate): string {
  const date = new Date(`${day}T00:00:00Z`);
  return `${DAYS[date.getUTCDay()] ?? ""} ${shortDay(day)} ${date.getUTCFullYear()}`;
}

/** `5 Dec`. */
export function shortDay(day: IsoDate): string {
  const date = new Date(`${day}T00:00:00Z`);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ""}`;
}

/** `2 h 15 min`, `45 min`. */
export function duration(minutes: number): string {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** `45 min`, `45 min of work, 8 h of waiting`. */
export function effortDuration({ minutes, waiting }: Effort): string {
  if (waiting === 0) return duration(minutes);
  return minutes === 0
    ? `${duration(waiting)} of waiting`
    : `${duration(minutes)} of work, ${duration(waiting)} of waiting`;
}

/** `nothing to do`, `3 steps, 45 min of work, 8 h of waiting`. */
export function effortWords(effort: Effort): string {
  return effort.steps === 0 ? "nothing to do" : `${counted(effort.steps, "step")}, ${effortDuration(effort)}`;
}

/** `12,500`. */
export function grouped(value: number): string {
  const [whole = "", fraction] = String(value).split(".");
  const separated = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? separated : `${separated}.${fraction}`;
}

/** `1 server`, `1,200 servers`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${grouped(value)} ${value === 1 ? one : many}`;
}

/** `22:00 Europe/Berlin, 6 h`. */
export function windowWords({ minutes, starts }: ChangeWindow): string {
  return starts === undefined ? duration(minutes) : `${starts}, ${duration(minutes)}`;
}

/** The wave's window in words; `none needed` where none of its migrations enters a stage in one, undefined where it is not said. */
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

/** `at least 99.9 %`. */
export function targetWords({ direction, target, unit }: PlannedMetric): string {
  return `${direction === "at-least" ? "at least" : "at most"} ${grouped(target)} ${unit}`;
}

/** What a verification looks at. */
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

/** What people are told of, and when. */
export const EVENTS: Readonly<Record<CommunicationEvent, { readonly title: string; readonly when: string }>> = {
  announcement: { title: "Announcement", when: "7 days before" },
  reminder: { title: "Reminder", when: "the day before" },
  start: { title: "Start", when: "when the window begins" },
  "go-no-go": { title: "Go or no-go", when: "when it is decided" },
  completion: { title: "Completion", when: "when the wave is done" },
  rollback: { title: "Rollback", when: "when it goes back" },
};
