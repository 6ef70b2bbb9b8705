/**
 * The AWS CLI commands of runbook steps that Automation can execute itself, and the API inputs of their options. Names do not
 * follow from the options by rule (`--target-db-instance-identifier` is `TargetDBInstanceIdentifier`), so each is listed, from
 * the API reference of its service; commands that are not listed are left to a person.
 *
 * Left out on purpose: `ec2 describe-vpn-connections`, whose response has the pre-shared keys of the tunnels, and
 * `ssm get-parameters`, whose response has the values. The outputs of the execution would keep both.
 */

/**
 * The conversion of an option's value into an API input.
 *
 * - `string`: unchanged.
 * - `strings`: each word of the option.
 * - `flag`: true, and the option has no value.
 * - `filters`: `Name=a,Values=b,c`, one word for each filter.
 * - `pairs`: `key=a,value=b`, one word for each pair.
 */
export type OptionKind = "string" | "strings" | "flag" | "filters" | "pairs";

/** An API operation that Automation may call. */
export interface AwsOperation {
  /** The API's name: `DescribeAlarms`. */
  readonly api: string;
  /** The inputs and their conversions by option, without the dashes. */
  readonly options: Readonly<Record<string, readonly [input: string, kind: OptionKind]>>;
  /** The options without which the API refuses the call. @default - none */
  readonly required?: readonly string[];
}

const FILTERS = { filters: ["Filters", "filters"] } as const;

/** The operations by `service operation`, as the CLI writes them. */
export const awsOperations: Readonly<Record<string, AwsOperation>> = {
  "cloudwatch describe-alarms": {
    api: "DescribeAlarms",
    options: {
      "alarm-names": ["AlarmNames", "strings"],
      "alarm-name-prefix": ["AlarmNamePrefix", "string"],
      "alarm-types": ["AlarmTypes", "strings"],
      "state-value": ["StateValue", "string"],
    },
  },
  "datasync list-agents": { api: "ListAgents", options: {} },
  "datasync list-task-executions": { api: "ListTaskExecutions", options: { "task-arn": ["TaskArn", "string"] } },
  "datasync start-task-execution": {
    api: "StartTaskExecution",
    options: { "task-arn": ["TaskArn", "string"] },
    required: ["task-arn"],
  },
  "dms describe-endpoints": { api: "DescribeEndpoints", options: FILTERS },
  "dms describe-replication-configs": { api: "DescribeReplicationConfigs", options: FILTERS },
  "dms describe-replication-instances": { api: "DescribeReplicationInstances", options: FILTERS },
  "dms describe-replication-table-statistics": {
    api: "DescribeReplicationTableStatistics",
    options: { "replication-config-arn": ["ReplicationConfigArn", "string"] },
    required: ["replication-config-arn"],
  },
  "dms describe-replication-tasks": { api: "DescribeReplicationTasks", options: FILTERS },
  "dms describe-replications": { api: "DescribeReplications", options: FILTERS },
  "dms describe-table-statistics": {
    api: "DescribeTableStatistics",
    options: { "replication-task-arn": ["ReplicationTaskArn", "string"] },
    required: ["replication-task-arn"],
  },
  "dms start-replication": {
    api: "StartReplication",
    options: {
      "replication-config-arn": ["ReplicationConfigArn", "string"],
      "start-replication-type": ["StartReplicationType", "string"],
    },
    required: ["replication-config-arn", "start-replication-type"],
  },
  "dms start-replication-task": {
    api: "StartReplicationTask",
    options: {
      "replication-task-arn": ["ReplicationTaskArn", "string"],
      "start-replication-task-type": ["StartReplicationTaskType", "string"],
    },
    required: ["replication-task-arn", "start-replication-task-type"],
  },
  "dms stop-replication": {
    api: "StopReplication",
    options: { "replication-config-arn": ["ReplicationConfigArn", "string"] },
    required: ["replication-config-arn"],
  },
  "dms stop-replication-task": {
    api: "StopReplicationTask",
    options: { "replication-task-arn": ["ReplicationTaskArn", "string"] },
    required: ["replication-task-arn"],
  },
  "dms test-connection": {
    api: "TestConnection",
    options: {
      "replication-instance-arn": ["ReplicationInstanceArn", "string"],
      "endpoint-arn": ["EndpointArn", "string"],
    },
    required: ["replication-instance-arn", "endpoint-arn"],
  },
  "rds restore-db-cluster-to-point-in-time": {
    api: "RestoreDBClusterToPointInTime",
    options: {
      "db-cluster-identifier": ["DBClusterIdentifier", "string"],
      "restore-type": ["RestoreType", "string"],
      "source-db-cluster-identifier": ["SourceDBClusterIdentifier", "string"],
      "use-latest-restorable-time": ["UseLatestRestorableTime", "flag"],
    },
    required: ["db-cluster-identifier"],
  },
  "rds restore-db-instance-to-point-in-time": {
    api: "RestoreDBInstanceToPointInTime",
    options: {
      "source-db-instance-identifier": ["SourceDBInstanceIdentifier", "string"],
      "target-db-instance-identifier": ["TargetDBInstanceIdentifier", "string"],
      "use-latest-restorable-time": ["UseLatestRestorableTime", "flag"],
    },
    required: ["target-db-instance-identifier"],
  },
  "secretsmanager list-secret-version-ids": {
    api: "ListSecretVersionIds",
    options: { "secret-id": ["SecretId", "string"] },
    required: ["secret-id"],
  },
  "ssm describe-instance-information": { api: "DescribeInstanceInformation", options: {} },
  "ssm list-associations": {
    api: "ListAssociations",
    options: { "association-filter-list": ["AssociationFilterList", "pairs"] },
  },
};
