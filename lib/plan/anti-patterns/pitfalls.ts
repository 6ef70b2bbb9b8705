/**
 * The catalog's five common pitfalls. They are warnings: each makes a failure dearer or later to be seen, and none makes it
 * one that cannot be recovered from; what does is a blocker of the anti-patterns.
 */
import { defineRule, type Rule } from "../../core/rule";
import type { CommunicationEvent, Stakeholder } from "../communications";
import type { PlannedMigration, PlannedWave } from "../plan-document";
import { decisionsOf } from "../runbook/decisions";
import { waveWork } from "../runbook/work-parts";
import type { PlanReview } from "./plan-review";
import { enumerated, hasAlarmThatNotifies, servesUsers } from "./surface";
import { unmappedDataRules } from "./unmapped-data";

/**
 * Insufficient monitoring: nobody can see how a migration is doing, because the plan has no dashboard, and nobody is told,
 * because none of the migration's alarms is sent to anybody. One of the two is enough for this rule; that something gives
 * the alarm to go back is asked by `rollback-no-alarm`. Enforces the best practice *monitor continuously*.
 */
export const pitfallNoMonitoring: Rule<PlanReview> = defineRule<PlanReview>({
  id: "pitfall-no-monitoring",
  title: "A migration has neither a dashboard nor an alarm that is sent to somebody",
  severity: "warning",
  why: "Insufficient monitoring: what is not observed before the migration cannot be compared during it, and its failure is reported by users",
  remedy:
    "give the plan its metrics, which make the dashboard, and the migration's alarms a topic: implement comprehensive observability before the migration",
  *check({ document: { dashboard, migrations } }) {
    if (dashboard !== undefined) return;
    for (const migration of migrations) {
      if (hasAlarmThatNotifies(migration)) continue;
      const message = `the plan has no dashboard that shows it, and in stage ${migration.stage} none of its alarms is sent to anybody`;
      yield { subject: migration.path, message };
    }
  },
});

/** Poor communication, by machines: the plan's alarms are sent to nobody. Its subject is the plan's path. */
export const pitfallNoNotificationTarget: Rule<PlanReview> = defineRule<PlanReview>({
  id: "pitfall-no-notification-target",
  title: "The plan has no notification target",
  severity: "warning",
  why: "Poor communication: the alarm that stops the migration changes its colour on a screen, and nobody stops",
  remedy: "give the plan's metrics a topic to which the people in the change window are subscribed",
  *check({ document: { path, communications } }) {
    if (communications.alarmsNotify) return;
    yield { subject: path, message: "no alarm of the plan is sent to anybody" };
  },
});

/** The two messages without which people act on a state that no longer holds. */
const MUST_BE_TOLD: readonly { readonly event: CommunicationEvent; readonly what: string }[] = [
  { event: "start", what: "that it starts" },
  { event: "rollback", what: "that it goes back" },
];

/**
 * Poor communication, by people: nobody is told that a wave starts, or that it goes back. Its subject is the wave; where the
 * plan names no stakeholder at all, it is the plan's path, once.
 */
export const pitfallNobodyTold: Rule<PlanReview> = defineRule<PlanReview>({
  id: "pitfall-nobody-told",
  title: "Nobody is told of a wave",
  severity: "warning",
  why: "Poor communication: who is not told keeps changing what moves, calls the outage an incident, or goes on working on a side that is being rolled back",
  remedy:
    "name stakeholders for the wave with the events start and rollback: keep all stakeholders informed throughout the process",
  *check({ document: { path, waves, communications } }) {
    const { stakeholders } = communications;
    if (stakeholders.length === 0) {
      yield { subject: path, message: "the plan names no stakeholder, so nobody is told of any wave" };
      return;
    }
    const told = toldOf(stakeholders);
    for (const { name } of waves) {
      const missing = MUST_BE_TOLD.filter(
        ({ event }) => !told.has(key(event, undefined)) && !told.has(key(event, name)),
      );
      if (missing.length === 0) continue;
      yield { subject: name, message: `nobody is told ${missing.map(({ what }) => what).join(" or ")}` };
    }
  },
});

/** Which events somebody is told of: for the waves they name, or for all. */
function toldOf(stakeholders: readonly Stakeholder[]): ReadonlySet<string> {
  const told = new Set<string>();
  for (const { waves, events } of stakeholders) {
    for (const { event } of MUST_BE_TOLD) {
      if (events !== undefined && !events.includes(event)) continue;
      for (const wave of waves ?? [undefined]) told.add(key(event, wave));
    }
  }
  return told;
}

function key(event: CommunicationEvent, wave: string | undefined): string {
  return JSON.stringify([event, wave]);
}

/** What the cut-overs of a wave take, in minutes. */
interface CutOver {
  readonly migrations: number;
  readonly forward: number;
  readonly back: number;
}

