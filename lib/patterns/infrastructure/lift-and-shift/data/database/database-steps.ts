/** What people do around a database move. Commands name what they act on by its name: nothing in them is a token. */
import { isUnresolved } from "../../../../../core/tokens";
import type { RunbookStep } from "../../../../../core/stage";
import { deployed, destroyed, type DataSteps } from "../data-stage";
import type { DmsMethod } from "../dms/replication-settings";
import type { BackupRestoreMethod } from "./backup-restore";
import type { DatabaseMoveReview } from "./database-review";
import { dmsCommands, type DmsCommands } from "./dms-commands";
import type { DatabaseTarget } from "./target-settings";

const OWNER = "database administrator";

/** The steps of a move, forward and back. */
export function databaseMoveSteps({ name, method, target }: DatabaseMoveReview): DataSteps {
  return method.kind === "dms" ? dmsSteps(name, method, target) : restoreSteps(name, method, target);
}

function dmsSteps(name: string, method: DmsMethod, target: DatabaseTarget): DataSteps {
  const changes = method.migrationType !== "full-load";
  const commands = dmsCommands(name, method.compute.kind);
  const validated: RunbookStep = {
    title: `Check that every table of ${name} is validated`,
    owner: OWNER,
    command: commands.tables,
    expect: "every table is in state Table completed and Validated, with no failed record",
    minutes: 60,
  };
  const stop: RunbookStep = {
    title: `Stop the replication of ${name}`,
    owner: OWNER,
    command: commands.stop,
    expect: "its status is stopped",
    minutes: 15,
  };
  return {
    replicate: {
      enter: [
        ...(changes ? [prepareSource(name, method)] : []),
        deployed("replicate", `the target of ${name} and its replication stand, and nothing is replicated yet`),
        ...(method.settings?.targetTables === "drop-and-create" ? [] : [makeSchema(name)]),
        ...(method.compute.kind === "serverless" ? [] : testConnections(name)),
        ...(method.startReplication === true ? [] : [start(name, commands)]),
        {
          title: `Wait for the full load of ${name}`,
          owner: OWNER,
          command: commands.describe,
          expect: changes
            ? "the full load is at 100 % and changes are applied"
            : "the full load is at 100 % and stopped",
          minutes: 1440,
        },
      ],
      reverse: [stop, ...unprotect(name, target), destroyed(leftOf(name, target)), dropAtSource(name)],
    },
    test: {
      enter: [
        validated,
        {
          title: `Make a copy of ${name} for the testers: what is replicated to is not theirs to write to`,
          owner: OWNER,
          command: copyCommand(name, target),
          expect:
            "the testers' connection string names the copy; a write to the target itself would fail its validation",
          minutes: 90,
        },
        deployed("test", `${name} is replicated as before`),
      ],
      reverse: [stopTesting(name), deployed("replicate", `${name} is replicated as before`)],
    },
    cutover: {
      enter: [
        closeSource(name, "no session but those of DMS is open at the source"),
        ...(changes ? [drain(name)] : [loadAgain(name, commands)]),
        validated,
        stop,
        {
          title: `Set sequences and identity columns of ${name} beyond the highest value, and enable triggers and constraints`,
          owner: OWNER,
          expect: "an insert into each table with a generated key succeeds and is rolled back: DMS moves neither",
          minutes: 30,
        },
        deployed("cutover", `the target of ${name} and its stopped replication are as before`),
      ],
      reverse: [
        exportWrites(name),
        deployed("test", `the target of ${name} and its stopped replication are as before`),
        {
          title: `Replicate ${name} anew, once the rows of the export have been seen at the source`,
          owner: OWNER,
          command: commands.reload,
          expect: "its status is running; what was written to the target is overwritten, and is at the source",
          minutes: 30,
        },
      ],
    },
    finalized: { enter: finalizeSteps(name, `the replication of ${name} is destroyed; target, key and logs are kept`) },
  };
}

function start(name: string, commands: DmsCommands): RunbookStep {
  return {
    title: `Start the replication of ${name}`,
    owner: OWNER,
    command: commands.start,
    expect: "its status is running",
    minutes: 30,
  };
}

