import { describe, expect, it } from "@jest/globals";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { upperSnake } from "../../../lib/core/text";
import { runRules } from "../../../lib/core/rule";
import { DatabaseMove, databaseMoveRules, type DatabaseMoveProps } from "../../../lib/parts/data";
import type { LiftAndShiftStage } from "../../../lib/patterns/infrastructure/lift-and-shift";
import { dataHoldingTypes } from "../../../lib/plan/losses/data-holding-types";
import { compareSyntheses } from "../../../lib/plan/rehearsal/comparison";
import { synthesize as synthesizeApp } from "../../../lib/plan/rehearsal/synthesis";
import { stageSteps } from "../../support/toy-migration";
import { thrown } from "../../support/thrown";
import { resourcesOf, synthesize, type Json } from "../../patterns/infrastructure/lift-and-shift/fixtures";
import { databaseMoves, ground, newStack, ordersProps, type Ground, type InStage } from "./fixtures";

const synthesizeMove = (props: (on: Ground) => DatabaseMoveProps) => {
  const { stack, on } = newStack();
  const move = new DatabaseMove(stack, "orders", props(on));
  return { move, json: synthesize(stack) };
};
const restore = { kind: "backup-restore" } as const;
const rds = (engine: string, engineVersion: string, more: Record<string, unknown> = {}): DatabaseMoveProps["target"] =>
  ({ kind: "rds", engine, engineVersion, instanceClass: "db.r6i.large", allocatedStorageGiB: 50, ...more }) as never;
const aurora = (
  engine: string,
  engineVersion: string,
  more: Record<string, unknown> = {},
): DatabaseMoveProps["target"] =>
  ({ kind: "aurora", engine, engineVersion, instanceClass: "db.r7g.large", ...more }) as never;

describe("an RDS target", () => {
  const { move, json } = synthesizeMove((on) => ordersProps(on));
  const [instance] = resourcesOf(json, "aws_db_instance");

  it("is private, encrypted, doubled, backed up and protected", () => {
    expect(instance).toMatchObject({
      storage_encrypted: true,
      publicly_accessible: false,
      multi_az: true,
      backup_retention_period: 14,
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: "orders-final",
      delete_automated_backups: false,
      performance_insights_enabled: true,
      enabled_cloudwatch_logs_exports: ["postgresql"],
      max_allocated_storage: 500,
    });
    for (const key of ["kms_key_id", "performance_insights_kms_key_id", "master_user_secret_kms_key_id"]) {
      expect(instance).toHaveProperty(key);
    }
  });

  it("has a master password that nobody has seen", () => {
    expect(instance).toMatchObject({ manage_master_user_password: true, username: "dbadmin" });
    expect(instance).not.toHaveProperty("password");
    expect(move.server?.masterUserSecretArn).toMatch(/TfToken/);
  });

  it("has its log group before RDS makes one, and lets the declared clients in", () => {
    expect(resourcesOf(json, "aws_cloudwatch_log_group").map((group) => group["name"])).toContain(
      "/aws/rds/instance/orders/postgresql",
    );
    expect(
      resourcesOf(json, "aws_vpc_security_group_ingress_rule").filter((each) => each["cidr_ipv4"] === "10.20.0.0/16"),
    ).toHaveLength(1);
  });

  it("outlives every stage unchanged but for its protection and its minor versions", () => {
    const [finalized] = resourcesOf(
      synthesizeMove((on) => ordersProps(on, { stage: "finalized" })).json,
      "aws_db_instance",
    );
    const filled = ["restore_to_point_in_time", "s3_import", "snapshot_identifier"];
    expect(instance).toMatchObject({ lifecycle: { ignore_changes: filled }, auto_minor_version_upgrade: false });
    // From here on RDS installs minor versions, and no plan takes them back.
    expect(finalized).toEqual({
      ...instance,
      auto_minor_version_upgrade: true,
      lifecycle: { ignore_changes: [...filled, "engine_version"], prevent_destroy: true },
    });
  });
});

