/** What stands in the way of a stage without a way back: evidence that does not cover what it should. */
import type { IsoDate } from "../../core/iso-date";
import { defineRule, type Rule } from "../../core/rule";
import type { EvidenceReview, RequiredEvidence } from "../../core/stage-evidence";
import type { FinalizedEvidence } from "./finalized-evidence";

/** How long the target carries production before it is finalized, in hours. Ours: a weekend and a working day. */
export const DEFAULT_BAKE_HOURS = 72;

/** What is required where no part requires anything: time in production is asked for all the same. */
const NOTHING_VALIDATED: RequiredEvidence = { alarmNames: [], minimumBakeHours: DEFAULT_BAKE_HOURS };

const HOUR_MILLISECONDS = 3_600_000;
/** How much longer than anybody has looked the target may be said to have carried production, in hours. Ours: for rounding. */
const BAKE_TOLERANCE_HOURS = 1;

/** The day of an instant where it was written down, which is where days are signed and restores are tried. */
function dayOf(instant: string): IsoDate {
  return instant.slice(0, 10);
}

/** The time over which the required alarms were observed, from the first to the last; undefined where none was. */
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

/** No validation results at all, or nothing that would give any. */
export const finalizedWithoutValidation: Rule<EvidenceReview<FinalizedEvidence>> = defineRule<
  EvidenceReview<FinalizedEvidence>
>({
  id: "finalized-without-validation",
  title: "A migration is finalized without validation results",
  severity: "blocker",
  why: "after this stage going back means restoring, so it must be known, and not hoped, that the target works",
  remedy: "declare health checks, an end-to-end test and performance comparisons, and record what their alarms said",
  *check({ stage, evidence, required = NOTHING_VALIDATED }) {
    if (required.alarmNames.length === 0) {
      yield {
        subject: stage,
        message: "the migration has no validation, so that there is nothing to have evidence of",
      };
    } else if (evidence === undefined || evidence.validation.length === 0) {
      yield { subject: stage, message: `the evidence has no result of any of ${required.alarmNames.length} alarms` };
    }
  },
});

/** A required alarm of which the evidence says nothing. */
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

/** An alarm that was not in OK. */
export const finalizedValidationNotOk: Rule<EvidenceReview<FinalizedEvidence>> = defineRule<
  EvidenceReview<FinalizedEvidence>
>({
  id: "finalized-validation-not-ok",
  title: "An alarm was not in OK during the bake time",
  severity: "blocker",
  why: "ALARM says that the target does not do what the source did, and INSUFFICIENT_DATA that nobody knows",
  remedy: "find out why, remedy it, and let the bake time begin anew",
  *check({ evidence }) {
    for (const { alarmName, state } of evidence?.validation ?? []) {
      if (state !== "OK") yield { subject: alarmName, message: `the evidence has it in ${state}` };
    }
  },
});

/** Too short a time in production, or too short a look at it. */
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
        message: `the evidence has ${evidence.bakeHours} hours of production, and ${minimumBakeHours} are asked for`,
      };
    }
    const asked = new Set(alarmNames);
    for (const { alarmName, observedFrom, observedTo } of evidence.validation) {
      const milliseconds = Date.parse(observedTo) - Date.parse(observedFrom);
      if (!asked.has(alarmName) || milliseconds >= minimumBakeHours * HOUR_MILLISECONDS) continue;
      yield {
        subject: alarmName,
        message: `it was observed for ${inHours(milliseconds)} hours, and ${minimumBakeHours} are asked for`,
      };
    }
  },
});

/** More hours of production than anybody has looked at. */
export const finalizedBakeUnobserved: Rule<EvidenceReview<FinalizedEvidence>> = defineRule<
  EvidenceReview<FinalizedEvidence>
>({
  id: "finalized-bake-unobserved",
  title: "The evidence has more hours of production than were observed",
  severity: "blocker",
  why: "of hours in which nobody looked at the alarms, nobody knows whether the target worked",
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
      message: `the evidence has ${bakeHours} hours of production, and the alarms were observed for ${inHours(milliseconds)}`,
    };
  },
});

