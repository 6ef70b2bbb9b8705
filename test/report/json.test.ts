import { describe, expect, it } from "@jest/globals";
import { assessmentJson } from "../../lib/report/json";
import { readyAssessment } from "../support/ready-assessment";
import { hostile, reported } from "./reported";

describe("assessmentJson", () => {
  it("has the verdict first and every finding", () => {
    const json = JSON.parse(assessmentJson(reported())) as Record<string, unknown> & { findings: unknown[] };
    expect(Object.keys(json)).toEqual([
      "verdict",
      "asOf",
      "counts",
      "inventory",
      "checklist",
      "findings",
      "waivers",
      "deferredWaivers",
    ]);
    expect(json.counts).toEqual({ blocker: 1, warning: 2, info: 1, waived: 1 });
    expect(json.findings).toHaveLength(5);
    expect(json.findings).toContainEqual(hostile);
  });

  it("is the same text whatever order a finding's keys came in", () => {
    const { findings } = reported();
    const reversed = findings.map((finding) => Object.fromEntries(Object.entries(finding).reverse()) as typeof finding);
    expect(assessmentJson(reported({ findings: reversed }))).toBe(assessmentJson(reported()));
  });

  it("is of a real assessment too, and the same each time", () => {
    expect(assessmentJson(readyAssessment())).toBe(assessmentJson(readyAssessment()));
    expect(JSON.parse(assessmentJson(readyAssessment()))).toMatchObject({ verdict: "ready" });
  });
});
