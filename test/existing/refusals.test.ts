/** What exists and cannot be used: of another region, twice the same thing, a list or a map that only Terraform knows. */
import { describe, expect, it } from "@jest/globals";
import { Fn, TerraformVariable, Token, Testing } from "cdktf";
import { AlarmTopic } from "../../lib/aws";
import { ConfigurationFiles, DatabaseMove, FileMove } from "../../lib/parts/data";
import { LandingNetwork, VpcEndpoints, VpcFlowLogs } from "../../lib/parts/network";
import { ApplicationHealthChecks, EndToEndTest, PerformanceValidation } from "../../lib/parts/validation";
import {
  AwsGateway,
  HybridCloud,
  HybridDns,
  HybridVpc,
  VpcRoutes,
} from "../../lib/patterns/infrastructure/hybrid-cloud";
import { SuccessMetrics } from "../../lib/plan";
import { dmsMethod, ordersProps, reportsProps, shopProps, newStack as groundStack } from "../parts/data/fixtures";
import { balancer, checkout, latency } from "../parts/validation/fixtures";
import { fleetOf, inventoryOf, serverInput } from "../patterns/infrastructure/lift-and-shift/fixtures";
import { readyAssessment } from "../support/ready-assessment";
import { thrown } from "../support/thrown";
import { newStack } from "./existing-case";

const region = "eu-central-1";
const KEY_ELSEWHERE = "arn:aws:kms:us-east-1:111122223333:key/12345678-1234-1234-1234-123456789012";
const GROUP_ELSEWHERE = "arn:aws:logs:us-east-1:111122223333:log-group:/platform";
const TOPIC_ELSEWHERE = "arn:aws:sns:us-east-1:111122223333:alarms";
const ROLE = "arn:aws:iam::111122223333:role/platform";
const tags = {};
const { stack, on } = groundStack();
const list = (): string[] => new TerraformVariable(stack, id("list"), { type: "list(string)" }).listValue;
const map = () => Token.asStringMap(new TerraformVariable(stack, id("map"), { type: "map(string)" }).value as never);
let made = 0;
const existingGateway = () => new AwsGateway(stack, id("gateway"), { kind: "vpn", vpnGatewayId: "vgw-1" });
const id = (of = "made"): string => `${of}-${++made}`;
const flowLogs = { name: "shop", vpcId: "vpc-1", region, tags };
const endpoints = {
  name: "shop",
  vpcId: "vpc-1",
  region,
  routeTableIds: ["rtb-1"],
  subnetIds: ["subnet-1"],
  clientCidrs: [],
  gateways: [],
  interfaces: ["ssm"],
  tags,
} as const;
const dns = {
  subnetIds: ["subnet-1", "subnet-2"],
  vpcId: "vpc-1",
  onPremisesNetworks: ["192.168.0.0/16"],
  associated: true,
  inbound: true,
  tags,
} as const;
const rds = {
  kind: "rds",
  engine: "postgres",
  engineVersion: "16.4",
  instanceClass: "db.r7g.large",
  allocatedStorageGiB: 100,
} as const;
const GROUPS = ["sg-0123456789abcdef0"];
const efs = { kind: "efs", vpcId: on.vpcId, subnets: on.subnets } as const;
const hybrid = {
  app: "shop",
  assessment: readyAssessment(),
  rollback: { owner: "lead", windowHours: 4, triggers: ["loss"], sourceRetentionDays: 14 },
  stage: "live",
  sites: [
    { name: "office", networks: ["192.168.0.0/16"], devices: [{ customerGateway: { ipAddress: "198.51.100.10" } }] },
  ],
} as const;
const servers = inventoryOf([serverInput("web-01")]);

