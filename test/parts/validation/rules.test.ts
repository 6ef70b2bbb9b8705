import { describe, expect, it } from "@jest/globals";
import {
  canaryRuntimeDeprecated,
  canaryRuntimeState,
  canaryRuntimeUnlisted,
  performanceBaselineMissing,
  performanceBaselineOld,
  performanceBaselineShort,
  validationRules,
  validationWithoutEndToEnd,
  validationWithoutHealthCheck,
  type CanaryRuntimeState,
  type ValidationReview,
} from "../../../lib/parts/validation";
import { checkout, latency, web } from "./fixtures";

const good: ValidationReview = {
  name: "stack/validation",
  asOf: "2026-02-01",
  healthChecks: { web },
  endToEndTests: { checkout },
  performance: { latency },
};

const runtime = (runtimeVersion: string): ValidationReview => ({
  ...good,
  endToEndTests: { checkout: { ...checkout, runtimeVersion }, probe: { kind: "code-build", projectName: "tests" } },
});

describe("the rules about validation", () => {
  it("find nothing where everything is there", () => {
    expect(validationRules.flatMap((rule) => rule(good))).toEqual([]);
  });

  it.each([
    [validationWithoutHealthCheck, { ...good, healthChecks: {} }, "has no health check"],
    [validationWithoutEndToEnd, { ...good, endToEndTests: {} }, "has no end-to-end test"],
    [performanceBaselineMissing, { ...good, performance: {} }, "has no performance baseline"],
    [performanceBaselineOld, { ...good, asOf: "2026-04-15" }, "91 days ago"],
    [
      performanceBaselineShort,
      {
        ...good,
        performance: { latency: { ...latency, baseline: { ...latency.baseline, capturedTo: "2026-01-02T12:00:00Z" } } },
      },
      "covers 1.5 days",
    ],
    [canaryRuntimeDeprecated, runtime("syn-nodejs-puppeteer-7.0"), "is deprecated since 2026-01-22"],
    [canaryRuntimeUnlisted, runtime("syn-nodejs-puppeteer-18.0"), "is not on the list"],
  ])("find what is wrong: $id", (rule, subject, message) => {
    expect(rule(good)).toEqual([]);
    const findings = rule(subject);
    expect(findings).toHaveLength(1);
    expect(findings[0]!.message).toContain(message);
  });

  it("accept a baseline of 90 days ago, and not one of 91", () => {
    expect(performanceBaselineOld({ ...good, asOf: "2026-04-14" })).toEqual([]);
  });
});

describe("a canary's runtime", () => {
  it.each<[string, string, CanaryRuntimeState["state"]]>([
    ["syn-nodejs-puppeteer-17.0", "2026-02-01", "supported"],
    ["syn-nodejs-puppeteer-9.1", "2026-02-01", "supported"],
    ["syn-java-1.0", "2026-02-01", "supported"],
    ["syn-python-selenium-5.1", "2026-02-02", "supported"],
    ["syn-python-selenium-5.1", "2026-02-03", "deprecated"],
    ["syn-nodejs-puppeteer-3.1", "2026-02-01", "deprecated"],
    ["syn-nodejs-2.2", "2026-02-01", "deprecated"],
    ["syn-1.0", "2026-02-01", "deprecated"],
    ["syn-python-selenium-12.1", "2026-02-01", "unlisted"],
    ["syn-deno-1.0", "2026-02-01", "unlisted"],
    ["syn-nodejs-puppeteer-17.0-beta", "2026-02-01", "unlisted"],
  ])("%s on %s is %s", (name, asOf, state) => {
    expect(canaryRuntimeState(name, asOf).state).toBe(state);
  });
});
