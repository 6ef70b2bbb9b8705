/**
 * Resource types, and how each is taken into another state: the id by which it is imported, and what importing it does not read.
 * The ids are those of the AWS provider's documentation, 5.100.0, section "Import" of each resource. That it does not import some,
 * and forgets something of others, is its own answer: the deploy lab hands the examples over and looks at the plan.
 */

/** The way of a type into another state. */
export interface HandedOverType {
  /**
   * The import id, with the names of attributes in braces.
   * @default "{id}"
   */
  readonly importId?: string;
  /**
   * Whether importing it takes in all of it. Otherwise its entry is moved from the old state: the provider cannot import it, or
   * forgets what it would write again: the content of an object, the code of a canary, who manages a database's password.
   * @default true
   */
  readonly imported?: false;
  /**
   * The attribute that an import never brings back, so that every plan would change it: the entry of a resource that has it is moved.
   * @default - none
   */
  readonly movedWith?: string;
  /**
   * The arguments that only Terraform knows, so that importing cannot read them: the plan lists them as a change, which asks AWS
   * for nothing.
   * @default - none
   */
  readonly settings?: readonly string[];
  /**
   * Whether its value is a secret, which importing would write into the state: it stays in the account, and leaves Terraform.
   * @default false
   */
  readonly secret?: true;
  /**
   * The attribute with the version of a value that is write-only. Where a state has it, importing forgets it, and the plan would
   * replace what it has imported: the way back writes the same value as another version instead.
   * @default - importing it brings it back
   */
  readonly writtenVersion?: string;
  /**
   * The arguments of its creation alone: what they refer to is not needed any more.
   * @default - none
   */
  readonly createdWith?: readonly string[];
}

const BY_ID: HandedOverType = {};

