/**
 * The attributes in which the order of plain values counts. Every other list of plain values of a known type is a set, which
 * Terraform compares without order: `availability_zones` in another order changes nothing.
 *
 * Taken from the schema of the AWS provider, version 5.100.0 (`terraform providers schema -json`): the arguments whose type is a
 * list of a primitive type, of the types in `replacingAttributes`. `scripts/generate/ordered-attributes.ts` writes it.
 */

// prettier-ignore
/** The ordered attributes by Terraform type, separated by spaces. A type without any is absent. */
export const orderedAttributes: Readonly<Record<string, string>> = {
  aws_autoscaling_group: "capacity_reservation_specification.capacity_reservation_target.capacity_reservation_ids capacity_reservation_specification.capacity_reservation_target.capacity_reservation_resource_group_arns instance_refresh.preferences.alarm_specification.alarms instance_refresh.preferences.checkpoint_percentages termination_policies",
  aws_cloudfront_distribution: "default_cache_behavior.forwarded_values.query_string_cache_keys default_cache_behavior.trusted_key_groups default_cache_behavior.trusted_signers ordered_cache_behavior.forwarded_values.query_string_cache_keys ordered_cache_behavior.trusted_key_groups ordered_cache_behavior.trusted_signers",
  aws_cloudwatch_event_target: "http_target.path_parameter_values run_command_targets.values",
  aws_db_instance: "domain_dns_ips",
  aws_docdb_cluster: "enabled_cloudwatch_logs_exports",
  aws_dynamodb_table: "local_secondary_index.non_key_attributes",
  aws_eks_node_group: "instance_types",
  aws_elasticache_cluster: "preferred_availability_zones snapshot_arns",
  aws_elasticache_replication_group: "preferred_cache_cluster_azs",
  aws_elasticache_serverless_cache: "snapshot_arns_to_restore",
  aws_fsx_lustre_file_system: "subnet_ids",
  aws_fsx_ontap_file_system: "subnet_ids",
  aws_fsx_ontap_volume: "aggregate_configuration.aggregates",
  aws_fsx_openzfs_file_system: "root_volume_configuration.nfs_exports.client_configurations.options subnet_ids",
  aws_fsx_openzfs_volume: "delete_volume_options nfs_exports.client_configurations.options",
  aws_fsx_windows_file_system: "subnet_ids",
  aws_globalaccelerator_accelerator: "ip_addresses",
  aws_instance: "ipv6_addresses",
  aws_lambda_event_source_mapping: "queues",
  aws_lambda_function: "architectures image_config.command image_config.entry_point layers",
  aws_memorydb_cluster: "snapshot_arns",
  aws_mq_broker: "ldap_server_metadata.hosts",
  aws_network_interface: "ipv6_address_list private_ip_list",
  aws_s3_bucket: "cors_rule.allowed_headers cors_rule.allowed_methods cors_rule.allowed_origins cors_rule.expose_headers",
  aws_security_group_rule: "cidr_blocks ipv6_cidr_blocks prefix_list_ids",
  aws_spot_instance_request: "ipv6_addresses",
  aws_ssm_association: "targets.values",
  aws_ssm_document: "attachments_source.values",
  aws_vpc_dhcp_options: "domain_name_servers netbios_name_servers ntp_servers",
};
