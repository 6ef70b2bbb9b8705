import { describe, expect, it } from "@jest/globals";
import { isBlocking } from "../../../lib/core/finding";
import { attributeName, effectOf } from "../../../lib/plan/guard/guarded-change";
import { guarded, short, stage, type ChangeInit } from "./plan";

const gone = (address: string, more: Partial<ChangeInit> = {}): ChangeInit => ({
  address,
  actions: ["delete"],
  after: null,
  ...more,
});

describe("what ends", () => {
  it.each([
    ["aws_db_instance.orders", "blocker guard-data-destroyed"],
    ["aws_instance.web", "blocker guard-data-destroyed"],
    ["module.shop.aws_s3_bucket.objects", "blocker guard-data-destroyed"],
    ['aws_ebs_volume.data["a.b"]', "blocker guard-data-destroyed"],
    ["aws_kms_key.data", "blocker guard-data-destroyed"],
    ["aws_lb_listener.https", "blocker guard-traffic-lost"],
    ["aws_route53_record.shop", "blocker guard-traffic-lost"],
    ["aws_nat_gateway.out", "blocker guard-traffic-lost"],
    ["aws_vpn_connection.fra", "blocker guard-tunnel-lost"],
    ["aws_customer_gateway.fra", "blocker guard-tunnel-lost"],
    ["aws_backup_plan.nightly", "blocker guard-protection-lost"],
    ["aws_s3_bucket_public_access_block.objects", "blocker guard-protection-lost"],
    ["aws_iam_role.runner", "info guard-resource-ended"],
    // An image that is registered of snapshots deletes none of them; one that made them deletes them.
    ["aws_ami.image", "info guard-resource-ended"],
    ["aws_ami_copy.image", "blocker guard-data-destroyed"],
    ["aws_ami_from_instance.image", "blocker guard-data-destroyed"],
    ["aws_quantum_entangler.one", "warning guard-type-unknown"],
    // A type may be called like what every object has.
    ["constructor.one", "warning guard-type-unknown"],
  ])("is judged by its type: %s", (address, expected) => {
    expect(short(guarded([gone(address)]))).toEqual([`${expected} ${address}`]);
  });

  it("says by which attributes something is replaced, and whether the new one comes first", () => {
    const { findings } = guarded([
      {
        address: "aws_db_instance.a",
        actions: ["delete", "create"],
        replace_paths: [["storage_encrypted"], ["kms_key_id"]],
        action_reason: "replace_because_cannot_update",
      },
      { address: "aws_lb.b", actions: ["create", "delete"], replace_paths: [["internal"]] },
      { address: "aws_subnet.c", actions: ["delete", "create"], action_reason: "replace_by_triggers" },
    ]);
    expect(findings.map(({ subject, message }) => `${subject}: ${message}`)).toEqual([
      "aws_db_instance.a: the plan replaces it because of kms_key_id, storage_encrypted; it holds the records of a database",
      "aws_lb.b: the plan replaces it, the new one first, because of internal; it carries the requests of a load balancer",
      "aws_subnet.c: the plan replaces it, because its replace_triggered_by has changed; it carries all traffic of a subnet",
    ]);
  });

  it("says why Terraform destroys something, and knows an object that was left behind", () => {
    const { findings } = guarded([
      gone("aws_ebs_volume.a[2]", { action_reason: "delete_because_count_index" }),
      gone("aws_ebs_volume.b", { deposed: "0a1b2c3d" }),
      gone("aws_ebs_volume.c", { action_reason: "a_word_of_tomorrow" }),
    ]);
    expect(findings.map(({ message }) => message)).toEqual([
      "the plan destroys it, because its count no longer reaches this instance; it holds the data of a volume",
      "the plan destroys the object of it that an earlier replacement left behind; it holds the data of a volume",
      "the plan destroys it; it holds the data of a volume",
    ]);
  });

  it("warns of what is forgotten, also where another is created in its place", () => {
    const report = guarded([
      { address: "aws_db_instance.a", actions: ["forget"], after: null },
      { address: "aws_db_instance.b", actions: ["forget", "create"] },
      { address: "aws_iam_role.c", actions: ["forget"], after: null },
    ]);
    expect(short(report)).toEqual([
      "warning guard-forgotten aws_db_instance.a",
      "warning guard-forgotten aws_db_instance.b",
      "warning guard-forgotten aws_iam_role.c",
    ]);
    expect(report.findings.map(({ message }) => message)).toEqual([
      "Terraform forgets it and destroys nothing; it holds the records of a database, and stays",
      "Terraform forgets it and destroys nothing; it holds the records of a database, and stays",
      "Terraform forgets it and destroys nothing",
    ]);
  });

  it("passes what is moved, imported, created, read and tagged", () => {
    const report = guarded([
      { address: "aws_ebs_volume.new", actions: ["no-op"], previous_address: "aws_ebs_volume.old" },
      { address: "aws_db_instance.taken", actions: ["no-op"], importing: { id: "db-1" } },
      { address: "aws_s3_bucket.added", actions: ["create"], before: null, after: { force_destroy: true } },
      { address: "data.aws_ami.linux", actions: ["read"], mode: "data" },
      { address: "data.aws_instance.old", actions: ["delete"], mode: "data" },
      { address: "aws_kms_key.a", actions: ["update"], before: { tags: { a: "1" } }, after: { tags: { a: "2" } } },
    ]);
    expect(report.findings).toEqual([]);
    expect(
      report.changes.map(({ address, effect, movedFrom, imported }) => [address, effect, movedFrom, imported]),
    ).toEqual([
      ["aws_ebs_volume.new", "unchanged", "aws_ebs_volume.old", false],
      ["aws_db_instance.taken", "unchanged", undefined, true],
      ["aws_s3_bucket.added", "created", undefined, false],
      ["aws_kms_key.a", "changed", undefined, false],
    ]);
  });

  it("reads OpenTofu's plans: its words, its providers, and what it lists beside resources", () => {
    const report = guarded(
      [
        gone("aws_ebs_volume.a", { action_reason: "delete_because_enabled_false" }),
        { address: "ephemeral.aws_secretsmanager_secret_version.b", actions: ["open"], mode: "ephemeral" },
        {
          address: "aws_db_instance.c",
          actions: ["forget", "create"],
          action_reason: "forgot_because_lifecycle_destroy_in_config",
        },
      ],
      {},
      { terraform_version: "1.12.6", complete: undefined },
    );
    expect(short(report)).toEqual([
      "blocker guard-data-destroyed aws_ebs_volume.a",
      "warning guard-forgotten aws_db_instance.c",
    ]);
    expect(report.findings[0]?.message).toContain("because its enabled is false");
  });

  it("reads the actions of providers that a plan runs, and those that are put off", () => {
    const action = (type: string, more: object = {}): object => ({
      address: `action.${type}.a`,
      type,
      name: "a",
      ...more,
    });
    const trigger = {
      lifecycle_action_trigger: { triggering_resource_address: "aws_instance.web", actions_list_index: 0 },
    };
    const more = {
      action_invocations: [
        action("aws_s3_empty_bucket", trigger),
        action("aws_ec2_stop_instance", { invoke_action_trigger: {}, config_values: { instance_id: "hunter2" } }),
        action("aws_rdsdata_query"),
      ],
      deferred_action_invocations: [{ reason: "deferred_prereq", action_invocation: action("aws_sns_publish") }],
    };
    const report = guarded([], {}, more);
    expect(short(report)).toEqual([
      "blocker guard-action-run action.aws_ec2_stop_instance.a",
      "blocker guard-action-run action.aws_s3_empty_bucket.a",
      "warning guard-action-run action.aws_rdsdata_query.a",
      "warning guard-plan-incomplete action.aws_sns_publish.a",
    ]);
    expect(report.findings.map(({ message }) => message)).toEqual([
      "the plan runs it, which interrupts the requests to a server",
      "the plan runs it with aws_instance.web, which deletes the objects of a bucket",
      "the plan runs it; what aws_rdsdata_query does is unknown to the guard",
      "what happens to it is put off to a later plan",
    ]);
    expect(JSON.stringify(report)).not.toContain("hunter2");
    expect(short(guarded([stage("replicate", "replicate")], {}, more)).slice(0, 2)).toEqual([
      "blocker guard-action-run action.aws_s3_empty_bucket.a",
      "warning guard-action-run action.aws_ec2_stop_instance.a",
    ]);
  });

  it("takes further types", () => {
    const options = {
      dataHoldingTypes: { acme_vault: "jewels" },
      trafficCarryingTypes: { acme_door: "visitors" },
    };
    const report = guarded([gone("acme_vault.a"), gone("acme_door.b")], options);
    expect(report.findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      "guard-data-destroyed: the plan destroys it; it holds jewels",
      "guard-traffic-lost: the plan destroys it; it carries visitors",
    ]);
  });
});

