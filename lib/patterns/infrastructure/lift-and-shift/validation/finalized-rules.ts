/** What stands in the way of the stage `finalized`: evidence that does not cover what it should. */
import type { IsoDate } from "../../../../core/iso-date";
import { defineRule, type Rule } from "../../../../core/rule";
import type { FinalizedEvidence, RequiredEvidence } from "./finalized-evidence";

/** What the rules about evidence look at. */
export interface FinalizedSubject {
  /** Undefined where a JavaScript caller, or a cast, has left it out. */
  readonly evidence: FinalizedEvidence | undefined;
  readonly required: RequiredEvidence;
  readonly asOf: IsoDate;
}

const SUBJECT = "finalized";
const HOUR_MILLISECONDS = 3_600_000;

/** No validation results at all, or nothing that would give any. */
export const finalizedWithoutValidation: Rule<FinalizedSubject> = defineRule<FinalizedSubject>({
  id: "finalized-without-validation",
  title: "A migration is finalized without validation results",
  severity: "blocker",
  why: "after this stage going back means restoring, so it must be known, and not hoped, that the target works",
  remedy: "declare health checks, an end-to-end test and performance comparisons, and record what their alarms said",
  *check({ evidence, required }) {
    if (required.alarmNames.length === 0) {
      yield {
        subject: SUBJECT,
        message: "the migration has no validation, so that there is nothing to have evidence of",
      };
    } else if (evidence === undefined || evidence.validation.length === 0) {
      yield { subject: SUBJECT, message: `the evidence has no result of any of ${required.alarmNames.length} alarms` };
    }
  },
});

/** A required alarm of which the evidence says nothing. */
export const finalizedValidationMissing: Rule<FinalizedSubject> = defineRule<FinalizedSubject>({
  id: "finalized-validation-missing",
  title: "The evidence has no result of a required alarm",
  severity: "blocker",
  why: "a check that was left out of the evidence may be the one that failed",
  remedy: "record the alarm's worst state since the cut-over: aws cloudwatch describe-alarm-history --alarm-name NAME",
  *check({ evidence, required }) {
    if (evidence === undefined || evidence.validation.length === 0) return;
    const known = new Set(evidence.validation.map((result) => result.alarmName));
    for (const alarmName of required.alarmNames) {
      if (!known.has(alarmName)) yield { subject: alarmName, message: "the evidence does not name this alarm" };
    }
  },
});

/** An alarm that was not in OK. */
export const finalizedValidationNotOk: Rule<FinalizedSubject> = defineRule<FinalizedSubject>({
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
export const finalizedBakeTooShort: Rule<FinalizedSubject> = defineRule<FinalizedSubject>({
  id: "finalized-bake-too-short",
  title: "The target has not carried production for long enough",
  severity: "blocker",
  why: "what runs once a night or once a week has to have run at the target before the source is given up",
  remedy: "wait, and record the alarms over the whole time; or lower minimumBakeHours, and say why in the review",
  *check({ evidence, required: { alarmNames, minimumBakeHours } }) {
    if (evidence === undefined) return;
    if (evidence.bakeHours < minimumBakeHours) {
      yield {
        subject: SUBJECT,
        message: `the evidence has ${evidence.bakeHours} hours of production, and ${minimumBakeHours} are asked for`,
      };
    }
    const required = new Set(alarmNames);
    for (const { alarmName, observedFrom, observedTo } of evidence.validation) {
      const hours = (Date.parse(observedTo) - Date.parse(observedFrom)) / HOUR_MILLISECONDS;
      if (!required.has(alarmName) || hours >= minimumBakeHours) continue;
      yield {
        subject: alarmName,
        message: `it was observed for ${Math.round(hours * 10) / 10} hours, and ${minimumBakeHours} are asked for`,
      };
    }
  },
});

/** Nobody has signed, or somebody has signed before there was anything to sign. */
export const finalizedNotSignedOff: Rule<FinalizedSubject> = defineRule<FinalizedSubject>({
  id: "finalized-not-signed-off",
  title: "Nobody has signed for the evidence",
  severity: "blocker",
  why: "giving up the way back is a decision, and a decision has somebody who took it after seeing the results",
  remedy: "have whoever answers for the application sign after the last observation, and record name, role and day",
  *check({ evidence, asOf }) {
    if (evidence === undefined) {
      yield { subject: SUBJECT, message: "there is no evidence, and so no signature" };
      return;
    }
    const { day, name } = evidence.signOff;
    const last = evidence.validation.reduce((latest, { observedTo }) => Math.max(latest, Date.parse(observedTo)), 0);
    const lastDay = last === 0 ? undefined : new Date(last).toISOString().slice(0, 10);
    if (day > asOf) yield { subject: SUBJECT, message: `${name} signed on ${day}, and it is ${asOf}` };
    else if (lastDay !== undefined && day < lastDay) {
      yield { subject: SUBJECT, message: `${name} signed on ${day}, before the last observation on ${lastDay}` };
    }
  },
});

/** Nothing to restore from. */
export const finalizedWithoutRestorePoint: Rule<FinalizedSubject> = defineRule<FinalizedSubject>({
  id: "finalized-without-restore-point",
  title: "There is nothing to restore from",
  severity: "blocker",
  why: "from here on, going back means restoring",
  remedy: "take a backup of the migrated servers and their data, and record its reference",
  *check({ evidence }) {
    if (evidence === undefined) yield { subject: SUBJECT, message: "there is no evidence, and so no restore point" };
  },
});

/** A backup that nobody has restored. */
export const finalizedRestoreUntested: Rule<FinalizedSubject> = defineRule<FinalizedSubject>({
  id: "finalized-restore-untested",
  title: "The restore point has never been restored",
  severity: "warning",
  why: "a backup that was never restored is a hope, and from here on it is the only way back",
  remedy: "restore it once into a test network, and record the day as restoreTestedOn",
  *check({ evidence }) {
    if (evidence === undefined || evidence.restorePoint.restoreTestedOn !== undefined) return;
    yield {
      subject: evidence.restorePoint.reference,
      message: "the evidence has no day on which it was restored for practice",
    };
  },
});

/** The rules about evidence. */
export const finalizedRules: readonly Rule<FinalizedSubject>[] = [
  finalizedWithoutValidation,
  finalizedValidationMissing,
  finalizedValidationNotOk,
  finalizedBakeTooShort,
  finalizedNotSignedOff,
  finalizedWithoutRestorePoint,
  finalizedRestoreUntested,
];
