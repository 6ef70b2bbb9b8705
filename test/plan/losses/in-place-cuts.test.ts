import { describe, expect, it } from "@jest/globals";
import { inPlaceCuts } from "../../../lib/plan/losses/in-place-cuts";
import { cutTable } from "../../../lib/plan/losses/in-place-cut-table";
import { guarded, short } from "../guard/plan";

/** The cuts in short: kind and attributes, with a mark for those that are light or uncertain. */
const cuts = (type: string, before: object, after: object): string[] =>
  inPlaceCuts(type, before, after).map(({ kind, attributes, certain, light }) =>
    [kind, ...attributes, ...(certain ? [] : ["?"]), ...(light ? ["light"] : [])].join(" "),
  );

describe("one attribute", () => {
  it.each<[string, object, object, string[]]>([
    ["aws_kms_key", { is_enabled: true }, { is_enabled: false }, ["key-disabled is_enabled"]],
    // Synthesized Terraform leaves out what is the default.
    ["aws_kms_key", {}, { is_enabled: false }, ["key-disabled is_enabled"]],
    ["aws_kms_key", { is_enabled: false }, { is_enabled: true }, []],
    ["aws_kms_key", { enable_key_rotation: true }, {}, ["unprotected enable_key_rotation light"]],
    [
      "aws_db_instance",
      { backup_retention_period: 7 },
      { backup_retention_period: 0 },
      ["backup-off backup_retention_period"],
    ],
    [
      "aws_db_instance",
      { backup_retention_period: 7 },
      { backup_retention_period: 3 },
      ["retention-cut backup_retention_period"],
    ],
    ["aws_db_instance", { backup_retention_period: 3 }, { backup_retention_period: 7 }, []],
    ["aws_db_instance", { backup_retention_period: 0 }, { backup_retention_period: 7 }, []],
    // No longer given: the provider keeps what is.
    ["aws_db_instance", { backup_retention_period: 7 }, {}, []],
    [
      "aws_db_instance",
      { backup_retention_period: 7 },
      { backup_retention_period: "${var.days}" },
      ["retention-cut backup_retention_period ?"],
    ],
    [
      "aws_db_instance",
      { deletion_protection: true },
      { deletion_protection: null },
      ["unprotected deletion_protection"],
    ],
    [
      "aws_db_instance",
      { skip_final_snapshot: false },
      { skip_final_snapshot: true },
      ["unprotected skip_final_snapshot"],
    ],
    ["aws_db_instance", { multi_az: true }, { multi_az: false }, ["unprotected multi_az light"]],
    ["aws_db_instance", { allocated_storage: 100 }, { allocated_storage: 20 }, ["shrunk allocated_storage"]],
    ["aws_db_instance", { allocated_storage: 20 }, { allocated_storage: 100 }, []],
    [
      "aws_db_instance",
      { instance_class: "db.r6g.xlarge" },
      { instance_class: "db.r6g.large" },
      ["shrunk instance_class light"],
    ],
    ["aws_db_instance", { instance_class: "db.r6g.large" }, { instance_class: "db.r6g.12xlarge" }, []],
    ["aws_db_instance", { instance_class: "db.r6g.large" }, { instance_class: "db.t4g.micro" }, []],
    [
      "aws_opensearch_domain",
      { cluster_config: [{ instance_type: "r6g.2xlarge.search" }] },
      { cluster_config: [{ instance_type: "r6g.large.search" }] },
      ["shrunk cluster_config.instance_type light"],
    ],
    [
      "aws_cloudwatch_log_group",
      { retention_in_days: 365 },
      { retention_in_days: 30 },
      ["retention-cut retention_in_days"],
    ],
    ["aws_cloudwatch_log_group", {}, { retention_in_days: 30 }, ["retention-cut retention_in_days"]],
    ["aws_cloudwatch_log_group", { retention_in_days: 30 }, { retention_in_days: 0 }, []],
    ["aws_cloudwatch_log_group", { retention_in_days: 0 }, {}, []],
    [
      "aws_s3_bucket_versioning",
      { versioning_configuration: [{ status: "Enabled" }] },
      { versioning_configuration: { status: "Suspended" } },
      ["backup-off versioning_configuration.status"],
    ],
    [
      "aws_s3_bucket_versioning",
      { versioning_configuration: [{ status: "Suspended" }] },
      { versioning_configuration: [{ status: "Enabled" }] },
      [],
    ],
    [
      "aws_dynamodb_table",
      { point_in_time_recovery: [{ enabled: true }] },
      { point_in_time_recovery: [{ enabled: false }] },
      ["backup-off point_in_time_recovery.enabled"],
    ],
    [
      "aws_dynamodb_table",
      { point_in_time_recovery: [{ enabled: true }] },
      { point_in_time_recovery: [] },
      ["backup-off point_in_time_recovery.enabled"],
    ],
    [
      "aws_dynamodb_table",
      { replica: [{ region_name: "a" }, { region_name: "b" }] },
      { replica: [{ region_name: "b" }] },
      ["shrunk replica"],
    ],
    [
      "aws_dynamodb_table",
      { replica: [{ region_name: "a" }] },
      { replica: [{ region_name: "b" }, { region_name: "a" }] },
      [],
    ],
    [
      "aws_instance",
      { root_block_device: [{ delete_on_termination: false }] },
      { root_block_device: [{ delete_on_termination: true }] },
      ["unprotected root_block_device.delete_on_termination"],
    ],
    // A set has no order: the blocks are told apart by their device.
    [
      "aws_instance",
      {
        ebs_block_device: [
          { device_name: "b", volume_size: 8 },
          { device_name: "c", volume_size: 80 },
        ],
      },
      {
        ebs_block_device: [
          { device_name: "c", volume_size: 80 },
          { device_name: "b", volume_size: 8 },
        ],
      },
      [],
    ],
    ["aws_ebs_volume", { size: 100 }, { size: 99 }, ["shrunk size"]],
    // What is called so is no room in every type.
    ["aws_quicksight_theme", { size: 100 }, { size: 99 }, []],
    ["aws_ecs_service", { desired_count: 3 }, { desired_count: 0 }, ["traffic-off desired_count"]],
    ["aws_ecs_service", { desired_count: 3 }, { desired_count: 2 }, ["shrunk desired_count light"]],
    ["aws_ec2_instance_state", { state: "running" }, { state: "stopped" }, ["traffic-off state"]],
    ["aws_sqs_queue", { kms_master_key_id: "arn:aws:kms:x:1:key/1" }, { kms_master_key_id: "1" }, []],
    [
      "aws_sqs_queue",
      { kms_master_key_id: "alias/a" },
      { kms_master_key_id: "alias/b" },
      ["re-keyed kms_master_key_id"],
    ],
    ["aws_sqs_queue", { kms_master_key_id: "alias/a" }, {}, ["re-keyed kms_master_key_id"]],
    ["aws_sqs_queue", {}, { kms_master_key_id: "alias/a" }, []],
    [
      "aws_sqs_queue",
      { kms_master_key_id: "alias/a" },
      { kms_master_key_id: "${aws_kms_key.a.id}" },
      ["re-keyed kms_master_key_id ?"],
    ],
    [
      "aws_sqs_queue",
      { kms_master_key_id: "${aws_kms_key.a.id}" },
      { kms_master_key_id: "${aws_kms_key.b.id}" },
      ["re-keyed kms_master_key_id"],
    ],
    [
      "aws_backup_plan",
      { rule: [{ rule_name: "a", lifecycle: [{ delete_after: 35 }] }] },
      { rule: [{ rule_name: "a", lifecycle: [{ delete_after: 7 }] }] },
      ["retention-cut rule.lifecycle.delete_after"],
    ],
    [
      "google_sql_database_instance",
      { deletion_protection: true },
      { deletion_protection: false },
      ["unprotected deletion_protection"],
    ],
  ])("%s %j → %j", (type, before, after, expected) => {
    expect(cuts(type, before, after)).toEqual(expected);
  });

  it("is a cut neither where nothing changes, nor where there is nothing", () => {
    const types = [...new Set(cutTable.flatMap((entry) => entry.types ?? [])), "aws_db_instance", "aws_vpn_connection"];
    for (const type of types) {
      for (const config of [
        {},
        undefined,
        null,
        [],
        "text",
        { rule: null, replica: "text", deletion_protection: "maybe" },
      ]) {
        expect([type, ...inPlaceCuts(type, config, config)]).toEqual([type]);
      }
    }
  });
});