describe("Terraform's actions", () => {
  it.each([
    [["no-op"], "unchanged"],
    [["read"], "unchanged"],
    [["create"], "created"],
    [["update"], "changed"],
    [["delete"], "destroyed"],
    [["delete", "create"], "replaced"],
    [["create", "delete"], "replaced"],
    [["forget"], "forgotten"],
    [["create", "forget"], "forgotten"],
  ] as const)("%j", (actions, effect) => {
    expect(effectOf(actions)).toBe(effect);
  });

  it.each([
    [["engine"], "engine"],
    [["ebs_block_device", 0, "snapshot_id"], "ebs_block_device.snapshot_id"],
    [["subnet_ids", 3], "subnet_ids"],
    // A key of a map, an entry of a set and a block of a set are values.
    [["environment", "variables"], "environment"],
    [["security_groups", "hunter2"], "security_groups"],
    [["rule", { password: "hunter2" }, "port"], "rule"],
    [["Hunter 2"], undefined],
    [[], undefined],
  ])("the name of the attribute: %j", (path, name) => {
    expect(attributeName(path)).toBe(name);
  });
});

describe("the stage", () => {
  const route = gone("aws_route.a");
  const listener = gone("aws_lb_listener.b");
  const tunnel = gone("aws_vpn_connection.c");
  const severities = (...changes: ChangeInit[]): Record<string, string> =>
    Object.fromEntries(
      guarded(changes).findings.map(({ subject, severity }) => [subject.split(".")[0] ?? "", severity]),
    );

  it("makes lost traffic block where a stage serves before or after, or where none is recorded", () => {
    const blocked = { aws_route: "blocker", aws_lb_listener: "blocker", aws_vpn_connection: "blocker" };
    expect(severities(route, listener, tunnel)).toEqual(blocked);
    expect(severities(route, listener, tunnel, stage("cutover", "cutover"))).toEqual(blocked);
    // What switches is what a change of stage is for.
    const switched = { ...blocked, aws_route: "warning" };
    expect(severities(route, listener, tunnel, stage("test", "cutover"))).toEqual(switched);
    expect(severities(route, listener, tunnel, stage("cutover", "test"))).toEqual(switched);
  });

  it("makes it a warning where no stage serves", () => {
    const warned = { aws_route: "warning", aws_lb_listener: "warning", aws_vpn_connection: "warning" };
    expect(severities(route, listener, tunnel, stage("replicate", "test"))).toEqual(warned);
    expect(severities(route, listener, tunnel, stage("replicate", "replicate"))).toEqual(warned);
    expect(severities(route, listener, tunnel, stage(undefined, "replicate"))).toEqual(warned);
  });

  it("counts a stage of another pattern, and a second migration that serves, as serving", () => {
    expect(severities(listener, stage("replicate", "test", { pattern: "home-grown" }))).toEqual({
      aws_lb_listener: "blocker",
    });
    expect(severities(listener, stage("replicate", "test"), stage("cutover", "cutover", { name: "users" }))).toEqual({
      aws_lb_listener: "blocker",
    });
  });

  it("counts a stage that was reached and not gone back from as serving", () => {
    const reached = {
      address: "aws_ssm_parameter.reached",
      actions: ["no-op"],
      before: { name: "/migration/shop/orders/reached", type: "String", insecure_value: "cutover" },
    };
    expect(severities(listener, stage("test", "test"), reached)).toEqual({ aws_lb_listener: "blocker" });
  });

  it("never makes lost data a warning", () => {
    expect(short(guarded([gone("aws_ebs_volume.a"), stage("replicate", "replicate")]))).toEqual([
      "blocker guard-data-destroyed aws_ebs_volume.a",
    ]);
  });

  it("is told, with the record that a plan destroys", () => {
    const report = guarded([stage("cutover", undefined)]);
    expect(report.stages).toEqual([expect.objectContaining({ from: "cutover", withdrawn: true })]);
    expect(short(report)).toEqual([
      "warning guard-record-destroyed aws_ssm_parameter.orders_declared",
      "info guard-resource-ended aws_ssm_parameter.orders_declared",
    ]);
  });

  it("stays where Terraform forgets its record", () => {
    const forgotten = { ...stage("cutover", undefined), actions: ["forget"] };
    const report = guarded([forgotten]);
    expect(report.stages).toEqual([expect.objectContaining({ from: "cutover", to: "cutover", withdrawn: false })]);
    expect(short(report)).toEqual(["warning guard-forgotten aws_ssm_parameter.orders_declared"]);
  });

  it("is never taken from a secret value", () => {
    const secret = { name: "/migration/shop/orders/declared", type: "SecureString", insecure_value: "hunter2" };
    const report = guarded([{ address: "aws_ssm_parameter.a", actions: ["no-op"], before: secret, after: secret }]);
    expect(JSON.stringify(report)).not.toContain("hunter2");
  });
});

