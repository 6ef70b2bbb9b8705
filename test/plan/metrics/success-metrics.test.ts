import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { describe, expect, it } from "@jest/globals";
import { TerraformVariable } from "cdktf";
import {
  errorRateChange,
  healthCheckAvailability,
  performanceImpact,
  requestAvailability,
  SuccessMetrics,
  type MetricTargets,
  type SuccessMetricsProps,
} from "../../../lib/plan/metrics";
import { thrown } from "../../support/thrown";
import { dashboardSchema } from "./dashboard-schema";
import {
  errors,
  HOME,
  metricsOf,
  migrationWith,
  newStack,
  requests,
  responseTime,
  synthesized,
  type Json,
} from "./fixtures";

const TOPIC = `arn:aws:sns:${HOME}:123456789012:operations`;

function code(over: Partial<SuccessMetricsProps>): string {
  return thrown(() => metricsOf(over)).code;
}

function targets(value: unknown): { targets: MetricTargets } {
  return { targets: value as MetricTargets };
}

/** The alarms that a rule names, as Terraform's addresses. */
function referencesIn(composite: Json): string[] {
  return [...(composite["alarm_rule"] as string).matchAll(/ALARM\("\$\{([^}]+)\}"\)/g)].map(([, address]) => address!);
}

describe("success metrics of a plan with measured sources", () => {
  const stack = newStack();
  const shop = migrationWith(stack, "shop-migration", 2);
  const booking = migrationWith(stack, "booking", 1, { region: "us-east-1" });
  const metrics = metricsOf(
    {
      migrations: [shop, booking],
      completion: { done: 1, total: 3 },
      overview: {
        title: "Platform *move* ${x}",
        verdict: "ready",
        waves: [
          { name: "wave-1", day: "2026-05-02", migrations: 1 },
          { name: "wave-2|b", migrations: 2 },
        ],
      },
      emails: ["lead@example.com"],
      targets: {
        "system-availability": {
          target: 99.95,
          source: requestAvailability({ errors, requests, evaluationPeriods: 3 }),
        },
        "performance-impact": {
          source: performanceImpact({
            responseTime: { metric: responseTime, baseline: 0.42 },
            throughput: { metric: requests, baseline: 1200 },
          }),
        },
        "error-rate-changes": { source: errorRateChange({ errors, requests, baselinePercent: 0.2 }) },
        "rollback-execution-time": { target: 45, source: { kind: "custom", publishedBy: "the duty officer" } },
        "post-migration-support-requirements": {
          source: {
            kind: "cloudwatch",
            namespace: "ServiceDesk",
            metricName: "Requests",
            statistic: "p90",
            unit: "Count",
          },
          unit: "requests a day",
          missingData: "notBreaching",
        },
      },
      tags: { team: "platform" },
    },
    stack,
  );
  const alarms = Object.values(synthesized(stack, "aws_cloudwatch_metric_alarm"));
  const composites = Object.values(synthesized(stack, "aws_cloudwatch_composite_alarm"));
  const [dashboard] = Object.values(synthesized(stack, "aws_cloudwatch_dashboard"));
  const body = dashboardSchema.parse(JSON.parse(dashboard!["dashboard_body"] as string));
  const named = (name: string): Json => alarms.find((each) => each["alarm_name"] === name)!;

  it("watches an expression with an alarm whose silence means what it means of that metric", () => {
    expect(named("shop-system-availability")).toMatchObject({
      threshold: 99.95,
      comparison_operator: "LessThanThreshold",
      evaluation_periods: 3,
      treat_missing_data: "breaching",
      metric_query: [
        { id: "result", expression: "100 * (1 - FILL(errors, 0) / requests)", return_data: true },
        {
          id: "errors",
          return_data: false,
          metric: { metric_name: "HTTPCode_Target_5XX_Count", stat: "Sum", period: 60 },
        },
        { id: "requests", return_data: false, metric: { metric_name: "RequestCount", stat: "Sum", period: 60 } },
      ],
    });
    expect(named("shop-performance-impact")).toMatchObject({ treat_missing_data: "missing" });
    expect(named("shop-error-rate-changes")).toMatchObject({ treat_missing_data: "notBreaching" });
  });

  it("watches a metric by its percentile and unit", () => {
    const alarm = named("shop-post-migration-support-requirements");
    expect(alarm).toMatchObject({
      namespace: "ServiceDesk",
      extended_statistic: "p90",
      unit: "Count",
      period: 60,
      evaluation_periods: 5,
      treat_missing_data: "notBreaching",
    });
    expect(alarm["statistic"]).toBeUndefined();
    expect(alarm["alarm_description"]).toContain("above 5 requests a day");
  });

  it("takes the worse of response time and throughput", () => {
    const [result] = named("shop-performance-impact")["metric_query"] as Json[];
    expect(result!["expression"]).toBe(
      "IF(100 * (response / 0.42 - 1) > 100 * (1 - throughput / 1200), 100 * (response / 0.42 - 1), 100 * (1 - throughput / 1200))",
    );
  });

  it("says in the report where each number comes from", () => {
    const sources = Object.fromEntries(metrics.plannedMetrics.map(({ id, source }) => [id, source]));
    expect(sources["system-availability"]).toBe(
      "the share of requests without an error, from AWS/ApplicationELB HTTPCode_Target_5XX_Count and AWS/ApplicationELB RequestCount",
    );
    expect(sources["rollback-execution-time"]).toBe(
      "Migration/shop RollbackExecutionMinutes, published by the duty officer",
    );
    expect(sources["post-migration-support-requirements"]).toBe("ServiceDesk Requests, p90");
  });

  it("gives the command for what people publish, and the number where it is known", () => {
    expect(metrics.publications).toHaveLength(9);
    expect(metrics.publications[0]).toEqual({
      id: "migration-completion-rate",
      title: "Migration completion rate",
      publishedBy: "the pipeline, after each deployment",
      command:
        "aws cloudwatch put-metric-data --region eu-central-1 --namespace Migration/shop --metric-name MigrationCompletionRate --unit Percent --value 33.3",
    });
  });

  it("stops the migration on technical metrics and on the migrations' alarms of the same region", () => {
    expect(composites).toHaveLength(1);
    expect(metrics.stopAlarmParts).toEqual([]);
    const [stop] = composites;
    const references = referencesIn(stop!);
    expect(references).toHaveLength(6);
    expect(references.slice(0, 4).every((address) => address.endsWith(".alarm_name"))).toBe(true);
    expect(references.slice(4).every((address) => /check-[12].*\.arn$/.test(address))).toBe(true);
    expect((stop!["alarm_rule"] as string).split(" OR ")).toHaveLength(6);
    expect(stop).toMatchObject({ alarm_name: "shop-stop-the-migration" });
    expect(stop!["alarm_actions"]).toEqual(stop!["ok_actions"]);
    expect(stop!["alarm_actions"]).toHaveLength(1);
    expect(metrics.stopAlarmName).toBe("shop-stop-the-migration");
  });

  it("is replaced where it gathers other alarms, because CloudWatch deletes none that it names", () => {
    const [gathered] = Object.entries(synthesized(stack, "terraform_data"));
    const [address, data] = gathered!;
    expect((data["input"] as Json)["alarms"]).toEqual([
      "shop-system-availability",
      "shop-performance-impact",
      "shop-error-rate-changes",
      "shop-rollback-execution-time",
      "shop-migration-check-1",
      "shop-migration-check-2",
    ]);
    expect(composites[0]!["lifecycle"]).toEqual({ replace_triggered_by: [`terraform_data.${address}`] });
  });

  it("names in its description what to do, and what it does not see", () => {
    const description = composites[0]!["alarm_description"] as string;
    expect(description).toContain("start no further step");
    expect(description).toContain("rollback decision table");
    expect(description).toContain("in other regions: booking-check-1 (us-east-1).");
    expect(metrics.notWatched.map(({ name }) => name)).toEqual(["booking-check-1"]);
  });

  it("publishes to an encrypted topic of its own, which the addresses are subscribed to", () => {
    const [topic] = Object.values(synthesized(stack, "aws_sns_topic"));
    expect(topic).toMatchObject({ name: "shop-success-metrics", tags: { team: "platform" } });
    expect(topic!["kms_master_key_id"]).toMatch(/^\$\{aws_kms_key\./);
    const subscriptions = Object.values(synthesized(stack, "aws_sns_topic_subscription"));
    expect(subscriptions).toMatchObject([{ protocol: "email", endpoint: "lead@example.com" }]);
    expect(metrics.topicArns).toHaveLength(1);
    expect(metrics.topic).toBeDefined();
  });

  it("has a dashboard that CloudWatch takes, whose alarms are references", () => {
    expect(dashboard).toMatchObject({ dashboard_name: "shop" });
    const widgets = body.widgets.flatMap((each) => (each.type === "alarm" ? [each.properties] : []));
    expect(widgets.map(({ title, alarms: listed }) => [title, listed.length])).toEqual([
      ["Stop the migration", 1],
      ["Alarms on success metrics", 12],
      ["Alarms of the migrations", 3],
    ]);
    for (const arn of widgets.flatMap(({ alarms: listed }) => listed)) {
      expect(arn).toMatch(/^\$\{aws_cloudwatch_(metric|composite)_alarm\.[^.]+\.arn\}$/);
    }
  });

  it("shows on it where the migration stands, and nothing that Terraform or Markdown would read otherwise", () => {
    const [head] = body.widgets;
    const markdown = (head!.properties as { markdown: string }).markdown;
    expect(markdown).toContain("# Platform \\*move\\* $${x}");
    expect(markdown).toContain("**Verdict** ready");
    expect(markdown).toContain("**Migrations done** 1 of 3");
    expect(markdown).toContain("| wave-1 | 2026-05-02 | 1 |\n| wave-2\\|b | not set | 2 |");
  });

  it("draws what the migrations' own alarms watch, each in its region", () => {
    const graphs = body.widgets.flatMap((each) =>
      each.type === "metric" && each.properties.annotations.alarms !== undefined ? [each.properties] : [],
    );
    expect(graphs.map(({ title, region }) => [title, region])).toEqual([
      ["shop-migration: check 1", HOME],
      ["shop-migration: check 2", HOME],
      ["booking: check 1", "us-east-1"],
    ]);
  });

  it("draws an expression with the metrics that it reads hidden", () => {
    const widget = body.widgets.find(
      (each) => each.type === "metric" && each.properties.title.startsWith("System availability"),
    );
    expect(widget?.properties).toMatchObject({
      view: "timeSeries",
      period: 60,
      metrics: [
        [{ id: "result", expression: "100 * (1 - FILL(errors, 0) / requests)" }],
        [
          "AWS/ApplicationELB",
          "HTTPCode_Target_5XX_Count",
          "LoadBalancer",
          "app/shop/0123456789abcdef",
          { id: "errors", visible: false },
        ],
        [
          "AWS/ApplicationELB",
          "RequestCount",
          "LoadBalancer",
          "app/shop/0123456789abcdef",
          { id: "requests", visible: false },
        ],
      ],
    });
  });
});

describe("success metrics", () => {
  it("publish to given topics, and make none", () => {
    const stack = newStack();
    const metrics = metricsOf({ topicArns: [TOPIC] }, stack);
    expect(metrics.topicArns).toEqual([TOPIC]);
    expect(metrics.topic).toBeUndefined();
    expect(synthesized(stack, "aws_sns_topic")).toEqual({});
    const alarms = Object.values(synthesized(stack, "aws_cloudwatch_metric_alarm"));
    expect(alarms.every((each) => (each["alarm_actions"] as string[])[0] === TOPIC)).toBe(true);
  });

  it("have an alarm on the completion rate only where it is asked for, and then it does not stop anything", () => {
    const stack = newStack();
    const metrics = metricsOf(
      { targets: { "migration-completion-rate": { alarm: true }, "team-efficiency": { alarm: false } } },
      stack,
    );
    expect(Object.keys(metrics.alarms)).toContain("migration-completion-rate");
    expect(Object.keys(metrics.alarms)).not.toContain("team-efficiency");
    const [stop] = Object.values(synthesized(stack, "aws_cloudwatch_composite_alarm"));
    expect(referencesIn(stop!)).toHaveLength(4);
  });

  it("keep a subscription where another address goes", () => {
    const addresses = (emails: string[]) => {
      const stack = newStack();
      metricsOf({ emails }, stack);
      return Object.keys(synthesized(stack, "aws_sns_topic_subscription"));
    };
    expect(addresses(["first@example.com", "second@example.com"])).toEqual(
      expect.arrayContaining(addresses(["second@example.com"])),
    );
  });

  it("name an alarm once that two migrations share, and leave out a verification without one", () => {
    const stack = newStack();
    const shop = migrationWith(stack, "shop-migration", 1);
    const again = {
      ...shop,
      verifications: [...shop.verifications, { kind: "end-to-end-test", name: "login" } as const],
    };
    metricsOf({ migrations: [shop, again] }, stack);
    const [stop] = Object.values(synthesized(stack, "aws_cloudwatch_composite_alarm"));
    expect(referencesIn(stop!)).toHaveLength(5);
  });

  it("take the region of an alarm from its ARN where it says none", () => {
    const stack = newStack();
    const alarm = (name: string, region: string) => ({
      name,
      arn: `arn:aws:cloudwatch:${region}:123456789012:alarm:${name}`,
      notifies: true,
    });
    const verifications = [alarm("near", HOME), alarm("far", "us-east-1")].map((each) => ({
      kind: "health-check" as const,
      name: each.name,
      alarm: each,
    }));
    const metrics = metricsOf({ migrations: [{ path: "stack/shop", title: "Shop", verifications }] }, stack);
    expect(metrics.notWatched.map(({ name }) => name)).toEqual(["far"]);
    const [stop] = Object.values(synthesized(stack, "aws_cloudwatch_composite_alarm"));
    expect(stop!["alarm_rule"]).toContain(":alarm:near");
    expect(stop!["alarm_rule"]).not.toContain(":alarm:far");
    expect(stop!["alarm_description"]).toContain("in other regions: far (us-east-1).");
    const [dashboard] = Object.values(synthesized(stack, "aws_cloudwatch_dashboard"));
    const body = dashboardSchema.parse(JSON.parse(dashboard!["dashboard_body"] as string));
    const graphs = body.widgets.flatMap((each) =>
      each.type === "metric" && each.properties.annotations.alarms !== undefined ? [each.properties] : [],
    );
    expect(graphs.map(({ region }) => region)).toEqual([HOME, "us-east-1"]);
  });

  it("look as often as people say they publish", () => {
    const stack = newStack();
    const source = { kind: "custom", publishedBy: "the probe, every 5 minutes", periodSeconds: 300 } as const;
    metricsOf({ targets: { "system-availability": { source } } }, stack);
    const alarm = Object.values(synthesized(stack, "aws_cloudwatch_metric_alarm")).find(
      (each) => each["alarm_name"] === "shop-system-availability",
    );
    expect(alarm).toMatchObject({ period: 300, evaluation_periods: 5 });
  });

  it("say of each number whether CloudWatch measures it", () => {
    const source = requestAvailability({ errors, requests });
    const { plannedMetrics } = metricsOf({ targets: { "system-availability": { source } } });
    expect(plannedMetrics.filter(({ measured }) => measured).map(({ id }) => id)).toEqual(["system-availability"]);
  });

  it("take a region, dimensions and addresses that only Terraform knows", () => {
    const stack = newStack();
    const region = new TerraformVariable(stack, "region", { type: "string" });
    const mail = new TerraformVariable(stack, "mail", { type: "string" });
    const alarm = new CloudwatchMetricAlarm(stack, "their-alarm", {
      alarmName: "their",
      comparisonOperator: "LessThanThreshold",
      evaluationPeriods: 1,
    });
    const metrics = new SuccessMetrics(stack, "metrics", {
      name: "shop",
      region: region.stringValue,
      emails: [mail.stringValue],
      migrations: [
        {
          path: "stack/shop",
          title: "Shop",
          verifications: [
            { kind: "health-check", name: "web", alarm: { name: alarm.alarmName, arn: alarm.arn, notifies: true } },
          ],
        },
      ],
      targets: {
        "system-availability": {
          source: {
            kind: "cloudwatch",
            namespace: "AWS/ApplicationELB",
            metricName: "HealthyHostCount",
            statistic: "Minimum",
            dimensions: { LoadBalancer: alarm.id },
          },
        },
      },
    });
    expect(metrics.publications[0]?.command).toMatch(/^aws cloudwatch put-metric-data --namespace /);
    const [dashboard] = Object.values(synthesized(stack, "aws_cloudwatch_dashboard"));
    expect(dashboard!["dashboard_body"]).toContain("${aws_cloudwatch_metric_alarm.their-alarm.id}");
    expect(dashboard!["dashboard_body"]).toContain("${var.region}");
    expect(JSON.stringify(metrics.plannedMetrics)).not.toContain("TOKEN");
  });

  it("gather more alarms than one composite alarm takes in parts without actions", () => {
    const stack = newStack();
    const metrics = metricsOf({ migrations: [migrationWith(stack, "shop-migration", 250)] }, stack);
    const composites = Object.values(synthesized(stack, "aws_cloudwatch_composite_alarm"));
    const parts = composites.filter((each) => /-part-\d+$/.test(each["alarm_name"] as string));
    const [stop] = composites.filter((each) => !parts.includes(each));
    expect(metrics.stopAlarmParts).toHaveLength(parts.length);
    expect(parts.map(referencesIn).every((references) => references.length <= 100)).toBe(true);
    expect(parts.flatMap(referencesIn)).toHaveLength(254);
    expect(parts.every((each) => each["alarm_actions"] === undefined)).toBe(true);
    expect(new Set(composites.map((each) => JSON.stringify(each["lifecycle"]))).size).toBe(1);
    expect(referencesIn(stop!)).toHaveLength(parts.length);
    expect(referencesIn(stop!).every((address) => address.includes("stop_part-"))).toBe(true);
    expect(stop!["alarm_actions"]).toHaveLength(1);
    const [dashboard] = Object.values(synthesized(stack, "aws_cloudwatch_dashboard"));
    const body = dashboardSchema.parse(JSON.parse(dashboard!["dashboard_body"] as string));
    expect(body.widgets.filter(({ type }) => type === "alarm")).toHaveLength(5);
  });

  it("hold nothing that is secret, and no address beyond the subscription", () => {
    const stack = newStack();
    metricsOf({ emails: ["lead@example.com"] }, stack);
    for (const type of ["aws_cloudwatch_dashboard", "aws_cloudwatch_composite_alarm", "aws_cloudwatch_metric_alarm"]) {
      expect(JSON.stringify(synthesized(stack, type))).not.toContain("lead@example.com");
    }
  });
});

describe("success metrics refuse", () => {
  it("a name that CloudWatch does not take", () => {
    expect(code({ name: "my shop" })).toBe("METRIC_NAME");
    expect(code({ name: "" })).toBe("METRIC_NAME");
  });

  it("a namespace of Amazon's own, or one to quote", () => {
    expect(code({ namespace: "AWS/Migration" })).toBe("METRIC_NAMESPACE");
    expect(code({ namespace: "my namespace" })).toBe("METRIC_NAMESPACE");
  });

  it("more migrations done than there are", () => {
    expect(code({ completion: { done: 4, total: 3 } })).toBe("METRIC_COMPLETION");
    expect(code({ completion: { done: 0, total: 0 } })).toBe("METRIC_COMPLETION");
  });

  it("a metric that the catalog does not have", () => {
    const error = thrown(() => metricsOf(targets({ velocity: { target: 3 } })));
    expect(error.code).toBe("METRIC_UNKNOWN");
    expect(error.message).toContain("migration-completion-rate");
  });

  it("a target that is no number, or beyond what the metric can be", () => {
    expect(code({ targets: { "team-efficiency": { target: Number.NaN } } })).toBe("METRIC_TARGET");
    expect(code({ targets: { "team-efficiency": { target: Infinity } } })).toBe("METRIC_TARGET");
    expect(code(targets({ "team-efficiency": { target: "80" } }))).toBe("METRIC_TARGET");
    expect(code({ targets: { "system-availability": { target: 100.1 } } })).toBe("METRIC_TARGET");
    expect(code({ targets: { "stakeholder-satisfaction": { target: 0 } } })).toBe("METRIC_TARGET");
    expect(thrown(() => metricsOf({ targets: { "system-availability": { target: 100.1 } } })).message).toContain(
      'targets.system-availability.target: received "100.1", allowed is a number from 0 to 100',
    );
  });

  it("a target that only Terraform knows", () => {
    const stack = newStack();
    const { numberValue } = new TerraformVariable(stack, "target", { type: "number" });
    expect(thrown(() => metricsOf({ targets: { "team-efficiency": { target: numberValue } } }, stack)).code).toBe(
      "METRIC_TARGET",
    );
  });

  it("but take a target beyond the catalog's scale in another unit", () => {
    expect(
      metricsOf({ targets: { "stakeholder-satisfaction": { target: 40, unit: "net promoter score" } } })
        .plannedMetrics[8],
    ).toMatchObject({ target: 40, unit: "net promoter score" });
  });

  it("a source that CloudWatch does not take", () => {
    const metric = { namespace: "Shop", metricName: "Latency", statistic: "Average" };
    const refused: unknown[] = [
      { kind: "cloudwatch", ...metric, statistic: "mean" },
      { kind: "cloudwatch", ...metric, periodSeconds: 30 },
      { kind: "cloudwatch", ...metric, periodSeconds: 300, evaluationPeriods: 300 },
      { kind: "cloudwatch", ...metric, periodSeconds: 86_400, evaluationPeriods: 8 },
      { kind: "cloudwatch", ...metric, namespace: ":Shop" },
      { kind: "expression", expression: "1 + 1", metrics: {} },
      { kind: "expression", expression: "a", metrics: { a: metric, b: metric } },
      { kind: "expression", expression: "Result", metrics: { Result: metric } },
      { kind: "expression", expression: "result", metrics: { result: metric } },
      { kind: "custom" },
      { kind: "custom", publishedBy: "somebody", periodSeconds: 86_400, evaluationPeriods: 8 },
      { kind: "guess" },
    ];
    for (const source of refused) expect(code(targets({ "performance-impact": { source } }))).toBe("METRIC_SOURCE");
    expect(code(targets({ "performance-impact": { targets: 3 } }))).toBe("METRIC_SOURCE");
    expect(thrown(() => metricsOf(targets({ "performance-impact": { source: refused[0] } }))).message).toContain(
      "targets.performance-impact.source.statistic",
    );
  });

  it("a metric of Route 53 outside us-east-1, where it never has a value", () => {
    const source = healthCheckAvailability("0123");
    expect(code({ targets: { "system-availability": { source } } })).toBe("METRIC_SOURCE_REGION");
    const there = metricsOf({ region: "us-east-1", targets: { "system-availability": { source } } });
    expect(there.plannedMetrics[1]?.source).toBe("AWS/Route53 HealthCheckPercentageHealthy, Average");
  });

  it("a baseline that nothing can be compared with", () => {
    expect(thrown(() => errorRateChange({ errors, requests, baselinePercent: 101 })).code).toBe("METRIC_BASELINE");
    const measured = { metric: requests, baseline: 1 };
    const refused = (baseline: number): string =>
      thrown(() => performanceImpact({ responseTime: { ...measured, baseline }, throughput: measured })).code;
    expect([0, -1].map(refused)).toEqual(["METRIC_BASELINE", "METRIC_BASELINE"]);
    expect(refused(Number.NaN)).toBe("PERFORMANCE_IMPACT_OF");
  });

  it("addresses beside topics that are given, and what is no address", () => {
    expect(code({ topicArns: [TOPIC], emails: ["lead@example.com"] })).toBe("METRIC_EMAILS");
    expect(code({ emails: ["lead@example.com", "lead@example.com"] })).toBe("METRIC_EMAILS");
    const error = thrown(() => metricsOf({ emails: ["somebody"] }));
    expect(error.code).toBe("METRIC_EMAILS");
    expect(error.message).not.toContain("somebody");
  });

  it("a topic of another region", () => {
    expect(code({ topicArns: ["arn:aws:sns:us-east-1:123456789012:operations"] })).toBe("ALARM_TOPIC_REGION");
  });

  it("a plan that nothing would ever stop", () => {
    const off = { alarm: false } as const;
    const none: MetricTargets = {
      "system-availability": off,
      "performance-impact": off,
      "error-rate-changes": off,
      "rollback-execution-time": off,
    };
    expect(code({ targets: none })).toBe("METRIC_NOTHING_STOPS");
    const stack = newStack();
    const watched = metricsOf({ targets: none, migrations: [migrationWith(stack, "shop-migration", 1)] }, stack);
    expect(watched.stopAlarm).toBeDefined();
  });

  it("more alarms than composite alarms can gather", () => {
    const verifications = Array.from({ length: 20_000 }, (_, index) => ({
      kind: "health-check" as const,
      name: `check ${index}`,
      alarm: { name: `a${index}`, arn: `arn:aws:cloudwatch:${HOME}:123456789012:alarm:a${index}`, notifies: true },
    }));
    expect(code({ migrations: [{ path: "shop", title: "Shop", verifications }] })).toBe("METRIC_TOO_MANY_ALARMS");
  });
});

describe("types", () => {
  it("refuse a metric that the catalog does not have", () => {
    // @ts-expect-error velocity is none of the catalog's success metrics
    const wrong: MetricTargets = { velocity: { target: 3 } };
    expect(Object.keys(wrong)).toEqual(["velocity"]);
  });
});
