/**
 * The rules of the catalog's five common pitfalls. They are warnings: each makes a failure costlier, or delays its detection,
 * but none makes it unrecoverable; what does is a blocker of the anti-patterns.
 */
import { defineRule, type Rule } from "../../core/rule";
import { shortList } from "../../core/text";
import type { CommunicationEvent, Stakeholder } from "../communications";
import type { PlannedMigration, PlannedWave } from "../plan-document";
import { decisionsOf } from "../runbook/decisions";
import { waveWork } from "../runbook/wave-work";
import type { PlanReview } from "./plan-review";
import { hasAlarmThatNotifies, servesUsers } from "./exposure";
import { unmappedDataRules } from "./unmapped-data";

/**
 * The rule about insufficient monitoring: the plan has no dashboard, and none of the migration's alarms notifies anybody. One
 * of the two is enough for this rule; an alarm that triggers the rollback is required by `rollback-no-alarm`. Enforces the
 * best practice *monitor continuously*.
 */
export const pitfallNoMonitoring: Rule<PlanReview> = defineRule<PlanReview>({
  id: "pitfall-no-monitoring",
  title: "A migration has neither a dashboard nor an alarm with a notification target",
  severity: "warning",
  why: "Insufficient monitoring: without observations from before the migration there is nothing to compare with during it, and failures are reported by users",
  remedy:
    "configure the plan's metrics, which create the dashboard, and give the migration's alarms a topic: implement comprehensive observability before the migration",
  *check({ document: { dashboard, migrations } }) {
    if (dashboard !== undefined) return;
    for (const migration of migrations) {
      if (hasAlarmThatNotifies(migration)) continue;
      const message = `the plan has no dashboard, and in stage ${migration.stage} none of its alarms has a notification target`;
      yield { subject: migration.path, message };
    }
  },
});

/**
 * The rule about poor communication by alarms: the plan's alarms have no notification target. Its subject is the plan's path.
 */
export const pitfallNoNotificationTarget: Rule<PlanReview> = defineRule<PlanReview>({
  id: "pitfall-no-notification-target",
  title: "The plan has no notification target",
  severity: "warning",
  why: "Poor communication: the alarm that is to stop the migration goes off, and nobody is notified",
  remedy: "give the plan's metrics a topic to which the people in the change window are subscribed",
  *check({ document: { path, communications } }) {
    if (communications.alarmsNotify) return;
    yield { subject: path, message: "the plan's alarms have no notification target" };
  },
});

/** The two events without whose message people act on an outdated state. */
const MUST_BE_TOLD: readonly { readonly event: CommunicationEvent; readonly what: string }[] = [
  { event: "start", what: "of its start" },
  { event: "rollback", what: "of its rollback" },
];

/**
 * The rule about poor communication by people: no stakeholder is notified of a wave's start, or of its rollback. Its subject is
 * the wave; where the plan has no stakeholders at all, it is the plan's path, once.
 */
export const pitfallNobodyTold: Rule<PlanReview> = defineRule<PlanReview>({
  id: "pitfall-nobody-told",
  title: "No stakeholder is notified of a wave",
  severity: "warning",
  why: "Poor communication: people who are not notified keep changing what is being moved, report the outage as an incident, or go on working on a side that is being rolled back",
  remedy:
    "name stakeholders for the wave with the events start and rollback: keep all stakeholders informed throughout the process",
  *check({ document: { path, waves, communications } }) {
    const { stakeholders } = communications;
    if (stakeholders.length === 0) {
      yield { subject: path, message: "no stakeholders are configured, so nobody is notified of any wave" };
      return;
    }
    const told = toldOf(stakeholders);
    for (const { name } of waves) {
      const missing = MUST_BE_TOLD.filter(
        ({ event }) => !told.has(key(event, undefined)) && !told.has(key(event, name)),
      );
      if (missing.length === 0) continue;
      yield { subject: name, message: `no stakeholder is notified ${missing.map(({ what }) => what).join(" or ")}` };
    }
  },
});

