import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { describe, expect, it } from "@jest/globals";
import { TerraformStack, Testing } from "cdktf";
import { ValidationSuite, type HealthCheckSpec, type ValidationSuiteProps } from "../../../lib/parts/validation";
import type { RunbookStep } from "../../../lib/core/stage";
import type { LiftAndShiftStage } from "../../../lib/patterns/infrastructure/lift-and-shift";
import { readyAssessment } from "../../support/ready-assessment";
import { inStage, stageSteps } from "../../support/toy-migration";
import { thrown } from "../../support/thrown";
import { resourcesOf, synthesize, type Json } from "../../patterns/infrastructure/lift-and-shift/fixtures";
import { HOME, balancer, checkout, latency, stackWithProviders, web } from "./fixtures";

function made({
  stage = "test",
  asOf = "2026-02-01",
  ...over
}: Partial<ValidationSuiteProps> & { readonly stage?: LiftAndShiftStage; readonly asOf?: string } = {}) {
  const { stack, usEast1 } = stackWithProviders();
  const suite = new ValidationSuite(stack, "validation", {
    migration: inStage(stack, stage, { assessment: readyAssessment({ asOf }) }),
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

/** Returns the quoted references of an alarm rule, resolved to alarm names. */
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

  it("makes a composite alarm anew where it gathers other alarms, because CloudWatch deletes none that it names", () => {
    const gathered = Object.entries(synthesized.resource["terraform_data"] ?? {});
    expect(gathered).toHaveLength(composites.length);
    for (const [address, { input }] of gathered) {
      const [composite] = composites.filter(
        ({ lifecycle }) =>
          JSON.stringify(lifecycle) === JSON.stringify({ replace_triggered_by: [`terraform_data.${address}`] }),
      );
      expect(input).toEqual({ alarms: namesIn(composite ?? { alarm_rule: "" }, alarms) });
    }
  });

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
    expect(suite.review).toMatchObject({
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
    const suite = new ValidationSuite(stack, "validation", {
      migration: inStage(stack, "test"),
      region: "us-east-1",
      healthChecks: { web, balancer },
    });
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
    expect(suite.review).toMatchObject({ endToEndTests: {}, performance: {} });
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

describe("a validation suite as a part of a migration", () => {
  const { suite } = made();
  const { replicate, test, cutover, finalized } = stageSteps(suite);
  const titles = (steps: readonly RunbookStep[] = []): string[] => steps.map(({ title }) => title);

  it("lists each check with its alarm, where that is, and whether anybody is told", () => {
    expect(suite.verifications.map(({ kind, name, alarm }) => [kind, name, alarm?.name, alarm?.region])).toEqual([
      ["health-check", "balancer", "shop-health-balancer", undefined],
      ["health-check", "web", "shop-health-web", "us-east-1"],
      ["end-to-end-test", "checkout", "shop-end-to-end-checkout", undefined],
      ["performance-comparison", "latency", "shop-performance-latency", undefined],
    ]);
    expect(suite.verifications.every(({ alarm }) => alarm?.notifies)).toBe(true);
    expect(made({ stage: "replicate" }).suite.verifications.some(({ alarm }) => alarm?.notifies)).toBe(false);
    expect(made({ stage: "replicate", enabled: true }).suite.verifications.every(({ alarm }) => alarm?.notifies)).toBe(
      true,
    );
    expect(made({ enabled: false }).suite.verifications.some(({ alarm }) => alarm?.notifies)).toBe(false);
  });

  it("has people subscribe, look before the cut-over and watch after it, in both regions", () => {
    expect(titles(replicate.enter)).toEqual([
      "Subscribe the engineer on call to the topic shop in eu-central-1",
      "Subscribe the engineer on call to the topic shop-health in us-east-1",
    ]);
    expect(titles(test.enter)).toEqual(["Look at the alarms of shop", "Look at the alarms of shop, in us-east-1"]);
    expect(titles(cutover.enter)).toEqual(["Watch the alarms of shop", "Watch the alarms of shop, in us-east-1"]);
    expect(cutover.enter?.[1]?.command).toContain("--region us-east-1 --alarm-names shop-health-web ");
  });

  it("has people read each alarm's history in its region and sign before the last stage is deployed", () => {
    expect(titles(finalized.enter)).toEqual([
      "Check that every validation alarm has been in OK for the whole bake time: shop, in eu-central-1",
      "Check that every validation alarm has been in OK for the whole bake time: shop, in us-east-1",
      "Sign off the validation results of shop, the bake time and the restore point",
      "Deploy the stage finalized with the evidence of shop",
    ]);
    expect(finalized.enter?.findIndex(({ deploys }) => deploys === true)).toBe(3);
    const [here, there] = finalized.enter ?? [];
    const history =
      /^for alarm in (.+); do aws cloudwatch describe-alarm-history --region (\S+) --alarm-name "\$alarm" /;
    expect(history.exec(here?.command ?? "")?.slice(1)).toEqual([
      "shop-health-balancer shop-end-to-end-checkout shop-performance-latency",
      "eu-central-1",
    ]);
    expect(history.exec(there?.command ?? "")?.slice(1)).toEqual(["shop-health-web", "us-east-1"]);
  });

  it("has nobody subscribe to topics that are given, nor empty what is not there", () => {
    const topicArns = ["arn:aws:sns:eu-central-1:111122223333:on-call"];
    const { suite: quiet } = made({ topicArns, healthChecks: { balancer }, endToEndTests: undefined });
    expect(stageSteps(quiet).replicate).toEqual({ enter: [], reverse: [] });
  });

  it("has the canary stopped and its bucket emptied before a withdrawal", () => {
    expect(titles(replicate.reverse)).toEqual([
      "Stop the canary shop-checkout, and empty the bucket of its artifacts",
      "Destroy the validation of shop",
    ]);
  });

  it("comes with what its rules find", () => {
    expect(made({ performance: { latency } }).suite.findings()).toEqual([]);
    const old = made({ asOf: "2027-02-01" })
      .suite.findings()
      .map(({ rule }) => rule);
    expect(old).toContain("performance-baseline-old");
  });
});
