/**
 * The cases of the guard's rung: what is cut in place, destroyed, moved, forgotten and left alone, each with Terraform's action and
 * with the rule that has to be found. With a module, a count and a for_each.
 */
import type { Value } from "../../scripts/generate/replacing-attributes/schema";
import type { StateResource } from "./plan-folder";

type Values = Readonly<Record<string, Value>>;
/** The value in the state and the value in the code, by attribute. */
type Changed = Readonly<Record<string, readonly [before: Value, after: Value]>>;

/** What has to come of a resource. */
export interface Expectation {
  readonly what: string;
  readonly address: string;
  /** Terraform's actions. @default - it is not in the plan */
  readonly actions?: string;
  /** The one rule that is found; none where the change is harmless. */
  readonly rule?: string;
  /** Whether it is an object that was left behind. */
  readonly deposed?: boolean;
}

/** A value that is in the state and in the code, and nowhere in the report. */
export const SECRET = "canary_4f1b";

const DB = "aws_db_instance";
const VPN = "aws_vpn_connection";
const LOGS = "aws_cloudwatch_log_group";
const VOLUME = "aws_ebs_volume";

/** What the state has beside what a case is about, so that nothing else differs; and the part of it that the code has to say. */
const base: Readonly<Record<string, { readonly code: Values; readonly state?: Values }>> = {
  [DB]: {
    code: {
      identifier: "orders",
      engine: "postgres",
      instance_class: "db.r6g.large",
      allocated_storage: 100,
      username: "owner",
      password: SECRET,
      storage_encrypted: true,
    },
  },
  [LOGS]: {
    code: { name: "orders" },
    state: { log_group_class: "STANDARD", retention_in_days: 0, skip_destroy: false },
  },
  [VOLUME]: { code: { availability_zone: "eu-central-1a", size: 20 }, state: { final_snapshot: false } },
  [VPN]: { code: { customer_gateway_id: "cgw-1", vpn_gateway_id: "vgw-1", type: "ipsec.1" } },
  aws_ami: {
    code: { name: "image", root_device_name: "/dev/sda1", virtualization_type: "hvm" },
    state: { architecture: "x86_64", sriov_net_support: "simple", manage_ebs_snapshots: null },
  },
  aws_ec2_instance_state: { code: { instance_id: "i-1" }, state: { force: false } },
  aws_efs_backup_policy: { code: { file_system_id: "fs-1" } },
  aws_instance: {
    code: { ami: "ami-1", instance_type: "m5.large" },
    state: { user_data_replace_on_change: false, get_password_data: false, ipv6_addresses: [], security_groups: [] },
  },
  aws_kms_key: {
    code: {},
    state: {
      bypass_policy_lockout_safety_check: false,
      customer_master_key_spec: "SYMMETRIC_DEFAULT",
      enable_key_rotation: false,
      is_enabled: true,
      key_usage: "ENCRYPT_DECRYPT",
      multi_region: false,
    },
  },
  aws_s3_bucket: { code: { bucket: "objects" } },
  aws_s3_bucket_lifecycle_configuration: { code: { bucket: "objects" }, state: { expected_bucket_owner: "" } },
  aws_s3_bucket_versioning: { code: { bucket: "objects" } },
};

const key = (id: number): string => `arn:aws:kms:eu-central-1:111122223333:key/${id}`;
const status = (value: string): Value => [{ status: value }];
const expiry = (days: number): Value => [
  {
    id: "old",
    status: "Enabled",
    prefix: "",
    filter: [{ prefix: "", and: [], object_size_greater_than: null, object_size_less_than: null, tag: [] }],
    expiration: [{ days, date: null, expired_object_delete_marker: false }],
    abort_incomplete_multipart_upload: [],
    noncurrent_version_expiration: [],
    noncurrent_version_transition: [],
    transition: [],
  },
];
const expiryCode = (days: number): Value => [
  { id: "old", status: "Enabled", filter: [{ prefix: "" }], expiration: [{ days }] },
];