describe("parameter groups", () => {
  it.each<[DatabaseMoveProps["target"], string, string, string]>([
    [rds("postgres", "16.4"), "postgres16", "rds.force_ssl", "1"],
    [rds("postgres", "9.6.24"), "postgres9.6", "rds.force_ssl", "1"],
    [rds("mysql", "8.0.39"), "mysql8.0", "require_secure_transport", "1"],
    [rds("mysql", "8.4.3"), "mysql8.4", "require_secure_transport", "1"],
    [rds("mariadb", "10.11.9"), "mariadb10.11", "require_secure_transport", "1"],
    [rds("sqlserver-se", "15.00.4395.2.v1"), "sqlserver-se-15.0", "rds.force_ssl", "1"],
    [aurora("aurora-postgresql", "15.8"), "aurora-postgresql15", "rds.force_ssl", "1"],
    [aurora("aurora-mysql", "8.0.mysql_aurora.3.08.0"), "aurora-mysql8.0", "require_secure_transport", "ON"],
  ])("force TLS in the family of the version", (target, family, name, value) => {
    const { json } = synthesizeMove((on) => ordersProps(on, { target, method: restore }));
    const [group] = [
      ...resourcesOf(json, "aws_db_parameter_group"),
      ...resourcesOf(json, "aws_rds_cluster_parameter_group"),
    ];
    expect(group).toMatchObject({ family });
    expect((group!["parameter"] as Json[])[0]).toMatchObject({ name, value });
  });

  it("take parameters of the user, sorted", () => {
    const target = rds("postgres", "16.4", { parameters: { work_mem: "65536", log_connections: "1" } });
    const { json } = synthesizeMove((on) => ordersProps(on, { target, method: restore }));
    const parameters = resourcesOf(json, "aws_db_parameter_group")[0]!["parameter"] as Json[];
    expect(parameters.map((each) => each["name"])).toEqual(["rds.force_ssl", "log_connections", "work_mem"]);
  });
});

describe("an Aurora target", () => {
  const target = aurora("aurora-postgresql", "16.4", {
    databaseName: "orders",
    clientSecurityGroupIds: ["sg-0123456789abcdef0"],
  });
  const { move, json } = synthesizeMove((on) => ordersProps(on, { target, method: restore }));

  it("is encrypted, backed up, protected, and has two instances", () => {
    expect(resourcesOf(json, "aws_rds_cluster")[0]).toMatchObject({
      storage_encrypted: true,
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: "orders-final",
      backup_retention_period: 14,
      manage_master_user_password: true,
      port: 5432,
    });
    const instances = resourcesOf(json, "aws_rds_cluster_instance");
    expect(instances.map((each) => each["identifier"])).toEqual(["orders-1", "orders-2"]);
    for (const each of instances) {
      expect(each).toMatchObject({ publicly_accessible: false, performance_insights_enabled: true });
      expect(each).toHaveProperty("performance_insights_kms_key_id");
    }
    expect(move.server?.address).toMatch(/TfToken/);
  });

  it("scales where it is serverless", () => {
    const serverless = aurora("aurora-mysql", "8.0.mysql_aurora.3.08.0", {
      instanceClass: "db.serverless",
      serverlessCapacity: { min: 0.5, max: 4 },
    });
    const { json: other } = synthesizeMove((on) => ordersProps(on, { target: serverless, method: restore }));
    expect(resourcesOf(other, "aws_rds_cluster")[0]).toMatchObject({
      serverlessv2_scaling_configuration: { min_capacity: 0.5, max_capacity: 4 },
      port: 3306,
    });
  });
});

