/** What exists is left as it is, and what its policies need is said: the statements that a resource of our own would have had. */
import { describe, expect, it } from "@jest/globals";
import { DefaultTokenResolver, StringConcat, Testing, Tokenization, type TerraformStack } from "cdktf";
import { AlarmTopic, DeploymentPlace, ServiceRole } from "../../lib/aws";
import { DatabaseMove, FileMove } from "../../lib/parts/data";
import { VpcFlowLogs } from "../../lib/parts/network";
import { EndToEndTest, ValidationSuite } from "../../lib/parts/validation";
import { HybridCloud, SiteToSiteVpn, type HybridCloudProps } from "../../lib/patterns/infrastructure/hybrid-cloud";
import { dmsMethod, newStack as groundStack, ordersProps, reportsProps } from "../parts/data/fixtures";
import { checkout } from "../parts/validation/fixtures";
import { readyAssessment } from "../support/ready-assessment";
import { inStage, stageSteps } from "../support/toy-migration";
import { newStack } from "./existing-case";

const region = "eu-central-1";
const ACCOUNT = "111122223333";
const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/12345678-1234-1234-1234-123456789012`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/platform`;
const GROUP = `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:/platform`;
const BUCKET = "arn:aws:s3:::reports";
const tags = {};

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

function resources(stack: TerraformStack): Resources {
  return (JSON.parse(Testing.synth(stack, true)) as { readonly resource: Resources }).resource;
}

/** Returns the statements of a policy that a construct makes, but those of the account itself. */
function statements(of: Resources, type: string, attribute = "policy"): unknown[] {
  return Object.values(of[type] ?? {}).flatMap((each) => {
    const { Statement } = JSON.parse(each[attribute] ?? "{}") as { readonly Statement: { readonly Sid?: string }[] };
    return Statement.filter(({ Sid }) => Sid !== "AccountAdministersKey" && Sid !== "Account");
  });
}

/** Resolves tokens as the stack writes them. */
const written = (stack: TerraformStack, value: unknown): unknown => {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const text = Tokenization.resolve(JSON.stringify(value), { scope: stack, resolver, preparing: false }) as string;
  return JSON.parse(text) as unknown;
};

describe("the key of a topic", () => {
  it("needs what a key of its own has", () => {
    const own = newStack();
    new AlarmTopic(own, "alarms", { name: "alarms", region, tags });
    const stack = newStack();
    const topic = new AlarmTopic(stack, "alarms", { name: "alarms", region, kmsKeyId: KEY, tags });
    expect(topic.key).toBeUndefined();
    expect(written(stack, topic.requiredKeyPolicyStatements)).toEqual(statements(resources(own), "aws_kms_key"));
    expect(new AlarmTopic(newStack(), "a", { name: "a", region, tags }).requiredKeyPolicyStatements).toEqual([]);
  });
});

describe("flow logs", () => {
  const props = { name: "shop", vpcId: "vpc-1", region, accountId: ACCOUNT, tags };
  const own = newStack();
  const made = new VpcFlowLogs(own, "logs", props);
  const of = resources(own);

  it("need of a key what their own has", () => {
    const logs = new VpcFlowLogs(newStack(), "logs", { ...props, kmsKeyArn: KEY });
    expect(logs.requiredKeyPolicyStatements).toEqual(statements(of, "aws_kms_key"));
    expect(made.requiredKeyPolicyStatements).toEqual([]);
  });

  it("need of a role what their own has, for the group that they are given", () => {
    const logs = new VpcFlowLogs(newStack(), "logs", { ...props, logGroupArn: GROUP, iamRoleArn: ROLE });
    expect(logs.requiredTrustPolicyStatements).toEqual(statements(of, "aws_iam_role", "assume_role_policy"));
    expect(logs.requiredRolePolicyStatements).toMatchObject([{ Resource: [GROUP, `${GROUP}:*`] }]);
    expect(logs.requiredKeyPolicyStatements).toEqual([]);
    expect(made.requiredRolePolicyStatements).toEqual([]);
  });
});

describe("a service's role", () => {
  it("needs the trust and the permissions that one of its own has", () => {
    const props = (stack: TerraformStack) => ({
      service: "datasync.amazonaws.com",
      namePrefix: "copy-",
      description: "Copies",
      allow: [{ actions: ["s3:GetObject"], resources: [`${BUCKET}/*`] }],
      place: new DeploymentPlace(stack, "place", { region, accountId: ACCOUNT }),
      tags,
    });
    const own = newStack();
    new ServiceRole(own, "role", props(own));
    const of = resources(own);
    const stack = newStack();
    const role = new ServiceRole(stack, "role", { ...props(stack), roleArn: ROLE });
    expect(role.requiredTrustPolicyStatements).toEqual(statements(of, "aws_iam_role", "assume_role_policy"));
    expect(role.requiredRolePolicyStatements).toEqual(statements(of, "aws_iam_role_policy"));
    expect([role.role, role.policy, role.arn]).toEqual([undefined, undefined, ROLE]);
  });
});