/** Changes in place: the type, what changes, and the rule. */
const updates: readonly (readonly [what: string, type: string, changed: Changed, rule?: string])[] = [
  ["a key disabled", "aws_kms_key", { is_enabled: [true, false] }, "guard-key-disabled"],
  ["a key not rotated", "aws_kms_key", { enable_key_rotation: [true, false] }, "guard-unprotected"],
  ["backups for fewer days", DB, { backup_retention_period: [14, 3] }, "guard-retention-cut"],
  ["no backups", DB, { backup_retention_period: [14, 0] }, "guard-backup-off"],
  ["no deletion protection", DB, { deletion_protection: [true, false] }, "guard-unprotected"],
  ["no final snapshot", DB, { skip_final_snapshot: [false, true] }, "guard-unprotected"],
  ["less storage", DB, { allocated_storage: [100, 50] }, "guard-shrunk"],
  ["a smaller database", DB, { instance_class: ["db.r6g.xlarge", "db.r6g.large"] }, "guard-shrunk"],
  ["a smaller volume", VOLUME, { size: [100, 20] }, "guard-shrunk"],
  ["logs for a week", LOGS, { retention_in_days: [365, 7] }, "guard-retention-cut"],
  ["logs no longer for ever", LOGS, { retention_in_days: [0, 7] }, "guard-retention-cut"],
  ["logs under another key", LOGS, { kms_key_id: [key(1), key(2)] }, "guard-rekeyed"],
  [
    "objects for a day",
    "aws_s3_bucket_lifecycle_configuration",
    { rule: [expiry(365), expiryCode(1)] },
    "guard-retention-cut",
  ],
  [
    "no earlier versions of objects",
    "aws_s3_bucket_versioning",
    { versioning_configuration: [[{ status: "Enabled", mfa_delete: "" }], status("Suspended")] },
    "guard-backup-off",
  ],
  ["a bucket that may be emptied", "aws_s3_bucket", { force_destroy: [false, true] }, "guard-unprotected"],
  [
    "files that are not backed up",
    "aws_efs_backup_policy",
    { backup_policy: [status("ENABLED"), status("DISABLED")] },
    "guard-backup-off",
  ],
  ["another key for a tunnel", VPN, { tunnel1_preshared_key: [`${SECRET}a`, `${SECRET}b`] }, "guard-tunnel-down"],
  ["another device for both tunnels", VPN, { customer_gateway_id: ["cgw-1", "cgw-2"] }, "guard-tunnel-down"],
  ["a server that may be terminated", "aws_instance", { disable_api_termination: [true, false] }, "guard-unprotected"],
  ["a server that is stopped", "aws_ec2_instance_state", { state: ["running", "stopped"] }, "guard-traffic-off"],
  ["harmless, tags", "aws_kms_key", { tags: [{ owner: "a" }, { owner: "b" }] }],
  ["harmless, more storage", DB, { allocated_storage: [100, 200] }],
  ["harmless, a larger volume", VOLUME, { size: [20, 100] }],
  ["harmless, a larger server", "aws_instance", { instance_type: ["m5.large", "m5.2xlarge"] }],
  ["harmless, backups for more days", DB, { backup_retention_period: [3, 14] }],
  ["harmless, a database that is protected", DB, { deletion_protection: [false, true] }],
  ["harmless, logs for a year", LOGS, { retention_in_days: [7, 365] }],
];

/** What is destroyed, replaced, forgotten, moved and added. */
const ends: readonly Expectation[] = [
  {
    what: "a database that the code no longer has",
    address: `${DB}.gone`,
    actions: "delete",
    rule: "guard-data-destroyed",
  },
  {
    what: "the third of two volumes",
    address: `${VOLUME}.counted[2]`,
    actions: "delete",
    rule: "guard-data-destroyed",
  },
  { what: "a key of a for_each", address: 'aws_s3_bucket.each["b"]', actions: "delete", rule: "guard-data-destroyed" },
  {
    what: "a table in a module",
    address: "module.shop.aws_dynamodb_table.items",
    actions: "delete",
    rule: "guard-data-destroyed",
  },
  { what: "a route", address: "aws_route.gone", actions: "delete", rule: "guard-traffic-lost" },
  { what: "a VPN", address: `${VPN}.gone`, actions: "delete", rule: "guard-tunnel-lost" },
  { what: "a backup plan", address: "aws_backup_plan.gone", actions: "delete", rule: "guard-protection-lost" },
  {
    what: "a type of no table",
    address: "aws_chime_voice_connector.gone",
    actions: "delete",
    rule: "guard-type-unknown",
  },
  { what: "a role", address: "aws_iam_role.gone", actions: "delete", rule: "guard-resource-ended" },
  {
    what: "a value of Terraform's own that is made anew",
    address: "terraform_data.renewed",
    actions: "delete create",
    rule: "guard-resource-ended",
  },
  {
    what: "an image whose firmware is corrected",
    address: "aws_ami.firmware",
    actions: "delete create",
    rule: "guard-resource-ended",
  },
  {
    what: "an image with its own copies of snapshots",
    address: "aws_ami_copy.gone",
    actions: "delete",
    rule: "guard-data-destroyed",
  },
  {
    what: "an object that was left behind",
    address: `${VOLUME}.deposed`,
    actions: "delete",
    rule: "guard-data-destroyed",
    deposed: true,
  },
  { what: "a database that Terraform forgets", address: `${DB}.forgotten`, actions: "forget", rule: "guard-forgotten" },
  {
    what: "a volume, the new one first",
    address: `${VOLUME}.first`,
    actions: "create delete",
    rule: "guard-data-replaced",
  },
  { what: "harmless, a volume that is moved", address: `${VOLUME}.moved_to`, actions: "no-op" },
  { what: "harmless, a volume that is added", address: `${VOLUME}.added`, actions: "create" },
  { what: "harmless, nothing", address: `${LOGS}.same`, actions: "no-op" },
];

