import { describe, expect, it } from "@jest/globals";
import { TerraformVariable } from "cdktf";
import { EndToEndTest, type EndToEndSpec, type EndToEndTestProps } from "../../../lib/parts/validation";
import { thrown } from "../../support/thrown";
import { resourcesOf, synthesize, type Json } from "../../patterns/infrastructure/lift-and-shift/fixtures";
import { HOME, checkout, stackWithProviders } from "./fixtures";

const FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:probe";

function made(tests: Readonly<Record<string, EndToEndSpec>>, over: Partial<EndToEndTestProps> = {}) {
  const { stack } = stackWithProviders();
  const test = new EndToEndTest(stack, "end-to-end", { region: HOME, name: "Shop", tests, ...over });
  return { stack, test };
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: unknown;
}

function statementsOf(policy: Json): Statement[] {
  return (JSON.parse(policy["policy"] as string) as { Statement: Statement[] }).Statement;
}

describe("a canary", () => {
  const { stack, test } = made({ checkout: { ...checkout, environment: { URL: "https://shop.example.com" } } });
  const synthesized = synthesize(stack);
  const [canary] = resourcesOf(synthesized, "aws_synthetics_canary");

  it("runs the script it was given, on its schedule", () => {
    expect(canary).toMatchObject({
      name: "shop-checkout",
      handler: "checkout.handler",
      runtime_version: "syn-nodejs-puppeteer-17.0",
      s3_bucket: "scripts",
      s3_key: "checkout.zip",
      s3_version: "1",
      schedule: { expression: "rate(5 minutes)" },
      start_canary: true,
      delete_lambda: true,
      run_config: { timeout_in_seconds: 60, environment_variables: { URL: "https://shop.example.com" } },
    });
  });

  it("keeps its artifacts private, encrypted and for a while", () => {
    expect(canary).toMatchObject({ artifact_config: { s3_encryption: { encryption_mode: "SSE_KMS" } } });
    expect(resourcesOf(synthesized, "aws_s3_bucket_public_access_block")).toEqual([
      expect.objectContaining({
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      }),
    ]);
    expect(JSON.stringify(resourcesOf(synthesized, "aws_s3_bucket_server_side_encryption_configuration"))).toContain(
      "aws:kms",
    );
    expect(JSON.stringify(resourcesOf(synthesized, "aws_s3_bucket_policy"))).toContain("aws:SecureTransport");
    expect(JSON.stringify(resourcesOf(synthesized, "aws_s3_bucket_lifecycle_configuration"))).toContain('"days":90');
  });

  it("has a role that may do what a canary does and nothing else", () => {
    const [policy] = resourcesOf(synthesized, "aws_iam_role_policy");
    const anywhere = statementsOf(policy!).filter((statement) => statement.Resource === "*");
    expect(anywhere.flatMap((statement) => statement.Action).sort()).toEqual([
      "cloudwatch:PutMetricData",
      "s3:ListAllMyBuckets",
    ]);
    expect(JSON.stringify(anywhere)).toContain('"cloudwatch:namespace":"CloudWatchSynthetics"');
    expect(statementsOf(policy!).flatMap((statement) => statement.Action)).not.toContainEqual(
      expect.stringContaining("*"),
    );
    expect(JSON.stringify(policy)).toContain("log-group:/aws/lambda/cwsyn-shop-checkout-*");
  });

  it("is alarmed where it fails and where it does not run", () => {
    expect(resourcesOf(synthesized, "aws_cloudwatch_metric_alarm")).toEqual([
      expect.objectContaining({
        alarm_name: "Shop-end-to-end-checkout",
        namespace: "CloudWatchSynthetics",
        metric_name: "SuccessPercent",
        dimensions: { CanaryName: "shop-checkout" },
        period: 300,
        threshold: 100,
        comparison_operator: "LessThanThreshold",
        treat_missing_data: "breaching",
      }),
    ]);
    expect(test.canaries["checkout"]?.alarms).toEqual(test.alarms);
  });

  it("takes a zip file, a VPC and an hour between two runs", () => {
    const other = made(
      {
        topic: {
          ...checkout,
          code: { zipFile: "canaries/checkout.zip" },
          everyMinutes: 60,
          network: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
        },
      },
      { enabled: false },
    );
    const synthesizedOther = synthesize(other.stack);
    expect(resourcesOf(synthesizedOther, "aws_synthetics_canary")[0]).toMatchObject({
      zip_file: "canaries/checkout.zip",
      vpc_config: { subnet_ids: ["subnet-1"], security_group_ids: ["sg-1"] },
      schedule: { expression: "rate(1 hour)" },
      start_canary: false,
    });
    expect(JSON.stringify(resourcesOf(synthesizedOther, "aws_iam_role_policy"))).toContain(
      "ec2:CreateNetworkInterface",
    );
  });
});

