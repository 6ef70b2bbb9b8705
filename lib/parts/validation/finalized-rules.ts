/** Rules about the evidence that a stage without a way back requires. */
import type { IsoDate } from "../../core/iso-date";
import { defineRule, type Rule } from "../../core/rule";
import type { EvidenceReview, RequiredEvidence } from "../../core/stage-evidence";
import type { FinalizedEvidence } from "./finalized-evidence";

/**
 * The default bake time in hours: how long the target carries production before it is finalized. Ours: a weekend and a
 * working day.
 */
export const DEFAULT_BAKE_HOURS = 72;

/** The required evidence if no part requires any: the bake time is required all the same. */
const NOTHING_VALIDATED: RequiredEvidence = { alarmNames: [], minimumBakeHours: DEFAULT_BAKE_HOURS };

const HOUR_MILLISECONDS = 3_600_000;
/**
 * The hours by which the evidence's time in production may exceed the time over which alarms were observed. Ours: for
 * rounding.
 */
const BAKE_TOLERANCE_HOURS = 1;

/** Returns the day of an instant in its own time zone, in which days of sign-offs and restore tests are recorded as well. */
function dayOf(instant: string): IsoDate {
  return instant.slice(0, 10);
}

/** Returns the time over which the required alarms were observed, from the first to the last; undefined if none was. */
function observed({
  evidence,
  required = NOTHING_VALIDATED,
}: EvidenceReview<FinalizedEvidence>): { readonly from: string; readonly to: string } | undefined {
  const names = new Set(required.alarmNames);
  const results = (evidence?.validation ?? []).filter(({ alarmName }) => names.has(alarmName));
  const [first] = results;
  if (first === undefined) return undefined;
  return results.reduce(
    ({ from, to }, { observedFrom, observedTo }) => ({
      from: Date.parse(observedFrom) < Date.parse(from) ? observedFrom : from,
      to: Date.parse(observedTo) > Date.parse(to) ? observedTo : to,
    }),
    { from: first.observedFrom, to: first.observedTo },
  );
}

function inHours(milliseconds: number): number {
  return Math.round((milliseconds / HOUR_MILLISECONDS) * 10) / 10;
}

/** Blocks a migration that is finalized without validation results, or without any validation that could give them. */
export const finalizedWithoutValidation: Rule<EvidenceReview<FinalizedEvidence>> = defineRule<
  EvidenceReview<FinalizedEvidence>
>({
  id: "finalized-without-validation",
  title: "A migration is finalized without validation results",
  severity: "blocker",
  why: "after this stage the only way back is a restore, so the target must be proven to work",
  remedy: "declare health checks, an end-to-end test and performance comparisons, and record what their alarms said",
  *check({ stage, evidence, required = NOTHING_VALIDATED }) {
    if (required.alarmNames.length === 0) {
      yield {
        subject: stage,
        message: "the migration has no validation, so the evidence cannot contain results",
      };
    } else if (evidence === undefined || evidence.validation.length === 0) {
      yield {
        subject: stage,
        message: `the evidence has no result of any of the ${required.alarmNames.length} required alarms`,
      };
    }
  },
});

/** Blocks a migration whose evidence has no result of a required alarm. */
export const finalizedValidationMissing: Rule<EvidenceReview<FinalizedEvidence>> = defineRule<
  EvidenceReview<FinalizedEvidence>
>({
  id: "finalized-validation-missing",
  title: "The evidence has no result of a required alarm",
  severity: "blocker",
  why: "a check that was left out of the evidence may be the one that failed",
  remedy:
    "record the alarm's worst state since the cut-over: aws cloudwatch describe-alarm-history --region REGION --alarm-name NAME",
  *check({ evidence, required = NOTHING_VALIDATED }) {
    if (evidence === undefined || evidence.validation.length === 0) return;
    const known = new Set(evidence.validation.map((result) => result.alarmName));
    for (const alarmName of required.alarmNames) {
      if (!known.has(alarmName)) yield { subject: alarmName, message: "the evidence does not name this alarm" };
    }
  },
});

