import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { describe, expect, it } from "@jest/globals";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  ApplicationHealthChecks,
  type ApplicationHealthChecksProps,
  type HealthCheckSpec,
} from "../../../lib/parts/validation";
import { thrown } from "../../support/thrown";
import { resourcesOf, synthesize } from "../../patterns/infrastructure/lift-and-shift/fixtures";
import { HOME, balancer, database, stackWithProviders, web } from "./fixtures";

function made(over: Partial<ApplicationHealthChecksProps> = {}) {
  const { stack, usEast1 } = stackWithProviders();
  const checks = new ApplicationHealthChecks(stack, "health", {
    region: HOME,
    healthCheckAlarms: { provider: usEast1 },
    checks: { web },
    ...over,
  });
  return { stack, checks };
}

function madeIn(region: string, checks: Readonly<Record<string, HealthCheckSpec>>, over = {}) {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "aws", { region });
  return { stack, checks: new ApplicationHealthChecks(stack, "health", { region, checks, ...over }) };
}

describe("health checks that Route 53 runs", () => {
  const { stack, checks } = made({
    checks: {
      web,
      database,
      plain: {
        kind: "http",
        ipAddress: "1.1.1.1",
        domainName: "shop.example.com",
        intervalSeconds: 10,
        searchString: "ok",
      },
      all: { kind: "calculated", of: ["web", "database"], healthyAtLeast: 1 },
      balancer,
    },
    tags: { team: "shop" },
  });
  const synthesized = synthesize(stack);
  const healthChecks = resourcesOf(synthesized, "aws_route53_health_check");
  const alarms = resourcesOf(synthesized, "aws_cloudwatch_metric_alarm");
  const ofRoute53 = alarms.filter((alarm) => alarm["namespace"] === "AWS/Route53");

  it("are of the type, port and path that was asked for", () => {
    expect(healthChecks).toContainEqual(
      expect.objectContaining({
        type: "HTTPS",
        port: 443,
        resource_path: "/health",
        fqdn: "shop.example.com",
        enable_sni: true,
      }),
    );
    expect(healthChecks).toContainEqual(expect.objectContaining({ type: "TCP", port: 5432, failure_threshold: 3 }));
    expect(healthChecks).toContainEqual(
      expect.objectContaining({
        type: "HTTP_STR_MATCH",
        ip_address: "1.1.1.1",
        port: 80,
        request_interval: 10,
        search_string: "ok",
      }),
    );
    expect(healthChecks).toContainEqual(expect.objectContaining({ type: "CALCULATED", child_health_threshold: 1 }));
    expect(Object.keys(checks.healthChecks).sort()).toEqual(["all", "database", "plain", "web"]);
  });

  it("are alarmed in us-east-1, to a topic in us-east-1, and Terraform checks that it is", () => {
    expect(ofRoute53).toHaveLength(4);
    for (const alarm of ofRoute53) {
      expect(alarm["provider"]).toBe("aws.us_east_1");
      expect(alarm).toMatchObject({ metric_name: "HealthCheckStatus", treat_missing_data: "breaching" });
      expect(JSON.stringify(alarm["alarm_actions"])).toContain("health-check-topic");
      const [precondition] = (alarm["lifecycle"] as { precondition: { condition: string }[] }).precondition;
      expect(precondition!.condition).toMatch(/data\.aws_region\..*\.id == "us-east-1"/);
    }
    expect(Object.values(synthesized.data["aws_region"] ?? {})).toEqual([
      expect.objectContaining({ provider: "aws.us_east_1" }),
    ]);
  });

  it("leave the alarm on a target group in the stack's region", () => {
    const [alarm] = alarms.filter((each) => each["namespace"] === "AWS/ApplicationELB");
    expect(alarm).not.toHaveProperty("provider");
    expect(alarm).toMatchObject({ metric_name: "HealthyHostCount", threshold: 1, treat_missing_data: "breaching" });
    expect(checks.alarms.map((each) => [each.check, each.inHealthCheckRegion])).toEqual([
      ["all", true],
      ["balancer", false],
      ["database", true],
      ["plain", true],
      ["web", true],
    ]);
  });

  it("have one topic in each region, encrypted with a key that alarms may use", () => {
    const topics = resourcesOf(synthesized, "aws_sns_topic");
    expect(topics.map((topic) => topic["provider"])).toEqual(expect.arrayContaining([undefined, "aws.us_east_1"]));
    for (const topic of topics) expect(topic["kms_master_key_id"]).toMatch(/aws_kms_key/);
    for (const key of resourcesOf(synthesized, "aws_kms_key")) {
      expect(key["policy"]).toContain("cloudwatch.amazonaws.com");
      expect(key["enable_key_rotation"]).toBe(true);
    }
    for (const { policy } of resourcesOf(synthesized, "aws_sns_topic_policy") as { policy: string }[]) {
      expect(policy).toContain("aws:SecureTransport");
    }
  });
});

