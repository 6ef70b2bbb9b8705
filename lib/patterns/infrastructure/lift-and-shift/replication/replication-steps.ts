/** What people do with the files of a replication tool. Terraform has no resources for one, so all of it is theirs. */
import type { PartSteps } from "../../../../core/migration-part";
import type { RunbookStep } from "../../../../core/stage";
import type { LiftAndShiftStage } from "../stages";
import type { ExportedText } from "./replication-export";

/** What was written. */
export interface ReplicationFiles {
  readonly mgnImport?: ExportedText;
  readonly mgnLaunchSettings?: ExportedText;
  readonly factoryIntake?: ExportedText;
}

const OWNER = "migration engineer";

/** The steps of every stage that has any. AWS CLI Command Reference, mgn. */
export function replicationSteps({
  mgnImport,
  mgnLaunchSettings,
  factoryIntake,
}: ReplicationFiles): Partial<Record<LiftAndShiftStage, PartSteps>> {
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
  if (mgnImport === undefined) return { replicate: { enter: factory } };
  return {
    replicate: {
      enter: [
        ...written(mgnImport, "mgn-import.csv"),
        {
          title: "Import mgn-import.csv into Application Migration Service",
          owner: OWNER,
          command: "aws mgn start-import --s3-bucket-source s3Bucket=BUCKET,s3Key=mgn-import.csv",
          expect: "aws mgn list-imports shows the status SUCCEEDED, and aws mgn list-import-errors nothing",
          minutes: 30,
        },
        {
          title: "Install the replication agent on every source server, with its name as --user-provided-id",
          owner: OWNER,
          command: "aws mgn describe-source-servers --filters '{}'",
          expect: "every server of the import replicates; none is listed twice",
          minutes: 240,
        },
        ...(mgnLaunchSettings === undefined ? [] : [launchSettings()]),
        ...factory,
      ],
      reverse: [
        {
          title: "End the replication of every server and remove its agent",
          owner: OWNER,
          command: "aws mgn disconnect-from-service --source-server-id SOURCE_SERVER",
          expect: "every source server is DISCONNECTED, and production goes on",
          minutes: 60,
        },
      ],
    },
  };
}

function launchSettings(): RunbookStep {
  return {
    title: "Apply mgn-launch-settings.json to every source server",
    owner: OWNER,
    command:
      "aws mgn update-launch-configuration --source-server-id SOURCE_SERVER --cli-input-json LAUNCH_CONFIGURATION",
    expect: "aws mgn get-launch-configuration shows the settings of the file",
    minutes: 30,
  };
}

/** A text with values that only Terraform knows is an output. */
function written(text: ExportedText, fileName: string): RunbookStep[] {
  if (text.kind === "file") return [];
  return [
    {
      title: `Write ${fileName}`,
      owner: OWNER,
      command: `terraform output -raw ${text.outputName} > ${fileName}`,
      expect: "the file has a line for each server, and a subnet in each line",
      minutes: 5,
    },
  ];
}