/** Blocks a migration if an alarm was not in OK during the bake time. */
export const finalizedValidationNotOk: Rule<EvidenceReview<FinalizedEvidence>> = defineRule<
  EvidenceReview<FinalizedEvidence>
>({
  id: "finalized-validation-not-ok",
  title: "An alarm was not in OK during the bake time",
  severity: "blocker",
  why: "ALARM means that a check failed at the target, and INSUFFICIENT_DATA that the check had no result",
  remedy: "find and fix the cause, and restart the bake time",
  *check({ evidence }) {
    for (const { alarmName, state } of evidence?.validation ?? []) {
      if (state !== "OK") yield { subject: alarmName, message: `the evidence records the alarm in state ${state}` };
    }
  },
});

/** Blocks a migration whose time in production, or whose observation of an alarm, is shorter than the required bake time. */
export const finalizedBakeTooShort: Rule<EvidenceReview<FinalizedEvidence>> = defineRule<
  EvidenceReview<FinalizedEvidence>
>({
  id: "finalized-bake-too-short",
  title: "The target has not carried production for long enough",
  severity: "blocker",
  why: "what runs once a night or once a week has to have run at the target before the source is given up",
  remedy: "wait, and record the alarms over the whole time; or lower minimumBakeHours, and say why in the review",
  *check({ stage, evidence, required = NOTHING_VALIDATED }) {
    if (evidence === undefined) return;
    const { alarmNames, minimumBakeHours } = required;
    if (evidence.bakeHours < minimumBakeHours) {
      yield {
        subject: stage,
        message: `the evidence records ${evidence.bakeHours} hours in production; ${minimumBakeHours} are required`,
      };
    }
    const asked = new Set(alarmNames);
    for (const { alarmName, observedFrom, observedTo } of evidence.validation) {
      const milliseconds = Date.parse(observedTo) - Date.parse(observedFrom);
      if (!asked.has(alarmName) || milliseconds >= minimumBakeHours * HOUR_MILLISECONDS) continue;
      yield {
        subject: alarmName,
        message: `the alarm was observed for ${inHours(milliseconds)} hours; ${minimumBakeHours} are required`,
      };
    }
  },
});

/** Blocks a migration whose evidence claims more hours of production than the alarms were observed for. */
export const finalizedBakeUnobserved: Rule<EvidenceReview<FinalizedEvidence>> = defineRule<
  EvidenceReview<FinalizedEvidence>
>({
  id: "finalized-bake-unobserved",
  title: "The evidence claims more hours in production than were observed",
  severity: "blocker",
  why: "for hours in which the alarms were not observed, there is no evidence that the target worked",
  remedy: "record the alarms over the whole time, or correct bakeHours to the time that was observed",
  *check(subject) {
    const { stage } = subject;
    const span = observed(subject);
    if (subject.evidence === undefined || span === undefined) return;
    const { bakeHours } = subject.evidence;
    const milliseconds = Date.parse(span.to) - Date.parse(span.from);
    if (bakeHours * HOUR_MILLISECONDS <= milliseconds + BAKE_TOLERANCE_HOURS * HOUR_MILLISECONDS) return;
    yield {
      subject: stage,
      message: `the evidence records ${bakeHours} hours in production, but the alarms were observed for only ${inHours(milliseconds)}`,
    };
  },
});

/** Blocks a migration whose evidence has no sign-off, or one from before the last observation. */
export const finalizedNotSignedOff: Rule<EvidenceReview<FinalizedEvidence>> = defineRule<
  EvidenceReview<FinalizedEvidence>