function drain(name: string): RunbookStep {
  return {
    title: `Wait until no change of ${name} waits`,
    owner: OWNER,
    command: `aws cloudwatch describe-alarms --alarm-name-prefix ${name}- --query 'MetricAlarms[].[AlarmName,StateValue]'`,
    expect: "CDCLatencySource and CDCLatencyTarget are 0 and every alarm is OK",
    minutes: 30,
  };
}

function loadAgain(name: string, commands: DmsCommands): RunbookStep {
  return {
    title: `Load ${name} once more: there is nothing that applies changes`,
    owner: OWNER,
    command: commands.reload,
    expect: "the full load is at 100 % and stopped",
    minutes: 480,
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

function makeSchema(name: string): RunbookStep {
  return {
    title: `Make the schema of ${name} at the target with the engine's own tools`,
    owner: OWNER,
    expect: "every table and index is there and empty; triggers and foreign keys are switched off until the cut-over",
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

function restoreSteps(name: string, method: BackupRestoreMethod, target: DatabaseTarget): DataSteps {
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
  const asBefore = `the target of ${name} is as before`;
  return {
    replicate: {
      enter: [deployed("replicate", `the target of ${name} stands, and may read the backups`), ...restore],
      reverse: [
        ...unprotect(name, target),
        ...(method.bucket === undefined ? [emptyBucket(name)] : []),
        destroyed(leftOf(name, target)),
      ],
    },
    test: {
      enter: [
        {
          title: `Let the testers work on the restored ${name}`,
          owner: OWNER,
          expect: "they know that everything they write is lost: the cut-over restores anew",
          minutes: 15,
        },
        deployed("test", asBefore),
      ],
      reverse: [stopTesting(name), deployed("replicate", asBefore)],
    },
    cutover: {
      enter: [closeSource(name, "no session is open at the source"), ...restore, deployed("cutover", asBefore)],
      reverse: [exportWrites(name), deployed("test", asBefore)],
    },
    finalized: {
      enter: finalizeSteps(name, `the target of ${name} may no longer read the backups; both are kept`),
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

function closeSource(name: string, expect: string): RunbookStep {
  return { title: `Close the source of ${name} to whoever still writes to it`, owner: OWNER, expect, minutes: 15 };
}

function finalizeSteps(name: string, expect: string): RunbookStep[] {
  return [
    {
      title: `File the evidence of ${name}: validation results, the alarms' history and the sign-off`,
      owner: "migration lead",
      expect: "the record names who has seen what, and when",
      minutes: 30,
    },
    {
      title: `Take a last backup of the source of ${name}`,
      owner: OWNER,
      expect: "the backup has been restored once for practice, and nobody has missed the source since the cut-over",
      minutes: 240,
    },
    deployed("finalized", expect),
    {
      title: `Revoke the credentials that moved ${name} and delete their secrets`,
      owner: OWNER,
      expect: "both users are gone; no secret of the move is left",
      minutes: 15,
    },
  ];
}

/** RDS refuses to delete what is protected, so a withdrawal of a target that is made here takes a deploy before. */
function unprotect(name: string, target: DatabaseTarget): RunbookStep[] {
  if (target.kind === "existing" || target.deletionProtection === false) return [];
  return [
    {
      title: `Switch off the deletion protection of ${name}: declare deletionProtection: false and deploy`,
      owner: "platform engineer",
      command: "cdktf deploy",
      expect: "the plan changes the deletion protection and nothing else",
      minutes: 30,
    },
  ];
}

/** What a withdrawal leaves on purpose. */
function leftOf(name: string, target: DatabaseTarget): string {
  return target.kind === "existing"
    ? `the replication of ${name} is gone, and its target is not`
    : `of ${name} nothing but the final snapshot ${name}-final is left`;
}

function emptyBucket(name: string): RunbookStep {
  return {
    title: `Empty the bucket with the backups of ${name}, all versions`,
    owner: OWNER,
    expect: "nobody needs them: the source is what counts",
    minutes: 30,
  };
}

function dropAtSource(name: string): RunbookStep {
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
