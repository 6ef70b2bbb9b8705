/** The runbook steps of a file move. */
import type { PartSteps } from "../../../core/migration-part";
import type { Phase } from "../../../core/phase";
import type { RunbookStep } from "../../../core/stage";
import { regionOption } from "../../../aws/aws-cli";
import { deploySteps, deployBackSteps, destroyStep, type PhaseEntry } from "../data-phase";
import type { FileMoveReview } from "./file-review";

const OWNER = "storage administrator";

/** Returns the steps of a move into a phase, and back out of it. A trial that the pattern leaves out is not made. */
export function fileMoveSteps(review: FileMoveReview, region: string | undefined, entry: PhaseEntry): PartSteps {
  if (entry.phase === "try" && entry.transition.to.phase !== "try") return {};
  const { name, source, target, schedule } = review;
  const there = regionOption(region);
  const arn = `"$(aws datasync list-tasks --query "Tasks[?Name=='${name}'].TaskArn | [0]" --output text${there})"`;
  const copy: RunbookStep = {
    title: `Copy the files of ${name}`,
    owner: OWNER,
    command: `aws datasync start-task-execution --task-arn ${arn}${there}`,
    expect: "the execution's status is SUCCESS, and its report lists no error",
    minutes: 480,
  };
  const passwords = source.kind === "smb" || target.kind === "fsx-windows";
  const goesOn = `the task of ${name} ${schedule === undefined ? "stays as it is" : "goes on copying by its schedule"}`;
  const steps: Readonly<Record<Phase, PartSteps>> = {
    prepare: {
      enter: [
        ...(source.kind === "s3" ? [] : [checkAgents(name, there)]),
        ...deploySteps(entry, `the target of ${name} and the task that copies to it exist`),
        copy,
      ],
      reverse: [
        {
          title: `Stop a running copy of ${name}`,
          owner: OWNER,
          command: `aws datasync list-task-executions --task-arn ${arn}${there}`,
          expect: "no execution is running; cancel with aws datasync cancel-task-execution where one is",
          minutes: 15,
        },
        ...emptyBuckets(review),
        destroyStep(destroyOutcome(review)),
      ],
    },
    try: {
      enter: [
        {
          title: `Read the last report of ${name}`,
          owner: OWNER,
          command: `aws datasync list-task-executions --task-arn ${arn}${there}`,
          expect: "nothing was skipped or failed verification; what testers write is overwritten by the next copy",
          minutes: 30,
        },
        ...deploySteps(entry, goesOn),
      ],
      reverse: [
        {
          title: `End the test of ${name}`,
          owner: OWNER,
          expect: "no test client has the target mounted",
          minutes: 15,
        },
        ...deployBackSteps(entry, goesOn),
      ],
    },
    serve: {
      enter: [
        {
          title: `Make the source of ${name} read only`,
          owner: OWNER,
          expect: "a write to the source fails, and no file is open for writing",
          minutes: 15,
        },
        { ...copy, title: `Copy what has changed in ${name} since the last copy`, minutes: 120 },
        {
          title: `Compare the number of files and bytes of ${name} on both sides`,
          owner: OWNER,
          expect: "both sides are equal, less what the filters leave out",
          minutes: 60,
        },
        ...deploySteps(entry, `the task of ${name} has no schedule any more`),
      ],
      reverse: [
        {
          title: `Copy what was written to the target of ${name} since the cut-over back to the source`,
          owner: OWNER,
          expect: "every file that is newer at the target is at the source: the next copy overwrites the target",
          minutes: 240,
        },
        {
          title: `Make the source of ${name} writable again`,
          owner: OWNER,
          expect: "a write to the source succeeds",
          minutes: 15,
        },
        ...deployBackSteps(entry, goesOn),
      ],
    },
    final: {
      enter: [
        {
          title: `File the reports of ${name} as evidence`,
          owner: "migration lead",
          expect: "the last report shows every file verified",
          minutes: 15,
        },
        ...deploySteps(entry, `the task and the locations of ${name} are destroyed; target, log and reports are kept`),
        ...(passwords
          ? [
              {
                title: `Change the password of the user that moved ${name}, or delete the user`,
                owner: OWNER,
                expect: "the password in Terraform's state is no longer valid",
                minutes: 15,
              },
            ]
          : []),
      ],
    },
  };
  return steps[entry.phase];
}

/** Returns the expected outcome of a destroy. AWS Backup User Guide: recovery points outlive their file system. */
function destroyOutcome({ name, target }: FileMoveReview): string {
  switch (target.kind) {
    case "efs":
      return `the files of ${name} at the source are left, and the automatic backups in the vault aws/efs/automatic-backup-vault until they expire`;
    case "s3":
      return `only the files of ${name} at the source are left`;
    default:
      return `the task that copies ${name} is gone; the copied files are still at the existing target`;
  }
}

function checkAgents(name: string, there: string): RunbookStep {
  return {
    title: `Check that the agents of ${name} are online`,
    owner: OWNER,
    command: `aws datasync list-agents --query 'Agents[].[Name,Status]'${there}`,
    expect: "every agent is ONLINE",
    minutes: 15,
  };
}

/** Returns the step that empties the buckets of the move: Terraform deletes no bucket that has something in it. */
function emptyBuckets({ name, target, reportBucket }: FileMoveReview): RunbookStep[] {
  const made = [
    ...(target.kind === "s3" ? ["the copied files"] : []),
    ...(reportBucket === undefined ? ["the reports"] : []),
  ];
  if (made.length === 0) return [];
  return [
    {
      title: `Empty the bucket with ${made.join(" and the one with ")} of ${name}, all versions`,
      owner: OWNER,
      expect: "no object is left; the source is still the system of record",
      minutes: 30,
    },
  ];
}
