import { describe, expect, it } from "@jest/globals";
import { runRules } from "../../../lib/core/rule";
import { isReversible } from "../../../lib/core/stage";
import type { EvidenceReview } from "../../../lib/core/stage-evidence";
import {
  finalizedBakeTooShort,
  finalizedBakeUnobserved,
  finalizedEvidence,
  finalizedEvidenceSchema,
  finalizedNotSignedOff,
  finalizedRestorePointTime,
  finalizedRestoreUntested,
  finalizedRules,
  finalizedValidationMissing,
  finalizedValidationNotOk,
  finalizedWithoutRestorePoint,
  finalizedWithoutValidation,
  type FinalizedEvidence,
} from "../../../lib/parts/validation";
import { liftAndShiftStages, type LiftAndShiftDeclaration } from "../../../lib/patterns/infrastructure/lift-and-shift";
import { bookingWalk } from "../../deploy/booking-walk";
import { evidenceOf } from "./fixtures";

const required = { alarmNames: ["shop-health-web", "shop-end-to-end-checkout"], minimumBakeHours: 72 };
const evidence = evidenceOf(...required.alarmNames);
const good: EvidenceReview<FinalizedEvidence> = { stage: "finalized", evidence, required, asOf: "2026-02-10" };

function subjectWith(over: Partial<FinalizedEvidence>): EvidenceReview<FinalizedEvidence> {
  return { ...good, evidence: { ...evidence, ...over } };
}

function neverRestored(): EvidenceReview<FinalizedEvidence> {
  const { restoreTestedOn: _, ...restorePoint } = evidence.restorePoint;
  return subjectWith({ restorePoint });
}

function restored(over: Partial<FinalizedEvidence["restorePoint"]>): EvidenceReview<FinalizedEvidence> {
  return subjectWith({ restorePoint: { ...evidence.restorePoint, ...over } });
}

const result = evidence.validation[0]!;

describe("the rules about evidence", () => {
  it.each([
    ["finalized-without-validation", finalizedWithoutValidation, subjectWith({ validation: [] })],
    ["finalized-without-validation", finalizedWithoutValidation, { ...good, evidence: undefined }],
    [
      "finalized-without-validation",
      finalizedWithoutValidation,
      { ...good, required: { ...required, alarmNames: [] } },
    ],
    ["finalized-validation-missing", finalizedValidationMissing, subjectWith({ validation: [result] })],
    [
      "finalized-validation-not-ok",
      finalizedValidationNotOk,
      subjectWith({ validation: [{ ...result, state: "INSUFFICIENT_DATA" as const }] }),
    ],
    ["finalized-bake-too-short", finalizedBakeTooShort, subjectWith({ bakeHours: 71 })],
    [
      "finalized-bake-too-short",
      finalizedBakeTooShort,
      subjectWith({ validation: [{ ...result, observedTo: "2026-02-01T01:00:00Z" }] }),
    ],
    ["finalized-not-signed-off", finalizedNotSignedOff, { ...good, evidence: undefined }],
    ["finalized-not-signed-off", finalizedNotSignedOff, { ...good, asOf: "2026-02-05" }],
    [
      "finalized-not-signed-off",
      finalizedNotSignedOff,
      subjectWith({ signOff: { ...evidence.signOff, day: "2026-02-04" } }),
    ],
    ["finalized-without-restore-point", finalizedWithoutRestorePoint, { ...good, evidence: undefined }],
    ["finalized-restore-untested", finalizedRestoreUntested, neverRestored()],
    ["finalized-restore-untested", finalizedRestoreUntested, restored({ restoreTestedOn: "2026-02-04" })],
    ["finalized-restore-untested", finalizedRestoreUntested, restored({ restoreTestedOn: "2026-02-11" })],
    ["finalized-restore-point-time", finalizedRestorePointTime, restored({ takenAt: "2026-01-31T23:59:59Z" })],
    ["finalized-restore-point-time", finalizedRestorePointTime, restored({ takenAt: "2026-02-11T00:00:00Z" })],
    ["finalized-bake-unobserved", finalizedBakeUnobserved, subjectWith({ bakeHours: 97.1 })],
  ])("find %s", (id, rule, subject) => {
    expect(rule(good)).toEqual([]);
    const findings = rule(subject);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ rule: id });
  });

  it("do not ask of an alarm that is not required how long it was observed", () => {
    const other = { ...result, alarmName: "other", observedTo: "2026-02-01T01:00:00Z" };
    expect(finalizedBakeTooShort(subjectWith({ validation: [...evidence.validation, other] }))).toEqual([]);
  });

  it("do not let an alarm that is not required make the observed time longer", () => {
    const other = { ...result, alarmName: "other", observedFrom: "2026-01-01T00:00:00Z" };
    const validation = [...evidence.validation, other];
    expect(finalizedBakeUnobserved(subjectWith({ validation, bakeHours: 200 }))).toHaveLength(1);
    const early = { ...evidence.restorePoint, takenAt: "2026-01-02T00:00:00Z" };
    expect(finalizedRestorePointTime(subjectWith({ validation, restorePoint: early }))).toHaveLength(1);
  });

  it("take the time from the first observation to the last, an hour for rounding, and a restore on the day itself", () => {
    const [first, second] = evidence.validation;
    const validation = [
      { ...first!, observedTo: "2026-02-04T12:00:00Z" },
      { ...second!, observedFrom: "2026-02-01T12:00:00Z" },
    ];
    expect(finalizedBakeUnobserved(subjectWith({ validation, bakeHours: 97 }))).toEqual([]);
    expect(finalizedRestorePointTime(restored({ takenAt: "2026-02-01T00:00:00Z" }))).toEqual([]);
    expect(finalizedRestorePointTime(restored({ takenAt: "2026-02-10T23:00:00Z" }))).toEqual([]);
    expect(finalizedRestoreUntested(restored({ restoreTestedOn: "2026-02-10" }))).toEqual([]);
  });

  it("take the days that a zone has, not those of UTC", () => {
    const validation = [{ ...result, observedTo: "2026-02-05T22:00:00-05:00" }];
    const signOff = { ...evidence.signOff, day: "2026-02-05" };
    expect(finalizedNotSignedOff(subjectWith({ validation, signOff }))).toEqual([]);
    const late = { ...evidence.restorePoint, takenAt: "2026-02-10T20:00:00-05:00", restoreTestedOn: "2026-02-10" };
    const subject = subjectWith({ restorePoint: late });
    expect([...finalizedRestorePointTime(subject), ...finalizedRestoreUntested(subject)]).toEqual([]);
  });

  it("find nothing in the evidence of the deployed example", () => {
    const { options } = bookingWalk;
    const { declared } = options?.("finalized") as { declared: { evidence: FinalizedEvidence } };
    const alarmNames = declared.evidence.validation.map(({ alarmName }) => alarmName);
    const subject = {
      stage: "finalized",
      evidence: declared.evidence,
      required: { alarmNames, minimumBakeHours: 72 },
      asOf: "2026-11-22",
    };
    expect(finalizedRules.flatMap((rule) => rule(subject))).toEqual([]);
  });
});

