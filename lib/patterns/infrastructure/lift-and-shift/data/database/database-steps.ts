/** What people do around a database move. Commands name what they act on by its name: nothing in them is a token. */
import { isUnresolved } from "../../../../../core/tokens";
import type { RunbookStep } from "../../../../../core/stage";
import type { StageSteps } from "../data-stage";
import type { BackupRestoreMethod } from "./backup-restore";
import type { DatabaseMoveReview } from "./database-review";
import type { DmsMethod } from "../dms/replication-settings";
import type { DatabaseTarget } from "./target-settings";

const OWNER = "database administrator";

/** The steps of a move, forward and back. */
export function databaseMoveSteps(review: DatabaseMoveReview): { forward: StageSteps; reverse: StageSteps } {
  const { name, method, target } = review;
  return method.kind === "dms" ? dmsSteps(name, method, target) : restoreSteps(name, method, target);
}

function dmsSteps(
  name: string,
  method: DmsMethod,
  target: DatabaseTarget,
): { forward: StageSteps; reverse: StageSteps } {
  const serverless = method.compute.kind === "serverless";
  const changes = method.migrationType !== "full-load";
  const describe = serverless
    ? `aws dms describe-replications --filters Name=replication-config-id,Values=${name}`
    : `aws dms describe-replication-tasks --filters Name=replication-task-id,Values=${name}`;
  const arn = serverless
    ? `"$(aws dms describe-replication-configs --filters Name=replication-config-id,Values=${name} --query 'ReplicationConfigs[0].ReplicationConfigArn' --output text)"`
    : `"$(${describe} --query 'ReplicationTasks[0].ReplicationTaskArn' --output text)"`;
  const stop: RunbookStep = {
    title: `Stop the replication of ${name}`,
    owner: OWNER,
    command: serverless
      ? `aws dms stop-replication --replication-config-arn ${arn}`
      : `aws dms stop-replication-task --replication-task-arn ${arn}`,
    expect: "its status is stopped",
    minutes: 15,
  };
  const statistics = serverless
    ? `aws dms describe-replication-table-statistics --replication-config-arn ${arn}`
    : `aws dms describe-table-statistics --replication-task-arn ${arn}`;
  const caughtUp: RunbookStep = {
    title: `Check that every table of ${name} is validated`,
    owner: OWNER,
    command: `${statistics} --query '${serverless ? "ReplicationTableStatistics" : "TableStatistics"}[].[SchemaName,TableName,TableState,ValidationState,ValidationFailedRecords]'`,
    expect: "every table is in state Table completed and Validated, with no failed record",
    minutes: 60,
  };
  return {
    forward: {
      replicate: [
        ...(changes ? [prepareSource(name, method)] : []),
        ...(serverless ? [] : testConnections(name)),
        ...(method.startReplication === true
          ? []
          : [
              {
                title: `Start the replication of ${name}`,
                owner: OWNER,
                command: serverless
                  ? `aws dms start-replication --start-replication-type start-replication --replication-config-arn ${arn}`
                  : `aws dms start-replication-task --start-replication-task-type start-replication --replication-task-arn ${arn}`,
                expect: "its status is running",
                minutes: 30,
              },
            ]),
        {
          title: `Wait for the full load of ${name}`,
          owner: OWNER,
          command: describe,
          expect: changes
            ? "the full load is at 100 % and changes are applied"
            : "the full load is at 100 % and stopped",
          minutes: 1440,
        },
      ],
      test: [
        caughtUp,
        {
          title: `Let the testers work on a copy of ${name}, not on what is replicated to`,
          owner: OWNER,
          command: copyCommand(name, target),
          expect:
            "the testers' connection string names the copy; a write to the target itself would fail its validation",
          minutes: 90,
        },
      ],
      cutover: [
        {
          title: `Stop all writes to the source of ${name}`,
          owner: "application owner",
          expect: "no session but those of DMS is open at the source",
          minutes: 15,
        },
        ...(changes
          ? [
              {
                title: `Wait until no change of ${name} waits`,
                owner: OWNER,
                command: `aws cloudwatch describe-alarms --alarm-name-prefix ${name}- --query 'MetricAlarms[].[AlarmName,StateValue]'`,
                expect: "CDCLatencySource and CDCLatencyTarget are 0 and every alarm is OK",
                minutes: 30,
              },
            ]
          : [
              {
                title: `Load ${name} once more: there is nothing that applies changes`,
                owner: OWNER,
                command: serverless
                  ? `aws dms start-replication --start-replication-type reload-target --replication-config-arn ${arn}`
                  : `aws dms start-replication-task --start-replication-task-type reload-target --replication-task-arn ${arn}`,
                expect: "the full load is at 100 % and stopped",
                minutes: 480,
              },
            ]),
        caughtUp,
        stop,
        {
          title: `Set sequences and identity columns of ${name} beyond the highest value, and enable triggers and constraints`,
          owner: OWNER,
          expect: "an insert into each table with a generated key succeeds and is rolled back: DMS moves neither",
          minutes: 30,
        },
      ],
      finalized: finalizeSteps(name),
    },
    reverse: {
      replicate: [stop, withdraw(name)],
      test: [stopTesting(name)],
      cutover: [
        exportWrites(name),
        {
          title: `Resume the replication of ${name}`,
          owner: OWNER,
          command: serverless
            ? `aws dms start-replication --start-replication-type reload-target --replication-config-arn ${arn}`
            : `aws dms start-replication-task --start-replication-task-type reload-target --replication-task-arn ${arn}`,
          expect: "its status is running; what was written to the target is overwritten, and is in the export",
          minutes: 30,
        },
      ],
      finalized: restoreInstead(name),
    },
  };
}

