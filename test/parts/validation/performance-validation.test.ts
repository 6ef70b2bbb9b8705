import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  PerformanceValidation,
  convertUnit,
  metricUnits,
  type PerformanceComparison,
} from "../../../lib/parts/validation";
import { thrown } from "../../support/thrown";
import { resourcesOf, synthesize } from "../../patterns/infrastructure/lift-and-shift/fixtures";
import { HOME, latency, stackWithProviders } from "./fixtures";

function made(comparisons: Readonly<Record<string, PerformanceComparison>>) {
  const { stack } = stackWithProviders();
  return { stack, performance: new PerformanceValidation(stack, "performance", { region: HOME, comparisons }) };
}

const throughput: PerformanceComparison = {
  ...latency,
  baseline: { ...latency.baseline, statistic: "Sum", value: 1000, unit: "Count" },
  target: { ...latency.target, metricName: "RequestCount", unit: "Count" },
  worse: "lower",
  ratio: 0.9,
  periodSeconds: 3600,
  evaluationPeriods: 24,
};

describe("a comparison with the source", () => {
  const { stack, performance } = made({ latency, throughput });
  const alarms = resourcesOf(synthesize(stack), "aws_cloudwatch_metric_alarm");

  it("has the baseline times the ratio for a threshold, in the target's unit", () => {
    expect(performance.thresholds).toEqual({ latency: 0.504, throughput: 900 });
    expect(alarms).toContainEqual(
      expect.objectContaining({
        extended_statistic: "p95",
        threshold: 0.504,
        comparison_operator: "GreaterThanThreshold",
        treat_missing_data: "missing",
        period: 300,
      }),
    );
    expect(alarms).toContainEqual(
      expect.objectContaining({
        statistic: "Sum",
        threshold: 900,
        comparison_operator: "LessThanThreshold",
        period: 3600,
      }),
    );
  });

  it("says in the alarm what it compares with", () => {
    expect(JSON.stringify(alarms)).toContain("p95 is worse than 1.2 times the source's 420 Milliseconds");
  });

  it.each<[string, string, PerformanceComparison]>([
    ["PERFORMANCE_UNIT", "another kind of unit", { ...latency, target: { ...latency.target, unit: "Count" } }],
    ["PERFORMANCE_COMPARISONS", "a ratio that the source itself fails", { ...latency, ratio: 0.9 }],
    ["PERFORMANCE_COMPARISONS", "a ratio above 1 where lower is worse", { ...throughput, ratio: 1.1 }],
    ["PERFORMANCE_COMPARISONS", "a baseline of nothing", { ...latency, baseline: { ...latency.baseline, value: 0 } }],
    [
      "PERFORMANCE_COMPARISONS",
      "a baseline that ends before it begins",
      { ...latency, baseline: { ...latency.baseline, capturedTo: "2025-01-01T00:00:00Z" } },
    ],
    [
      "PERFORMANCE_COMPARISONS",
      "a statistic that is none",
      { ...latency, target: { ...latency.target, statistic: "p200" } },
    ],
    ["PERFORMANCE_COMPARISONS", "more than a day of short periods", { ...latency, evaluationPeriods: 300 }],
  ])("is refused with %s for %s", (code, _, comparison) => {
    expect(thrown(() => made({ comparison })).code).toBe(code);
  });

  it("is refused where there is none", () => {
    expect(thrown(() => made({})).code).toBe("PERFORMANCE_COMPARISONS");
  });
});

describe("a unit", () => {
  it("is converted within its kind", () => {
    expect(convertUnit(420, "Milliseconds", "Seconds")).toBe(0.42);
    expect(convertUnit(8, "Megabits/Second", "Megabytes/Second")).toBe(1);
    expect(convertUnit(1, "Percent", "Count")).toBeUndefined();
  });

  it("comes back from any other of its kind", () => {
    const unit = fc.constantFrom(...metricUnits);
    fc.assert(
      fc.property(unit, unit, fc.integer({ min: 1, max: 1_000_000 }), (from, to, value) => {
        const there = convertUnit(value, from, to);
        if (there === undefined) return;
        expect(convertUnit(there, to, from)! / value).toBeCloseTo(1, 9);
      }),
    );
  });
});
