import { describe, expect, it } from "@jest/globals";
import { isReversible } from "../../../../../lib/core/stage";
import {
  finalizedBakeTooShort,
  finalizedEvidenceSchema,
  finalizedGate,
  finalizedNotSignedOff,
  finalizedRestoreUntested,
  finalizedStage,
  finalizedValidationMissing,
  finalizedValidationNotOk,
  finalizedWithoutRestorePoint,
  finalizedWithoutValidation,
  type FinalizedEvidence,
  type FinalizedSubject,
  type StageDeclaration,
} from "../../../../../lib/patterns/infrastructure/lift-and-shift/validation";
import { evidenceOf } from "./fixtures";

const required = { alarmNames: ["shop-health-web", "shop-end-to-end-checkout"], minimumBakeHours: 72 };
const evidence = evidenceOf(...required.alarmNames);
const good: FinalizedSubject = { evidence, required, asOf: "2026-02-10" };

function subjectWith(over: Partial<FinalizedEvidence>): FinalizedSubject {
  return { ...good, evidence: { ...evidence, ...over } };
}

function neverRestored(): FinalizedSubject {
  const { restoreTestedOn: _, ...restorePoint } = evidence.restorePoint;
  return subjectWith({ restorePoint });
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
});

describe("the gate before finalized", () => {
  it("is open where the evidence covers what is required", () => {
    const gate = finalizedGate(evidence, required, "2026-02-10");
    expect(gate.before).toBe("finalized");
    expect(gate.evaluate()).toEqual([]);
  });

  it("is closed by everything that is missing, at once", () => {
    const findings = finalizedGate(undefined, required, "2026-02-10").evaluate();
    expect(findings.map((finding) => finding.rule).sort()).toEqual([
      "finalized-not-signed-off",
      "finalized-without-restore-point",
      "finalized-without-validation",
    ]);
    expect(findings.every((finding) => finding.severity === "blocker")).toBe(true);
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
  it("has no way back but to restore", () => {
    expect(isReversible(finalizedStage)).toBe(false);
    expect(JSON.stringify(finalizedStage.reverse)).toContain("going back means restoring");
    expect(finalizedStage.enter.length).toBeGreaterThan(3);
  });

  it("cannot be declared without evidence, nor evidence without it", () => {
    const cutover: StageDeclaration = { stage: "cutover" };
    const finalized: StageDeclaration = { stage: "finalized", evidence };
    // @ts-expect-error -- finalized needs evidence
    const hasty: StageDeclaration = { stage: "finalized" };
    // @ts-expect-error -- evidence has a signature
    const unsigned: StageDeclaration = { stage: "finalized", evidence: { ...evidence, signOff: undefined } };
    // @ts-expect-error -- a result is a record, and never a bare boolean
    const bare: StageDeclaration = { stage: "finalized", evidence: { ...evidence, validation: [true] } };
    // @ts-expect-error -- no other stage takes evidence, which would otherwise go unread
    const early: StageDeclaration = { stage: "cutover", evidence };
    expect([cutover, finalized, hasty, unsigned, bare, early].map((each) => each.stage)).toHaveLength(6);
  });
});
