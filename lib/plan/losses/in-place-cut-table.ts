/**
 * The attributes whose change in place loses something, with the direction in which it does. Most hold for every type that has an
 * attribute of that name, of other providers too; where a name means different things, the entry names its types. Sources: the
 * pages of the AWS provider 5.100 for the attributes, and the AWS user guides for what a value of 0 means.
 */
import {
  leaves,
  lowered,
  removed,
  replacedKey,
  smallerSize,
  turnedOff,
  turnedOn,
  type Compare,
} from "./cut-comparisons";
import type { CutKind } from "./cut";

/** An attribute whose change may be a cut. */
export interface CutEntry {
  readonly kind: CutKind;
  /** The path of the attribute, without indexes. */
  readonly attribute: string;
  /**
   * The Terraform types that it holds for.
   * @default - all types
   */
  readonly types?: readonly string[];
  /** Whether nothing that exists is lost by it. */
  readonly light: boolean;
  readonly compare: Compare;
}

interface EntryOptions {
  readonly types?: readonly string[];
  readonly light?: boolean;
}

function entries(
  kind: CutKind,
  attributes: string,
  compare: (attribute: string) => Compare,
  { types, light = false }: EntryOptions = {},
): CutEntry[] {
  return attributes.split(/\s+/).map((attribute) => ({
    kind,
    attribute,
    ...(types === undefined ? {} : { types }),
    light,
    compare: compare(attribute),
  }));
}

const LIGHT = { light: true };
const of = (...types: string[]): EntryOptions => ({ types });

