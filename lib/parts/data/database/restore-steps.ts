/**
 * The runbook steps of a backup and restore. It happens twice: once for the testers, and once more at the cut-over, onto a
 * target that is emptied before, because a restore adds to what it finds or refuses it.
 *
 * RDS imports a Percona XtraBackup only as it creates an instance. Creating it anew at the cut-over would mean to switch
 * off its deletion protection and to lose its address, its secret and its backups at the worst moment, so the second time
 * a client restores a dump.
 */
import type { PartSteps } from "../../../core/migration-part";
import type { Phase } from "../../../core/phase";
import type { RunbookStep } from "../../../core/stage";
import { deploySteps, deployBackSteps, destroyStep, type PhaseEntry } from "../data-phase";
import type { BackupRestoreMethod } from "./backup-restore";
import {
  closeSourceStep,
  exportWritesStep,
  finalizeSteps,
  keepKeySteps,
  destroyOutcome,
  reopenSourceStep,
  DATABASE_OWNER,
  unprotectSteps,
  type StepContext,
} from "./shared-steps";
import { isSqlServer, type DatabaseTarget } from "./target-settings";

const CLIENT_RESTORE = "mysql --ssl-mode=VERIFY_IDENTITY < dump.sql";

/** Returns the steps of a move by backup and restore into a phase, and back out of it. */
export function restoreSteps(
  name: string,
  method: BackupRestoreMethod,
  target: DatabaseTarget,
  context: StepContext,
  entry: PhaseEntry,
): PartSteps {
  const prefix = method.prefix ?? "backups";
  const upload = `aws s3 cp BACKUP s3://BUCKET/${prefix}/ --checksum-algorithm SHA256`;
  const imported = method.mysqlImport !== undefined;
  const restore: RunbookStep = {
    title: `Restore the backup of ${name}`,
    owner: DATABASE_OWNER,
    command: restoreCommand(target),
    expect: "the restore ends without an error",
    minutes: 480,
  };
  const compare: RunbookStep = {
    title: `Compare source and target of ${name}: objects, row counts and checksums of each table`,
    owner: DATABASE_OWNER,
    expect: "both sides are equal, and the comparison is filed as evidence",
    minutes: 120,
  };
  const backUp: RunbookStep = {
    title: `Back up the source of ${name} and copy the backup below ${prefix}/ in the bucket, with its SHA-256`,
    owner: DATABASE_OWNER,
    command: upload,
    expect: "the object's checksum is that of the file",
    minutes: 480,
  };
  const asBefore = `the target of ${name} is as before`;
  const steps: Readonly<Record<Phase, PartSteps>> = {
    prepare: {
      enter: imported
        ? [
            {
              ...backUp,
              title: `Back up the source of ${name} with Percona XtraBackup and copy the backup below ${prefix}/ in the bucket`,
              expect: "the backup is in the bucket, and no other below its prefix: the instance is created from it",
            },
            ...deploySteps(entry, `the target of ${name} is created from the backup`, 480),
            compare,
          ]
        : [...deploySteps(entry, `the target of ${name} exists, and may read the backups`), backUp, restore, compare],
      reverse: [
        ...unprotectSteps(name, target),
        ...(method.bucket === undefined ? [emptyBucket(name)] : []),
        destroyStep(destroyOutcome(name, target)),
        ...keepKeySteps(name, target, context),
      ],
    },
    try: {
      enter: [
        {
          title: `Let the testers work on the restored ${name}`,
          owner: DATABASE_OWNER,
          expect: "they know that everything they write is lost: the cut-over restores anew",
          minutes: 15,
        },
        ...deploySteps(entry, asBefore),
      ],
      reverse: [
        { title: `End the test of ${name}`, owner: DATABASE_OWNER, expect: "no test client is connected", minutes: 15 },
        ...deployBackSteps(entry, asBefore),
      ],
    },
    serve: {
      enter: [
        closeSourceStep(name, "no session is open at the source"),
        imported
          ? {
              title: `Dump the source of ${name} for a client to restore: RDS imports a backup only as it creates the instance`,
              owner: DATABASE_OWNER,
              command:
                "mysqldump --single-transaction --routines --triggers --events --databases DATABASE_NAME > dump.sql",
              expect: "the last line of dump.sql says that the dump is complete; the instance is not created anew",
              minutes: 480,
            }
          : backUp,
        emptyTarget(name, target),
        restore,
        compare,
        ...deploySteps(entry, asBefore),
      ],
      reverse: [exportWritesStep(name), reopenSourceStep(name), ...deployBackSteps(entry, asBefore)],
    },
    final: {
      enter: finalizeSteps(name, entry, `the target of ${name} may no longer read the backups; both are kept`),
    },
  };
  return steps[entry.phase];
}

function restoreCommand(target: DatabaseTarget): string {
  if (isSqlServer(target.engine)) {
    return "exec msdb.dbo.rds_restore_database @restore_db_name='DATABASE', @s3_arn_to_restore_from='arn:aws:s3:::BUCKET/KEY'";
  }
  if (target.engine === "aurora-mysql") return "LOAD DATA FROM S3 's3://BUCKET/KEY' INTO TABLE schema.table";
  if (target.engine.includes("postgres")) {
    return "SELECT aws_s3.table_import_from_s3('schema.table', '', '(format csv)', aws_commons.create_s3_uri('BUCKET', 'KEY', 'REGION'))";
  }
  return CLIENT_RESTORE;
}

/** Returns the step that empties the target: the data restored for the testers, and everything that they have written. */
function emptyTarget(name: string, target: DatabaseTarget): RunbookStep {
  const [command, left] = emptied(target.engine);
  return {
    title: `Empty the target of ${name}: the data restored for the test, and the testers' writes`,
    owner: DATABASE_OWNER,
    command,
    expect: `the connection is to the target, no other client is connected to it, and ${left}`,
    minutes: 60,
  };
}

/**
 * Returns the command that empties a target, and its expected outcome. An import from S3 adds rows to existing tables; a
 * native restore of SQL Server refuses an existing database. Amazon RDS User Guide, "Dropping a database in an Amazon RDS
 * for Microsoft SQL Server DB instance".
 */
function emptied(engine: DatabaseTarget["engine"]): readonly [command: string, left: string] {
  const rows = "every table of the move has no row";
  if (isSqlServer(engine)) return ["exec msdb.dbo.rds_drop_database N'DATABASE'", "the database is no longer listed"];
  if (engine === "aurora-mysql") return ["TRUNCATE TABLE schema.table", rows];
  if (engine.includes("postgres")) return ["TRUNCATE TABLE schema.table RESTART IDENTITY CASCADE", rows];
  return ["DROP DATABASE DATABASE_NAME; CREATE DATABASE DATABASE_NAME", "the database has no table"];
}

function emptyBucket(name: string): RunbookStep {
  return {
    title: `Empty the bucket with the backups of ${name}, all versions`,
    owner: DATABASE_OWNER,
    expect: "no backup is left; the source is still the system of record",
    minutes: 30,
  };
}
