/** The AWS CLI commands that control a DMS replication, for a task and for a serverless replication. */
import { regionOption } from "../../../aws/aws-cli";

/** The AWS CLI commands that control a DMS replication. */
export interface DmsCommands {
  readonly describe: string;
  readonly start: string;
  readonly stop: string;
  /** The command that loads all tables again. */
  readonly reload: string;
  /** The command that shows the state of each table and of its validation. */
  readonly tables: string;
  /**
   * Returns the command that tests the connection of the replication instance to an end; a serverless replication has
   * none.
   */
  readonly testConnection: (end: "source" | "target") => string;
}

const COLUMNS = "[SchemaName,TableName,TableState,ValidationState,ValidationFailedRecords]";

/** Returns the commands of a replication, by its name. AWS CLI Command Reference, dms. */
export function dmsCommands(name: string, compute: "instance" | "serverless", region: string | undefined): DmsCommands {
  const there = regionOption(region);
  /** Returns the shell substitution that looks up a value in DMS. */
  const lookedUp = (things: string, filter: string, value: string, query: string): string =>
    `"$(aws dms describe-${things} --filters Name=${filter},Values=${value} --query '${query}' --output text${there})"`;
  const testConnection = (end: "source" | "target"): string =>
    "aws dms test-connection" +
    ` --replication-instance-arn ${lookedUp("replication-instances", "replication-instance-id", name, "ReplicationInstances[0].ReplicationInstanceArn")}` +
    ` --endpoint-arn ${lookedUp("endpoints", "endpoint-id", `${name}-${end}`, "Endpoints[0].EndpointArn")}${there}`;
  if (compute === "serverless") {
    const arn = `--replication-config-arn ${lookedUp("replication-configs", "replication-config-id", name, "ReplicationConfigs[0].ReplicationConfigArn")}`;
    const start = (type: string): string => `aws dms start-replication --start-replication-type ${type} ${arn}${there}`;
    return {
      describe: `aws dms describe-replications --filters Name=replication-config-id,Values=${name}${there}`,
      start: start("start-replication"),
      stop: `aws dms stop-replication ${arn}${there}`,
      reload: start("reload-target"),
      tables: `aws dms describe-replication-table-statistics ${arn} --query 'ReplicationTableStatistics[].${COLUMNS}'${there}`,
      testConnection,
    };
  }
  const arn = `--replication-task-arn ${lookedUp("replication-tasks", "replication-task-id", name, "ReplicationTasks[0].ReplicationTaskArn")}`;
  const start = (type: string): string =>
    `aws dms start-replication-task --start-replication-task-type ${type} ${arn}${there}`;
  return {
    describe: `aws dms describe-replication-tasks --filters Name=replication-task-id,Values=${name}${there}`,
    start: start("start-replication"),
    stop: `aws dms stop-replication-task ${arn}${there}`,
    reload: start("reload-target"),
    tables: `aws dms describe-table-statistics ${arn} --query 'TableStatistics[].${COLUMNS}'${there}`,
    testConnection,
  };
}
