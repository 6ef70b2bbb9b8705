/**
 * The runbook steps for the files of a replication tool. Terraform has no resources for one, so people do all of it.
 *
 * Two facts order the steps. Application Migration Service terminates nothing that is in TESTING or CUTTING_OVER, so a
 * server changes its state first. And an instance that Terraform has adopted is Terraform's to destroy: terminated by
 * anybody else, it would be made again, empty.
 */
import type { PartSteps } from "../../../../core/migration-part";
import type { Phase } from "../../../../core/phase";
import type { RunbookStep } from "../../../../core/stage";
import { isUnresolved } from "../../../../core/tokens";
import { writeCommand, type ExportedText } from "../../../../core/exported-text";

/** The files that were written, and the region that the servers go to. */
export interface ReplicationFiles {
  readonly region: string;
  /** The stack in whose folder the files are. */
  readonly stack: string;
  readonly mgnImport?: ExportedText;
  readonly mgnLaunchSettings?: ExportedText;
  readonly factoryIntake?: ExportedText;
}

const OWNER = "migration engineer";

/**
 * Returns the steps of every phase that has any. Cloud Migration Factory launches and tests from its own console, and has
 * its import.
 */
export function replicationSteps({
  region,
  stack,
  mgnImport,
  mgnLaunchSettings,
  factoryIntake,
}: ReplicationFiles): Partial<Record<Phase, PartSteps>> {
  const factory: RunbookStep[] =
    factoryIntake === undefined
      ? []
      : [
          ...written(factoryIntake, "migration-factory-intake.csv"),
          {
            title: "Import migration-factory-intake.csv into Cloud Migration Factory",
            owner: OWNER,
            expect: "every server is listed with its wave, and no row is refused",
            minutes: 30,
          },
        ];
  if (mgnImport === undefined) return { prepare: { enter: factory } };
  const home = isUnresolved(region) ? "REGION" : region;
  return {
    prepare: {
      enter: [
        ...written(mgnImport, "mgn-import.csv"),
        ...imported(
          home,
          mgnImport.kind === "file" ? `cdktf.out/stacks/${stack}/${mgnImport.fileName}` : "mgn-import.csv",
        ),
        ...(mgnLaunchSettings === undefined ? [] : [launchSettings(home)]),
        ...factory,
      ],
      reverse: withdrawn(home),
    },
    try: { enter: launchedForTest(home), reverse: testEnded(home) },
    serve: { enter: launchedForCutover(home), reverse: cutoverReverted(home) },
  };
}

/** Returns a command of the AWS CLI Command Reference, mgn. One that takes a single server is run for each. */
function mgn(region: string, operation: string): string {
  return `aws mgn ${operation} --region ${region}`;
}

function imported(region: string, file: string): RunbookStep[] {
  return [
    {
      title: "Upload mgn-import.csv to a bucket that only readers of the inventory can read",
      owner: OWNER,
      command: `aws s3 cp ${file} s3://BUCKET/mgn-import.csv --region ${region}`,
      expect: "the object is in a bucket of the region to which the servers go",
      minutes: 5,
    },
    {
      title: "Import mgn-import.csv into Application Migration Service",
      owner: OWNER,
      command: mgn(region, "start-import --s3-bucket-source s3Bucket=BUCKET,s3Key=mgn-import.csv"),
      expect: "aws mgn list-imports shows the status SUCCEEDED, and aws mgn list-import-errors nothing",
      minutes: 30,
    },
    {
      title: "Install the replication agent on every source server, with its name as --user-provided-id",
      owner: OWNER,
      command: mgn(region, "describe-source-servers --filters '{}'"),
      expect: "every server of the import replicates; none is listed twice",
      minutes: 240,
    },
  ];
}

function launchSettings(region: string): RunbookStep {
  return {
    title: "Apply mgn-launch-settings.json to every source server",
    owner: OWNER,
    command: mgn(
      region,
      "update-launch-configuration --source-server-id SOURCE_SERVER --cli-input-json LAUNCH_CONFIGURATION",
    ),
    expect: "aws mgn get-launch-configuration shows the settings of the file",
    minutes: 30,
  };
}

/** Returns the step that waits for the job of a launch, whose id is in the answer of the launch. */
function launched(region: string, kind: string): RunbookStep {
  return {
    title: `Wait until the ${kind} instance of every server is launched`,
    owner: OWNER,
    command: mgn(region, "describe-jobs --filters jobIDs=JOB"),
    expect: "the job is COMPLETED with every server LAUNCHED, and each instance passes both EC2 status checks",
    minutes: 60,
  };
}