/**
 * Rushed timelines: the window ends before the wave has been cut over, validated, and could still have gone back.
 *
 * - Counted is what the runbook does in the window: what is left of the cut-over, all of a wave's migrations one after the
 *   other, each step with its whole budget; and the way back to where the window began, as far as there is one. Between them
 *   `validationMinutes` are left, once. What is only waited for at the end needs no window.
 * - A wave that is rolled out by daylight has no cut-over, and is not asked.
 * - A wave with a cut-over and no window, where another wave has one. The foundation is not asked.
 *
 * A warning, because budgets are the longest that steps may take, and cut-overs may be done side by side.
 */
export const pitfallNoTimeToValidate: Rule<PlanReview> = defineRule<PlanReview>({
  id: "pitfall-no-time-to-validate",
  title: "The change window leaves no time to validate and still go back",
  severity: "warning",
  why: "Rushed timelines: what is not validated inside the window is validated by users, and a rollback that begins at the window's end runs into the working day",
  remedy: "lengthen the window, or split the wave: allow adequate time for testing and validation",
  *check({ document: { waves, migrations }, thresholds }) {
    const byPath = new Map(migrations.map((migration) => [migration.path, migration]));
    const withWindow = waves.find(({ number, window }) => number !== undefined && window !== undefined);
    const { validationMinutes } = thresholds;
    for (const wave of waves) {
      const cutOver = cutOverOf(wave, byPath);
      if (cutOver.migrations === 0) continue;
      const { forward, back } = cutOver;
      if (wave.window === undefined) {
        if (wave.number === undefined || withWindow === undefined) continue;
        yield {
          subject: wave.name,
          message: `it has no change window, and ${withWindow.name} has one: its cut-over, validation and way back take ${forward + validationMinutes + back} minutes, for which no time is set aside`,
        };
        continue;
      }
      const needed = forward + validationMinutes + back;
      if (needed <= wave.window.minutes) continue;
      const series = cutOver.migrations === 1 ? "" : `, ${cutOver.migrations} migrations one after the other`;
      yield {
        subject: wave.name,
        message: `its window has ${wave.window.minutes} minutes and ${needed} are needed: ${forward} to cut over, ${validationMinutes} to validate and ${back} to go back${series}`,
      };
    }
  },
});

function cutOverOf(wave: PlannedWave, byPath: ReadonlyMap<string, PlannedMigration>): CutOver {
  const { cutover } = waveWork(wave.migrations.flatMap((path) => byPath.get(path) ?? []));
  // The further the cut-over has gone, the longer the way back; once nothing can be taken back, there is none.
  const back = decisionsOf(cutover, wave.window).reduce(
    (longest, { backMinutes = 0 }) => Math.max(longest, backMinutes),
    0,
  );
  return {
    migrations: new Set(cutover.forward.map(({ migration }) => migration)).size,
    forward: cutover.windowMinutes,
    back,
  };
}

/** The catalog's metric *Performance impact (response time, throughput)*, and whatever a plan adds of the kind. */
const PERFORMANCE_METRIC = /^performance(-|$)/;

/**
 * Ignoring performance impact: CloudWatch does not measure the plan's performance metric, so nobody will be able to say what
 * the migration has done to response times. Its subject is the plan's path, once. Every plan with metrics has this one, but
 * unless the plan names its source, it only waits for somebody to publish a number.
 *
 * It is not what `testing-no-performance-baseline` says: that asks of each migration whether its promotion is compared, which
 * passes or fails on the day; this asks of the plan for numbers of before and after. Either can be remedied and the other
 * remain.
 */
export const pitfallNoBenchmark: Rule<PlanReview> = defineRule<PlanReview>({
  id: "pitfall-no-benchmark",
  title: "The plan measures no benchmark of before and after",
  severity: "warning",
  why: "Ignoring performance impact: without the numbers of before, nobody can tell a slower application from a louder complaint, nor what the move was worth",
  remedy:
    "give the plan's metric performance-impact a source that CloudWatch measures against the numbers of before, such as performanceImpact(): benchmark before and after the migration",
  *check({ document: { path, metrics, migrations } }) {
    const serving = migrations.filter(servesUsers).map((migration) => migration.path);
    const benchmarks = metrics.filter(({ id }) => PERFORMANCE_METRIC.test(id));
    if (serving.length === 0 || benchmarks.some(({ measured = false }) => measured)) return;
    const [first] = benchmarks;
    const message =
      first === undefined
        ? `no metric of the plan compares performance before and after ${enumerated(serving)}`
        : `nothing measures ${first.id} before and after ${enumerated(serving)}: its number waits for somebody to publish it`;
    yield { subject: path, message };
  },
});

/** The five common pitfalls. */
export const pitfallRules: readonly Rule<PlanReview>[] = [
  ...unmappedDataRules,
  pitfallNoMonitoring,
  pitfallNoNotificationTarget,
  pitfallNobodyTold,
  pitfallNoTimeToValidate,
  pitfallNoBenchmark,
];