describe("the evidence that a stage without a way back demands", () => {
  const found = (review: EvidenceReview<FinalizedEvidence>) => runRules(finalizedEvidence.rules, review);

  it("holds where it covers what is required", () => {
    expect(finalizedEvidence.question).toMatch(/backup to restore from\?$/);
    expect(found(good)).toEqual([]);
  });

  it("says everything that is missing, at once, of the stage that demands it", () => {
    const findings = found({ ...good, stage: "contract", evidence: undefined });
    expect(findings.map((finding) => finding.rule).sort()).toEqual([
      "finalized-not-signed-off",
      "finalized-without-restore-point",
      "finalized-without-validation",
    ]);
    expect(findings.every(({ severity, subject }) => severity === "blocker" && subject === "contract")).toBe(true);
  });

  it("cannot be had where no part of the migration requires any, and asks for time in production all the same", () => {
    const findings = found({ ...good, required: undefined, evidence: { ...evidence, bakeHours: 71 } });
    expect(findings.map(({ rule }) => rule)).toEqual(["finalized-without-validation", "finalized-bake-too-short"]);
  });
});

describe("evidence", () => {
  it("is accepted where it is whole", () => {
    expect(finalizedEvidenceSchema.parse(evidence)).toEqual(evidence);
  });

  it.each<[string, unknown]>([
    ["without sign-off", { ...evidence, signOff: undefined }],
    ["with a signature of nobody", { ...evidence, signOff: { ...evidence.signOff, name: " " } }],
    ["without restore point", { ...evidence, restorePoint: undefined }],
    ["with a bare yes for a result", { ...evidence, validation: [true] }],
    [
      "with an observation that ends before it begins",
      { ...evidence, validation: [{ ...result, observedTo: "2026-01-01T00:00:00Z" }] },
    ],
    ["with a day that does not exist", { ...evidence, signOff: { ...evidence.signOff, day: "2026-02-30" } }],
    [
      "with a time without zone",
      { ...evidence, restorePoint: { ...evidence.restorePoint, takenAt: "2026-02-05T00:00:00" } },
    ],
  ])("is refused %s", (_, given) => {
    expect(finalizedEvidenceSchema.safeParse(given).success).toBe(false);
  });
});

describe("the stage finalized", () => {
  const finalizedStage = liftAndShiftStages.get("finalized");

  it("has no way back but to restore", () => {
    expect(isReversible(finalizedStage)).toBe(false);
    expect(JSON.stringify(finalizedStage.reverse)).toContain("going back means restoring");
    expect(finalizedStage.enter.length).toBeGreaterThan(3);
  });

  it("ends the replication only after the deployment, for which the evidence is looked at", () => {
    const deploys = finalizedStage.enter.findIndex((step) => step.deploys === true);
    const ends = finalizedStage.enter.findIndex(({ command }) => command?.includes("finalize-cutover") === true);
    expect(deploys).toBeGreaterThanOrEqual(0);
    expect(ends).toBeGreaterThan(deploys);
  });

  it("leaves the alarms to whoever knows their names and regions", () => {
    expect(JSON.stringify(finalizedStage.enter)).not.toContain("describe-alarm-history");
  });

  it("cannot be declared without evidence, nor evidence without it", () => {
    const cutover: LiftAndShiftDeclaration = { stage: "cutover" };
    const finalized: LiftAndShiftDeclaration = { stage: "finalized", evidence };
    // @ts-expect-error -- finalized needs evidence
    const hasty: LiftAndShiftDeclaration = { stage: "finalized" };
    // @ts-expect-error -- evidence has a signature
    const unsigned: LiftAndShiftDeclaration = { stage: "finalized", evidence: { ...evidence, signOff: undefined } };
    // @ts-expect-error -- a result is a record, and never a bare boolean
    const bare: LiftAndShiftDeclaration = { stage: "finalized", evidence: { ...evidence, validation: [true] } };
    // @ts-expect-error -- no other stage takes evidence, which would otherwise go unread
    const early: LiftAndShiftDeclaration = { stage: "cutover", evidence };
    expect([cutover, finalized, hasty, unsigned, bare, early].map((each) => each.stage)).toHaveLength(6);
  });
});