/** Returns the events of which somebody is notified, each for a wave or for all waves. */
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

/** The durations of the cut-overs of a wave, in minutes. */
interface CutOver {
  readonly migrations: number;
  readonly forward: number;
  readonly back: number;
}

/**
 * The rule about rushed timelines: change windows too short for the cut-over, its validation and a rollback.
 *
 * - Counted are the steps of the runbook in the window: the rest of the cut-over, all of a wave's migrations one after the
 *   other, each step with its whole budget; and the way back to the beginning of the window, as far as there is one. Between
 *   them `validationMinutes` are counted once. Waiting at the end needs no window.
 * - A wave that is rolled out by daylight has no cut-over, and is exempt.
 * - A wave with a cut-over and no window is reported where another wave has one. The foundation is exempt.
 *
 * A warning, because budgets are the longest that steps may take, and cut-overs may be done side by side.
 */
export const pitfallNoTimeToValidate: Rule<PlanReview> = defineRule<PlanReview>({
  id: "pitfall-no-time-to-validate",
  title: "The change window leaves no time to validate and roll back",
  severity: "warning",
  why: "Rushed timelines: without validation inside the window the users validate, and a rollback that begins at the window's end runs into the working day",
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
          message: `it has no change window, and ${withWindow.name} has one: its cut-over, validation and rollback take ${forward + validationMinutes + back} minutes`,
        };
        continue;
      }
      const needed = forward + validationMinutes + back;
      if (needed <= wave.window.minutes) continue;
      const series = cutOver.migrations === 1 ? "" : `, ${cutOver.migrations} migrations one after the other`;
      yield {
        subject: wave.name,
        message: `its window has ${wave.window.minutes} minutes and ${needed} are needed: ${forward} to cut over, ${validationMinutes} to validate and ${back} to roll back${series}`,
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

/** The ids of the catalog's metric *Performance impact (response time, throughput)*, and of similar ones that a plan adds. */
const PERFORMANCE_METRIC = /^performance(-|$)/;

/**
 * The rule about ignoring performance impact: CloudWatch does not measure the plan's performance metric, so the effect of the
 * migration on response times remains unknown. Its subject is the plan's path, once. Every plan with metrics has this metric,
 * but unless the plan names its source, its value has to be published by hand.
 *
 * It differs from `testing-no-performance-baseline`, which checks each migration for a comparison that passes or fails on the
 * day; this rule checks the plan for measurements before and after. Either can be remedied while the other remains.
 */
export const pitfallNoBenchmark: Rule<PlanReview> = defineRule<PlanReview>({
  id: "pitfall-no-benchmark",
  title: "The plan has no performance benchmark before and after the migration",
  severity: "warning",
  why: "Ignoring performance impact: without measurements from before, a slower application cannot be told from louder complaints, and the benefit of the move cannot be shown",
  remedy:
    "give the plan's metric performance-impact a source that CloudWatch measures against a baseline, such as performanceImpact(): benchmark before and after the migration",
  *check({ document: { path, metrics, migrations } }) {
    const serving = migrations.filter(servesUsers).map((migration) => migration.path);
    const benchmarks = metrics.filter(({ id }) => PERFORMANCE_METRIC.test(id));
    if (serving.length === 0 || benchmarks.some(({ measured = false }) => measured)) return;
    const [first] = benchmarks;
    const message =
      first === undefined
        ? `no metric of the plan compares performance before and after ${shortList(serving, 4)}`
        : `CloudWatch does not measure ${first.id} before and after ${shortList(serving, 4)}: its value has to be published by hand or by a pipeline`;
    yield { subject: path, message };
  },
});

/** The rules of the five common pitfalls. */
export const pitfallRules: readonly Rule<PlanReview>[] = [
  ...unmappedDataRules,
  pitfallNoMonitoring,
  pitfallNoNotificationTarget,
  pitfallNobodyTold,
  pitfallNoTimeToValidate,
  pitfallNoBenchmark,
];
