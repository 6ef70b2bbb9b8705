/** The stages of a lift and shift, with the steps into each and the steps back. */
import { Stages, type Stage } from "../../../core/stage";
import type { Declared } from "../../../core/stage-evidence";
import { finalizedEvidence } from "../../../parts/validation/finalized";
import type { FinalizedEvidence } from "../../../parts/validation/finalized-evidence";
import { expectations } from "./expectations";
import type { LiftAndShiftStage } from "./stage-names";

/**
 * The declaration of a stage: `finalized` does not compile without evidence, and no other stage takes any.
 *
 * @example
 * const declared: LiftAndShiftDeclaration = { stage: "cutover" };
 */
export type LiftAndShiftDeclaration = Declared<LiftAndShiftStage, { finalized: FinalizedEvidence }>;

/**
 * The stage `finalized`. The steps that read the alarms' history and sign come from `ValidationSuite`, which knows the alarms.
 * Replication ends after the deployment, because the deployment checks the evidence, and replication that has ended cannot
 * be taken up again.
 */
const finalizedStage: Stage<"finalized"> = {
  name: "finalized",
  phase: "final",
  summary:
    "the target is all there is: replication is torn down, the source may be reused, and going back means restoring",
  trafficShare: 1,
  evidence: finalizedEvidence,
  enter: [
    {
      title: "Take the backup that a rollback would restore, and rehearse its restore once",
      owner: "platform engineer",
      command: "aws backup start-backup-job --backup-vault-name VAULT --resource-arn RESOURCE --iam-role-arn ROLE",
      expect: "the recovery point is COMPLETED, and a server restored from it serves a request",
      minutes: 240,
    },
    {
      title: "Declare the stage finalized with the signed evidence and deploy",
      owner: "platform engineer",
      command: "cdktf deploy",
      deploys: true,
      expect:
        "nothing is missing in the evidence; what replicated data is destroyed, and no server, volume, database or bucket is",
      minutes: 30,
    },
    {
      title: "End the replication of every server, where a replication tool keeps it up to date",
      owner: "platform engineer",
      command: "aws mgn finalize-cutover --source-server-id SOURCE_SERVER",
      expect: "every source server is in the lifecycle state CUTOVER and replicates no more; or no tool was used",
      minutes: 30,
    },
    {
      title: "Release the source for reuse, once its retention has passed",
      owner: "migration lead",
      expect: "the source's servers are off, and its backups are kept as long as the rollback plan says",
      minutes: 60,
    },
  ],
  reverse: {
    irreversible:
      "replication has ended and the source may be gone: going back means restoring the restore point that the evidence names, at the source or what replaces it, and entering by hand what was written since",
  },
};

/** The step about the servers' own disks. How it is done depends on the images: `diskSteps` says it of a fleet. */
export const OWN_DISKS = { title: "Bring the servers' own disks up to date" };

