/** Each success metric of the catalog, by its own name: what it is, and where it shows. */
import { describe, expect, it } from "@jest/globals";
import { findSuccessMetric, successMetrics, type SuccessMetricId } from "../../../lib/plan/metrics";
import { dashboardSchema } from "./dashboard-schema";
import { metricsOf, newStack, synthesized } from "./fixtures";

interface Expected {
  readonly id: SuccessMetricId;
  readonly unit: string;
  readonly target: number;
  readonly direction: "at-least" | "at-most";
  readonly name: string;
  /** Whether its alarm is one that stops the migration; undefined where it has no alarm. */
  readonly stops?: boolean;
}

/** As the catalog prints them, in its order. */
const catalog: Record<"technical" | "business" | "operational", Record<string, Expected>> = {
  technical: {
    "Migration completion rate": {
      id: "migration-completion-rate",
      unit: "%",
      target: 100,
      direction: "at-least",
      name: "MigrationCompletionRate",
    },
    "System availability during migration": {
      id: "system-availability",
      unit: "%",
      target: 99.9,
      direction: "at-least",
      name: "SystemAvailability",
      stops: true,
    },
    "Performance impact (response time, throughput)": {
      id: "performance-impact",
      unit: "% worse",
      target: 10,
      direction: "at-most",
      name: "PerformanceImpact",
      stops: true,
    },
    "Error rate changes": {
      id: "error-rate-changes",
      unit: "percentage points",
      target: 1,
      direction: "at-most",
      name: "ErrorRateChanges",
      stops: true,
    },
    "Rollback execution time": {
      id: "rollback-execution-time",
      unit: "minutes",
      target: 30,
      direction: "at-most",
      name: "RollbackExecutionMinutes",
      stops: true,
    },
  },
  business: {
    "Customer impact score": {
      id: "customer-impact-score",
      unit: "points of 5",
      target: 1,
      direction: "at-most",
      name: "CustomerImpactScore",
      stops: false,
    },
    "Revenue protection": {
      id: "revenue-protection",
      unit: "%",
      target: 98,
      direction: "at-least",
      name: "RevenueProtection",
      stops: false,
    },
    "Time to value realization": {
      id: "time-to-value-realization",
      unit: "days",
      target: 90,
      direction: "at-most",
      name: "TimeToValueDays",
      stops: false,
    },
    "Stakeholder satisfaction": {
      id: "stakeholder-satisfaction",
      unit: "points of 5",
      target: 4,
      direction: "at-least",
      name: "StakeholderSatisfaction",
      stops: false,
    },
  },
  operational: {
    "Team efficiency": {
      id: "team-efficiency",
      unit: "%",
      target: 80,
      direction: "at-least",
      name: "TeamEfficiency",
      stops: false,
    },
    "Knowledge transfer effectiveness": {
      id: "knowledge-transfer-effectiveness",
      unit: "%",
      target: 90,
      direction: "at-least",
      name: "KnowledgeTransferEffectiveness",
      stops: false,
    },
    "Post-migration support requirements": {
      id: "post-migration-support-requirements",
      unit: "requests a week",
      target: 5,
      direction: "at-most",
      name: "PostMigrationSupportRequests",
      stops: false,
    },
    "Documentation completeness": {
      id: "documentation-completeness",
      unit: "%",
      target: 100,
      direction: "at-least",
      name: "DocumentationCompleteness",
      stops: false,
    },
  },
};

/** Those that somebody publishes every minute of a change window: an outage must not be averaged over an hour. */
const byTheMinute: ReadonlySet<string> = new Set(["system-availability", "performance-impact", "error-rate-changes"]);

const stack = newStack();
const metrics = metricsOf({}, stack);
const alarms = Object.values(synthesized(stack, "aws_cloudwatch_metric_alarm"));
const [stop] = Object.values(synthesized(stack, "aws_cloudwatch_composite_alarm"));
const [dashboard] = Object.values(synthesized(stack, "aws_cloudwatch_dashboard"));
const body = dashboardSchema.parse(JSON.parse(dashboard!["dashboard_body"] as string));

describe("the catalog's success metrics", () => {
  it("are all there, in the catalog's order", () => {
    expect(successMetrics.map(({ title }) => title)).toEqual(
      Object.values(catalog).flatMap((group) => Object.keys(group)),
    );
    expect(metrics.plannedMetrics.map(({ title }) => title)).toEqual(successMetrics.map(({ title }) => title));
  });

  it("have each a name of their own in CloudWatch", () => {
    expect(new Set(successMetrics.map(({ metricName }) => metricName)).size).toBe(13);
    expect(findSuccessMetric("velocity")).toBeUndefined();
  });
});

for (const [category, group] of Object.entries(catalog)) {
  describe(`${category} metrics`, () => {
    for (const [title, expected] of Object.entries(group)) {
      it(title, () => {
        const { id, unit, target, direction, name, stops } = expected;
        const definition = findSuccessMetric(id)!;
        expect(definition).toMatchObject({ title, category, unit, target, direction, metricName: name });
        expect(definition.definition).toMatch(/^[A-Z].*[^.]$/);

        const alarmName = stops === undefined ? undefined : `shop-${id}`;
        const planned = metrics.plannedMetrics.find((each) => each.id === id);
        expect(planned).toEqual({
          id,
          title,
          category,
          source: `Migration/shop ${name}, published by ${definition.publishedBy}`,
          unit,
          target,
          direction,
          ...(alarmName === undefined ? {} : { alarm: alarmName }),
        });

        const widget = body.widgets.find(
          (each) => each.type === "metric" && each.properties.title === `${title} (${unit})`,
        );
        expect(widget?.properties).toMatchObject({
          metrics: [["Migration/shop", name, { stat: "Average", label: title }]],
          annotations: { horizontal: [{ value: target, fill: direction === "at-least" ? "above" : "below" }] },
        });

        const alarm = alarms.find((each) => each["alarm_name"] === `shop-${id}`);
        if (stops === undefined) {
          expect(alarm).toBeUndefined();
          return;
        }
        expect(alarm).toMatchObject({
          namespace: "Migration/shop",
          metric_name: name,
          statistic: "Average",
          threshold: target,
          comparison_operator: direction === "at-least" ? "LessThanThreshold" : "GreaterThanThreshold",
          // What people publish holds until they publish again.
          treat_missing_data: "ignore",
          ...(byTheMinute.has(id) ? { period: 60, evaluation_periods: 5 } : { period: 3600, evaluation_periods: 1 }),
        });
        expect(alarm!["alarm_actions"]).toHaveLength(1);
        expect((stop!["alarm_rule"] as string).includes(`_${id}_`)).toBe(stops);

        expect(metrics.publications.find((each) => each.id === id)?.command).toBe(
          `aws cloudwatch put-metric-data --region eu-central-1 --namespace Migration/shop --metric-name ${name} --unit ${definition.cloudWatchUnit} --value VALUE`,
        );
      });
    }
  });
}