describe("what exists", () => {
  it.each<[string, string, string, () => unknown]>([
    [
      "the key of a topic in another region",
      "ALARM_TOPIC_KMS_KEY_ID",
      "kmsKeyId",
      () => new AlarmTopic(stack, id(), { name: "a", region, kmsKeyId: KEY_ELSEWHERE, tags }),
    ],
    [
      "the key that AWS manages for SNS",
      "ALARM_TOPIC_KMS_KEY_ID",
      "kmsKeyId",
      () => new AlarmTopic(stack, id(), { name: "a", region, kmsKeyId: "alias/aws/sns", tags }),
    ],
    [
      "that key by its ARN, in a hybrid cloud",
      "ALARM_TOPIC_KMS_KEY_ID",
      "alarms.kmsKeyId",
      () =>
        new HybridCloud(newStack(), "hybrid", {
          ...hybrid,
          alarms: { kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:alias/aws/sns" },
        }),
    ],
    [
      "a key beside topics, which have their own",
      "ALARM_TOPIC_KMS_KEY_ID",
      "kmsKeyId",
      () =>
        new PerformanceValidation(stack, id(), {
          region,
          comparisons: { latency },
          topicArns: ["arn:aws:sns:eu-central-1:111122223333:alarms"],
          kmsKeyId: "alias/alarms",
        }),
    ],
    [
      "the key of success metrics in another region",
      "ALARM_TOPIC_KMS_KEY_ID",
      "kmsKeyId",
      () => new SuccessMetrics(stack, id(), { name: "a", region, migrations: [], kmsKeyId: KEY_ELSEWHERE }),
    ],
    [
      "a topic of a hybrid cloud that is none",
      "ALARM_TOPIC_REGION",
      "alarms.topicArns[0]",
      () => new HybridCloud(newStack(), "hybrid", { ...hybrid, alarms: { topicArns: ["alarms"] } }),
    ],
    [
      "more topics than an alarm has actions",
      "ALARM_TOPICS",
      "alarms.topicArns",
      () => new HybridCloud(newStack(), "hybrid", { ...hybrid, alarms: { topicArns: Array(6).fill(TOPIC_ELSEWHERE) } }),
    ],
    [
      "the group of flow logs in another region",
      "VPC_FLOW_LOGS_LOG_GROUP_ARN",
      "logGroupArn",
      () => new VpcFlowLogs(stack, id(), { ...flowLogs, logGroupArn: GROUP_ELSEWHERE }),
    ],
    [
      "the key of flow logs in another region",
      "VPC_FLOW_LOGS_KMS_KEY_ARN",
      "kmsKeyArn",
      () => new VpcFlowLogs(stack, id(), { ...flowLogs, kmsKeyArn: KEY_ELSEWHERE }),
    ],
    [
      "groups of endpoints beside clients",
      "VPC_ENDPOINTS_SECURITY_GROUP_IDS",
      "securityGroupIds",
      () => new VpcEndpoints(stack, id(), { ...endpoints, clientCidrs: ["10.0.0.0/16"], securityGroupIds: ["sg-1"] }),
    ],
    [
      "no group of endpoints",
      "VPC_ENDPOINTS_SECURITY_GROUP_IDS",
      "securityGroupIds",
      () => new VpcEndpoints(stack, id(), { ...endpoints, securityGroupIds: [] }),
    ],
    [
      "no group of resolver endpoints",
      "HYBRID_DNS_SECURITY_GROUP_IDS",
      "dns.securityGroupIds",
      () => new HybridDns(stack, id(), { ...dns, securityGroupIds: [] }),
    ],
    [
      "the key of a canary in another region",
      "CANARY_KMS_KEY_ARN",
      "test.kmsKeyArn",
      () => new EndToEndTest(stack, id(), { region, tests: { a: { ...checkout, kmsKeyArn: KEY_ELSEWHERE } } }),
    ],
    [
      "the retention of a bucket that is its owner's",
      "END_TO_END_TESTS",
      "tests.a.artifactRetentionDays",
      () =>
        new EndToEndTest(stack, id(), {
          region,
          tests: { a: { ...checkout, artifactBucket: { name: "artifacts" }, artifactRetentionDays: 7 } },
        }),
    ],
    [
      "the key of a database in another region",
      "DATABASE_MOVE_KMS_KEY_ARN",
      "kmsKeyArn",
      () => new DatabaseMove(stack, id(), ordersProps(on, { kmsKeyArn: KEY_ELSEWHERE })),
    ],
    [
      "a topic of a replication in another region",
      "DATABASE_MOVE_METHOD",
      "method.alarms.actions[0]",
      () =>
        new DatabaseMove(
          stack,
          id(),
          ordersProps(on, { method: dmsMethod(on, { alarms: { actions: [TOPIC_ELSEWHERE] } }) }),
        ),
    ],
    [
      "groups of a database beside clients",
      "DATABASE_MOVE_TARGET",
      "target.vpcSecurityGroupIds",
      () =>
        new DatabaseMove(
          stack,
          id(),
          ordersProps(on, { target: { ...rds, vpcSecurityGroupIds: GROUPS, clientCidrs: ["10.0.0.0/16"] } }),
        ),
    ],
    [
      "groups of a replication beside an endpoint's group",
      "DATABASE_MOVE_METHOD",
      "method.serviceEndpointSecurityGroupId",
      () =>
        new DatabaseMove(
          stack,
          id(),
          ordersProps(on, {
            method: dmsMethod(on, {
              vpcSecurityGroupIds: GROUPS,
              serviceEndpointSecurityGroupId: "sg-0123456789abcdef1",
            }),
          }),
        ),
    ],
    [
      "a role that MariaDB does not take",
      "BACKUP_RESTORE_METHOD",
      "method.roleArn",
      () =>
        new DatabaseMove(
          stack,
          id(),
          ordersProps(on, {
            target: { ...rds, engine: "mariadb", engineVersion: "10.11.6" },
            method: { kind: "backup-restore", roleArn: ROLE },
          }),
        ),
    ],
    [
      "the key of files in another region",
      "FILE_MOVE_KMS_KEY_ARN",
      "kmsKeyArn",
      () => new FileMove(stack, id(), reportsProps(on, { kmsKeyArn: KEY_ELSEWHERE })),
    ],
    [
      "the log group of files in another region",
      "FILE_MOVE_CLOUDWATCH_LOG_GROUP_ARN",
      "cloudwatchLogGroupArn",
      () => new FileMove(stack, id(), reportsProps(on, { cloudwatchLogGroupArn: GROUP_ELSEWHERE })),
    ],
    [
      "the retention of a log group that is its owner's",
      "FILE_MOVE_LOG_RETENTION_DAYS",
      "logRetentionDays",
      () =>
        new FileMove(
          stack,
          id(),
          reportsProps(on, {
            cloudwatchLogGroupArn: GROUP_ELSEWHERE.replace("us-east-1", region),
            logRetentionDays: 7,
          }),
        ),
    ],
    [
      "groups of a file system beside clients",
      "FILE_MOVE_TARGET",
      "target.clientSecurityGroupIds",
      () =>
        new FileMove(
          stack,
          id(),
          reportsProps(on, { target: { ...efs, securityGroupIds: GROUPS, clientSecurityGroupIds: GROUPS } }),
        ),
    ],
    [
      "the key of configuration files in another region",
      "CONFIGURATION_FILES_KMS_KEY_ARN",
      "kmsKeyArn",
      () => new ConfigurationFiles(stack, id(), shopProps(stack, { kmsKeyArn: KEY_ELSEWHERE })),
    ],
  ])("refuses %s", (_what, code, path, make) => {
    const error = thrown(make);
    expect([error.code, error.path]).toEqual([code, path]);
  });
});

describe("a list or a map that only Terraform knows", () => {
  it.each<[string, string, string, () => unknown]>([
    [
      "availability zones",
      "LANDING_NETWORK_AVAILABILITY_ZONES",
      "availabilityZones",
      () => new LandingNetwork(stack, id(), { cidr: "10.1.0.0/16", availabilityZones: list(), region }),
    ],
    ["zones of a VPC", "HYBRID_VPC_ZONES", "zones", () => new HybridVpc(stack, id(), { zones: list() }, {})],
    [
      "route tables of a VPC",
      "HYBRID_VPC_ROUTE_TABLES",
      "routeTables",
      () => new HybridVpc(stack, id(), { vpcId: "vpc-1", cidrs: ["10.2.0.0/16"], routeTables: map() }, {}),
    ],
    [
      "networks that are routed to",
      "VPC_ROUTES_NETWORKS",
      "networks",
      () => new VpcRoutes(stack, id(), { gateway: existingGateway(), routeTables: { a: "rtb-1" }, networks: list() }),
    ],
    [
      "groups that every server gets",
      "SERVER_FLEET_SECURITY_GROUP_IDS",
      "securityGroupIds",
      () => fleetOf(servers, { securityGroupIds: list() }),
    ],
    [
      "the groups of a replication",
      "DATABASE_MOVE_METHOD",
      "method.vpcSecurityGroupIds",
      () => new DatabaseMove(stack, id(), ordersProps(on, { method: dmsMethod(on, { vpcSecurityGroupIds: list() }) })),
    ],
    [
      "clients of a file system",
      "FILE_MOVE_TARGET",
      "target.clientSecurityGroupIds",
      () => new FileMove(stack, id(), reportsProps(on, { target: { ...efs, clientSecurityGroupIds: list() } })),
    ],
  ])("is refused for %s: a resource is made of each", (_what, code, path, make) => {
    const error = thrown(make);
    expect([error.code, error.path]).toEqual([code, path]);
    expect(error.message).toMatch(/known at synthesis; its (?:elements|values) may be tokens/);
  });

  it("is taken element by element", () => {
    const ids = list();
    const fleet = fleetOf(servers, { securityGroupIds: [Fn.element(ids, 0) as string, Fn.element(ids, 1) as string] });
    const [instance] = fleet.instances.values();
    expect(instance?.vpcSecurityGroupIdsInput).toHaveLength(3);
  });

  it("is taken as a whole where it goes to one argument", () => {
    const own = newStack();
    const ids = new TerraformVariable(own, "ids", { type: "list(string)" }).listValue;
    const arns = new TerraformVariable(own, "arns", { type: "list(string)" }).listValue;
    new VpcEndpoints(own, "endpoints", { ...endpoints, subnetIds: ids, routeTableIds: ids, securityGroupIds: ids });
    new ApplicationHealthChecks(own, "health", { region, checks: { balancer }, topicArns: arns });
    new HybridDns(own, "dns", { ...dns, securityGroupIds: ids });
    const { resource } = JSON.parse(Testing.synth(own, true)) as {
      readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
    };
    const one = (type: string) => Object.values(resource[type] ?? {})[0];
    expect(one("aws_vpc_endpoint")).toMatchObject({ subnet_ids: "${var.ids}", security_group_ids: "${var.ids}" });
    expect(one("aws_cloudwatch_metric_alarm")).toMatchObject({ alarm_actions: "${var.arns}" });
    expect(one("aws_route53_resolver_endpoint")).toMatchObject({ security_group_ids: "${var.ids}" });
    expect(resource).not.toHaveProperty("aws_sns_topic");
    expect(resource).not.toHaveProperty("aws_security_group");
  });

  it("is taken as a whole for a database", () => {
    const { stack: own, on: ground } = groundStack();
    const ids = new TerraformVariable(own, "ids", { type: "list(string)" }).listValue;
    const arns = new TerraformVariable(own, "arns", { type: "list(string)" }).listValue;
    const method = dmsMethod(ground, { alarms: { actions: arns } });
    const move = new DatabaseMove(
      own,
      "orders",
      ordersProps(ground, { target: { ...rds, vpcSecurityGroupIds: ids }, method }),
    );
    const text = Testing.synth(own, true);
    expect(text).toContain('"vpc_security_group_ids": "${var.ids}"');
    expect(text).toContain('"alarm_actions": "${var.arns}"');
    expect(text).toContain('"referenced_security_group_id": "${element(var.ids, 0)}"');
    expect(move.verifications[0]?.alarm?.notifies).toBe(true);
  });
});
