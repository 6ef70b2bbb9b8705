import { describe, expect, it } from "@jest/globals";
import { applyWaivers, waiverExpired, waiverSchema, waiverUnused, type Finding, type Waiver } from "../../lib/core";

const finding = (rule: string, subject: string): Finding => ({
  rule,
  subject,
  severity: "blocker",
  message: "m",
  why: "w",
  remedy: "r",
});
const waiver = (over: Partial<Waiver> = {}): Waiver => ({
  rule: "os-unknown",
  reason: "the vendor supports it until the end of the year",
  approvedBy: "Ada",
  expires: "2026-12-31",
  ...over,
});

describe("applyWaivers", () => {
  const findings = [finding("os-unknown", "web01"), finding("os-unknown", "web02"), finding("disk-too-large", "web01")];

  it("covers one subject where the waiver names one", () => {
    const { findings: marked } = applyWaivers(findings, [waiver({ subject: "web01" })], "2026-11-22");
    expect(marked.map((f) => f.waived?.approvedBy)).toEqual(["Ada", undefined, undefined]);
  });

  it("covers every subject of the rule where it names none", () => {
    const { findings: marked } = applyWaivers(findings, [waiver()], "2026-11-22");
    expect(marked.filter((f) => f.waived !== undefined)).toHaveLength(2);
  });

  it.each([
    ["2026-12-31", 2],
    ["2027-01-01", 0],
  ])("holds through its last day: on %s it covers %i", (asOf, covered) => {
    const { findings: marked } = applyWaivers(findings, [waiver()], asOf);
    expect(marked.filter((f) => f.waived !== undefined)).toHaveLength(covered);
  });
});

describe("the rules about waivers", () => {
  it("report an expired waiver and no other", () => {
    const waivers = [waiver({ expires: "2026-01-01" }), waiver()];
    const found = waiverExpired({ waivers, used: new Set(waivers), asOf: "2026-11-22" });
    expect(found.map((f) => f.message)).toEqual([
      "the waiver approved by Ada expired after 2026-01-01 (assessed as of 2026-11-22)",
    ]);
  });

  it("report a waiver that covers nothing, but not one that has expired", () => {
    const used = waiver();
    const unused = waiver({ subject: "web99" });
    const expired = waiver({ expires: "2026-01-01" });
    const found = waiverUnused({ waivers: [used, unused, expired], used: new Set([used]), asOf: "2026-11-22" });
    expect(found.map((f) => f.subject)).toEqual(["os-unknown on web99"]);
  });
});

describe("waiverSchema", () => {
  it.each([
    ["a day that does not exist", { expires: "2026-02-30" }],
    ["a reason that says nothing", { reason: "ok" }],
    ["an unknown key", { until: "2026-12-31" }],
  ])("refuses %s", (_what, over) => {
    expect(waiverSchema.safeParse({ ...waiver(), ...over }).success).toBe(false);
  });
});