function setState(region: string, state: "READY_FOR_TEST" | "READY_FOR_CUTOVER"): string {
  return mgn(region, `change-server-life-cycle-state --source-server-id SOURCE_SERVER --life-cycle state=${state}`);
}

function launchedForTest(region: string): RunbookStep[] {
  return [
    {
      title: "Launch a test instance of every server",
      owner: OWNER,
      command: mgn(region, "start-test --source-server-ids SOURCE_SERVERS"),
      expect: "a job is named, every server is TESTING, and replication goes on",
      minutes: 15,
    },
    launched(region, "test"),
    {
      title: "Mark every server whose test instance works ready for cut-over",
      owner: OWNER,
      command: setState(region, "READY_FOR_CUTOVER"),
      expect: "every server is READY_FOR_CUTOVER; one that fails a test later is set back to READY_FOR_TEST",
      minutes: 30,
    },
  ];
}

function testEnded(region: string): RunbookStep[] {
  return [
    {
      title: "Set every server back to ready for test",
      owner: OWNER,
      command: setState(region, "READY_FOR_TEST"),
      expect: "every server is READY_FOR_TEST and replicates",
      minutes: 15,
    },
    {
      title: "Terminate the test instances, and none that Terraform has adopted",
      owner: OWNER,
      command: mgn(region, "terminate-target-instances --source-server-ids SOURCE_SERVERS"),
      expect: "no test instance is left",
      minutes: 30,
    },
  ];
}

function launchedForCutover(region: string): RunbookStep[] {
  return [
    {
      title: "Wait until every server has replicated what its source wrote last",
      owner: OWNER,
      command: mgn(
        region,
        "describe-source-servers --filters '{}' --query 'items[].[sourceServerID,dataReplicationInfo.dataReplicationState,dataReplicationInfo.lagDuration]' --output table",
      ),
      expect: "every server is CONTINUOUS, without lag",
      minutes: 30,
    },
    {
      title: "Launch the cut-over instance of every server",
      owner: OWNER,
      command: mgn(region, "start-cutover --source-server-ids SOURCE_SERVERS"),
      expect: "a job is named, and every server is CUTTING_OVER; its test instance is terminated",
      minutes: 15,
    },
    launched(region, "cut-over"),
    {
      title: "Save which instances were launched, and declare them as the servers' images",
      owner: OWNER,
      command: `${mgn(region, "describe-source-servers --filters '{}'")} > source-servers.json`,
      expect:
        "launchedInstances lists no server as notLaunched, and an instance that the state has at such a server's address from before is removed from it with terraform state rm",
      minutes: 15,
    },
    {
      title: "Adopt the launched instances",
      owner: OWNER,
      command: "cdktf deploy",
      deploys: true,
      expect: "the plan imports every launched instance, and makes, replaces and destroys none",
      minutes: 15,
    },
  ];
}

function cutoverReverted(region: string): RunbookStep[] {
  return [
    {
      title: "Set every server back to ready for cut-over",
      owner: OWNER,
      command: setState(region, "READY_FOR_CUTOVER"),
      expect: "every server is READY_FOR_CUTOVER and replicates; what Terraform has adopted stays until it destroys it",
      minutes: 15,
    },
  ];
}

/**
 * Returns the steps back. Disconnecting terminates no instance, and Terraform destroys none that it does not know: those go
 * first.
 */
function withdrawn(region: string): RunbookStep[] {
  return [
    {
      title: "Terminate the launched instances that are left, and none that Terraform has adopted",
      owner: OWNER,
      command: mgn(region, "terminate-target-instances --source-server-ids SOURCE_SERVERS"),
      expect: "no instance is left that Application Migration Service has launched and Terraform does not destroy",
      minutes: 30,
    },
    {
      title: "End the replication of every server and remove its agent",
      owner: OWNER,
      command: mgn(region, "disconnect-from-service --source-server-id SOURCE_SERVER"),
      expect: "every source server is DISCONNECTED, and production goes on",
      minutes: 60,
    },
    {
      title: "Destroy the target infrastructure that replication used",
      owner: OWNER,
      command: "cdktf destroy",
      deploys: true,
      expect: "no security group and no subnet is kept by an instance of the replication tool",
      minutes: 30,
    },
  ];
}

/** Returns the step that writes a text from an output: a text with values that only Terraform knows is an output. */
function written(text: ExportedText, fileName: string): RunbookStep[] {
  const command = writeCommand(text, fileName);
  if (command === undefined) return [];
  return [
    {
      title: `Write ${fileName}`,
      owner: OWNER,
      command,
      expect: "the file has a line for each server, and a subnet in each line",
      minutes: 5,
    },
  ];
}