describe("the expiry of objects", () => {
  const type = "aws_s3_bucket_lifecycle_configuration";
  const rule = (more: object): object => ({ id: "r", status: "Enabled", filter: [{ prefix: "" }], ...more });
  const days = (expiration: object) => ({ rule: [rule({ expiration: [expiration] })] });

  it.each<[string, object, object, string[]]>([
    ["earlier", days({ days: 365 }), days({ days: 1 }), ["retention-cut rule.expiration"]],
    ["later", days({ days: 1 }), days({ days: 365 }), []],
    ["new", { rule: [rule({})] }, days({ days: 365 }), ["retention-cut rule.expiration"]],
    ["for delete markers alone", { rule: [rule({})] }, days({ expired_object_delete_marker: true, days: 0 }), []],
    ["on a day", { rule: [rule({})] }, days({ date: "2027-01-01T00:00:00Z" }), ["retention-cut rule.expiration"]],
    [
      "switched on",
      { rule: [rule({ status: "Disabled", expiration: [{ days: 9 }] })] },
      days({ days: 9 }),
      ["retention-cut rule.expiration"],
    ],
    ["switched off", days({ days: 9 }), { rule: [rule({ status: "Disabled", expiration: [{ days: 9 }] })] }, []],
    ["renamed", days({ days: 9 }), { rule: [rule({ id: "other", expiration: [{ days: 9 }] })] }, []],
    [
      "for other objects",
      days({ days: 9 }),
      { rule: [rule({ filter: [{ prefix: "logs/" }], expiration: [{ days: 9 }] })] },
      ["retention-cut rule.expiration"],
    ],
    [
      "of earlier versions",
      { rule: [rule({})] },
      { rule: [rule({ noncurrent_version_expiration: [{ noncurrent_days: 3 }] })] },
      ["retention-cut rule.noncurrent_version_expiration"],
    ],
    ["not known", days({ days: 9 }), days({ days: "${var.days}" }), ["retention-cut rule.expiration ?"]],
  ])("%s", (_, before, after, expected) => {
    expect(cuts(type, before, after)).toEqual(expected);
  });

  it("is seen where it is added to a bucket that exists, and not to one that is new", () => {
    const lifecycle = { address: `${type}.a`, actions: ["create"], before: null };
    const after = { bucket: "objects", ...days({ days: 1 }) };
    const bucket = (actions: string[]) => ({ address: "aws_s3_bucket.a", actions, after: { bucket: "objects" } });
    const blocked = [`blocker guard-retention-cut ${type}.a`];
    expect(short(guarded([bucket(["no-op"]), { ...lifecycle, after }]))).toEqual(blocked);
    expect(short(guarded([{ ...lifecycle, after }]))).toEqual(blocked);
    expect(short(guarded([bucket(["create"]), { ...lifecycle, after }]))).toEqual([]);
    const unknown = { after: days({ days: 1 }), after_unknown: { bucket: true } };
    expect(short(guarded([bucket(["create"]), { ...lifecycle, ...unknown }]))).toEqual([]);
  });
});

