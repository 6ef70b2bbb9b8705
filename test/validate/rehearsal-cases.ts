/** Changes of one resource that the rehearsal predicts by a rule of its own, or by a row of its tables that was wrong once. */
import type { Value } from "../../scripts/generate/replacing-attributes/schema";

/** A change of a resource. */
export interface RehearsalCase {
  readonly what: string;
  readonly type: string;
  /** The configuration that was applied. */
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  /** The attributes of the state that the configuration before has left. */
  readonly state: Readonly<Record<string, Value>>;
  /** The attributes of each instance, where there are several. */
  readonly instances?: Readonly<Record<string, Readonly<Record<string, Value>>>>;
  /** The attributes that the case is about, by their first names. */
  readonly attributes: readonly string[];
}

type Attributes = Readonly<Record<string, Value>>;

/** A case whose state is the configuration before, but for blocks, which are lists there. */
function changed(
  what: string,
  type: string,
  before: Attributes,
  after: Attributes,
  state: Attributes = {},
): RehearsalCase {
  const attributes = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  return { what, type, before, after, state: { ...before, ...state }, attributes };
}

/** A change of what made a resource, with what its lifecycle ignores. */
function made(
  what: string,
  type: string,
  before: Attributes,
  after: Attributes,
  state: Attributes,
  ignored: readonly string[],
): RehearsalCase {
  const lifecycle = ignored.length === 0 ? {} : { lifecycle: { ignore_changes: ignored } };
  return {
    ...changed(what, type, before, after),
    before: { ...before, ...lifecycle },
    after: { ...after, ...lifecycle },
    state,
  };
}

const image = (ami: string): Attributes => ({ ami, instance_type: "t3.small" });
const mysql: Attributes = {
  engine: "mysql",
  engine_version: "8.0.39",
  instance_class: "db.r6i.large",
  identifier: "a",
};
const backup: Attributes = {
  bucket_name: "backups",
  ingestion_role: "arn:aws:iam::123456789012:role/restore",
  source_engine: "mysql",
  source_engine_version: "8.0.36",
};
const filled: Attributes = { ...mysql, s3_import: [backup] };

const group = (engine: string, version: string): Attributes => ({
  replication_group_id: "rg",
  description: "sessions",
  node_type: "cache.t4g.small",
  num_cache_clusters: 1,
  engine,
  engine_version: version,
});

const serverless = (engine: string, version: string, description = "sessions"): Attributes => ({
  name: "sessions",
  engine,
  major_engine_version: version,
  description,
  subnet_ids: ["subnet-1"],
});

const cluster = (...zones: string[]): Attributes => ({
  cluster_identifier: "orders",
  engine: "aurora-postgresql",
  master_username: "owner",
  skip_final_snapshot: true,
  availability_zones: zones.map((zone) => `eu-central-1${zone}`),
});

const lifecycle = (days: number, prefix: string): Attributes => ({
  bucket: "logs",
  rule: [{ id: "old", status: "Enabled", filter: { prefix }, expiration: { days } }],
});
const lifecycleState: Attributes = {
  transition_default_minimum_object_size: "all_storage_classes_128K",
  rule: [
    {
      id: "old",
      status: "Enabled",
      prefix: "",
      filter: [{ prefix: "a/", object_size_greater_than: null, object_size_less_than: null, and: [], tag: [] }],
      expiration: [{ days: 365, date: null, expired_object_delete_marker: false }],
      abort_incomplete_multipart_upload: [],
      noncurrent_version_expiration: [],
      noncurrent_version_transition: [],
      transition: [],
    },
  ],
};

const dsql = (region: string): Attributes => ({ multi_region_properties: { witness_region: region } });
const dsqlState: Attributes = {
  identifier: "x",
  deletion_protection_enabled: false,
  multi_region_properties: [{ clusters: [], witness_region: "us-west-2" }],
};

const certificates = (type: string, name: string): Attributes => ({
  type,
  certificate_authority_configuration: [
    { key_algorithm: "RSA_4096", signing_algorithm: "SHA512WITHRSA", subject: [{ common_name: name }] },
  ],
});

const volume = (zone: string, size: number): Attributes => ({ availability_zone: `eu-central-1${zone}`, size });
const volumes = (a: Attributes, b: Attributes): Readonly<Record<string, unknown>> => ({
  for_each: { a, b },
  availability_zone: "${each.value.availability_zone}",
  size: "${each.value.size}",
});
const eachVolume = (what: string, a: Attributes): RehearsalCase => ({
  what,
  type: "aws_ebs_volume",
  before: volumes(volume("a", 8), volume("a", 8)),
  after: volumes(a, volume("a", 8)),
  state: {},
  instances: { a: volume("a", 8), b: volume("a", 8) },
  attributes: ["availability_zone", "size"],
});

