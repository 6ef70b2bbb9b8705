import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdktf";
import {
  DatabaseMove,
  tableMappings,
  taskSettings,
  type DatabaseMoveProps,
  type DmsMethod,
} from "../../../lib/parts/data";
import type { LiftAndShiftStage } from "../../../lib/patterns/infrastructure/lift-and-shift";
import { stageSteps } from "../../support/toy-migration";
import { thrown } from "../../support/thrown";
import { resourcesOf, synthesize, type Json } from "../../patterns/infrastructure/lift-and-shift/fixtures";
import { dmsMethod, newStack, ordersProps, type Ground, type InStage } from "./fixtures";

const synthesizeMove = (props: (on: Ground) => DatabaseMoveProps) => {
  const { stack, on } = newStack();
  const move = new DatabaseMove(stack, "orders", props(on));
  return { move, json: synthesize(stack) };
};

describe("the settings of a task", () => {
  const settings = (...given: Parameters<typeof taskSettings>): Record<string, Json> =>
    JSON.parse(taskSettings(...given)) as Record<string, Json>;

  it("are complete, and have nothing that DMS refuses or does not answer", () => {
    const all = settings({}, "full-load-and-cdc");
    expect(Object.keys(all)).toEqual([
      "TargetMetadata",
      "FullLoadSettings",
      "Logging",
      "ControlTablesSettings",
      "StreamBufferSettings",
      "ChangeProcessingDdlHandlingPolicy",
      "ErrorBehavior",
      "ChangeProcessingTuning",
      "ValidationSettings",
      "FailTaskWhenCleanTaskResourceFailed",
    ]);
    expect(Object.keys(all["TargetMetadata"]!)).toHaveLength(16);
    expect(Object.keys(all["ErrorBehavior"]!)).toHaveLength(22);
    expect(Object.keys(all["ValidationSettings"]!)).toHaveLength(14);
    expect(Object.keys(all["ChangeProcessingTuning"]!)).toHaveLength(10);
    expect(all["Logging"]!["LogComponents"]).toHaveLength(19);
    expect(JSON.stringify(all)).not.toMatch(/CloudWatchLog|null|EnableLogContext|ValidationMode|TTSettings/);
  });

  it("lose no large object and compare every row unless told otherwise", () => {
    const all = settings({}, "full-load");
    expect(all["TargetMetadata"]).toMatchObject({ SupportLobs: true, FullLobMode: true, LimitedSizeLobMode: false });
    expect(all["ValidationSettings"]).toMatchObject({ EnableValidation: true, ValidationQueryCdcDelaySeconds: 0 });
    expect(all["FullLoadSettings"]).toMatchObject({ TargetTablePrepMode: "TRUNCATE_BEFORE_LOAD" });
  });

  it("say what they are told", () => {
    const all = settings(
      {
        largeObjects: { mode: "limited", maxKiB: 512 },
        targetTables: "drop-and-create",
        validation: false,
        parallelTables: 12,
        commitRate: 20_000,
        batchApply: true,
        controlSchema: "dms",
      },
      "cdc",
    );
    expect(all["TargetMetadata"]).toMatchObject({
      LimitedSizeLobMode: true,
      LobMaxSize: 512,
      BatchApplyEnabled: true,
      InlineLobMaxSize: 0,
    });
    expect(all["FullLoadSettings"]).toMatchObject({
      TargetTablePrepMode: "DROP_AND_CREATE",
      MaxFullLoadSubTasks: 12,
      CommitRate: 20_000,
    });
    expect(all["ValidationSettings"]).toMatchObject({ EnableValidation: false, ValidationQueryCdcDelaySeconds: 180 });
    expect(all["ControlTablesSettings"]).toMatchObject({ ControlSchema: "dms" });
    expect(settings({ largeObjects: { mode: "none" } }, "cdc")["TargetMetadata"]).toMatchObject({ SupportLobs: false });
    expect(
      settings({ largeObjects: { mode: "full", chunkKiB: 32, inlineKiB: 0 } }, "cdc")["TargetMetadata"],
    ).toMatchObject({
      LobChunkSize: 32,
      InlineLobMaxSize: 0,
    });
  });
});

