import { describe, expect, it } from "@jest/globals";
import { planJson, planJunit, planSarif } from "../../../lib/report/plan";
import { planRules } from "../../../lib/plan/anti-patterns/plan-rules";
import { waveRules } from "../../../lib/plan/waves/wave-rules";
import { assessedRules } from "../../../lib/assessment/assessed-rules";
import { planDocument } from "../../support/plan-document";
import { hostilePlan, HOSTILE } from "./hostile";
import { parseXml } from "../xml";

const document = planDocument({ servers: 40 });

describe("planJson", () => {
  const json = JSON.parse(planJson(document)) as Record<string, unknown>;

  it("has the whole plan, the verdict and the counts first", () => {
    const { findings, waivers, ...rest } = document;
    expect(json).toMatchObject(rest);
    expect(json.findings).toEqual(findings);
    expect(json.waivers).toHaveLength(waivers.length);
    expect(json.counts).toEqual({ blocker: 2, warning: 8, info: 10, waived: 1 });
    expect(Object.keys(json).slice(0, 5)).toEqual(["path", "title", "asOf", "verdict", "counts"]);
  });

  it("does not depend on the order in which a file had its keys", () => {
    const [finding, ...rest] = document.findings;
    const turned = Object.fromEntries(Object.entries(finding!).reverse()) as unknown as typeof finding;
    expect(planJson({ ...document, findings: [turned!, ...rest] })).toBe(planJson(document));
  });

  it("keeps where a waiver is written", () => {
    const [waiver] = document.waivers;
    const text = planJson({ ...document, waivers: [{ ...waiver!, location: { line: 3, file: "waivers.yaml" } }] });
    expect((JSON.parse(text) as typeof document).waivers[0]?.location).toEqual({ file: "waivers.yaml", line: 3 });
  });
});

describe("planSarif", () => {
  it("has every finding, the waived one suppressed", () => {
    const { runs } = JSON.parse(planSarif(document, { toolVersion: "1.2.3" })) as {
      runs: {
        tool: { driver: { version: string } };
        results: { ruleId: string; suppressions: unknown[] }[];
        properties: unknown;
      }[];
    };
    expect(runs[0]?.tool.driver.version).toBe("1.2.3");
    expect(runs[0]?.results).toHaveLength(21);
    expect(runs[0]?.results.filter(({ suppressions }) => suppressions.length > 0)).toHaveLength(1);
    expect(runs[0]?.properties).toEqual({ verdict: "blocked", asOf: "2026-11-22" });
  });
});

describe("planSarif without rules", () => {
  it("describes the rules of the plan beside those of the assessment", () => {
    const { runs } = JSON.parse(planSarif(document)) as { runs: { tool: { driver: { rules: { id: string }[] } } }[] };
    const ids = runs[0]?.tool.driver.rules.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([...assessedRules, ...waveRules, ...planRules].map(({ id }) => id)));
  });
});

describe("planJunit", () => {
  it("fails for the verdict and each blocker", () => {
    const suites = parseXml(planJunit(document));
    expect(suites.attributes.failures).toBe("3");
  });

  it("passes a rule that has looked and found nothing", () => {
    const rule = { id: "quiet-rule", title: "Quiet", severity: "warning", why: "w", remedy: "r" } as const;
    const suites = parseXml(planJunit(document, { rules: [rule] }));
    expect(suites.children.map(({ attributes }) => attributes.name)).toContain("quiet-rule");
    expect(suites.children.map(({ attributes }) => attributes.name)).not.toContain("os-unknown");
  });

  it("passes each rule of the assessment and of the plan that found nothing, unless it is told which have looked", () => {
    const suites = parseXml(planJunit(document)).children;
    const passed = suites
      .filter(
        ({ attributes, children }) =>
          attributes.failures === "0" && children.every((each) => each.children.length === 0),
      )
      .map(({ attributes }) => attributes.name);
    const found = new Set(document.findings.map(({ rule }) => rule));
    const quiet = [...assessedRules, ...waveRules, ...planRules].map(({ id }) => id).filter((id) => !found.has(id));
    expect(passed).toEqual(expect.arrayContaining(quiet));
    expect(quiet).toEqual(expect.arrayContaining(["wave-oversized", ...planRules.slice(0, 1).map(({ id }) => id)]));
  });

  it.each(HOSTILE)("is well-formed with names like %j", (text) => {
    expect(() => parseXml(planJunit(hostilePlan(text)))).not.toThrow();
    expect(() => JSON.parse(planSarif(hostilePlan(text))) as unknown).not.toThrow();
    expect(() => JSON.parse(planJson(hostilePlan(text))) as unknown).not.toThrow();
  });
});