describe("a probe", () => {
  const { stack, test } = made({
    build: { kind: "code-build", projectName: "shop-tests" },
    function: { kind: "lambda", functionArn: FUNCTION, input: { path: "/checkout" }, everyMinutes: 1 },
  });
  const synthesized = synthesize(stack);
  const schedules = resourcesOf(synthesized, "aws_scheduler_schedule");

  it("is started by a schedule whose role may start it alone", () => {
    expect(schedules.map((each) => each["schedule_expression"]).sort()).toEqual(["rate(1 minute)", "rate(60 minutes)"]);
    expect(JSON.stringify(schedules)).toContain(":project/shop-tests");
    expect(schedules).toContainEqual(
      expect.objectContaining({ target: expect.objectContaining({ arn: FUNCTION, input: '{"path":"/checkout"}' }) }),
    );
    const statements = resourcesOf(synthesized, "aws_iam_role_policy").flatMap(statementsOf);
    expect(statements.map((statement) => statement.Action).sort()).toEqual([
      "codebuild:StartBuild",
      "lambda:InvokeFunction",
    ]);
    for (const statement of statements) expect(statement.Resource).not.toBe("*");
    for (const role of resourcesOf(synthesized, "aws_iam_role")) {
      expect(role["assume_role_policy"]).toContain("aws:SourceAccount");
      expect(role["assume_role_policy"]).toContain("schedule-group/default");
    }
  });

  it("is alarmed where it fails, and where it does not run", () => {
    expect(test.alarms.map((each) => each.alarmName)).toEqual([
      "Shop-end-to-end-build-failed",
      "Shop-end-to-end-build-silent",
      "Shop-end-to-end-function-failed",
      "Shop-end-to-end-function-silent",
    ]);
    const alarms = resourcesOf(synthesized, "aws_cloudwatch_metric_alarm");
    expect(alarms).toContainEqual(
      expect.objectContaining({
        namespace: "AWS/CodeBuild",
        metric_name: "FailedBuilds",
        treat_missing_data: "notBreaching",
      }),
    );
    expect(alarms).toContainEqual(
      expect.objectContaining({
        namespace: "AWS/Lambda",
        metric_name: "Invocations",
        dimensions: { FunctionName: "probe" },
        period: 60,
        treat_missing_data: "breaching",
      }),
    );
  });

  it("is not started where it is not enabled", () => {
    const off = made({ build: { kind: "code-build", projectName: "shop-tests" } }, { enabled: false });
    expect(resourcesOf(synthesize(off.stack), "aws_scheduler_schedule")[0]).toMatchObject({ state: "DISABLED" });
  });

  it("takes a function that Terraform will know, by its name", () => {
    const { stack: own } = stackWithProviders();
    const arn = new TerraformVariable(own, "arn", { type: "string" }).stringValue;
    const tests = { probe: { kind: "lambda", functionArn: arn, functionName: "probe" } } as const;
    expect(new EndToEndTest(own, "one", { region: HOME, tests }).alarms).toHaveLength(2);
    const nameless = { probe: { kind: "lambda", functionArn: arn } } as const;
    expect(thrown(() => new EndToEndTest(own, "two", { region: HOME, tests: nameless })).code).toBe(
      "END_TO_END_FUNCTION_NAME",
    );
  });
});

describe("an end-to-end test", () => {
  it.each<[string, EndToEndSpec]>([
    ["a runtime that is none", { ...checkout, runtimeVersion: "nodejs22.x" }],
    ["a run longer than the time between two", { ...checkout, everyMinutes: 1, timeoutSeconds: 61 }],
    ["memory that Lambda has not", { ...checkout, memoryMiB: 1000 }],
    ["a function that is none", { kind: "lambda", functionArn: "probe" }],
    ["a build every minute", { kind: "code-build", projectName: "shop-tests", everyMinutes: 1 }],
  ])("refuses %s", (_, test) => {
    expect(thrown(() => made({ test })).code).toBe("END_TO_END_TESTS");
  });

  it("refuses none at all", () => {
    expect(thrown(() => made({})).code).toBe("END_TO_END_TESTS");
  });
});