describe("health checks", () => {
  it("need no second provider where the stack is in us-east-1", () => {
    const { stack, checks } = madeIn("us-east-1", { web });
    const [alarm] = resourcesOf(synthesize(stack), "aws_cloudwatch_metric_alarm");
    expect(alarm).not.toHaveProperty("provider");
    expect(alarm).toHaveProperty("lifecycle.precondition");
    expect(checks.topic).toBeDefined();
    expect(checks.healthCheckTopic).toBeUndefined();
  });

  it("of a target group alone need no second provider anywhere, and read no region", () => {
    const { stack } = madeIn("cn-north-1", {
      balancer: {
        ...balancer,
        loadBalancerArnSuffix: "net/front/0123456789abcdef",
        loadBalancer: "network",
        healthyHostsAtLeast: 2,
      } as HealthCheckSpec,
    });
    const synthesized = synthesize(stack);
    expect(resourcesOf(synthesized, "aws_cloudwatch_metric_alarm")).toEqual([
      expect.objectContaining({ namespace: "AWS/NetworkELB", threshold: 2 }),
    ]);
    expect(synthesized.data["aws_region"]).toBeUndefined();
    expect(JSON.stringify(synthesized)).toContain("arn:aws-cn:iam::");
  });

  it("use the topics they are given", () => {
    const { stack } = madeIn(HOME, { balancer }, { topicArns: ["arn:aws:sns:eu-central-1:123456789012:alarms"] });
    const synthesized = synthesize(stack);
    expect(resourcesOf(synthesized, "aws_sns_topic")).toEqual([]);
    expect(resourcesOf(synthesized, "aws_cloudwatch_metric_alarm")[0]).toMatchObject({
      alarm_actions: ["arn:aws:sns:eu-central-1:123456789012:alarms"],
      ok_actions: ["arn:aws:sns:eu-central-1:123456789012:alarms"],
    });
  });

  it("do not run and tell nobody where they are not enabled", () => {
    const synthesized = synthesize(made({ enabled: false }).stack);
    expect(resourcesOf(synthesized, "aws_route53_health_check")[0]).toMatchObject({ disabled: true });
    expect(resourcesOf(synthesized, "aws_cloudwatch_metric_alarm")[0]).toMatchObject({ actions_enabled: false });
  });

  it.each([
    ["HEALTH_CHECK_ALARM_REGION", () => madeIn(HOME, { web })],
    [
      "HEALTH_CHECK_ALARM_REGION",
      () => {
        const { stack } = stackWithProviders();
        const provider = new AwsProvider(stack, "other", { region: "us-west-2", alias: "other" });
        return new ApplicationHealthChecks(stack, "h", {
          region: HOME,
          checks: { web },
          healthCheckAlarms: { provider },
        });
      },
    ],
    [
      "HEALTH_CHECK_ALARM_REGION",
      () => {
        const { stack } = stackWithProviders();
        const provider = new AwsProvider(stack, "other", { alias: "other" });
        return new ApplicationHealthChecks(stack, "h", {
          region: HOME,
          checks: { web },
          healthCheckAlarms: { provider },
        });
      },
    ],
    ["HEALTH_CHECK_PARTITION", () => madeIn("cn-north-1", { web })],
    [
      "ALARM_TOPIC_REGION",
      () => madeIn(HOME, { balancer }, { topicArns: ["arn:aws:sns:us-east-1:123456789012:alarms"] }),
    ],
    ["ALARM_TOPIC_REGION", () => madeIn(HOME, { balancer }, { topicArns: ["alarms"] })],
    ["ALARM_TOPICS", () => madeIn(HOME, { balancer }, { topicArns: [] })],
    ["HEALTH_CHECKS", () => made({ checks: {} })],
    ["HEALTH_CHECKS", () => made({ checks: { web: { kind: "https" } } })],
    ["HEALTH_CHECKS", () => made({ checks: { web: { kind: "http", ipAddress: "10.0.0.5" } } })],
    ["HEALTH_CHECKS", () => made({ checks: { web: { kind: "http", ipAddress: "fe80::1" } } })],
    ["HEALTH_CHECKS", () => made({ checks: { "not a name": web } })],
    ["HEALTH_CHECK_CHILDREN", () => made({ checks: { web, all: { kind: "calculated", of: ["wep"] } } })],
    [
      "HEALTH_CHECK_CHILDREN",
      () => made({ checks: { web, all: { kind: "calculated", of: ["web"], healthyAtLeast: 2 } } }),
    ],
    ["HEALTH_CHECK_CHILDREN", () => made({ checks: { web, all: { kind: "calculated", of: ["all"] } } })],
    [
      "HEALTH_CHECK_LOAD_BALANCER",
      () => madeIn(HOME, { balancer: { ...balancer, loadBalancer: "network" } as HealthCheckSpec }),
    ],
    ["VALIDATION_NAME", () => made({ name: "shop/validation" })],
  ])("refuse what cannot be: %s", (code, call) => {
    expect(thrown(call).code).toBe(code);
  });

  it("take a provider whose region Terraform will know, and leave the check to Terraform", () => {
    const { stack } = stackWithProviders();
    const region = new TerraformVariable(stack, "region", { type: "string" });
    const provider = new AwsProvider(stack, "other", { region: region.stringValue, alias: "other" });
    const checks = new ApplicationHealthChecks(stack, "h", {
      region: HOME,
      checks: { web },
      healthCheckAlarms: { provider },
    });
    expect(checks.alarms).toHaveLength(1);
  });

  it("names the prop whose topics are in the wrong region", () => {
    const { stack } = stackWithProviders();
    const provider = new AwsProvider(stack, "other", { region: "us-east-1", alias: "other" });
    const topicArns = ["arn:aws:sns:eu-central-1:123456789012:alarms"];
    const make = (): unknown =>
      new ApplicationHealthChecks(stack, "h", {
        region: HOME,
        checks: { web },
        healthCheckAlarms: { provider, topicArns },
      });
    const { code, path } = thrown(make);
    expect([code, path]).toEqual(["ALARM_TOPIC_REGION", "healthCheckAlarms.topicArns[0]"]);
  });
});
