import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { dashboardBody, successMetrics, type DashboardAlarm, type ResolvedMetric } from "../../../lib/plan/metrics";
import { dashboardSchema } from "./dashboard-schema";

const metrics = successMetrics.map((metric): ResolvedMetric => ({
  metric,
  source: { kind: "custom", publishedBy: metric.publishedBy },
  unit: metric.unit,
  target: metric.target,
  missingData: "ignore",
  namespace: "Migration/shop",
}));

function alarm(name: string): DashboardAlarm {
  return { title: name, arn: `arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${name}`, region: "eu-central-1" };
}

function alarms(count: number): DashboardAlarm[] {
  return Array.from({ length: count }, (_, index) => alarm(`check-${index}`));
}

function bodyWith(count: number, waves = 0) {
  return dashboardBody({
    name: "shop",
    region: "eu-central-1",
    metrics,
    stop: alarm("stop"),
    sloAlarms: alarms(12),
    verificationAlarms: alarms(count),
    overview: { waves: Array.from({ length: waves }, (_, index) => ({ name: `wave-${index + 1}`, migrations: 1 })) },
  });
}

describe("the body of a dashboard", () => {
  it("is one that CloudWatch takes, for any number of alarms and waves", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 0, max: 60 }), (count, waves) => {
        const body = dashboardSchema.parse(bodyWith(count, waves));
        const listed = body.widgets.flatMap((each) => (each.type === "alarm" ? each.properties.alarms : []));
        expect(new Set(listed.slice(13)).size).toBe(count);
      }),
      { numRuns: 25 },
    );
  });

  it("says how many alarms it has no room to draw", () => {
    const { widgets } = bodyWith(1000);
    expect(widgets).toHaveLength(500);
    expect(widgets.some(({ properties }) => /the first \d+ of 1000 alarms/.test(String(properties["markdown"])))).toBe(
      true,
    );
  });

  it("has no graphs where there are no alarms to draw", () => {
    expect(JSON.stringify(bodyWith(0))).not.toContain("What the migrations watch");
  });

  it("shows a gauge where people publish a number with a scale, over four weeks", () => {
    const gauges = bodyWith(0).widgets.filter(({ properties }) => properties["view"] === "gauge");
    expect(gauges.map(({ properties }) => properties["title"])).toContain("Stakeholder satisfaction (points of 5)");
    for (const { properties } of gauges) {
      if (properties["title"] === "System availability during migration (%)") continue;
      expect(properties).toMatchObject({ start: "-P4W", period: 3600 });
    }
  });

  it("shows what is published every minute by the minute, in the dashboard's own time", () => {
    const [availability] = bodyWith(0).widgets.filter(({ properties }) =>
      String(properties["title"]).startsWith("System availability"),
    );
    expect(availability?.properties).toMatchObject({ view: "gauge", period: 60 });
    expect(availability?.properties["start"]).toBeUndefined();
  });

  it("is the same for the same plan", () => {
    expect(JSON.stringify(bodyWith(120, 5))).toBe(JSON.stringify(bodyWith(120, 5)));
  });
});
