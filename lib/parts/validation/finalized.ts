/**
 * ```ts
 * type OurProps = { readonly wave: string } & StageDeclaration; // { stage: "finalized" } alone does not compile
 * this.addGate(finalizedGate(props.evidence, suite.required, assessment.asOf));
 * ```
 *
 * The stage from which there is no way back but to restore. It cannot be written without the record that the migration works:
 * TypeScript asks for the evidence, and the gate looks at what is in it.
 */
import type { IsoDate } from "../../core/iso-date";
import type { Gate } from "../../core/gate";
import { runRules } from "../../core/rule";
import type { Stage } from "../../core/stage";
import type { FinalizedEvidence, RequiredEvidence } from "./finalized-evidence";
import { finalizedRules } from "./finalized-rules";

/** How long the target carries production before it is finalized, in hours. Ours: a weekend and a working day. */
export const DEFAULT_BAKE_HOURS = 72;

/**
 * The stage, with what it demands: `finalized` does not compile without evidence, and no other stage takes any.
 *
 * @example
 * type MyProps = CommonProps & StageDeclaration;
 */
export type StageDeclaration =
  | { readonly stage: "replicate" | "test" | "cutover"; readonly evidence?: never }
  | {
      readonly stage: "finalized";
      /** The record that the migration works. The gate checks that it covers every required alarm. */
      readonly evidence: FinalizedEvidence;
    };

/** Closes the stage `finalized` until the evidence covers what is required. `asOf` is the assessment's day. */
export function finalizedGate(
  evidence: FinalizedEvidence | undefined,
  required: RequiredEvidence,
  asOf: IsoDate,
): Gate<"finalized"> {
  return {
    before: "finalized",
    question:
      "Has every check been in OK for the whole bake time, has somebody signed for it, and is there a backup to restore from?",
    evaluate: () => runRules(finalizedRules, { evidence, required, asOf }),
  };
}

/**
 * The stage `finalized`, to be appended to the stages of a lift and shift. Whoever knows the alarms has the steps that read
 * their history and sign: `ValidationSuite`. Replication ends after the deployment, because the gate that looks at the evidence
 * is in that, and what has ended cannot be taken up again.
 */
export const finalizedStage: Stage<"finalized"> = {
  name: "finalized",
  summary:
    "the target is all there is: replication is torn down, the source may be reused, and going back means restoring",
  trafficShare: 1,
  enter: [
    {
      title: "Take the backup that going back will restore from, and restore it once for practice",
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
        "the gate finds nothing missing in the evidence; what replicated data is destroyed, and no server, volume, database or bucket is",
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