describe("the tunnels of a VPN", () => {
  const type = "aws_vpn_connection";

  it.each<[string, object, object, string[]]>([
    [
      "one option",
      { tunnel1_dpd_timeout_seconds: 30 },
      { tunnel1_dpd_timeout_seconds: 40 },
      ["tunnel-down tunnel1_dpd_timeout_seconds"],
    ],
    [
      "options of both",
      { tunnel1_preshared_key: "a", tunnel2_startup_action: "add" },
      { tunnel1_preshared_key: "b", tunnel2_startup_action: "start" },
      ["tunnel-down tunnel1_preshared_key", "tunnel-down tunnel2_startup_action"],
    ],
    ["another device", { customer_gateway_id: "a" }, { customer_gateway_id: "b" }, ["tunnel-down customer_gateway_id"]],
    [
      "another device, not made yet",
      { customer_gateway_id: "a" },
      { customer_gateway_id: "${b.id}" },
      ["tunnel-down customer_gateway_id ?"],
    ],
    ["what AWS answers", { tunnel1_address: "a" }, { tunnel1_address: "b" }, []],
    [
      "the order of a set",
      { tunnel1_ike_versions: ["ikev1", "ikev2"] },
      { tunnel1_ike_versions: ["ikev2", "ikev1"] },
      [],
    ],
    ["nothing that is said otherwise", { tunnel1_ike_versions: [], tunnel2_startup_action: "" }, {}, []],
    ["tags", { tags: { a: "1" } }, { tags: { a: "2" } }, []],
  ])("%s", (_, before, after, expected) => {
    expect(cuts(type, before, after)).toEqual(expected);
  });
});

describe("in a plan", () => {
  it("is known from the marks of what is not known yet", () => {
    const report = guarded([
      {
        address: "aws_rds_cluster.a",
        actions: ["update"],
        before: { backup_retention_period: 7, deletion_protection: true },
        after: { deletion_protection: true },
        after_unknown: { backup_retention_period: true, deletion_protection: false },
      },
    ]);
    expect(report.findings).toEqual([
      expect.objectContaining({
        severity: "warning",
        rule: "guard-retention-cut",
        message: "the plan may lower backup_retention_period, whose value is known only when the plan has been applied",
      }),
    ]);
  });

  it("blocks, unless what is lost can be added again", () => {
    const update = (address: string, before: object, after: object) => ({
      address,
      actions: ["update"],
      before,
      after,
    });
    expect(
      short(
        guarded([
          update("aws_ebs_volume.a", { size: 100 }, { size: 50 }),
          update("aws_ebs_volume.b", { iops: 3000 }, { iops: 1000 }),
          update("aws_autoscaling_group.c", { desired_capacity: 3 }, { desired_capacity: 0 }),
        ]),
      ),
    ).toEqual([
      "blocker guard-shrunk aws_ebs_volume.a",
      "blocker guard-traffic-off aws_autoscaling_group.c",
      "warning guard-shrunk aws_ebs_volume.b",
    ]);
  });
});
