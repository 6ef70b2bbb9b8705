/** Data moves of every kind, over ids that exist or tokens that a stack makes. */
import { TerraformStack, Testing, TerraformVariable } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import {
  ConfigurationFiles,
  DatabaseMove,
  FileMove,
  type ConfigurationFilesProps,
  type DatabaseMoveProps,
  type DmsMethod,
  type FileMoveProps,
} from "../../../lib/parts/data";
import type { LiftAndShiftStage } from "../../../lib/patterns/infrastructure/lift-and-shift";
import { inStage } from "../../support/toy-migration";

/** The stack and migration of the moves under test. */
export interface Ground {
  readonly scope: Construct;
  readonly vpcId: string;
  readonly subnets: readonly { readonly id: string; readonly availabilityZone: string }[];
  readonly sourceSecretArn: string;
  readonly targetSecretArn: string;
  readonly agentArns: readonly string[];
  readonly bucketArn: string;
  readonly password: string;
}

/** Ids that look like AWS's. */
export function ground(scope: Construct, password: string): Ground {
  return {
    scope,
    vpcId: "vpc-0123456789abcdef0",
    subnets: [
      { id: "subnet-0000000a", availabilityZone: "eu-central-1a" },
      { id: "subnet-0000000b", availabilityZone: "eu-central-1b" },
    ],
    sourceSecretArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:source-a1b2c3",
    targetSecretArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:target-a1b2c3",
    agentArns: [
      "arn:aws:datasync:eu-central-1:111122223333:agent/agent-0123456789abcdef0",
      "arn:aws:datasync:eu-central-1:111122223333:agent/agent-0123456789abcdef1",
    ],
    bucketArn: "arn:aws:s3:::existing-backups",
    password,
  };
}

/** The stage of the migration that a part belongs to. */
export interface InStage {
  readonly stage?: LiftAndShiftStage;
}

/** A stack of its own for a region, and a password as a token. */
export function newStack(): { stack: TerraformStack; on: Ground } {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  const password = new TerraformVariable(stack, "share_password", { type: "string", sensitive: true });
  return { stack, on: ground(stack, password.stringValue) };
}

export function dmsMethod(on: Ground, over: Partial<DmsMethod> = {}): DmsMethod {
  return {
    kind: "dms",
    migrationType: "full-load-and-cdc",
    source: {
      engine: "postgresql",
      version: "13.14",
      secretArn: on.sourceSecretArn,
      databaseName: "orders",
      port: 5432,
      cidr: "10.10.3.0/24",
    },
    targetEndpoint: { engine: "postgresql", secretArn: on.targetSecretArn, databaseName: "orders" },
    compute: { kind: "instance", instanceClass: "dms.r6i.large" },
    tables: [
      { rule: "include", schema: "sales" },
      { rule: "exclude", schema: "sales", table: "scratch_%" },
      { rule: "rename", on: "schema", schema: "sales", value: "shop" },
    ],
    alarms: { actions: ["arn:aws:sns:eu-central-1:111122223333:migration"] },
    ...over,
  };
}

export function ordersProps(
  on: Ground,
  { stage = "replicate", migration = inStage(on.scope, stage), ...over }: Partial<DatabaseMoveProps> & InStage = {},
): DatabaseMoveProps {
  return {
    migration,
    name: "orders",
    region: "eu-central-1",
    vpcId: on.vpcId,
    subnets: on.subnets,
    target: {
      kind: "rds",
      engine: "postgres",
      engineVersion: "16.4",
      instanceClass: "db.r7g.large",
      allocatedStorageGiB: 100,
      maxAllocatedStorageGiB: 500,
      databaseName: "orders",
      clientCidrs: ["10.20.0.0/16"],
    },
    method: dmsMethod(on),
    ...over,
  };
}