describe("a native restore", () => {
  const of = (target: DatabaseMoveProps["target"], stage: LiftAndShiftStage = "replicate") =>
    synthesizeMove((on) => ordersProps(on, { stage, target, method: restore }));

  it("gives SQL Server an option group that names the role", () => {
    const { move, json } = of(rds("sqlserver-se", "16.00.4105.2.v1"));
    expect(resourcesOf(json, "aws_db_option_group")[0]).toMatchObject({
      engine_name: "sqlserver-se",
      major_engine_version: "16.00",
      option: [{ option_name: "SQLSERVER_BACKUP_RESTORE", option_settings: [{ name: "IAM_ROLE_ARN" }] }],
    });
    expect(resourcesOf(json, "aws_db_instance")[0]).toMatchObject({ license_model: "license-included" });
    expect(JSON.stringify(stageSteps(move).replicate.enter)).toContain("rds_restore_database");
  });

  it("gives PostgreSQL and Aurora the role itself", () => {
    expect(resourcesOf(of(rds("postgres", "16.4")).json, "aws_db_instance_role_association")[0]).toMatchObject({
      feature_name: "s3Import",
    });
    expect(
      resourcesOf(of(aurora("aurora-postgresql", "16.4")).json, "aws_rds_cluster_role_association")[0],
    ).toMatchObject({ feature_name: "s3Import" });
    const { move, json } = of(aurora("aurora-mysql", "8.0.mysql_aurora.3.08.0"));
    expect(move.backupRestore?.association).toBeDefined();
    expect(JSON.stringify(resourcesOf(json, "aws_rds_cluster_parameter_group"))).toContain("aws_default_s3_role");
  });

  it("gives MariaDB and MySQL nothing but the bucket: a client restores", () => {
    for (const target of [rds("mariadb", "10.11.9"), rds("mysql", "8.0.39")]) {
      const { move, json } = of(target);
      expect(resourcesOf(json, "aws_iam_role")).toEqual([]);
      expect(resourcesOf(json, "aws_s3_bucket")).toHaveLength(1);
      expect(move.backupRestore?.role).toBeUndefined();
    }
  });

  it("makes MySQL from a backup that is there", () => {
    const { json } = synthesizeMove((on) =>
      ordersProps(on, {
        target: rds("mysql", "8.0.39"),
        method: { ...restore, bucket: { arn: on.bucketArn }, mysqlImport: { sourceEngineVersion: "8.0.36" } },
      }),
    );
    expect(resourcesOf(json, "aws_s3_bucket")).toEqual([]);
    expect(resourcesOf(json, "aws_db_instance")[0]).toMatchObject({
      s3_import: { bucket_name: "existing-backups", bucket_prefix: "backups", source_engine_version: "8.0.36" },
    });
  });

  it("leaves MySQL as it is when the backup that it was made from is no longer named", () => {
    const finalizing = (leave: (move: DatabaseMove) => void) => {
      const at = (stage: LiftAndShiftStage) => {
        const app = Testing.app();
        const stack = new TerraformStack(app, "stack");
        const on = ground(stack, "");
        const target = rds("mysql", "8.0.39");
        const method = { ...restore, bucket: { arn: on.bucketArn }, mysqlImport: { sourceEngineVersion: "8.0.36" } };
        leave(new DatabaseMove(stack, "orders", ordersProps(on, { stage, target, method })));
        return synthesizeApp(app);
      };
      const { replaced } = compareSyntheses(at("cutover"), at("finalized"), { discards: [], holds: dataHoldingTypes });
      return replaced.map(({ type, attributes }) => [type, [...new Set(attributes.map((each) => each.split(".")[0]))]]);
    };
    expect(finalizing(() => undefined)).toEqual([]);
    // A comparison that could not see it would say nothing here either.
    expect(
      finalizing(({ server }) => {
        if (server?.instance !== undefined) server.instance.lifecycle = {};
      }),
    ).toEqual([["aws_db_instance", ["s3_import"]]]);
  });

  it("serves an existing target", () => {
    const existing = { kind: "existing", engine: "postgres", identifier: "shared" } as const;
    const { move, json } = of(existing);
    expect(resourcesOf(json, "aws_db_instance_role_association")[0]).toMatchObject({
      db_instance_identifier: "shared",
    });
    expect(move.server).toBeUndefined();
    expect(resourcesOf(of({ ...existing, engine: "sqlserver-se" }).json, "aws_db_option_group")).toEqual([]);
  });

  it("closes the bucket to the target once finalized, and keeps bucket and target", () => {
    const sql = of(rds("sqlserver-se", "16.00.4105.2.v1"), "finalized").json;
    expect(resourcesOf(sql, "aws_iam_role")).toEqual([]);
    expect(resourcesOf(sql, "aws_db_option_group")[0]).not.toHaveProperty("option");
    expect(resourcesOf(sql, "aws_s3_bucket")).toHaveLength(1);
    const mysql = of(aurora("aurora-mysql", "8.0.mysql_aurora.3.08.0"), "finalized").json;
    expect(JSON.stringify(mysql)).not.toContain("aws_default_s3_role");
    expect(resourcesOf(mysql, "aws_rds_cluster_role_association")).toEqual([]);
  });

  it("reads below its prefix alone", () => {
    const { json } = of(rds("postgres", "16.4"));
    const { Statement } = JSON.parse(resourcesOf(json, "aws_iam_role_policy")[0]!["policy"] as string) as {
      Statement: Json[];
    };
    expect(JSON.stringify(Statement[1])).toMatch(/\/backups\/\*/);
    expect(JSON.stringify(Statement)).not.toMatch(/PutObject|DeleteObject/);
  });
});

