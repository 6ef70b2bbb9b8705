/**
 * The runbook steps of a replication by DMS. It runs from `prepare` until the cut-over into `serve`, whose steps stop it:
 * from then on the target is written to, and a change from the source would overwrite what is new.
 */
import type { Phase } from "../../../core/phase";
import type { RunbookStep } from "../../../core/stage";
import { regionOption } from "../../../aws/aws-cli";
import type { PartSteps } from "../../../core/migration-part";
import { deploySteps, deployBackSteps, destroyStep, type PhaseEntry } from "../data-phase";
import { EVALUATED_MINUTES, latencyThresholds } from "../dms/replication-alarms";
import type { DmsMethod } from "../dms/replication-settings";
import { dmsCommands, type DmsCommands } from "./dms-commands";
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
import type { DatabaseTarget } from "./target-settings";
import { testCopy } from "./test-copy";

/** Returns the steps of a move by DMS into a phase, and back out of it. */
export function dmsSteps(
  name: string,
  method: DmsMethod,
  target: DatabaseTarget,
  context: StepContext,
  entry: PhaseEntry,
): PartSteps {
  const { region } = context;
  const changes = method.migrationType !== "full-load";
  const commands = dmsCommands(name, method.compute.kind, region);
  const copy = testCopy(name, target, region);
  const validated: RunbookStep = {
    title: `Check that every table of ${name} is validated`,
    owner: DATABASE_OWNER,
    command: commands.tables,
    expect: "every table is in state Table completed and Validated, with no failed record",
    minutes: 60,
  };
  // A full load stops by itself, and DMS refuses to stop what has stopped.
  const stop: RunbookStep[] = changes
    ? [
        {
          title: `Stop the replication of ${name}`,
          owner: DATABASE_OWNER,
          command: commands.stop,
          expect: "its status is stopped",
          minutes: 15,
        },
      ]
    : [];
  const steps: Readonly<Record<Phase, PartSteps>> = {
    prepare: {
      enter: [
        ...(changes ? [prepareSource(name, method)] : []),
        ...deploySteps(entry, `the target of ${name} and its replication exist, and nothing is replicated yet`),
        ...(method.settings?.targetTables === "drop-and-create" ? [] : [makeSchema(name)]),
        ...(method.compute.kind === "serverless" ? [] : testConnections(name, commands)),
        ...(method.startReplication === true ? [] : [start(name, commands)]),
        {
          title: `Wait for the full load of ${name}`,
          owner: DATABASE_OWNER,
          command: commands.describe,
          expect: changes
            ? "the full load is at 100 % and changes are applied"
            : "the full load is at 100 % and stopped",
          minutes: 1440,
        },
      ],
      reverse: [
        ...stop,
        ...unprotectSteps(name, target),
        destroyStep(destroyOutcome(name, target)),
        ...keepKeySteps(name, target, context),
        dropAtSource(name),
      ],
    },
    try: {
      enter: [validated, ...copy.make, ...deploySteps(entry, `${name} is replicated as before`)],
      reverse: [
        {
          title: `End the test of ${name} and delete the copy`,
          owner: DATABASE_OWNER,
          command: copy.deleteCommand,
          expect: "no test client is connected, and the copy is being deleted, or there is none",
          minutes: 15,
        },
        ...deployBackSteps(entry, `${name} is replicated as before`),
      ],
    },
    serve: {
      enter: [
        ...(entry.transition.from?.phase !== "try"
          ? []
          : [
              {
                title: `Delete the copy of ${name} that the testers worked on`,
                owner: DATABASE_OWNER,
                command: copy.deleteCommand,
                expect: "the copy is being deleted, or there is none",
                minutes: 15,
              },
            ]),
        closeSourceStep(name, "no session but those of DMS is open at the source"),
        changes ? drain(name, method, region) : loadAgain(name, commands),
        validated,
        ...stop,
        {
          title: `Set sequences and identity columns of ${name} beyond the highest value, and enable triggers and constraints`,
          owner: DATABASE_OWNER,
          expect: "an insert into each table with a generated key succeeds and is rolled back: DMS moves neither",
          minutes: 30,
        },
        ...deploySteps(entry, `the target of ${name} and its stopped replication are as before`),
      ],
      reverse: [
        exportWritesStep(name),
        reopenSourceStep(name),
        ...deployBackSteps(entry, `the target of ${name} and its stopped replication are as before`),
        {
          title: `Disable triggers and constraints of ${name} at the target, as before the first load`,
          owner: DATABASE_OWNER,
          expect:
            "no trigger fires and no foreign key is checked at the target: the load empties its tables in any order",
          minutes: 30,
        },
        {
          title: `Replicate ${name} anew, once the exported rows have been verified at the source`,
          owner: DATABASE_OWNER,
          command: commands.reload,
          expect: `${changes ? "its status is running" : "the full load is at 100 % and stopped"}; what was written to the target is overwritten, and is at the source`,
          minutes: changes ? 30 : 480,
        },
      ],
    },
    final: {
      enter: finalizeSteps(name, entry, `the replication of ${name} is destroyed; target, key and logs are kept`),
    },
  };
  return steps[entry.phase];
}

