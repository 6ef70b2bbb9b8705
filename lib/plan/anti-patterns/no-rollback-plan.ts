/**
 * The catalog's anti-pattern *No Rollback Plan*. That there is a plan is in the type of every migration; these rules ask
 * whether it would work: there are steps, there is still a source to go back to, something gives the alarm, and somebody has
 * walked the way.
 */
import { count } from "../../core/words";
import type { IsoDate } from "../../core/iso-date";
import { defineRule, type Rule } from "../../core/rule";
import { isReversible } from "../../core/stage";
import type { PlanDocument } from "../plan-document";
import type { PlanReview } from "./plan-review";
import { hasAlarmThatNotifies, isInUse, onceInUse } from "./surface";

const BETTER = "implement comprehensive rollback procedures before the migration";

/** A stage has no way back. Only the last stage may be irreversible, and not where it is the only one. */
export const rollbackNoReverse: Rule<PlanReview> = defineRule<PlanReview>({
  id: "rollback-no-reverse",
  title: "A stage has no way back",
  severity: "blocker",
  why: "No Rollback Plan: whoever is in that stage when it fails cannot recover from it, and improvises in a panic",
  remedy: `write the steps that lead back from the stage, and make only the last one irreversible: ${BETTER}`,
  *check({ document }) {
    for (const { path, stages } of document.migrations) {
      for (const [index, stage] of stages.entries()) {
        if (isReversible(stage)) {
          if (stage.reverse.length > 0) continue;
          yield { subject: path, message: `stage ${stage.name} has no step that leads back` };
        } else if (stages.length === 1) {
          yield { subject: path, message: `${stage.name}, its only stage, is irreversible` };
        } else if (index < stages.length - 1) {
          const following = count(stages.length - 1 - index, "stage");
          yield { subject: path, message: `stage ${stage.name} is irreversible, and is followed by ${following}` };
        }
      }
    }
  },
});

/** The source is gone while one may still decide to go back to it. */
export const rollbackRetentionTooShort: Rule<PlanReview> = defineRule<PlanReview>({
  id: "rollback-retention-too-short",
  title: "The source is kept for less time than the decision to go back may take",
  severity: "blocker",
  why: "No Rollback Plan: a decision to go back that is taken in time finds nothing to go back to, and what failed cannot be recovered",
  remedy: `raise rollback.sourceRetentionDays, or lower rollback.windowHours to what the retention allows: ${BETTER}`,
  *check({ document }) {
    for (const { path, rollback } of document.migrations) {
      const { sourceRetentionDays: days, windowHours } = rollback;
      if (days * 24 >= windowHours) continue;
      yield {
        subject: path,
        message: `the source is kept for ${count(days, "day")}, which is ${count(days * 24, "hour")}, and the decision to go back may be taken for ${count(windowHours, "hour")}`,
      };
    }
  },
});

/**
 * Nothing would give the alarm: no verification of the migration has an alarm that tells somebody, and no trigger names one
 * that does, of the plan or of any of its migrations. A trigger names an alarm by being its name, or by having it among its
 * words. Enforces the best practice *monitor continuously*.
 *
 * - A blocker once production depends on the migration.
 * - Before that a warning, where there is no alarm at all.
 * - Before that only worth knowing, where there are alarms: patterns keep theirs silent until somebody should be woken.
 */
export const rollbackNoAlarm: Rule<PlanReview> = defineRule<PlanReview>({
  id: "rollback-no-alarm",
  title: "No alarm would trigger the rollback",
  severity: "blocker",
  why: "No Rollback Plan: a failure that nobody is told of is found by users, and by then the time to go back is over",
  remedy: `give one of its verifications an alarm with a topic, or name an alarm that is sent to somebody in rollback.triggers: ${BETTER}`,
  *check({ document }) {
    const telling = alarmsThatNotify(document);
    for (const migration of document.migrations) {
      const { path, rollback, stage, verifications } = migration;
      if (hasAlarmThatNotifies(migration) || rollback.triggers.some((trigger) => namesOneOf(telling, trigger)))
        continue;
      const alarms = verifications.filter(({ alarm }) => alarm !== undefined).length;
      const has =
        alarms === 0
          ? "none of its verifications has an alarm"
          : `in stage ${stage} ${alarms === 1 ? "its one alarm is" : `its ${alarms} alarms are`} sent to nobody`;
      yield {
        subject: path,
        message: `${has}, and no rollback trigger names an alarm that is sent to somebody`,
        severity: alarms > 0 && !isInUse(migration) ? "info" : onceInUse(migration),
      };
    }
  },
});

function alarmsThatNotify({ migrations, metrics, stopAlarm, communications }: PlanDocument): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { verifications } of migrations) {
    for (const { alarm, notifies } of verifications) if (alarm !== undefined && notifies) names.add(alarm);
  }
  if (!communications.alarmsNotify) return names;
  for (const { alarm } of metrics) if (alarm !== undefined) names.add(alarm);
  if (stopAlarm !== undefined) names.add(stopAlarm);
  return names;
}

function namesOneOf(alarms: ReadonlySet<string>, trigger: string): boolean {
  if (alarms.has(trigger.trim())) return true;
  return trigger.split(/\s+/).some((word) => alarms.has(word) || alarms.has(word.replace(/^\W+|\W+$/g, "")));
}

/**
 * The way back has not been walked. Enforces the best practice *test rollback procedures*.
 *
 * - Never, or on a day after the plan's: a blocker once production depends on the migration, a warning before, because the
 *   first stages are where it is rehearsed.
 * - More than `rehearsalDays` ago: a warning in every stage, because a day that passes must not block going back.
 * - A migration whose declared stage is irreversible is not asked: it has no way back left to rehearse.
 */
export const rollbackNotRehearsed: Rule<PlanReview> = defineRule<PlanReview>({
  id: "rollback-not-rehearsed",
  title: "The way back has not been rehearsed, or too long ago",
  severity: "blocker",
  why: "No Rollback Plan: only a recovery path that is tested regularly works (AWS Well-Architected Framework, REL13-BP03), and an untested one is walked for the first time in a panic; a warning while nobody depends on the migration",
  remedy: `go forward and back once while nothing depends on it, and write the day into rollback.rehearsedOn: ${BETTER}`,
  *check({ document: { asOf, migrations }, thresholds }) {
    for (const migration of migrations) {
      const { path, stage, stages, rollback } = migration;
      const now = stages.find(({ name }) => name === stage);
      if (now !== undefined && !isReversible(now)) continue;
      const { rehearsedOn } = rollback;
      const severity = onceInUse(migration);
      if (rehearsedOn === undefined) {
        yield { subject: path, message: "its way back has never been rehearsed", severity };
      } else if (rehearsedOn > asOf) {
        const message = `the rehearsal of its way back is dated ${rehearsedOn}, and it is ${asOf}: it proves nothing`;
        yield { subject: path, message, severity };
      } else {
        const days = daysBetween(rehearsedOn, asOf);
        if (days <= thresholds.rehearsalDays) continue;
        yield {
          subject: path,
          message: `its way back was last rehearsed on ${rehearsedOn}, ${count(days, "day")} before ${asOf}, and ${count(thresholds.rehearsalDays, "day")} are allowed`,
          severity: "warning",
        };
      }
    }
  },
});

function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** No Rollback Plan. */
export const noRollbackPlanRules: readonly Rule<PlanReview>[] = [
  rollbackNoReverse,
  rollbackRetentionTooShort,
  rollbackNoAlarm,
  rollbackNotRehearsed,
];