describe("what a target refuses", () => {
  it.each<[string, Partial<DatabaseMoveProps> & InStage, RegExp]>([
    ["a version that says too little", { target: rds("postgres", "16") }, /full version/],
    ["the internet as a client", { target: rds("postgres", "16.4", { clientCidrs: ["0.0.0.0/0"] }) }, /whole internet/],
    [
      "a name that everybody guesses",
      { target: rds("postgres", "16.4", { masterUsername: "Postgres" }) },
      /first that is guessed/,
    ],
    [
      "switching TLS off",
      { target: rds("postgres", "16.4", { parameters: { "rds.force_ssl": "0" } }) },
      /TLS is forced/,
    ],
    ["no backups", { target: rds("postgres", "16.4", { backupRetentionDays: 0 }) }, /backupRetentionDays/],
    [
      "storage that shrinks",
      { target: rds("postgres", "16.4", { maxAllocatedStorageGiB: 20 }) },
      /more than allocated/,
    ],
    ["a standby that there is not", { target: rds("sqlserver-ex", "16.00.1", { multiAz: true }) }, /no standby/],
    [
      "a database name for SQL Server",
      { target: rds("sqlserver-se", "16.00.1", { databaseName: "x" }) },
      /left out with SQL Server/,
    ],
    [
      "serverless without bounds",
      { target: aurora("aurora-mysql", "8.0.1", { instanceClass: "db.serverless" }) },
      /db\.serverless/,
    ],
    [
      "bounds the wrong way round",
      {
        target: aurora("aurora-mysql", "8.0.1", {
          instanceClass: "db.serverless",
          serverlessCapacity: { min: 4, max: 1 },
        }),
      },
      /min at most max/,
    ],
    ["a name that RDS refuses", { name: "Orders_DB" }, /single dashes/],
    ["an account that is none", { accountId: "1" }, /12 digits/],
    ["a VPC that is none", { vpcId: "subnet-1" }, /vpc-0a1b/],
    ["a retention that is none", { logRetentionDays: 10 }, /retention/],
    [
      "an import without its bucket",
      { method: { ...restore, mysqlImport: { sourceEngineVersion: "8.0.36" } } },
      /needs an existing bucket/,
    ],
    ["a prefix with slashes", { method: { ...restore, prefix: "/a/" } }, /without slashes/],
  ])("refuses %s", (_what, over, message) => {
    const error = thrown(() => synthesizeMove((on) => ordersProps(on, { method: restore, ...over })));
    const [prop = ""] = Object.keys(over);
    expect(error.code).toBe(`DATABASE_MOVE_${upperSnake(prop)}`);
    expect(error.path?.startsWith(prop)).toBe(true);
    expect(error.message).toMatch(message);
  });

  it("refuses an import into what is no MySQL instance", () => {
    const error = thrown(() =>
      synthesizeMove((on) =>
        ordersProps(on, {
          method: { ...restore, bucket: { arn: on.bucketArn }, mysqlImport: { sourceEngineVersion: "8.0.36" } },
        }),
      ),
    );
    expect(error.code).toBe("DATABASE_MOVE_TARGET");
  });
});

describe("database moves of every kind", () => {
  it.each(["replicate", "test", "cutover", "finalized"] as const)("have no blocker in %s", (stage) => {
    const { stack, on } = newStack();
    for (const move of databaseMoves(stack, on, stage)) {
      const blockers = runRules(databaseMoveRules, move.review).filter(({ severity }) => severity === "blocker");
      expect(blockers).toEqual([]);
      const { enter = [], reverse = [] } = stageSteps(move)[stage];
      expect(enter.filter(({ deploys }) => deploys === true)).toHaveLength(1);
      expect(reverse.filter(({ deploys }) => deploys === true)).toHaveLength(stage === "finalized" ? 0 : 1);
    }
  });

  it("take a key and a network that only Terraform knows", () => {
    const { stack, on } = newStack();
    const known = (id: string): string => new TerraformVariable(stack, id, { type: "string" }).stringValue;
    const move = new DatabaseMove(stack, "orders", {
      ...ordersProps(on),
      kmsKeyArn: known("key"),
      vpcId: known("vpc"),
      accountId: "111122223333",
      // Two zones that are not known are taken for two, one that is not known for another one.
      subnets: [
        { id: known("subnet_a"), availabilityZone: known("zone_a") },
        { id: known("subnet_b"), availabilityZone: "eu-central-1b" },
      ],
    });
    const json = synthesize(stack);
    expect(resourcesOf(json, "aws_kms_key")).toEqual([]);
    expect(resourcesOf(json, "aws_db_instance")[0]).toMatchObject({ kms_key_id: "${var.key}" });
    expect(move.key).toBeUndefined();
    expect(json.data["aws_caller_identity"]).toBeUndefined();
  });
});