/** Nobody has signed, or somebody has signed before there was anything to sign. */
export const finalizedNotSignedOff: Rule<EvidenceReview<FinalizedEvidence>> = defineRule<
  EvidenceReview<FinalizedEvidence>
>({
  id: "finalized-not-signed-off",
  title: "Nobody has signed for the evidence",
  severity: "blocker",
  why: "giving up the way back is a decision, and a decision has somebody who took it after seeing the results",
  remedy: "have whoever answers for the application sign after the last observation, and record name, role and day",
  *check({ stage, evidence, asOf }) {
    if (evidence === undefined) {
      yield { subject: stage, message: "there is no evidence, and so no signature" };
      return;
    }
    const { day, name } = evidence.signOff;
    const lastDay = evidence.validation.reduce<IsoDate | undefined>(
      (latest, { observedTo }) => (latest === undefined || dayOf(observedTo) > latest ? dayOf(observedTo) : latest),
      undefined,
    );
    if (day > asOf) yield { subject: stage, message: `${name} signed on ${day}, and it is ${asOf}` };
    else if (lastDay !== undefined && day < lastDay) {
      yield { subject: stage, message: `${name} signed on ${day}, before the last observation on ${lastDay}` };
    }
  },
});

/** Nothing to restore from. */
export const finalizedWithoutRestorePoint: Rule<EvidenceReview<FinalizedEvidence>> = defineRule<
  EvidenceReview<FinalizedEvidence>
>({
  id: "finalized-without-restore-point",
  title: "There is nothing to restore from",
  severity: "blocker",
  why: "from here on, going back means restoring",
  remedy: "take a backup of the migrated servers and their data, and record its reference",
  *check({ stage, evidence }) {
    if (evidence === undefined) yield { subject: stage, message: "there is no evidence, and so no restore point" };
  },
});

/** A restore point that lacks what was written at the target, or that is not there yet. */
export const finalizedRestorePointTime: Rule<EvidenceReview<FinalizedEvidence>> = defineRule<
  EvidenceReview<FinalizedEvidence>
>({
  id: "finalized-restore-point-time",
  title: "The restore point is not of the time in which the target carried production",
  severity: "blocker",
  why: "what was written after a restore point is lost with it, and one that is still to be taken restores nothing",
  remedy:
    "take a backup of the migrated servers and their data at the end of the bake time, and record when it was taken",
  *check(subject) {
    if (subject.evidence === undefined) return;
    const { reference, takenAt } = subject.evidence.restorePoint;
    if (dayOf(takenAt) > subject.asOf) {
      yield { subject: reference, message: `the evidence has it taken at ${takenAt}, and it is ${subject.asOf}` };
    }
    const span = observed(subject);
    if (span !== undefined && Date.parse(takenAt) < Date.parse(span.from)) {
      yield {
        subject: reference,
        message: `it was taken at ${takenAt}, and the target is observed in production from ${span.from} on`,
      };
    }
  },
});

/** A backup that nobody has restored, or that was not there yet when something was. */
export const finalizedRestoreUntested: Rule<EvidenceReview<FinalizedEvidence>> = defineRule<
  EvidenceReview<FinalizedEvidence>
>({
  id: "finalized-restore-untested",
  title: "The restore point has never been restored",
  severity: "warning",
  why: "a backup that was never restored is a hope, and from here on it is the only way back",
  remedy: "restore it once into a test network, and record the day as restoreTestedOn",
  *check({ evidence, asOf }) {
    if (evidence === undefined) return;
    const { reference, takenAt, restoreTestedOn } = evidence.restorePoint;
    if (restoreTestedOn === undefined) {
      yield { subject: reference, message: "the evidence has no day on which it was restored for practice" };
    } else if (restoreTestedOn < dayOf(takenAt)) {
      yield {
        subject: reference,
        message: `the evidence has it restored for practice on ${restoreTestedOn}, before it was taken on ${dayOf(takenAt)}`,
      };
    } else if (restoreTestedOn > asOf) {
      yield {
        subject: reference,
        message: `the evidence has it restored for practice on ${restoreTestedOn}, and it is ${asOf}`,
      };
    }
  },
});

/** The rules about evidence. */
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