describe("a database", () => {
  it("needs of a key what its own has for the log groups that are made, and nothing for those that exist", () => {
    const { stack: own, on } = groundStack();
    new DatabaseMove(own, "orders", ordersProps(on, { accountId: ACCOUNT }));
    const move = (logGroup: "create" | "existing") => {
      const { on: there, stack } = groundStack();
      const { target } = ordersProps(there);
      return new DatabaseMove(stack, "orders", {
        ...ordersProps(there, { accountId: ACCOUNT, kmsKeyArn: KEY, method: dmsMethod(there, { logGroup }) }),
        target: { ...target, logGroup } as typeof target,
      });
    };
    expect(move("create").requiredKeyPolicyStatements).toEqual(statements(resources(own), "aws_kms_key"));
    expect(move("existing").requiredKeyPolicyStatements).toEqual([]);
  });

  it("has testers copy it into the subnet group that it is in", () => {
    const { on, stack } = groundStack();
    const { target } = ordersProps(on);
    const move = new DatabaseMove(stack, "orders", {
      ...ordersProps(on),
      target: { ...target, dbSubnetGroupName: "platform-databases" } as typeof target,
    });
    const commands = stageSteps(move).test.enter?.map(({ command }) => command ?? "") ?? [];
    expect(commands.join("\n")).toContain("--db-subnet-group-name platform-databases ");
  });

  it("says what the bucket of another account needs, for the role that is made or given", () => {
    const { on, stack } = groundStack();
    const move = new DatabaseMove(
      stack,
      "orders",
      ordersProps(on, { method: { kind: "backup-restore", bucket: { arn: BUCKET }, roleArn: ROLE } }),
    );
    expect(move.backupRestore?.requiredBucketPolicyStatements).toEqual([
      {
        Effect: "Allow",
        Principal: { AWS: ROLE },
        Action: ["s3:GetBucketLocation", "s3:ListBucket"],
        Resource: [BUCKET],
      },
      {
        Effect: "Allow",
        Principal: { AWS: ROLE },
        Action: ["s3:GetObject", "s3:GetObjectAttributes", "s3:ListMultipartUploadParts"],
        Resource: [`${BUCKET}/backups/*`],
      },
    ]);
    expect(move.backupRestore?.role?.requiredRolePolicyStatements).toHaveLength(3);
  });
});

describe("files", () => {
  it("need of CloudWatch Logs what the policy of their own says", () => {
    const { stack: own, on } = groundStack();
    new FileMove(own, "reports", reportsProps(on, { accountId: ACCOUNT }));
    const [policy] = statements(resources(own), "aws_cloudwatch_log_resource_policy", "policy_document");
    const { stack, on: there } = groundStack();
    const move = new FileMove(
      stack,
      "reports",
      reportsProps(there, { accountId: ACCOUNT, kmsKeyArn: KEY, cloudwatchLogGroupArn: GROUP }),
    );
    expect(move.requiredLogPolicyStatements).toEqual([{ ...(policy as object), Resource: `${GROUP}:*` }]);
    expect(move.requiredKeyPolicyStatements).toEqual([]);
    expect([move.logGroup, move.logPolicy]).toEqual([undefined, undefined]);
  });

  it("need of each bucket what the role that uses it does there", () => {
    const { stack, on } = groundStack();
    const move = new FileMove(
      stack,
      "media",
      reportsProps(on, {
        accountId: ACCOUNT,
        source: { kind: "s3", bucketArn: "arn:aws:s3:::from", bucketAccessRoleArn: ROLE },
        target: { kind: "existing-s3", bucketArn: "arn:aws:s3:::to", bucketAccessRoleArn: ROLE },
        reportBucket: { arn: BUCKET },
        reportRoleArn: ROLE,
      }),
    );
    const of = (bucket: string) =>
      move.requiredBucketPolicyStatements
        .filter(({ Resource = "" }) => String(Resource).startsWith(`arn:aws:s3:::${bucket}`))
        .flatMap(({ Action }) => Action);
    expect(of("from")).toContain("s3:GetObject");
    expect(of("from")).not.toContain("s3:PutObject");
    expect(of("to")).toContain("s3:PutObject");
    expect(of("reports")).toContain("s3:PutObject");
    expect(move.requiredBucketPolicyStatements).toHaveLength(6);
  });
});