describe("table mappings", () => {
  it("number the rules in their order", () => {
    const text = tableMappings([
      { rule: "include", schema: "sales" },
      { rule: "exclude", schema: "sales", table: "tmp_%" },
      { rule: "add-prefix", on: "table", schema: "sales", value: "old_" },
      { rule: "convert-lowercase", on: "column", schema: "sales", table: "orders" },
      { rule: "convert-lowercase", on: "schema", schema: "SALES" },
    ]);
    const { rules } = JSON.parse(text) as { rules: Json[] };
    expect(rules.map((rule) => rule["rule-id"])).toEqual(["1", "2", "3", "4", "5"]);
    expect(rules[0]).toEqual({
      "rule-type": "selection",
      "rule-id": "1",
      "rule-name": "1",
      "object-locator": { "schema-name": "sales", "table-name": "%" },
      "rule-action": "include",
      filters: [],
    });
    expect(rules[2]).toMatchObject({ "rule-target": "table", "rule-action": "add-prefix", value: "old_" });
    expect(rules[3]).toMatchObject({
      "object-locator": { "schema-name": "sales", "table-name": "orders", "column-name": "%" },
    });
    expect(rules[4]).toMatchObject({ "object-locator": { "schema-name": "SALES" } });
  });
});

describe("a replication on an instance", () => {
  const { move, json } = synthesizeMove((on) => ordersProps(on));

  it("is private, encrypted and doubled", () => {
    expect(resourcesOf(json, "aws_dms_replication_instance")).toEqual([
      expect.objectContaining({
        replication_instance_id: "orders",
        publicly_accessible: false,
        multi_az: true,
        kms_key_arn: "${aws_kms_key.orders_key_1F0E9559.arn}".replace(/orders_key_\w+/, move.key!.friendlyUniqueId),
      }),
    ]);
  });

  it("has endpoints whose credentials are in Secrets Manager alone", () => {
    const endpoints = resourcesOf(json, "aws_dms_endpoint");
    expect(endpoints.map((each) => each["endpoint_type"])).toEqual(["source", "target"]);
    for (const endpoint of endpoints) {
      expect(endpoint).toMatchObject({ ssl_mode: "require", engine_name: "postgres" });
      expect(endpoint).toHaveProperty("secrets_manager_arn");
      expect(endpoint).toHaveProperty("secrets_manager_access_role_arn");
      for (const plain of ["username", "password", "server_name", "s3_settings"])
        expect(endpoint).not.toHaveProperty(plain);
    }
    const trust = resourcesOf(json, "aws_iam_role").map((role) => role["assume_role_policy"] as string);
    expect(trust.every((policy) => policy.includes("dms.eu-central-1.amazonaws.com"))).toBe(true);
  });

  it("has alarms on both latencies and on rows that differ", () => {
    const alarms = resourcesOf(json, "aws_cloudwatch_metric_alarm");
    expect(alarms.map((alarm) => [alarm["metric_name"], alarm["treat_missing_data"]])).toEqual([
      ["CDCLatencySource", "breaching"],
      ["CDCLatencyTarget", "breaching"],
      ["ValidationFailedOverallCount", "notBreaching"],
    ]);
    for (const alarm of alarms) {
      expect(alarm["alarm_actions"]).toEqual(["arn:aws:sns:eu-central-1:111122223333:migration"]);
      expect(alarm["dimensions"]).toMatchObject({ ReplicationInstanceIdentifier: "orders" });
    }
    expect(move.replication?.alarms?.all).toHaveLength(3);
  });

  it("opens the target to the replication, and nothing inwards to the replication", () => {
    const into = resourcesOf(json, "aws_vpc_security_group_ingress_rule");
    const replicationGroup = move.replication!.securityGroup!.friendlyUniqueId;
    expect(into.some((each) => String(each["referenced_security_group_id"]).includes(replicationGroup))).toBe(true);
    expect(into.some((each) => String(each["security_group_id"]).includes(replicationGroup))).toBe(false);
  });

  it("is not started by Terraform, and the runbook says how to", () => {
    expect(resourcesOf(json, "aws_dms_replication_task")[0]).not.toHaveProperty("start_replication_task");
    expect(JSON.stringify(stageSteps(move).replicate.enter)).toContain("start-replication-task");
  });

  it("writes no token into the steps", () => {
    expect(JSON.stringify(stageSteps(move))).not.toMatch(/\$\{|TfToken/);
  });
});

describe("a replication", () => {
  it("runs until the move is finalized, which keeps the target and the logs", () => {
    for (const stage of ["replicate", "test", "cutover"] as const) {
      const { json } = synthesizeMove((on) => ordersProps(on, { stage }));
      expect(resourcesOf(json, "aws_dms_replication_task")).toHaveLength(1);
    }
    const { move, json } = synthesizeMove((on) => ordersProps(on, { stage: "finalized" }));
    expect(Object.keys(json.resource).filter((type) => type.includes("dms") || type.includes("alarm"))).toEqual([]);
    expect(resourcesOf(json, "aws_db_instance")).toHaveLength(1);
    expect(resourcesOf(json, "aws_cloudwatch_log_group").map((group) => group["name"])).toContain("dms-tasks-orders");
    expect(move.replication).toBeUndefined();
  });

  it("rings for its latency only while it is expected to run, and for rows that differ until it goes", () => {
    const enabled = (stage: LiftAndShiftStage) =>
      resourcesOf(synthesizeMove((on) => ordersProps(on, { stage })).json, "aws_cloudwatch_metric_alarm").map(
        (alarm) => [alarm["alarm_name"], alarm["actions_enabled"]],
      );
    for (const stage of ["replicate", "test"] as const) {
      expect(enabled(stage)).toEqual([
        ["orders-source-latency", undefined],
        ["orders-target-latency", undefined],
        ["orders-validation-failures", undefined],
      ]);
    }
    expect(enabled("cutover")).toEqual([
      ["orders-source-latency", false],
      ["orders-target-latency", false],
      ["orders-validation-failures", undefined],
    ]);
  });

  it("is serverless where it is told so", () => {
    const { move, json } = synthesizeMove((on) =>
      ordersProps(on, {
        method: dmsMethod(on, {
          compute: { kind: "serverless", maxCapacityUnits: 16, alarmDimensions: { A: "b" } },
          startReplication: true,
          serviceEndpointSecurityGroupId: "sg-0123456789abcdef0",
        }),
      }),
    );
    expect(resourcesOf(json, "aws_dms_replication_config")[0]).toMatchObject({
      start_replication: true,
      compute_config: { max_capacity_units: 16, multi_az: true },
    });
    expect(resourcesOf(json, "aws_dms_replication_instance")).toEqual([]);
    expect(resourcesOf(json, "aws_cloudwatch_metric_alarm")[0]).toMatchObject({ dimensions: { A: "b" } });
    expect(JSON.stringify(resourcesOf(json, "aws_vpc_security_group_egress_rule"))).not.toContain("0.0.0.0/0");
    expect(JSON.stringify(stageSteps(move))).toContain("describe-replication-table-statistics");
  });

  it("reaches Secrets Manager by an endpoint of its own, which nobody else's names lead to", () => {
    const { move, json } = synthesizeMove((on) => ordersProps(on));
    const made = move.replication?.secretsEndpoint;
    const [endpoint] = resourcesOf(json, "aws_vpc_endpoint");
    expect(endpoint).toMatchObject({ private_dns_enabled: false, security_group_ids: [expect.any(String)] });
    const { Statement } = JSON.parse(String(endpoint?.["policy"])) as { Statement: Json[] };
    expect(Statement).toEqual([
      expect.objectContaining({
        Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
        Resource: [expect.any(String), expect.any(String)],
        Condition: { StringEquals: { "aws:PrincipalAccount": expect.any(String) } },
      }),
    ]);
    for (const each of resourcesOf(json, "aws_dms_endpoint")) {
      expect(each["extra_connection_attributes"]).toMatch(
        /secretsManagerEndpointOverride=\$\{.*dns_entry.*\.dns_name\}$/,
      );
    }
    const out = resourcesOf(json, "aws_vpc_security_group_egress_rule");
    expect(JSON.stringify(out)).not.toContain("0.0.0.0/0");
    expect(out.map((each) => each["description"])).toContain("The replication to Secrets Manager: HTTPS");
    expect(made?.ingressRule.fromPortInput).toBe(443);
  });

  it("makes no endpoint where the VPC has one, and keeps the attributes that are given", () => {
    const { move, json } = synthesizeMove((on) =>
      ordersProps(on, { method: dmsMethod(on, { serviceEndpointSecurityGroupId: "sg-0123456789abcdef0" }) }),
    );
    expect(move.replication?.secretsEndpoint).toBeUndefined();
    expect(resourcesOf(json, "aws_vpc_endpoint")).toEqual([]);
    expect(resourcesOf(json, "aws_dms_endpoint")[0]).not.toHaveProperty("extra_connection_attributes");
  });

  it("makes the account's roles only where it is told so", () => {
    expect(resourcesOf(synthesizeMove((on) => ordersProps(on)).json, "aws_iam_role")).toHaveLength(2);
    const { json } = synthesizeMove((on) => ordersProps(on, { method: dmsMethod(on, { serviceRoles: "create" }) }));
    expect(resourcesOf(json, "aws_iam_role").map((role) => role["name"])).toEqual(
      expect.arrayContaining(["dms-vpc-role", "dms-cloudwatch-logs-role"]),
    );
  });

  it("has only the alarm on differing rows where no changes are applied", () => {
    const { move, json } = synthesizeMove((on) =>
      ordersProps(on, { method: dmsMethod(on, { migrationType: "full-load" }) }),
    );
    expect(resourcesOf(json, "aws_cloudwatch_metric_alarm")).toHaveLength(1);
    expect(resourcesOf(json, "aws_dms_replication_instance")[0]).toMatchObject({ multi_az: false });
    expect(JSON.stringify(stageSteps(move).cutover)).toContain("reload-target");
  });

  it("reaches an existing target where its group is known", () => {
    const { move, json } = synthesizeMove((on) =>
      ordersProps(on, {
        target: { kind: "existing", engine: "mysql", identifier: "shared" },
        method: dmsMethod(on, {
          source: {
            engine: "mysql",
            secretArn: on.sourceSecretArn,
            secretKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
            port: 3306,
            cidr: "10.10.3.0/24",
            extraConnectionAttributes: "parallelLoadThreads=1",
          },
          targetEndpoint: {
            engine: "mysql",
            secretArn: on.targetSecretArn,
            certificateArn: "arn:aws:dms:eu-central-1:111122223333:cert:ABC",
            securityGroupId: "sg-0123456789abcdef0",
          },
          migrationType: "cdc",
          cdcStartPosition: "mysql-bin-changelog.000024:373",
        }),
      }),
    );
    expect(move.server).toBeUndefined();
    expect(resourcesOf(json, "aws_dms_endpoint").map((each) => each["ssl_mode"])).toEqual(["none", "verify-ca"]);
    expect(resourcesOf(json, "aws_vpc_security_group_ingress_rule")).toEqual([
      expect.objectContaining({ security_group_id: "sg-0123456789abcdef0", from_port: 3306 }),
      expect.objectContaining({ description: "The replication to Secrets Manager: HTTPS", from_port: 443 }),
    ]);
    expect(resourcesOf(json, "aws_dms_replication_task")[0]).toMatchObject({
      cdc_start_position: "mysql-bin-changelog.000024:373",
    });
  });
});

describe("what a DMS move refuses", () => {
  const refused = (over: Partial<DatabaseMoveProps> & InStage, method: Partial<DmsMethod> = {}) =>
    thrown(() => synthesizeMove((on) => ordersProps(on, { method: dmsMethod(on, method), ...over })));
  const on = newStack().on;
  const { source, targetEndpoint } = dmsMethod(on);

  it.each<[string, Partial<DmsMethod>, RegExp]>([
    [
      "a mode the engine has not",
      { source: { ...source, engine: "oracle", sslMode: "require" } },
      /none, verify-ca with oracle/,
    ],
    ["a mode without its certificate", { source: { ...source, sslMode: "verify-full" } }, /required with verify-full/],
    ["no database for PostgreSQL", { source: { ...source, databaseName: undefined } }, /required with postgresql/],
    ["a database for MySQL", { source: { ...source, engine: "mysql" } }, /left out with mysql/],
    [
      "a password outside the secret",
      { source: { ...source, extraConnectionAttributes: "Password=x" } },
      /belongs into the secret/,
    ],
    ["a plain credential", { source: { ...source, password: "x" } as never }, /password/i],
    ["a block with host bits", { source: { ...source, cidr: "10.0.0.5/8" } }, /without host bits/],
    ["an ARN of something else", { source: { ...source, secretArn: "arn:aws:s3:::x" } }, /ARN of secretsmanager/],
    ["a capacity that is not one", { compute: { kind: "serverless", maxCapacityUnits: 3 } }, /one of 1, 2, 4/],
    [
      "bounds the wrong way round",
      { compute: { kind: "serverless", maxCapacityUnits: 2, minCapacityUnits: 4 } },
      /not be above/,
    ],
    ["a class that is not one", { compute: { kind: "instance", instanceClass: "db.r6i.large" } }, /dms\.r6i\.large/],
    ["nothing to move", { tables: [{ rule: "exclude", schema: "a" }] }, /at least one schema/],
    [
      "a rename to nothing",
      {
        tables: [
          { rule: "include", schema: "a" },
          { rule: "rename", on: "schema", schema: "a" },
        ],
      },
      /value/,
    ],
    [
      "removing a table",
      {
        tables: [
          { rule: "include", schema: "a" },
          { rule: "remove-column", on: "table", schema: "a" },
        ],
      },
      /column/,
    ],
    ["a position for a full load", { cdcStartPosition: "x" }, /only for migrationType cdc/],
    [
      "a position for a serverless replication",
      { migrationType: "cdc", cdcStartPosition: "x", compute: { kind: "serverless", maxCapacityUnits: 4 } },
      /only for compute instance/,
    ],
    ["starting a full load", { migrationType: "full-load", startReplication: true }, /load everything again/],
    ["too many tables at once", { settings: { parallelTables: 50 } }, /49/],
  ])("refuses %s", (_what, method, message) => {
    const error = refused({}, method);
    expect(error.code).toBe("DATABASE_MOVE_METHOD");
    expect(error.message).toMatch(message);
  });

  it("refuses subnets in one zone, which the service does too", () => {
    const subnets = ["a", "b"].map((end) => ({ id: `subnet-0000000${end}`, availabilityZone: "eu-central-1a" }));
    const error = refused({ subnets });
    expect(error.code).toBe("DATABASE_MOVE_SUBNETS");
    expect(error.message).toMatch(/two availability zones/);
  });

  it("refuses an endpoint that is not what the target is", () => {
    expect(refused({}, { targetEndpoint: { ...targetEndpoint, engine: "aurora-postgresql" } }).code).toBe(
      "DATABASE_MOVE_TARGET",
    );
  });

  it("names itself by its path where it is not named", () => {
    const { stack, on: here } = newStack();
    const { name: _name, ...props } = ordersProps(here);
    expect(new DatabaseMove(stack, "Orders_DB", props).name).toBe("stack-orders-db");
    expect(Testing.synth(stack)).toContain("stack-orders-db");
  });
});