function start(name: string, commands: DmsCommands): RunbookStep {
  return {
    title: `Start the replication of ${name}`,
    owner: DATABASE_OWNER,
    command: commands.start,
    expect: "its status is running",
    minutes: 30,
  };
}

/**
 * Returns the step that waits until all changes are applied. A latency alarm is OK if the oldest change waited no longer
 * than the threshold in one of the evaluated minutes. Once all of those minutes lie later than the closing of the source
 * by more than the threshold, a change that still waited would exceed it in each.
 */
function drain(name: string, method: DmsMethod, region: string | undefined): RunbookStep {
  const title = `Wait until all changes of ${name} are applied`;
  if (method.compute.kind === "serverless" && method.compute.alarmDimensions === undefined) {
    return {
      title,
      owner: DATABASE_OWNER,
      expect: "CDCLatencySource and CDCLatencyTarget of the replication have been 0 in CloudWatch for five minutes",
      minutes: 30,
    };
  }
  const { source, target } = latencyThresholds(method.alarms);
  // Two minutes for the metrics to arrive.
  const wait = EVALUATED_MINUTES + Math.ceil(Math.max(source, target) / 60) + 2;
  return {
    title,
    owner: DATABASE_OWNER,
    command:
      `aws cloudwatch describe-alarms --alarm-names ${name}-source-latency ${name}-target-latency ${name}-validation-failures` +
      ` --query 'MetricAlarms[].[AlarmName,StateValue]'${regionOption(region)}`,
    expect: `all three alarms are OK ${wait} minutes or more after the source was closed: every earlier change has been applied`,
    minutes: 30 + wait,
  };
}

function loadAgain(name: string, commands: DmsCommands): RunbookStep {
  return {
    title: `Load ${name} once more: a full load does not apply later changes`,
    owner: DATABASE_OWNER,
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
    title: `Prepare the source of ${name} for change data capture`,
    owner: DATABASE_OWNER,
    expect: `${what}; every table has a primary key`,
    minutes: 120,
  };
}

function makeSchema(name: string): RunbookStep {
  return {
    title: `Create the schema of ${name} at the target with the engine's own tools`,
    owner: DATABASE_OWNER,
    expect: "every table and index exists and is empty; triggers and foreign keys are disabled until the cut-over",
    minutes: 120,
  };
}

function testConnections(name: string, commands: DmsCommands): RunbookStep[] {
  return (["source", "target"] as const).map((end) => ({
    title: `Test the connection of ${name} to its ${end}`,
    owner: DATABASE_OWNER,
    command: commands.testConnection(end),
    expect: "aws dms describe-connections shows the status successful",
    minutes: 15,
  }));
}

function dropAtSource(name: string): RunbookStep {
  return {
    title: `Drop the objects that the move of ${name} left at the source`,
    owner: DATABASE_OWNER,
    expect: "no replication slot, publication, CDC table or user of the move is left: a forgotten slot fills the disk",
    minutes: 15,
  };
}