>({
  id: "finalized-not-signed-off",
  title: "The evidence is not signed off",
  severity: "blocker",
  why: "giving up the way back is a decision, and somebody must take it after seeing the results",
  remedy: "have the application owner sign off after the last observation, and record name, role and day",
  *check({ stage, evidence, asOf }) {
    if (evidence === undefined) {
      yield { subject: stage, message: "there is no evidence, and so no sign-off" };
      return;
    }
    const { day, name } = evidence.signOff;
    const lastDay = evidence.validation.reduce<IsoDate | undefined>(
      (latest, { observedTo }) => (latest === undefined || dayOf(observedTo) > latest ? dayOf(observedTo) : latest),
      undefined,
    );
    if (day > asOf)
      yield { subject: stage, message: `the sign-off of ${name} is dated ${day}, which is after today, ${asOf}` };
    else if (lastDay !== undefined && day < lastDay) {
      yield { subject: stage, message: `${name} signed off on ${day}, before the last observation on ${lastDay}` };
    }
  },
});

/** Blocks a migration that is finalized without a restore point. */
export const finalizedWithoutRestorePoint: Rule<EvidenceReview<FinalizedEvidence>> = defineRule<
  EvidenceReview<FinalizedEvidence>
>({
  id: "finalized-without-restore-point",
  title: "The evidence has no restore point",
  severity: "blocker",
  why: "from this stage on, the only way back is a restore",
  remedy: "take a backup of the migrated servers and their data, and record its reference",
  *check({ stage, evidence }) {
    if (evidence === undefined) yield { subject: stage, message: "there is no evidence, and so no restore point" };
  },
});

/** Blocks a migration whose restore point is older than production at the target, or lies in the future. */
export const finalizedRestorePointTime: Rule<EvidenceReview<FinalizedEvidence>> = defineRule<
  EvidenceReview<FinalizedEvidence>
>({
  id: "finalized-restore-point-time",
  title: "The restore point was not taken while the target carried production",
  severity: "blocker",
  why: "a restore loses everything written after the restore point, and one that is dated in the future does not exist yet",
  remedy:
    "take a backup of the migrated servers and their data at the end of the bake time, and record when it was taken",
  *check(subject) {
    if (subject.evidence === undefined) return;
    const { reference, takenAt } = subject.evidence.restorePoint;
    if (dayOf(takenAt) > subject.asOf) {
      yield {
        subject: reference,
        message: `the restore point is dated ${takenAt}, which is after today, ${subject.asOf}`,
      };
    }
    const span = observed(subject);
    if (span !== undefined && Date.parse(takenAt) < Date.parse(span.from)) {
      yield {
        subject: reference,
        message: `the restore point was taken at ${takenAt}, before the target was first observed in production at ${span.from}`,
      };
    }
  },
});

/** Warns if the restore point has never been restored for practice, or only on an impossible date. */
export const finalizedRestoreUntested: Rule<EvidenceReview<FinalizedEvidence>> = defineRule<
  EvidenceReview<FinalizedEvidence>
>({
  id: "finalized-restore-untested",
  title: "The restore point has never been restored",
  severity: "warning",
  why: "from this stage on the backup is the only way back, and a backup that was never restored may not be restorable",
  remedy: "restore the backup once into a test network, and record the day as restoreTestedOn",
  *check({ evidence, asOf }) {
    if (evidence === undefined) return;
    const { reference, takenAt, restoreTestedOn } = evidence.restorePoint;
    if (restoreTestedOn === undefined) {
      yield { subject: reference, message: "the evidence has no date of a test restore (restoreTestedOn)" };
    } else if (restoreTestedOn < dayOf(takenAt)) {
      yield {
        subject: reference,
        message: `the test restore is dated ${restoreTestedOn}, before the backup was taken on ${dayOf(takenAt)}`,
      };
    } else if (restoreTestedOn > asOf) {
      yield {
        subject: reference,
        message: `the test restore is dated ${restoreTestedOn}, which is after today, ${asOf}`,
      };
    }
  },
});

/** The rules about {@link FinalizedEvidence}. */
export const finalizedRules: readonly Rule<EvidenceReview<FinalizedEvidence>>[] = [
  finalizedWithoutValidation,
  finalizedValidationMissing,
  finalizedValidationNotOk,
  finalizedBakeTooShort,
  finalizedBakeUnobserved,
  finalizedNotSignedOff,
  finalizedWithoutRestorePoint,
  finalizedRestorePointTime,
  finalizedRestoreUntested,
];