/** The types that the library's constructs create. */
export const handedOverTypes: Readonly<Record<string, HandedOverType>> = {
  aws_ami: BY_ID,
  aws_cloudwatch_composite_alarm: BY_ID,
  aws_cloudwatch_dashboard: { importId: "{dashboard_name}" },
  aws_cloudwatch_log_group: { importId: "{name}" },
  aws_cloudwatch_log_resource_policy: { importId: "{policy_name}" },
  aws_cloudwatch_metric_alarm: { importId: "{alarm_name}" },
  aws_customer_gateway: BY_ID,
  aws_datasync_location_efs: { importId: "{arn}" },
  aws_datasync_location_fsx_windows_file_system: { importId: "{arn}#{fsx_filesystem_arn}" },
  aws_datasync_location_nfs: { importId: "{arn}" },
  aws_datasync_location_s3: { importId: "{arn}" },
  aws_datasync_location_smb: { importId: "{arn}" },
  aws_datasync_task: { importId: "{arn}" },
  aws_db_instance: { imported: false },
  aws_db_instance_role_association: { importId: "{db_instance_identifier},{role_arn}" },
  aws_db_option_group: { importId: "{name}" },
  aws_db_parameter_group: { importId: "{name}" },
  aws_db_subnet_group: { importId: "{name}" },
  aws_default_security_group: BY_ID,
  aws_dms_endpoint: { importId: "{endpoint_id}" },
  aws_dms_replication_config: { importId: "{arn}" },
  aws_dms_replication_instance: { importId: "{replication_instance_id}" },
  aws_dms_replication_subnet_group: { importId: "{replication_subnet_group_id}" },
  aws_dms_replication_task: { importId: "{replication_task_id}" },
  aws_ebs_snapshot_import: { imported: false, createdWith: ["role_name"] },
  aws_ebs_volume: BY_ID,
  aws_ec2_host: BY_ID,
  aws_ec2_transit_gateway: BY_ID,
  aws_ec2_transit_gateway_route: { importId: "{transit_gateway_route_table_id}_{destination_cidr_block}" },
  aws_ec2_transit_gateway_route_table: BY_ID,
  aws_ec2_transit_gateway_route_table_association: {
    importId: "{transit_gateway_route_table_id}_{transit_gateway_attachment_id}",
  },
  aws_ec2_transit_gateway_route_table_propagation: {
    importId: "{transit_gateway_route_table_id}_{transit_gateway_attachment_id}",
  },
  aws_ec2_transit_gateway_vpc_attachment: BY_ID,
  aws_efs_access_point: BY_ID,
  aws_efs_backup_policy: { importId: "{file_system_id}" },
  aws_efs_file_system: BY_ID,
  aws_efs_file_system_policy: { importId: "{file_system_id}" },
  aws_efs_mount_target: BY_ID,
  aws_eip: { importId: "{allocation_id}" },
  aws_flow_log: BY_ID,
  aws_iam_instance_profile: { importId: "{name}" },
  aws_iam_policy: { importId: "{arn}" },
  aws_iam_role: { importId: "{name}" },
  aws_iam_role_policy: { importId: "{role}:{name}" },
  aws_iam_role_policy_attachment: { importId: "{role}/{policy_arn}" },
  aws_instance: BY_ID,
  aws_internet_gateway: BY_ID,
  aws_kms_key: { importId: "{key_id}", settings: ["bypass_policy_lockout_safety_check", "deletion_window_in_days"] },
  aws_nat_gateway: BY_ID,
  aws_rds_cluster: { imported: false },
  aws_rds_cluster_instance: { importId: "{identifier}" },
  aws_rds_cluster_parameter_group: { importId: "{name}" },
  aws_rds_cluster_role_association: { importId: "{db_cluster_identifier},{role_arn}" },
  aws_route: {
    importId: "{route_table_id}_{destination_cidr_block|destination_ipv6_cidr_block|destination_prefix_list_id}",
  },
  aws_route53_health_check: BY_ID,
  // The id is made of zone, name, type and set identifier, as the import's is; its name is the one in Terraform's own form.
  aws_route53_record: BY_ID,
  aws_route53_resolver_endpoint: BY_ID,
  aws_route53_resolver_rule: BY_ID,
  aws_route53_resolver_rule_association: BY_ID,
  aws_route53_zone: { importId: "{zone_id}" },
  aws_route_table: BY_ID,
  aws_route_table_association: { importId: "{subnet_id|gateway_id}/{route_table_id}" },
  aws_s3_bucket: { importId: "{bucket}" },
  aws_s3_bucket_lifecycle_configuration: { importId: "{bucket}" },
  aws_s3_bucket_ownership_controls: { importId: "{bucket}" },
  aws_s3_bucket_policy: { importId: "{bucket}" },
  aws_s3_bucket_public_access_block: { importId: "{bucket}" },
  aws_s3_bucket_server_side_encryption_configuration: { importId: "{bucket}" },
  aws_s3_bucket_versioning: { importId: "{bucket}" },
  aws_s3_object: { imported: false },
  aws_scheduler_schedule: { importId: "{group_name}/{name}" },
  aws_secretsmanager_secret: {
    importId: "{arn}",
    settings: ["force_overwrite_replica_secret", "recovery_window_in_days"],
  },
  aws_secretsmanager_secret_version: { importId: "{id}", secret: true, writtenVersion: "secret_string_wo_version" },
  aws_security_group: BY_ID,
  aws_sns_topic: { importId: "{arn}" },
  aws_sns_topic_policy: { importId: "{arn}" },
  aws_sns_topic_subscription: {
    importId: "{arn}",
    settings: ["confirmation_timeout_in_minutes", "endpoint_auto_confirms"],
  },
  aws_ssm_association: { importId: "{association_id}" },
  aws_ssm_document: { importId: "{name}" },
  // An import reads the value into `value` alone, and no apply ends that.
  aws_ssm_parameter: { importId: "{name}", movedWith: "insecure_value" },
  aws_subnet: BY_ID,
  aws_synthetics_canary: { imported: false },
  aws_volume_attachment: {
    importId: "{device_name}:{volume_id}:{instance_id}",
    settings: ["force_detach", "skip_destroy", "stop_instance_before_detaching"],
  },
  aws_vpc: BY_ID,
  aws_vpc_endpoint: BY_ID,
  aws_vpc_ipv4_cidr_block_association: BY_ID,
  aws_vpc_security_group_egress_rule: BY_ID,
  aws_vpc_security_group_ingress_rule: BY_ID,
  aws_vpn_connection: BY_ID,
  aws_vpn_connection_route: { imported: false },
  aws_vpn_gateway: BY_ID,
  aws_vpn_gateway_route_propagation: { imported: false },
  // Importing it forgets its input, and what it triggers would be replaced.
  terraform_data: { imported: false },
};

/** Checks whether a resource with these attributes comes into another state by an import; otherwise by moving its entry. */
export function isImported(type: string, values: Readonly<Record<string, unknown>>): boolean {
  const { imported = true, movedWith } = handedOverTypes[type] ?? {};
  return imported && (movedWith === undefined || (values[movedWith] ?? null) === null);
}

/** Checks whether a resource with these attributes comes back by being written again. */
export function isRewritten(type: string, values: Readonly<Record<string, unknown>>): boolean {
  const { writtenVersion } = handedOverTypes[type] ?? {};
  return writtenVersion !== undefined && (values[writtenVersion] ?? null) !== null;
}

/** Returns the import id of a resource with these attributes; undefined where one of them is not known. */
export function importIdOf(type: string, values: Readonly<Record<string, unknown>>): string | undefined {
  const template = handedOverTypes[type]?.importId ?? "{id}";
  const known = (names: string): string =>
    names
      .split("|")
      .map((name) => values[name])
      .find((each): each is string => typeof each === "string" && each !== "") ?? "";
  const places = [...template.matchAll(PLACE)];
  if (places.some(([, names = ""]) => known(names) === "")) return undefined;
  return template.replace(PLACE, (_, names: string) => known(names));
}

const PLACE = /\{([a-z0-9_|]+)\}/g;