/** The stages in order, with their steps and the way back. */
export const liftAndShiftStages: Stages<LiftAndShiftStage> = Stages.of<LiftAndShiftStage>([
  {
    name: "replicate",
    phase: "prepare",
    summary: "the target infrastructure stands, closed to everybody outside the fleet; production runs at the source",
    enter: [
      {
        title: "Read the assessment and the plan, and approve both",
        owner: "migration lead",
        command: "cdktf diff",
        expect: "the plan only creates, and the assessment's verdict is ready",
        minutes: 60,
      },
      {
        title: "Deploy the target infrastructure",
        owner: "platform engineer",
        command: "cdktf deploy",
        deploys: true,
        expect: "every server of the wave is running and passes both EC2 status checks",
        minutes: 60,
      },
    ],
    reverse: [
      {
        title: "Check that production still runs at the source",
        owner: "application owner",
        expect: "the source's health checks pass and its data is newer than the target's",
        minutes: 15,
      },
      {
        title: "Destroy the target infrastructure",
        owner: "platform engineer",
        command: "cdktf destroy",
        deploys: true,
        expect: "no server and no data volume of this migration is left; the servers' root volumes are, detached",
        minutes: 60,
      },
      {
        title: "List the servers' root volumes, which outlive their servers and are in no state any more",
        owner: "platform engineer",
        command:
          "aws ec2 describe-volumes --filters Name=tag:migration:pattern,Values=lift-and-shift Name=status,Values=available --query 'Volumes[].[VolumeId,Tags]'",
        expect: "one volume for each server that was made here, with the server's name in its tag migration:server",
        minutes: 15,
      },
      {
        title: "Delete each root volume, once nobody needs what is on it",
        owner: "platform engineer",
        command: "aws ec2 delete-volume --volume-id VOLUME",
        expect: "no root volume of this migration is left; until then each is billed by its size",
        minutes: 30,
      },
    ],
  },
  {
    name: "test",
    phase: "try",
    summary: "test clients reach the servers; they reach nothing outside the fleet, and production runs at the source",
    enter: [
      {
        title: "Check that Systems Manager manages every server",
        owner: "platform engineer",
        command: "aws ssm describe-instance-information --query 'InstanceInformationList[].[InstanceId,PingStatus]'",
        expect: "every instance is listed as Online",
        minutes: 15,
      },
      {
        title: "Declare the stage test and deploy",
        owner: "platform engineer",
        command: "cdktf deploy",
        deploys: true,
        expect: expectations.testAdded,
        minutes: 15,
      },
      {
        title: "Run the application's acceptance tests from the test clients",
        owner: "application owner",
        expect: "every test passes, and no connection from a target server appears at the source or its partners",
        minutes: 240,
      },
    ],
    reverse: [
      {
        title: "Declare the stage replicate and deploy",
        owner: "platform engineer",
        command: "cdktf deploy",
        deploys: true,
        expect: expectations.testRemoved,
        minutes: 15,
      },
    ],
  },
  {
    name: "cutover",
    phase: "serve",
    summary: "outside hosts reach the servers as they reached the source, which is kept and stopped",
    trafficShare: 1,
    enter: [
      {
        title: "Decide to go, with the owner of the rollback present",
        owner: "migration lead",
        expect: "the test stage's results are signed off and the window has begun",
        minutes: 15,
      },
      {
        title: "Stop the application at the source",
        owner: "application owner",
        expect: "the source accepts no connection and its last transaction is written down",
        minutes: 30,
      },
      {
        ...OWN_DISKS,
        owner: "platform engineer",
        expect:
          "what the source's disks had when it was stopped is on the servers; a server without state may stay as it is",
        minutes: 60,
      },
      {
        title: "Declare the stage cutover and deploy",
        owner: "platform engineer",
        command: "cdktf deploy",
        deploys: true,
        expect: expectations.outsideAdded,
        minutes: 15,
      },
      {
        title: "Check the application at the target with production traffic",
        owner: "application owner",
        expect: "its health checks pass, and no client asks at the source any more",
        minutes: 30,
      },
    ],
    reverse: [
      {
        title: "Decide to go back, on one of the declared triggers",
        owner: "migration lead",
        expect: "the decision and its time are written down, inside the rollback window",
        minutes: 15,
      },
      {
        title: "Stop the application at the target",
        owner: "application owner",
        expect: "the target accepts no connection, and the time of its last transaction is written down",
        minutes: 15,
      },
      {
        title: "Bring what was written to the servers' own disks since the cut-over to the source",
        owner: "application owner",
        expect: "uploads, reports and queues of the time since the cut-over are found at the source, or there are none",
        minutes: 60,
      },
      {
        title: "Declare the stage test and deploy",
        owner: "platform engineer",
        command: "cdktf deploy",
        deploys: true,
        expect: expectations.outsideRemoved,
        minutes: 15,
      },
      {
        title: "Check the application at the source with production traffic, and start there what does not run yet",
        owner: "application owner",
        expect: "its health checks pass, and no client asks at the target any more",
        minutes: 30,
      },
    ],
  },
  finalizedStage,
]);