/** The entries, by what is lost. */
export const cutTable: readonly CutEntry[] = [
  // Keys.
  ...entries("key-disabled", "is_enabled", turnedOff({ absent: true }), of("aws_kms_key")),
  ...entries("key-disabled", "enabled", turnedOff({ absent: true }), of("aws_kms_external_key", "aws_kms_replica_key")),
  ...entries("unprotected", "enable_key_rotation", turnedOff(), LIGHT),
  ...entries(
    "re-keyed",
    "kms_key_id kms_key_arn kms_key kms_key_name kms_master_key_id kms_key_identifier " +
      "master_user_secret_kms_key_id key_vault_key_id root_block_device.kms_key_id ebs_block_device.kms_key_id " +
      "encryption_configuration.kms_key encryption_info.encryption_at_rest_kms_key_arn server_side_encryption.kms_key_arn " +
      "encrypt_at_rest.kms_key_id encryption.default_kms_key_name " +
      "rule.apply_server_side_encryption_by_default.kms_master_key_id " +
      "rule.apply_server_side_encryption_by_default.sse_algorithm",
    replacedKey,
  ),
  ...entries("re-keyed", "target_key_id", replacedKey, of("aws_kms_alias")),
  ...entries("re-keyed", "key_id", replacedKey, of("aws_ssm_parameter")),
  ...entries("re-keyed", "performance_insights_kms_key_id", replacedKey, LIGHT),
  ...entries(
    "re-keyed",
    "encrypted storage_encrypted server_side_encryption.enabled sqs_managed_sse_enabled",
    turnedOff(),
  ),

  // Backups and earlier versions. A retention of 0 days switches automated backups off (RDS, ElastiCache, FSx and Redshift guides).
  ...entries(
    "retention-cut",
    "backup_retention_period automatic_backup_retention_days snapshot_retention_limit automated_snapshot_retention_period " +
      "backup_retention_days",
    lowered({ zero: "off" }),
  ),
  ...entries(
    "backup-off",
    "point_in_time_recovery.enabled versioning.enabled settings.backup_configuration.enabled " +
      "settings.backup_configuration.point_in_time_recovery_enabled",
    turnedOff(),
  ),
  ...entries("backup-off", "versioning_configuration.status", leaves("Enabled")),
  ...entries("backup-off", "backup_policy.status", leaves("ENABLED", "ENABLING")),
  ...entries("backup-off", "state", leaves("ENABLED"), of("aws_dlm_lifecycle_policy")),

  // Retention. No number, or 0, keeps for ever where it is the number of days after which something is deleted.
  ...entries("retention-cut", "retention_in_days", lowered({ zero: "for-ever", absent: "for-ever" })),
  ...entries(
    "retention-cut",
    "rule.lifecycle.delete_after",
    lowered({ zero: "for-ever", absent: "for-ever" }),
    of("aws_backup_plan"),
  ),
  ...entries(
    "retention-cut",
    "message_retention_seconds retention_period min_retention_days rule.default_retention.days rule.default_retention.years " +
      "point_in_time_recovery.recovery_period_in_days policy_details.schedule.retain_rule.count " +
      "policy_details.schedule.retain_rule.interval retention_properties.magnetic_store_retention_period_in_days " +
      "retention_properties.memory_store_retention_period_in_hours soft_delete_retention_days " +
      "settings.backup_configuration.transaction_log_retention_days",
    lowered(),
  ),
  ...entries("retention-cut", "lifecycle_rule.expiration.days", lowered({ absent: "for-ever" }), of("aws_s3_bucket")),
  ...entries(
    "retention-cut",
    "deletion_window_in_days recovery_window_in_days performance_insights_retention_period",
    lowered(),
    LIGHT,
  ),

  // Protection.
  ...entries(
    "unprotected",
    "deletion_protection deletion_protection_enabled enable_deletion_protection settings.deletion_protection_enabled " +
      "disable_api_termination termination_protection purge_protection_enabled block_public_acls block_public_policy " +
      "ignore_public_acls restrict_public_buckets",
    turnedOff(),
  ),
  ...entries("unprotected", "deletion_protection", leaves("ACTIVE"), of("aws_cognito_user_pool")),
  ...entries("unprotected", "skip_destroy multi_az automatic_failover_enabled multi_az_enabled", turnedOff(), LIGHT),
  ...entries("unprotected", "skip_final_snapshot skip_final_backup force_destroy force_delete", turnedOn()),
  ...entries(
    "unprotected",
    "root_block_device.delete_on_termination ebs_block_device.delete_on_termination delete_automated_backups",
    turnedOn({ absent: true }),
  ),
  ...entries("unprotected", "publicly_accessible", turnedOn(), LIGHT),

  // Room, copies and capacity.
  ...entries("shrunk", "size", lowered(), of("aws_ebs_volume", "google_compute_disk")),
  ...entries(
    "shrunk",
    "allocated_storage storage_capacity size_in_megabytes disk_size_gb root_block_device.volume_size " +
      "ebs_block_device.volume_size ebs_options.volume_size settings.disk_size " +
      "broker_node_group_info.storage_info.ebs_storage_info.volume_size num_cache_nodes num_cache_clusters num_node_groups " +
      "replicas_per_node_group number_of_nodes number_of_broker_nodes shard_count num_shards num_replicas_per_shard " +
      "cluster_config.instance_count",
    lowered(),
  ),
  ...entries("shrunk", "replica", removed, of("aws_dynamodb_table", "aws_secretsmanager_secret")),
  ...entries(
    "shrunk",
    "desired_capacity desired_count scaling_config.desired_size",
    lowered({ zero: "stopped" }),
    LIGHT,
  ),
  ...entries(
    "shrunk",
    "iops throughput read_capacity write_capacity throughput_capacity max_allocated_storage " +
      "serverlessv2_scaling_configuration.max_capacity",
    lowered(),
    LIGHT,
  ),
  ...entries(
    "shrunk",
    "instance_type instance_class node_type replication_instance_class cluster_config.instance_type " +
      "broker_node_group_info.instance_type",
    smallerSize,
    LIGHT,
  ),

  // What answers requests.
  ...entries("traffic-off", "desired_capacity desired_count scaling_config.desired_size", lowered({ only: "zero" })),
  ...entries("traffic-off", "reserved_concurrent_executions", lowered({ only: "zero" }), of("aws_lambda_function")),
  ...entries("traffic-off", "state", leaves("running"), of("aws_ec2_instance_state")),
  ...entries(
    "traffic-off",
    "enabled",
    turnedOff({ absent: true }),
    of("aws_cloudfront_distribution", "aws_globalaccelerator_accelerator", "aws_lambda_event_source_mapping"),
  ),
];
