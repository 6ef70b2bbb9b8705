/** The runbook steps common to all methods of moving a database. */
import type { RunbookStep } from "../../../core/stage";
import { regionOption } from "../../../aws/aws-cli";
import { deploySteps, type PhaseEntry } from "../data-phase";
import type { DatabaseTarget } from "./target-settings";

/** The owner of the runbook steps of a database. */
export const DATABASE_OWNER = "database administrator";

/** Properties of a database move that its runbook steps need in addition to its review. */
export interface StepContext {
  /**
   * The name of the region.
   * @default - the region of the user's AWS profile
   */
  readonly region?: string;
  /** Whether the KMS key is created by the move, and so destroyed with it. */
  readonly ownKey: boolean;
}

/** Returns the step that blocks all writes to the source. */
export function closeSourceStep(name: string, expect: string): RunbookStep {
  return { title: `Close the source of ${name} to all writers`, owner: DATABASE_OWNER, expect, minutes: 15 };
}

/**
 * Returns the step that reverts {@link closeSourceStep}, once the source has every row and before the application returns to
 * it.
 */
export function reopenSourceStep(name: string): RunbookStep {
  return {
    title: `Reopen the source of ${name} to the application`,
    owner: DATABASE_OWNER,
    expect: "the application's user logs in to the source and may write; the closing at the cut-over is undone",
    minutes: 15,
  };
}

/** Returns the step that applies the target's writes since the cut-over to the source. */
export function exportWritesStep(name: string): RunbookStep {
  return {
    title: `Export what was written to the target of ${name} since the cut-over and apply it to the source`,
    owner: DATABASE_OWNER,
    expect: "every row of the export is at the source: nothing replicates from target to source",
    minutes: 240,
  };
}

/** Returns the steps before the stage from which the only way back is a restore. */
export function finalizeSteps(name: string, entry: PhaseEntry, expect: string): RunbookStep[] {
  return [
    {
      title: `File the evidence of ${name}: validation results and the alarms' history`,
      owner: "migration lead",
      expect: "the record names who has checked which result, and when",
      minutes: 30,
    },
    {
      title: `Take a last backup of the source of ${name}`,
      owner: DATABASE_OWNER,
      expect: "the backup has been restored once for practice, and nobody has missed the source since the cut-over",
      minutes: 240,
    },
    ...deploySteps(entry, expect),
    {
      title: `Revoke the credentials that moved ${name} and delete their secrets`,
      owner: DATABASE_OWNER,
      expect: "both users are gone; no secret of the move is left",
      minutes: 15,
    },
  ];
}

/**
 * Returns the step that switches off the deletion protection: RDS refuses to delete a protected database, so a target that
 * the move created takes a deploy before the destroy.
 */
export function unprotectSteps(name: string, target: DatabaseTarget): RunbookStep[] {
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

/** Returns the expected outcome of a destroy, which names the backups that it leaves on purpose. */
export function destroyOutcome(name: string, target: DatabaseTarget): string {
  switch (target.kind) {
    case "existing":
      return `the replication of ${name} is gone, and its target is kept`;
    case "rds":
      return `only the final snapshot ${name}-final and the automated backups of ${name} are left`;
    case "aurora":
      return `only the final snapshot ${name}-final of ${name} is left`;
  }
}

/**
 * Returns the step that cancels the deletion of the move's key. The backups that outlive the destroy are encrypted with
 * it, the same destroy schedules it for deletion, and a key that waits for its deletion decrypts nothing any more.
 * Cancelling the deletion after the destroy needs no change to Terraform's state: a key that is removed from it before
 * would be created anew, and the database with it, by any deploy in between. AWS KMS API reference, CancelKeyDeletion (the
 * key is disabled afterwards) and EnableKey.
 */
export function keepKeySteps(name: string, target: DatabaseTarget, { region, ownKey }: StepContext): RunbookStep[] {
  if (target.kind === "existing" || !ownKey) return [];
  const there = regionOption(region);
  const keyOfSnapshot =
    target.kind === "aurora"
      ? `aws rds describe-db-cluster-snapshots --db-cluster-snapshot-identifier ${name}-final --query 'DBClusterSnapshots[0].KmsKeyId'`
      : `aws rds describe-db-snapshots --db-snapshot-identifier ${name}-final --query 'DBSnapshots[0].KmsKeyId'`;
  const cancelled = `aws kms cancel-key-deletion --key-id "$(${keyOfSnapshot} --output text${there})" --query KeyId`;
  return [
    {
      title: `Cancel the deletion of the key of ${name}, for the backups that are left`,
      owner: "platform engineer",
      command: `aws kms enable-key --key-id "$(${cancelled} --output text${there})"${there}`,
      expect:
        "the key's state is Enabled; otherwise the backups become unreadable 30 days after the destroy. Delete the key with the last of them",
      minutes: 30,
    },
  ];
}