/** What has to come of each case. */
export const expectations: readonly Expectation[] = [
  ...updates.map(([what, type, , rule], index) => ({
    what,
    address: `${type}.case_${index}`,
    actions: "update",
    ...(rule === undefined ? {} : { rule }),
  })),
  ...ends,
];

function inState(
  type: string,
  name: string,
  values: Values,
  more: Omit<Partial<StateResource>, "type"> = {},
): StateResource {
  const { code = {}, state = {} } = base[type] ?? {};
  return { type, name, attributes: { id: name, ...code, ...state, ...values }, ...more };
}

function inCode(type: string): Values {
  return base[type]?.code ?? {};
}

function side(changed: Changed, index: 0 | 1): Values {
  return Object.fromEntries(Object.entries(changed).map(([name, values]) => [name, values[index]]));
}

/** The written state of all cases. */
export const caseState: readonly StateResource[] = [
  ...updates.map(([, type, changed], index) => inState(type, `case_${index}`, side(changed, 0))),
  ...["gone", "forgotten"].map((name) => inState(DB, name, {})),
  ...[0, 1, 2].map((index) => inState(VOLUME, "counted", {}, { key: index })),
  inState(VOLUME, "deposed", {}, { deposed: "0a1b2c3d" }),
  inState(VOLUME, "first", { encrypted: false }),
  inState(VOLUME, "moved_from", {}),
  ...["a", "b"].map((name) => inState("aws_s3_bucket", "each", { bucket: name, force_destroy: false }, { key: name })),
  inState("aws_dynamodb_table", "items", { name: "items", hash_key: "id" }, { module: "module.shop" }),
  inState("aws_route", "gone", { route_table_id: "rtb-1", destination_cidr_block: "10.0.0.0/8" }),
  inState(VPN, "gone", { tunnel1_preshared_key: SECRET }),
  inState("aws_backup_plan", "gone", { name: "nightly" }),
  inState("aws_chime_voice_connector", "gone", { name: "voice", require_encryption: true }),
  {
    ...inState("terraform_data", "renewed", {
      input: null,
      output: null,
      triggers_replace: { value: "a", type: "string" },
    }),
    provider: "terraform.io/builtin/terraform",
  },
  inState("aws_ami", "firmware", { boot_mode: "legacy-bios" }),
  inState("aws_ami_copy", "gone", { name: "copy", manage_ebs_snapshots: true }),
  inState("aws_iam_role", "gone", { name: "role", assume_role_policy: "{}" }),
  inState(LOGS, "same", {}),
];

/** Files of the configuration that Terraform wants before it starts: the module, which no longer has the table. */
export const caseFiles: Readonly<Record<string, object>> = {
  "shop/main.tf.json": { variable: { unused: { default: 1 } } },
  "module.tf.json": { module: { shop: { source: "./shop" } } },
};

/** Returns the configuration of all cases; what else is planned is added to its resources. */
export function caseConfiguration(): { readonly resource: Record<string, Record<string, unknown>> } {
  const resource: Record<string, Record<string, unknown>> = {};
  const add = (type: string, name: string, values: Values): void => {
    (resource[type] ??= {})[name] = { ...inCode(type), ...values };
  };
  updates.forEach(([, type, changed], index) => {
    add(type, `case_${index}`, side(changed, 1));
  });
  add(VOLUME, "counted", { count: 2 });
  add(VOLUME, "first", { encrypted: true, lifecycle: { create_before_destroy: true } });
  for (const name of ["moved_to", "added", "deposed"]) add(VOLUME, name, {});
  add("aws_ami", "firmware", { boot_mode: "uefi" });
  add("terraform_data", "renewed", { triggers_replace: "b" });
  add("aws_s3_bucket", "each", { for_each: '${toset(["a"])}', bucket: "${each.key}" });
  add(LOGS, "same", {});
  const others = {
    moved: [{ from: `${VOLUME}.moved_from`, to: `${VOLUME}.moved_to` }],
    removed: [{ from: `${DB}.forgotten`, lifecycle: { destroy: false } }],
  };
  return { ...others, resource };
}
