/**
 * The rules of the catalog's anti-pattern *No Rollback Plan*. The type of every migration requires a rollback plan; these rules
 * check whether it would work: it has steps, the source still exists, an alarm triggers it, and it has been rehearsed.
 */
import { daysBetween } from "../../core/iso-date";
import { defineRule, type Rule } from "../../core/rule";
import { isReversible } from "../../core/stage";
import { count } from "../../core/text";
import { hasAlarm, type PlanDocument } from "../plan-document";
import type { PlanReview } from "./plan-review";
import { hasAlarmThatNotifies, isInUse, severityOnceInUse } from "./exposure";

const BETTER = "implement comprehensive rollback procedures before the migration";

/** The rule about stages without rollback steps. Only the last stage may be irreversible, and not where it is the only one. */
export const rollbackNoReverse: Rule<PlanReview> = defineRule<PlanReview>({
  id: "rollback-no-reverse",
  title: "A stage has no rollback steps",
  severity: "blocker",
  why: "No Rollback Plan: a failure in that stage cannot be recovered from, and the rollback is improvised in a panic",
  remedy: `write the rollback steps of the stage, and make only the last stage irreversible: ${BETTER}`,
  *check({ document }) {
    for (const { path, stages } of document.migrations) {
      for (const [index, stage] of stages.entries()) {
        if (isReversible(stage)) {
          if (stage.reverse.length > 0) continue;
          yield { subject: path, message: `stage ${stage.name} has no rollback steps` };
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

/** The rule about sources that are kept for less time than the rollback window. */
export const rollbackRetentionTooShort: Rule<PlanReview> = defineRule<PlanReview>({
  id: "rollback-retention-too-short",
  title: "The source is kept for less time than the rollback window",
  severity: "blocker",
  why: "No Rollback Plan: when a rollback is decided within its window, the source is gone, and the failure cannot be recovered from",
  remedy: `raise rollback.sourceRetentionDays, or lower rollback.windowHours to the retention: ${BETTER}`,
  *check({ document }) {
    for (const { path, rollback } of document.migrations) {
      const { sourceRetentionDays: days, windowHours } = rollback;
      if (days * 24 >= windowHours) continue;
      yield {
        subject: path,
        message: `the source is kept for ${count(days, "day")} (${count(days * 24, "hour")}), and the rollback window is ${count(windowHours, "hour")}`,
      };
    }
  },
});

/**
 * The rule about rollbacks without an alarm: no verification of the migration has an alarm that notifies somebody, and no
 * trigger names such an alarm of the plan or of any of its migrations. A trigger names an alarm by being its name, or by having
 * it among its words. Enforces the best practice *monitor continuously*.
 *
 * - A blocker once production depends on the migration.
 * - Before that a warning, where there is no alarm at all.
 * - Before that an info, where there are alarms: patterns keep theirs silent until somebody should be paged.
 */
export const rollbackNoAlarm: Rule<PlanReview> = defineRule<PlanReview>({
  id: "rollback-no-alarm",
  title: "No alarm would trigger the rollback",
  severity: "blocker",
  why: "No Rollback Plan: a failure of which nobody is notified is found by users, and by then the rollback window is over",
  remedy: `give one of its verifications an alarm with a topic, or name an alarm with a notification target in rollback.triggers: ${BETTER}`,
  *check({ document }) {
    const telling = alarmsThatNotify(document);
    for (const migration of document.migrations) {
      const { path, rollback, stage, verifications } = migration;
      if (hasAlarmThatNotifies(migration) || rollback.triggers.some((trigger) => namesOneOf(telling, trigger)))
        continue;
      const alarms = verifications.filter(hasAlarm).length;
      const has =
        alarms === 0
          ? "none of its verifications has an alarm"
          : `in stage ${stage} ${alarms === 1 ? "its one alarm has" : `its ${alarms} alarms have`} no notification target`;
      yield {
        subject: path,
        message: `${has}, and no rollback trigger names an alarm with a notification target`,
        severity: alarms > 0 && !isInUse(migration) ? "info" : severityOnceInUse(migration),
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
 * The rule about rollbacks that have not been rehearsed. Enforces the best practice *test rollback procedures*.
 *
 * - Never, or on a day after the plan's: a blocker once production depends on the migration, a warning before, because the
 *   first stages are where it is rehearsed.
 * - More than `rehearsalDays` ago: a warning in every stage, because the passing of time must not block a rollback.
 * - A migration whose declared stage is irreversible is exempt: it has no way back left to rehearse.
 */
export const rollbackNotRehearsed: Rule<PlanReview> = defineRule<PlanReview>({
  id: "rollback-not-rehearsed",
  title: "The rollback has not been rehearsed, or too long ago",
  severity: "blocker",
  why: "No Rollback Plan: only a recovery path that is tested regularly works (AWS Well-Architected Framework, REL13-BP03), and an untested one is carried out for the first time in a panic; a warning while nobody depends on the migration",
  remedy: `go forward and back once while nothing depends on the migration, and write the day into rollback.rehearsedOn: ${BETTER}`,
  *check({ document: { asOf, migrations }, thresholds }) {
    for (const migration of migrations) {
      const { path, stage, stages, rollback } = migration;
      const now = stages.find(({ name }) => name === stage);
      if (now !== undefined && !isReversible(now)) continue;
      const { rehearsedOn } = rollback;
      const severity = severityOnceInUse(migration);
      if (rehearsedOn === undefined) {
        yield { subject: path, message: "its rollback has never been rehearsed", severity };
      } else if (rehearsedOn > asOf) {
        const message = `its rollback rehearsal is dated ${rehearsedOn}, which is in the future: the plan is as of ${asOf}`;
        yield { subject: path, message, severity };
      } else {
        const days = daysBetween(rehearsedOn, asOf);
        if (days <= thresholds.rehearsalDays) continue;
        yield {
          subject: path,
          message: `its rollback was last rehearsed on ${rehearsedOn}, ${count(days, "day")} before ${asOf}; at most ${count(thresholds.rehearsalDays, "day")} are allowed`,
          severity: "warning",
        };
      }
    }
  },
});

/** The rules of the anti-pattern No Rollback Plan. */
export const noRollbackPlanRules: readonly Rule<PlanReview>[] = [
  rollbackNoReverse,
  rollbackRetentionTooShort,
  rollbackNoAlarm,
  rollbackNotRehearsed,
];
