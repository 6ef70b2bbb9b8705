/** Where each id has to stand, by the case and the id's kind and number. */

/** The attributes in which an id stands, by its kind and number. */
export type Places = Readonly<Record<string, readonly string[]>>;

/** The attributes, by the case. */
export const places: Readonly<Record<string, Places>> = {
  "the key of a topic": {
    "key 1": ["aws_sns_topic.kms_master_key_id"],
  },
  "the role of a service": {
    "role 1": ["aws_s3_bucket.tags.arn"],
    "key 1": [
      "aws_s3_bucket_server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.kms_master_key_id",
    ],
  },
  "the key of a bucket": {
    "key 1": [
      "aws_s3_bucket_server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.kms_master_key_id",
    ],
  },
  "flow logs to a group, in a role": {
    "vpc 1": ["aws_flow_log.vpc_id"],
    "logGroup 1": ["aws_flow_log.log_destination"],
    "role 1": ["aws_flow_log.iam_role_arn"],
  },
  "flow logs with a key": {
    "vpc 1": ["aws_flow_log.vpc_id"],
    "key 1": ["aws_cloudwatch_log_group.kms_key_id"],
  },
  "endpoints in a network": {
    "vpc 1": ["aws_vpc_endpoint.vpc_id"],
    "routeTable 1": ["aws_vpc_endpoint.route_table_ids"],
    "routeTable 2": ["aws_vpc_endpoint.route_table_ids"],
    "subnet 1": ["aws_vpc_endpoint.subnet_ids"],
    "subnet 2": ["aws_vpc_endpoint.subnet_ids"],
    "securityGroup 1": ["aws_vpc_endpoint.security_group_ids"],
  },
  "a network whose flow logs have what exists": {
    "logGroup 1": ["aws_flow_log.log_destination"],
    "role 1": ["aws_flow_log.iam_role_arn"],
  },
  "the configuration of an application": {
    "key 1": ["aws_secretsmanager_secret.kms_key_id"],
    "zone 1": ["aws_route53_record.zone_id"],
    "zone 2": ["aws_route53_record.alias.zone_id"],
  },
  "configuration files in a bucket": {
    "bucket 1": ["aws_iam_policy.policy"],
    "bucketName 1": ["aws_s3_object.bucket", "aws_ssm_document.content"],
    "key 1": ["aws_iam_policy.policy", "aws_s3_object.kms_key_id"],
  },
  "a database in what exists": {
    "securityGroup 1": ["aws_db_instance.vpc_security_group_ids"],
    "securityGroup 2": ["aws_db_instance.vpc_security_group_ids"],
    "dbSubnetGroup 1": ["aws_db_instance.db_subnet_group_name"],
    "role 1": ["aws_dms_endpoint.secrets_manager_access_role_arn"],
    "role 2": ["aws_dms_endpoint.secrets_manager_access_role_arn"],
    "securityGroup 3": ["aws_dms_replication_instance.vpc_security_group_ids"],
    "replicationSubnetGroup 1": ["aws_dms_replication_instance.replication_subnet_group_id"],
    "topic 1": ["aws_cloudwatch_metric_alarm.alarm_actions", "aws_cloudwatch_metric_alarm.ok_actions"],
    "key 1": [
      "aws_db_instance.kms_key_id",
      "aws_db_instance.master_user_secret_kms_key_id",
      "aws_db_instance.performance_insights_kms_key_id",
      "aws_dms_endpoint.kms_key_arn",
      "aws_dms_replication_instance.kms_key_arn",
    ],
  },
  "a cluster in what exists, and a serverless replication": {
    "securityGroup 1": [
      "aws_rds_cluster.vpc_security_group_ids",
      "aws_vpc_security_group_egress_rule.referenced_security_group_id",
    ],
    "dbSubnetGroup 1": ["aws_rds_cluster.db_subnet_group_name", "aws_rds_cluster_instance.db_subnet_group_name"],
    "securityGroup 2": ["aws_vpc_security_group_egress_rule.referenced_security_group_id"],
    "vpc 1": ["aws_security_group.vpc_id"],
    "subnet 1": ["aws_dms_replication_subnet_group.subnet_ids"],
    "subnet 2": ["aws_dms_replication_subnet_group.subnet_ids"],
    "key 1": [
      "aws_cloudwatch_log_group.kms_key_id",
      "aws_dms_endpoint.kms_key_arn",
      "aws_dms_replication_config.compute_config.kms_key_id",
      "aws_rds_cluster.kms_key_id",
      "aws_rds_cluster.master_user_secret_kms_key_id",
      "aws_rds_cluster_instance.performance_insights_kms_key_id",
    ],
  },
  "a new database that a replication in a given group reaches": {
    "securityGroup 1": ["aws_vpc_security_group_ingress_rule.referenced_security_group_id"],
    "securityGroup 2": [
      "aws_dms_replication_instance.vpc_security_group_ids",
      "aws_vpc_security_group_ingress_rule.referenced_security_group_id",
    ],
    "securityGroup 3": [
      "aws_dms_replication_instance.vpc_security_group_ids",
      "aws_vpc_security_group_ingress_rule.referenced_security_group_id",
    ],
    "vpc 1": ["aws_security_group.vpc_id"],
    "subnet 1": ["aws_db_subnet_group.subnet_ids", "aws_dms_replication_subnet_group.subnet_ids"],
    "subnet 2": ["aws_db_subnet_group.subnet_ids", "aws_dms_replication_subnet_group.subnet_ids"],
    "key 1": [
      "aws_cloudwatch_log_group.kms_key_id",
      "aws_db_instance.kms_key_id",
      "aws_db_instance.master_user_secret_kms_key_id",
      "aws_db_instance.performance_insights_kms_key_id",
      "aws_dms_endpoint.kms_key_arn",
      "aws_dms_replication_instance.kms_key_arn",
    ],
  },
  "a restore from a bucket, in a role": {
    "bucket 1": ["aws_db_instance.s3_import.bucket_name"],
    "role 1": ["aws_db_instance.s3_import.ingestion_role"],
    "vpc 1": ["aws_security_group.vpc_id"],
    "subnet 1": ["aws_db_subnet_group.subnet_ids"],
    "subnet 2": ["aws_db_subnet_group.subnet_ids"],
    "key 1": [
      "aws_cloudwatch_log_group.kms_key_id",
      "aws_db_instance.kms_key_id",
      "aws_db_instance.master_user_secret_kms_key_id",
      "aws_db_instance.performance_insights_kms_key_id",
    ],
  },
  "files of a bucket to another": {
    "bucket 1": ["aws_datasync_location_s3.s3_bucket_arn"],
    "role 1": ["aws_datasync_location_s3.s3_config.bucket_access_role_arn"],
    "bucket 2": ["aws_datasync_location_s3.s3_bucket_arn"],
    "role 2": ["aws_datasync_location_s3.s3_config.bucket_access_role_arn"],
    "bucket 3": ["aws_datasync_task.task_report_config.s3_destination.s3_bucket_arn"],
    "role 3": ["aws_datasync_task.task_report_config.s3_destination.bucket_access_role_arn"],
    "logGroup 1": ["aws_datasync_task.cloudwatch_log_group_arn"],
  },
  "files to a file system in a network": {
    "key 1": [
      "aws_cloudwatch_log_group.kms_key_id",
      "aws_efs_file_system.kms_key_id",
      "aws_iam_role_policy.policy",
      "aws_s3_bucket_server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.kms_master_key_id",
    ],
    "subnet 1": ["aws_datasync_location_efs.ec2_config.subnet_arn", "aws_efs_mount_target.subnet_id"],
    "subnet 2": ["aws_efs_mount_target.subnet_id"],
    "securityGroup 1": [
      "aws_datasync_location_efs.ec2_config.security_group_arns",
      "aws_efs_mount_target.security_groups",
    ],
    "securityGroup 2": [
      "aws_datasync_location_efs.ec2_config.security_group_arns",
      "aws_efs_mount_target.security_groups",
    ],
  },
  "files to a file system that exists": {
    "key 1": [
      "aws_cloudwatch_log_group.kms_key_id",
      "aws_iam_role_policy.policy",
      "aws_s3_bucket_server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.kms_master_key_id",
    ],
    "bucket 1": ["aws_datasync_location_s3.s3_bucket_arn", "aws_iam_role_policy.policy"],
    "fileSystem 1": ["aws_datasync_location_efs.efs_file_system_arn"],
    "subnet 1": ["aws_datasync_location_efs.ec2_config.subnet_arn"],
    "securityGroup 1": ["aws_datasync_location_efs.ec2_config.security_group_arns"],
  },
  "checks with topics, a bucket and roles": {
    "topic 1": [
      "aws_cloudwatch_composite_alarm.alarm_actions",
      "aws_cloudwatch_composite_alarm.ok_actions",
      "aws_cloudwatch_metric_alarm.alarm_actions",
      "aws_cloudwatch_metric_alarm.ok_actions",
    ],
    "topicInUsEast1 1": [
      "aws_cloudwatch_composite_alarm.alarm_actions",
      "aws_cloudwatch_composite_alarm.ok_actions",
      "aws_cloudwatch_metric_alarm.alarm_actions",
      "aws_cloudwatch_metric_alarm.ok_actions",
    ],
    "subnet 1": ["aws_synthetics_canary.vpc_config.subnet_ids"],
    "securityGroup 1": ["aws_synthetics_canary.vpc_config.security_group_ids"],
    "bucketName 1": ["aws_synthetics_canary.artifact_s3_location"],
    "key 1": ["aws_synthetics_canary.artifact_config.s3_encryption.kms_key_arn"],
    "role 1": ["aws_synthetics_canary.execution_role_arn"],
    "role 2": ["aws_scheduler_schedule.target.role_arn"],
    "role 3": ["aws_scheduler_schedule.target.role_arn"],
  },
  "checks with keys": {
    "key 1": ["aws_sns_topic.kms_master_key_id"],
    "key 2": [
      "aws_iam_role_policy.policy",
      "aws_s3_bucket_server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.kms_master_key_id",
      "aws_synthetics_canary.artifact_config.s3_encryption.kms_key_arn",
    ],
  },
  "a hybrid cloud over gateways": {
    "vpc 1": ["aws_route53_resolver_rule_association.vpc_id"],
    "routeTable 1": ["aws_vpn_gateway_route_propagation.route_table_id"],
    "subnet 1": ["aws_route53_resolver_endpoint.ip_address.subnet_id"],
    "subnet 2": ["aws_route53_resolver_endpoint.ip_address.subnet_id"],
    "vpnGateway 1": ["aws_vpn_connection.vpn_gateway_id", "aws_vpn_gateway_route_propagation.vpn_gateway_id"],
    "customerGateway 1": ["aws_vpn_connection.customer_gateway_id"],
    "logGroup 1": [
      "aws_vpn_connection.tunnel1_log_options.cloudwatch_log_options.log_group_arn",
      "aws_vpn_connection.tunnel2_log_options.cloudwatch_log_options.log_group_arn",
    ],
    "securityGroup 1": ["aws_route53_resolver_endpoint.security_group_ids"],
    "topic 1": ["aws_cloudwatch_metric_alarm.alarm_actions", "aws_cloudwatch_metric_alarm.ok_actions"],
  },
  "a hybrid cloud over a transit gateway": {
    "vpc 1": ["aws_ec2_transit_gateway_vpc_attachment.vpc_id"],
    "routeTable 1": ["aws_route.route_table_id"],
    "subnet 1": ["aws_ec2_transit_gateway_vpc_attachment.subnet_ids"],
    "subnet 2": ["aws_ec2_transit_gateway_vpc_attachment.subnet_ids"],
    "transitGateway 1": [
      "aws_ec2_transit_gateway_vpc_attachment.transit_gateway_id",
      "aws_route.transit_gateway_id",
      "aws_vpn_connection.transit_gateway_id",
    ],
    "transitGatewayRouteTable 1": [
      "aws_ec2_transit_gateway_route.transit_gateway_route_table_id",
      "aws_ec2_transit_gateway_route_table_association.transit_gateway_route_table_id",
      "aws_ec2_transit_gateway_route_table_propagation.transit_gateway_route_table_id",
    ],
    "key 1": ["aws_cloudwatch_log_group.kms_key_id"],
    "key 2": ["aws_sns_topic.kms_master_key_id"],
  },
  "servers in a network": {
    "vpc 1": ["aws_security_group.vpc_id"],
    "subnet 1": ["aws_instance.subnet_id"],
    "subnet 2": ["aws_instance.subnet_id"],
    "subnet 3": ["aws_instance.subnet_id"],
    "securityGroup 1": ["aws_vpc_security_group_egress_rule.referenced_security_group_id"],
    "key 1": ["aws_ebs_snapshot_import.kms_key_id", "aws_instance.root_block_device.kms_key_id"],
    "securityGroup 2": ["aws_instance.vpc_security_group_ids"],
    "instanceProfile 1": ["aws_instance.iam_instance_profile"],
    "roleName 1": ["aws_ebs_snapshot_import.role_name"],
    "bucketName 1": ["aws_ebs_snapshot_import.disk_container.user_bucket.s3_bucket"],
  },
  "a routing in a zone": {
    "zone 1": ["aws_route53_record.zone_id"],
  },
  "a routing in a private zone of a VPC": {
    "vpc 1": ["aws_route53_zone.vpc.vpc_id"],
  },
  "success metrics that tell a topic": {
    "topic 1": [
      "aws_cloudwatch_composite_alarm.alarm_actions",
      "aws_cloudwatch_composite_alarm.ok_actions",
      "aws_cloudwatch_metric_alarm.alarm_actions",
      "aws_cloudwatch_metric_alarm.ok_actions",
    ],
  },
  "success metrics with a key": {
    "key 1": ["aws_sns_topic.kms_master_key_id"],
  },
  "Automation in a role": {
    "role 1": ["aws_ssm_document.content"],
    "topic 1": ["aws_ssm_document.content"],
  },
};