/** The cases. */
export const rehearsalCases: readonly RehearsalCase[] = [
  changed("redis becomes valkey", "aws_elasticache_replication_group", group("redis", "7.1"), group("valkey", "7.2")),
  changed("valkey becomes redis", "aws_elasticache_replication_group", group("valkey", "7.2"), group("redis", "7.1")),
  changed("an older valkey", "aws_elasticache_replication_group", group("valkey", "8.0"), group("valkey", "7.2")),
  changed(
    "redis becomes valkey, serverless",
    "aws_elasticache_serverless_cache",
    serverless("redis", "7"),
    serverless("valkey", "7"),
  ),
  changed(
    "valkey becomes redis, serverless",
    "aws_elasticache_serverless_cache",
    serverless("valkey", "7"),
    serverless("redis", "7"),
  ),
  changed(
    "another description, serverless",
    "aws_elasticache_serverless_cache",
    serverless("redis", "7"),
    serverless("redis", "7", "carts"),
  ),
  changed(
    "another major version, serverless",
    "aws_elasticache_serverless_cache",
    serverless("valkey", "7"),
    serverless("valkey", "8"),
  ),
  changed("zones in another order", "aws_rds_cluster", cluster("a", "b", "c"), cluster("c", "a", "b")),
  changed("other zones", "aws_rds_cluster", cluster("a", "b"), cluster("b", "c")),
  changed(
    "an earlier expiry",
    "aws_s3_bucket_lifecycle_configuration",
    lifecycle(365, "a/"),
    lifecycle(1, "a/"),
    lifecycleState,
  ),
  changed(
    "another filter",
    "aws_s3_bucket_lifecycle_configuration",
    lifecycle(365, "a/"),
    lifecycle(365, "b/"),
    lifecycleState,
  ),
  changed("another witness", "aws_dsql_cluster", dsql("us-west-2"), dsql("us-east-2"), dsqlState),
  changed("no witness", "aws_dsql_cluster", dsql("us-west-2"), {}, dsqlState),
  changed(
    "an authority of another type",
    "aws_acmpca_certificate_authority",
    certificates("ROOT", "a"),
    certificates("SUBORDINATE", "a"),
  ),
  changed(
    "an authority of another name",
    "aws_acmpca_certificate_authority",
    certificates("ROOT", "a"),
    certificates("ROOT", "b"),
  ),
  changed(
    "another template",
    "aws_cloudformation_stack",
    { name: "a", template_body: "{}" },
    { name: "a", template_body: '{"Outputs":{}}' },
  ),
  changed(
    "a stack of another name",
    "aws_cloudformation_stack",
    { name: "a", template_body: "{}" },
    { name: "b", template_body: "{}" },
  ),
  changed(
    "another item",
    "aws_dynamodb_table_item",
    { table_name: "t", hash_key: "h", item: '{"h":{"S":"a"}}' },
    { table_name: "t", hash_key: "h", item: '{"h":{"S":"b"}}' },
  ),
  changed(
    "an item of another table",
    "aws_dynamodb_table_item",
    { table_name: "t", hash_key: "h", item: '{"h":{"S":"a"}}' },
    { table_name: "u", hash_key: "h", item: '{"h":{"S":"a"}}' },
  ),
  changed(
    "another key",
    "aws_s3_object",
    { bucket: "b", key: "a", content: "x" },
    { bucket: "b", key: "b", content: "x" },
  ),
  changed(
    "another content",
    "aws_s3_object",
    { bucket: "b", key: "a", content: "x" },
    { bucket: "b", key: "a", content: "y" },
  ),
  changed("a key that is disabled", "aws_kms_key", { is_enabled: true }, { is_enabled: false }),
  made("an image that made an instance", "aws_instance", image("ami-1"), image("ami-2"), image("ami-1"), []),
  made("an image that made an instance, ignored", "aws_instance", image("ami-1"), image("ami-2"), image("ami-1"), [
    "ami",
  ]),
  made("a backup that is no longer named", "aws_db_instance", { ...mysql, s3_import: backup }, mysql, filled, []),
  made("a backup that is no longer named, ignored", "aws_db_instance", { ...mysql, s3_import: backup }, mysql, filled, [
    "s3_import",
  ]),
  eachVolume("an instance in another zone", volume("b", 8)),
  eachVolume("an instance of another size", volume("a", 9)),
];
