import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { describe, expect, it } from "@jest/globals";
import { TerraformStack, Testing } from "cdktf";
import {
  ValidationSuite,
  type HealthCheckSpec,
  type ValidationSuiteProps,
} from "../../../../../lib/patterns/infrastructure/lift-and-shift/validation";
import { thrown } from "../../../../support/thrown";
import { resourcesOf, synthesize, type Json } from "../fixtures";
import { HOME, balancer, checkout, latency, stackWithProviders, web } from "./fixtures";

function made(over: Partial<ValidationSuiteProps> = {}) {
  const { stack, usEast1 } = stackWithProviders();
  const suite = new ValidationSuite(stack, "validation", {
    region: HOME,
    name: "shop",
    healthCheckAlarms: { provider: usEast1 },
    healthChecks: { web, balancer },
    endToEndTests: { checkout },
    performance: { latency },
    ...over,
  });
  return { stack, suite };
}

/** What stands between the quotation marks of a rule, resolved to alarm names. */
function namesIn(composite: Json, alarms: Record<string, Json>): string[] {
  const rule = composite["alarm_rule"] as string;
  return [...rule.matchAll(/ALARM\("\$\{aws_cloudwatch_metric_alarm\.([^.]+)\.alarm_name\}"\)/g)].map(
    ([, id]) => alarms[id!]!["alarm_name"] as string,
  );
}

describe("a validation suite", () => {
  const { stack, suite } = made();
  const synthesized = synthesize(stack);
  const alarms = synthesized.resource["aws_cloudwatch_metric_alarm"]!;
  const composites = resourcesOf(synthesized, "aws_cloudwatch_composite_alarm");

  it("has one composite alarm over its region, and one over the alarms in us-east-1", () => {
    expect(composites).toHaveLength(2);
    const [here] = composites.filter((each) => each["provider"] === undefined);
    const [there] = composites.filter((each) => each["provider"] === "aws.us_east_1");
    expect(here).toMatchObject({ alarm_name: "shop-not-healthy" });
    expect(namesIn(here!, alarms)).toEqual([
      "shop-health-balancer",
      "shop-end-to-end-checkout",
      "shop-performance-latency",
    ]);
    expect(there).toMatchObject({ alarm_name: "shop-not-healthy-in-us-east-1" });
    expect(namesIn(there!, alarms)).toEqual(["shop-health-web"]);
    expect(suite.compositeAlarm).toBeDefined();
    expect(suite.healthCheckCompositeAlarm).toBeDefined();
  });

  it("publishes each alarm to a topic of its own region, and makes one of each", () => {
    expect(resourcesOf(synthesized, "aws_sns_topic")).toHaveLength(2);
    for (const alarm of [...Object.values(alarms), ...composites]) {
      const inUsEast1 = alarm["provider"] === "aws.us_east_1";
      expect(JSON.stringify(alarm["alarm_actions"]).includes("health-check-topic")).toBe(inUsEast1);
      expect(alarm["alarm_actions"]).toHaveLength(1);
    }
  });

  it("says what evidence has to name", () => {
    expect(suite.required).toEqual({
      alarmNames: ["shop-health-balancer", "shop-health-web", "shop-end-to-end-checkout", "shop-performance-latency"],
      minimumBakeHours: 72,
    });
    expect(suite.alarmNames).toEqual(suite.required.alarmNames);
    expect(suite.alarmArns).toHaveLength(4);
  });

  it("hands its checks to the rules", () => {
    expect(suite.review("2026-02-01")).toMatchObject({
      name: "stack/validation",
      asOf: "2026-02-01",
      healthChecks: { web },
      endToEndTests: { checkout },
      performance: { latency },
    });
  });
});

describe("a validation suite in us-east-1", () => {
  it("has one composite alarm over everything", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    const suite = new ValidationSuite(stack, "validation", { region: "us-east-1", healthChecks: { web, balancer } });
    const synthesized = synthesize(stack);
    const [composite] = resourcesOf(synthesized, "aws_cloudwatch_composite_alarm");
    expect(namesIn(composite!, synthesized.resource["aws_cloudwatch_metric_alarm"]!)).toHaveLength(2);
    expect(suite.healthCheckCompositeAlarm).toBeUndefined();
    expect(resourcesOf(synthesized, "aws_sns_topic")).toHaveLength(1);
  });
});

describe("a validation suite of Route 53 checks alone", () => {
  it("makes nothing in the stack's region", () => {
    const { suite, stack } = made({ healthChecks: { web }, endToEndTests: undefined, performance: undefined });
    expect(suite.compositeAlarm).toBeUndefined();
    expect(resourcesOf(synthesize(stack), "aws_sns_topic").map((topic) => topic["provider"])).toEqual([
      "aws.us_east_1",
    ]);
    expect(suite.review("2026-01-01")).toMatchObject({ endToEndTests: {}, performance: {} });
  });
});

describe("a validation suite", () => {
  it("takes topics, tags and silence", () => {
    const topic = "arn:aws:sns:eu-central-1:123456789012:alarms";
    const { stack } = made({
      healthChecks: { balancer },
      topicArns: [topic],
      enabled: false,
      tags: { team: "shop" },
      minimumBakeHours: 24,
    });
    const synthesized = synthesize(stack);
    for (const alarm of resourcesOf(synthesized, "aws_cloudwatch_metric_alarm")) {
      expect(alarm).toMatchObject({ alarm_actions: [topic], actions_enabled: false, tags: { team: "shop" } });
    }
    const [composite] = resourcesOf(synthesized, "aws_cloudwatch_composite_alarm");
    expect(composite).toMatchObject({ alarm_name: "shop-not-healthy", tags: { team: "shop" } });
    expect(composite).not.toHaveProperty("alarm_actions");
    expect(composite).not.toHaveProperty("actions_enabled");
  });

  const many = Object.fromEntries(
    Array.from({ length: 101 }, (_, n): [string, HealthCheckSpec] => [`check-${n}`, balancer]),
  );

  it.each<[string, Partial<ValidationSuiteProps>]>([
    ["VALIDATION_EMPTY", { healthChecks: undefined, endToEndTests: undefined, performance: undefined }],
    ["VALIDATION_BAKE_HOURS", { minimumBakeHours: 0 }],
    ["VALIDATION_TOO_MANY_ALARMS", { healthChecks: many }],
    ["VALIDATION_NAME", { name: "a b" }],
    ["HEALTH_CHECK_ALARM_REGION", { healthCheckAlarms: undefined }],
    ["ALARM_TOPIC_REGION", { topicArns: ["arn:aws:sns:us-west-2:123456789012:alarms"] }],
  ])("refuses what cannot be: %s", (code, over) => {
    expect(thrown(() => made(over)).code).toBe(code);
  });
});