function prepareSource(name: string, method: DmsMethod): RunbookStep {
  const family = method.source.engine.replace("aurora-", "");
  const what =
    family === "postgresql"
      ? "wal_level is logical, and a replication slot and a sender are free"
      : family === "mysql" || family === "mariadb"
        ? "log_bin is on, binlog_format is ROW, binlog_row_image is FULL, and logs are kept for 24 hours or more"
        : family === "sqlserver"
          ? "the recovery model is FULL or BULK_LOGGED, a full backup exists, and MS-CDC is enabled for the tables"
          : "the database is in ARCHIVELOG mode, supplemental logging is on, and archived logs are kept for 24 hours or more";
  return {
    title: `Prepare the source of ${name} to give its changes`,
    owner: OWNER,
    expect: `${what}; every table has a primary key`,
    minutes: 120,
  };
}

function testConnections(name: string): RunbookStep[] {
  return ["source", "target"].map((end) => ({
    title: `Test the connection of ${name} to its ${end}`,
    owner: OWNER,
    command:
      "aws dms test-connection" +
      ` --replication-instance-arn "$(aws dms describe-replication-instances --filters Name=replication-instance-id,Values=${name} --query 'ReplicationInstances[0].ReplicationInstanceArn' --output text)"` +
      ` --endpoint-arn "$(aws dms describe-endpoints --filters Name=endpoint-id,Values=${name}-${end} --query 'Endpoints[0].EndpointArn' --output text)"`,
    expect: "aws dms describe-connections shows the status successful",
    minutes: 15,
  }));
}

function restoreSteps(
  name: string,
  method: BackupRestoreMethod,
  target: DatabaseTarget,
): { forward: StageSteps; reverse: StageSteps } {
  const prefix = method.prefix ?? "backups";
  const restore: RunbookStep[] = [
    {
      title: `Back up the source of ${name} and copy the backup below ${prefix}/ in the bucket, with its SHA-256`,
      owner: OWNER,
      command: `aws s3 cp BACKUP s3://BUCKET/${prefix}/ --checksum-algorithm SHA256`,
      expect: "the object's checksum is that of the file",
      minutes: 480,
    },
    {
      title: `Restore the backup of ${name}`,
      owner: OWNER,
      command: restoreCommand(target, method),
      expect: "the restore ends without an error",
      minutes: 480,
    },
    {
      title: `Compare source and target of ${name}: objects, row counts and checksums of each table`,
      owner: OWNER,
      expect: "both sides are equal, and the comparison is filed as evidence",
      minutes: 120,
    },
  ];
  return {
    forward: {
      replicate: restore,
      test: [
        {
          title: `Let the testers work on the restored ${name}`,
          owner: OWNER,
          expect: "they know that everything they write is lost: the cut-over restores anew",
          minutes: 15,
        },
      ],
      cutover: [
        {
          title: `Stop all writes to the source of ${name}`,
          owner: "application owner",
          expect: "no session is open at the source",
          minutes: 15,
        },
        ...restore,
      ],
      finalized: finalizeSteps(name),
    },
    reverse: {
      replicate: [withdraw(name)],
      test: [stopTesting(name)],
      cutover: [exportWrites(name)],
      finalized: restoreInstead(name),
    },
  };
}