describe("checks", () => {
  it("say of a canary what role and bucket need, and leave the objects of the bucket alone", () => {
    const stack = newStack();
    const suite = new ValidationSuite(stack, "validation", {
      migration: inStage(stack, "replicate"),
      region,
      endToEndTests: {
        checkout: { ...checkout, artifactBucket: { name: "artifacts" }, executionRoleArn: ROLE },
      },
    });
    const canary = suite.endToEndTests?.canaries["checkout"];
    expect(canary?.requiredBucketPolicyStatements).toEqual([
      {
        Effect: "Allow",
        Principal: { AWS: ROLE },
        Action: ["s3:PutObject", "s3:GetObject"],
        Resource: ["arn:aws:s3:::artifacts/canaries/stack-validation-checkout/*"],
      },
      {
        Effect: "Allow",
        Principal: { AWS: ROLE },
        Action: ["s3:GetBucketLocation"],
        Resource: ["arn:aws:s3:::artifacts"],
      },
    ]);
    expect(canary?.requiredTrustPolicyStatements).toMatchObject([{ Principal: { Service: "lambda.amazonaws.com" } }]);
    expect(canary?.requiredRolePolicyStatements.length).toBeGreaterThan(4);
    const steps = Object.values(stageSteps(suite)).flatMap(({ reverse = [] }) => reverse.map(({ title }) => title));
    expect(steps.join("\n")).not.toContain("empty the bucket");
  });

  it("say what the role that starts a probe needs", () => {
    const { probes } = new EndToEndTest(newStack(), "tests", {
      region,
      tests: { smoke: { kind: "code-build", projectName: "smoke", roleArn: ROLE } },
    });
    expect(probes["smoke"]?.requiredRolePolicyStatements).toMatchObject([{ Action: "codebuild:StartBuild" }]);
    expect(probes["smoke"]?.requiredTrustPolicyStatements).toMatchObject([
      { Principal: { Service: "scheduler.amazonaws.com" } },
    ]);
  });
});

describe("a hybrid connection", () => {
  const site = {
    name: "office",
    networks: ["192.168.0.0/16"],
    devices: [{ customerGateway: { ipAddress: "198.51.100.10" } }],
  } as const;
  const build = (stack: TerraformStack, kmsKeyArn?: string, vpc: HybridCloudProps["vpc"] = { flowLogs: false }) =>
    new HybridCloud(stack, "hybrid", {
      app: "shop",
      assessment: readyAssessment(),
      rollback: { owner: "lead", windowHours: 4, triggers: ["loss"], sourceRetentionDays: 14 },
      stage: "live",
      // Without flow logs, which look the account up for themselves.
      vpc,
      sites: [{ ...site, logs: kmsKeyArn === undefined ? {} : { kmsKeyArn } }],
      alarms: kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn },
    });

  it("needs of keys what its own have", () => {
    const own = newStack();
    build(own);
    const stack = newStack();
    const required = written(stack, build(stack, KEY).requiredKeyPolicyStatements) as { readonly Sid: string }[];
    const made = statements(resources(own), "aws_kms_key") as { readonly Sid: string }[];
    expect(required.map(({ Sid }) => Sid)).toEqual(["Logs", "AlarmsUseKey"]);
    expect(required[0]).toEqual(made.find(({ Sid }) => Sid === "Logs"));
    // The account is looked up once more, beside the topic and not in it.
    const account = { StringEquals: { "aws:SourceAccount": expect.any(String) } };
    expect({ ...required[1], Condition: account }).toEqual(made.find(({ Sid }) => Sid === "AlarmsUseKey"));
    expect(build(newStack()).requiredKeyPolicyStatements).toEqual([]);
  });

  it("needs of the key of flow logs what it says", () => {
    const hybrid = build(newStack(), undefined, { flowLogs: { kmsKeyArn: KEY } });
    expect(hybrid.requiredKeyPolicyStatements).toMatchObject([{ Sid: "LogGroupUsesKey", Effect: "Allow" }]);
  });

  it("asks for nothing, and looks nothing up, where nobody wants to know", () => {
    const stack = newStack();
    build(stack, KEY);
    expect(Testing.synth(stack, true)).not.toContain("aws_caller_identity");
  });

  it("says it of a single connection too", () => {
    const vpn = new SiteToSiteVpn(newStack(), "office", {
      gateway: { kind: "vpn", vpcId: "vpc-1" },
      customerGateway: { ipAddress: "198.51.100.10" },
      onPremisesNetworks: ["192.168.0.0/16"],
      awsNetworks: ["10.0.0.0/16"],
      logs: { kmsKeyArn: KEY },
    });
    expect(vpn.requiredKeyPolicyStatements).toMatchObject([{ Sid: "Logs", Effect: "Allow" }]);
  });
});
