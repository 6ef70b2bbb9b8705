/**
 * The resource types that the guard knows to hold no data and to carry no traffic. Losing one may stop something all the same:
 * a role, without which a function does nothing. They are listed, so that a type of which nothing is known can be told apart.
 */

// An image is a name for snapshots that are made elsewhere: the provider deregisters it and deletes none of them, because it notes
// `manage_ebs_snapshots` for aws_ami_copy and aws_ami_from_instance alone. What was started from it goes on.
//
// The version of a secret is replaced with every new value, and AWS keeps the one before as AWSPREVIOUS; the secret itself holds
// the value (AWS provider, aws_secretsmanager_secret_version).
/** The Terraform types that neither hold data nor carry traffic. */
export const inertTypes: ReadonlySet<string> = new Set(
  `
  aws_ami aws_ami_launch_permission
  aws_appconfig_application aws_appconfig_configuration_profile aws_appconfig_deployment aws_appconfig_deployment_strategy
  aws_appconfig_environment aws_appconfig_hosted_configuration_version
  aws_cloudwatch_composite_alarm aws_cloudwatch_dashboard aws_cloudwatch_event_bus aws_cloudwatch_event_rule
  aws_cloudwatch_event_target aws_cloudwatch_log_metric_filter aws_cloudwatch_log_resource_policy aws_cloudwatch_log_stream
  aws_cloudwatch_metric_alarm
  aws_codedeploy_app aws_codedeploy_deployment_group
  aws_datasync_location_efs aws_datasync_location_fsx_windows_file_system aws_datasync_location_nfs aws_datasync_location_s3
  aws_datasync_location_smb aws_datasync_task
  aws_db_option_group aws_db_parameter_group aws_db_subnet_group
  aws_dms_endpoint aws_dms_replication_subnet_group
  aws_ec2_host aws_ecs_cluster aws_ecs_task_definition aws_efs_access_point
  aws_elasticache_parameter_group aws_elasticache_subnet_group aws_flow_log
  aws_iam_instance_profile aws_iam_policy aws_iam_policy_attachment aws_iam_role aws_iam_role_policy
  aws_iam_role_policy_attachment aws_iam_user aws_iam_user_policy
  aws_kms_alias aws_launch_template
  aws_rds_cluster_parameter_group aws_rds_cluster_role_association aws_rds_global_cluster
  aws_route53_health_check
  aws_s3_bucket_lifecycle_configuration aws_s3_bucket_notification aws_s3_bucket_ownership_controls
  aws_scheduler_schedule aws_secretsmanager_secret_version aws_sfn_state_machine aws_sns_topic aws_sns_topic_policy aws_sqs_queue_policy
  aws_ssm_activation aws_ssm_association aws_ssm_document aws_ssm_maintenance_window aws_ssm_parameter
  aws_synthetics_canary
  null_resource terraform_data time_rotating time_sleep time_static
  `
    .trim()
    .split(/\s+/),
);