function restoreCommand(target: DatabaseTarget, method: BackupRestoreMethod): string {
  if (target.engine.startsWith("sqlserver-")) {
    return "exec msdb.dbo.rds_restore_database @restore_db_name='DATABASE', @s3_arn_to_restore_from='arn:aws:s3:::BUCKET/KEY'";
  }
  if (target.engine === "aurora-mysql") return "LOAD DATA FROM S3 's3://BUCKET/KEY' INTO TABLE schema.table";
  if (target.engine.includes("postgres")) {
    return "SELECT aws_s3.table_import_from_s3('schema.table', '', '(format csv)', aws_commons.create_s3_uri('BUCKET', 'KEY', 'REGION'))";
  }
  return method.mysqlImport === undefined ? "mysql --ssl-mode=VERIFY_IDENTITY < dump.sql" : "cdktf deploy";
}

function copyCommand(name: string, target: DatabaseTarget): string {
  // A name that only Terraform knows is no name to type.
  const source = target.kind !== "existing" ? name : isUnresolved(target.identifier) ? "TARGET" : target.identifier;
  return target.engine.startsWith("aurora-")
    ? `aws rds restore-db-cluster-to-point-in-time --restore-type copy-on-write --use-latest-restorable-time --source-db-cluster-identifier ${source} --db-cluster-identifier ${source}-test`
    : `aws rds restore-db-instance-to-point-in-time --use-latest-restorable-time --source-db-instance-identifier ${source} --target-db-instance-identifier ${source}-test`;
}

function finalizeSteps(name: string): RunbookStep[] {
  return [
    {
      title: `File the evidence of ${name}: validation results, the alarms' history and the sign-off`,
      owner: "migration lead",
      expect: "the record names who has seen what, and when",
      minutes: 30,
    },
    {
      title: `Take a last backup of the source of ${name} and switch the source off`,
      owner: OWNER,
      expect: "the backup has been restored once for practice, and nobody misses the source",
      minutes: 240,
    },
    {
      title: `Revoke the credentials that moved ${name} and delete their secrets`,
      owner: OWNER,
      expect: "both users are gone; no secret of the move is left",
      minutes: 15,
    },
  ];
}

function withdraw(name: string): RunbookStep {
  return {
    title: `Drop what the move of ${name} has left at the source`,
    owner: OWNER,
    expect: "no replication slot, publication, CDC table or user of the move is left: a forgotten slot fills the disk",
    minutes: 15,
  };
}

function stopTesting(name: string): RunbookStep {
  return {
    title: `End the test of ${name} and delete the copy`,
    owner: OWNER,
    expect: "no test client is connected",
    minutes: 15,
  };
}

function exportWrites(name: string): RunbookStep {
  return {
    title: `Export what was written to the target of ${name} since the cut-over and apply it to the source`,
    owner: OWNER,
    expect: "every row of the export is at the source: nothing here replicates backwards",
    minutes: 240,
  };
}

function restoreInstead(name: string): RunbookStep[] {
  return [
    {
      title: `Restore the source of ${name} from its last backup`,
      owner: OWNER,
      expect: "the source is as it was at the cut-over; what was written since is at the target alone",
      minutes: 480,
    },
    exportWrites(name),
  ];
}