describe("the plan itself", () => {
  it("blocks where planning ended in an error, and warns where it is not complete", () => {
    expect(short(guarded([], {}, { errored: true, complete: false }))).toEqual([
      "blocker guard-plan-errored plan.json",
    ]);
    expect(short(guarded([], {}, { complete: false }))).toEqual(["warning guard-plan-incomplete plan.json"]);
    expect(short(guarded([], {}, { complete: undefined }))).toEqual([]);
  });

  it("warns of what was destroyed or changed outside of Terraform, and of what is put off", () => {
    const drift = (address: string, actions: string[], before: object, after: object | null) => ({
      address,
      mode: "managed",
      type: address.split(".")[0],
      change: { actions, before, after, after_unknown: {} },
    });
    const report = guarded(
      [],
      {},
      {
        resource_drift: [
          drift("aws_db_instance.a", ["delete"], { password: "hunter2" }, null),
          drift("aws_db_instance.b", ["update"], { deletion_protection: true }, { deletion_protection: false }),
          drift("aws_db_instance.c", ["update"], { tags: {} }, { tags: { a: "1" } }),
        ],
        deferred_changes: [
          { reason: "unknown", resource_change: drift("aws_ebs_volume.d", ["delete", "create"], {}, {}) },
        ],
      },
    );
    expect(short(report)).toEqual([
      "warning guard-destroyed-outside aws_db_instance.a",
      "warning guard-plan-incomplete aws_ebs_volume.d",
      "warning guard-unprotected aws_db_instance.b",
    ]);
  });
});

describe("waivers", () => {
  const waiver = (subject: string | undefined, expires = "2026-12-31", rule = "guard-data-destroyed") => ({
    rule,
    ...(subject === undefined ? {} : { subject }),
    reason: "the copy is in the archive",
    approvedBy: "Ines",
    expires,
  });
  const changes = [gone("aws_ebs_volume.a"), gone("aws_ebs_volume.b")];

  it("cover the address that they name, and no other", () => {
    const report = guarded(changes, { waivers: [waiver("aws_ebs_volume.a")] });
    expect(report.findings.filter(isBlocking).map(({ subject }) => subject)).toEqual(["aws_ebs_volume.b"]);
  });

  it("are reported when they have expired, and not when they are for another stack or another rule", () => {
    const waivers = [
      waiver("aws_ebs_volume.a", "2026-06-30"),
      waiver("aws_ebs_volume.of_another_stack"),
      waiver(undefined, "2026-06-30", "os-unknown"),
    ];
    expect(short(guarded(changes, { waivers }))).toEqual([
      "blocker guard-data-destroyed aws_ebs_volume.a",
      "blocker guard-data-destroyed aws_ebs_volume.b",
      "warning waiver-expired guard-data-destroyed on aws_ebs_volume.a",
    ]);
  });
});