/** Database moves of every kind. */
export function databaseMoves(
  scope: Construct,
  on: Ground,
  stage: LiftAndShiftStage,
  deletionProtection = true,
): DatabaseMove[] {
  const base = { migration: inStage(scope, stage), region: "eu-central-1", vpcId: on.vpcId, subnets: on.subnets };
  const aurora = { kind: "aurora", engineVersion: "16.4", instanceClass: "db.r7g.large", deletionProtection } as const;
  return [
    new DatabaseMove(scope, "orders", {
      ...ordersProps(on, { stage }),
      target: { ...ordersProps(on, { stage }).target, deletionProtection } as DatabaseMoveProps["target"],
      method: dmsMethod(on, { serviceRoles: "create" }),
    }),
    new DatabaseMove(scope, "billing", {
      ...base,
      name: "billing",
      target: { ...aurora, engine: "aurora-postgresql" },
      method: dmsMethod(on, {
        targetEndpoint: { engine: "aurora-postgresql", secretArn: on.targetSecretArn, databaseName: "billing" },
        compute: { kind: "serverless", maxCapacityUnits: 8, minCapacityUnits: 1 },
        settings: { largeObjects: { mode: "limited", maxKiB: 64 }, batchApply: true },
      }),
    }),
    new DatabaseMove(scope, "ledger", {
      ...base,
      name: "ledger",
      target: {
        kind: "rds",
        engine: "sqlserver-se",
        engineVersion: "16.00.4105.2.v1",
        instanceClass: "db.r6i.large",
        allocatedStorageGiB: 200,
        deletionProtection,
      },
      method: { kind: "backup-restore" },
    }),
    new DatabaseMove(scope, "wiki", {
      ...base,
      name: "wiki",
      target: {
        ...aurora,
        engine: "aurora-mysql",
        engineVersion: "8.0.mysql_aurora.3.08.0",
        instanceClass: "db.serverless",
        serverlessCapacity: { min: 0.5, max: 8 },
      },
      method: { kind: "backup-restore", expireDays: 30 },
    }),
    new DatabaseMove(scope, "crm", {
      ...base,
      name: "crm",
      target: {
        kind: "rds",
        engine: "postgres",
        engineVersion: "15.8",
        instanceClass: "db.m7g.large",
        allocatedStorageGiB: 50,
        deletionProtection,
      },
      method: { kind: "backup-restore", bucket: { arn: on.bucketArn }, prefix: "dumps/crm" },
    }),
  ];
}

export function reportsProps(
  on: Ground,
  { stage = "replicate", migration = inStage(on.scope, stage), ...over }: Partial<FileMoveProps> & InStage = {},
): FileMoveProps {
  return {
    migration,
    name: "reports",
    region: "eu-central-1",
    source: { kind: "nfs", server: "filer.example.internal", path: "/srv/reports", agentArns: on.agentArns },
    target: { kind: "efs", vpcId: on.vpcId, subnets: on.subnets },
    schedule: "rate(6 hours)",
    include: ["/2025", "/2026"],
    exclude: ["*.tmp"],
    ...over,
  };
}

/** File moves of the kinds that an emulator can deploy. */
export function fileMoves(scope: Construct, on: Ground, stage: LiftAndShiftStage): FileMove[] {
  const migration = inStage(scope, stage);
  return [
    new FileMove(scope, "reports", reportsProps(on, { stage })),
    new FileMove(scope, "archive", {
      migration,
      name: "archive",
      region: "eu-central-1",
      source: {
        kind: "smb",
        server: "filer.example.internal",
        path: "/archive",
        user: "mover",
        domain: "EXAMPLE",
        password: on.password,
        agentArns: on.agentArns,
      },
      target: { kind: "s3", path: "/archive" },
      verification: "transferred",
    }),
    new FileMove(scope, "media", {
      migration,
      name: "media",
      region: "eu-central-1",
      source: { kind: "s3", bucketArn: on.bucketArn, path: "/media" },
      target: { kind: "existing-s3", bucketArn: on.bucketArn, path: "/moved" },
      reportBucket: { arn: on.bucketArn },
    }),
  ];
}

export function shopProps(
  scope: Construct,
  { stage = "test", migration = inStage(scope, stage), ...over }: Partial<ConfigurationFilesProps> & InStage = {},
): ConfigurationFilesProps {
  return {
    migration,
    name: "shop",
    region: "eu-central-1",
    files: {
      "app.conf": {
        path: "/etc/shop/app.conf",
        content: "listen=8080\nhome=${JAVA_HOME} %{HOST}\n",
        owner: "shop",
        group: "shop",
      },
      "web/site.config": { path: "C:\\Shop\\site.config", content: "<site port='8080'/>\n" },
    },
    targets: [{ key: "tag:migration:wave", values: ["wave-1"] }],
    ...over,
  };
}

export function configuration(
  scope: Construct,
  stage: LiftAndShiftStage,
  over: Partial<ConfigurationFilesProps> = {},
): ConfigurationFiles {
  return new ConfigurationFiles(scope, "shop", shopProps(scope, { stage, ...over }));
}
