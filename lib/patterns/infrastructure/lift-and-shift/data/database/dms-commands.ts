/** The commands by which people drive a DMS replication, for a task and for a serverless replication. */

/** What is asked of a replication of that name. */
export interface DmsCommands {
  readonly describe: string;
  readonly start: string;
  readonly stop: string;
  /** Loads everything again. */
  readonly reload: string;
  /** The state of each table and of its validation. */
  readonly tables: string;
}

const COLUMNS = "[SchemaName,TableName,TableState,ValidationState,ValidationFailedRecords]";

/** AWS CLI Command Reference, dms. */
export function dmsCommands(name: string, compute: "instance" | "serverless"): DmsCommands {
  if (compute === "serverless") {
    const arn = `--replication-config-arn "$(aws dms describe-replication-configs --filters Name=replication-config-id,Values=${name} --query 'ReplicationConfigs[0].ReplicationConfigArn' --output text)"`;
    const start = (type: string): string => `aws dms start-replication --start-replication-type ${type} ${arn}`;
    return {
      describe: `aws dms describe-replications --filters Name=replication-config-id,Values=${name}`,
      start: start("start-replication"),
      stop: `aws dms stop-replication ${arn}`,
      reload: start("reload-target"),
      tables: `aws dms describe-replication-table-statistics ${arn} --query 'ReplicationTableStatistics[].${COLUMNS}'`,
    };
  }
  const describe = `aws dms describe-replication-tasks --filters Name=replication-task-id,Values=${name}`;
  const arn = `--replication-task-arn "$(${describe} --query 'ReplicationTasks[0].ReplicationTaskArn' --output text)"`;
  const start = (type: string): string => `aws dms start-replication-task --start-replication-task-type ${type} ${arn}`;
  return {
    describe,
    start: start("start-replication"),
    stop: `aws dms stop-replication-task ${arn}`,
    reload: start("reload-target"),
    tables: `aws dms describe-table-statistics ${arn} --query 'TableStatistics[].${COLUMNS}'`,
  };
}
