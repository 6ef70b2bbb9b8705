/** What people do around a database move, whichever way its rows take. */
import type { RunbookStep } from "../../../core/stage";
import { regionOption } from "../../../aws/aws-cli";
import { deployed, type PhaseEntry } from "../data-phase";
import type { DatabaseTarget } from "./target-settings";

/** Who does the steps of a database. */
export const OWNER = "database administrator";

/** What steps need to know beside what the rules look at. */
export interface StepContext {
  /**
   * The region's name.
   * @default - the region of the person's profile
   */
  readonly region?: string;
  /** Whether the key is made by the move, and so withdrawn with it. */
  readonly ownKey: boolean;
}

/** Keeps everybody from writing to the source. */
export function closeSource(name: string, expect: string): RunbookStep {
  return { title: `Close the source of ${name} to whoever still writes to it`, owner: OWNER, expect, minutes: 15 };
}

/** The counterpart of {@link closeSource}, once the source has every row and before the application is sent back to it. */
export function openSource(name: string): RunbookStep {
  return {
    title: `Open the source of ${name} again to the application`,
    owner: OWNER,
    expect: "the application's user logs in to the source and may write; what closed it at the cut-over is undone",
    minutes: 15,
  };
}

/** Brings what was written to the target back to the source. */
export function exportWrites(name: string): RunbookStep {
  return {
    title: `Export what was written to the target of ${name} since the cut-over and apply it to the source`,
    owner: OWNER,
    expect: "every row of the export is at the source: nothing here replicates backwards",
    minutes: 240,
  };
}

/** What is done before there is no way back but to restore. */
export function finalizeSteps(name: string, entry: PhaseEntry, expect: string): RunbookStep[] {
  return [
    {
      title: `File the evidence of ${name}: validation results and the alarms' history`,
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
    ...deployed(entry, expect),
    {
      title: `Revoke the credentials that moved ${name} and delete their secrets`,
      owner: OWNER,
      expect: "both users are gone; no secret of the move is left",
      minutes: 15,
    },
  ];
}

/** RDS refuses to delete what is protected, so a withdrawal of a target that is made here takes a deploy before. */
export function unprotect(name: string, target: DatabaseTarget): RunbookStep[] {
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
export function leftOf(name: string, target: DatabaseTarget): string {
  switch (target.kind) {
    case "existing":
      return `the replication of ${name} is gone, and its target is not`;
    case "rds":
      return `of ${name} nothing but the final snapshot ${name}-final and the automated backups is left`;
    case "aurora":
      return `of ${name} nothing but the final snapshot ${name}-final is left`;
  }
}

/**
 * The backups that outlive a withdrawal are encrypted with the move's own key, which the same destroy schedules for deletion,
 * and a key that waits for that decrypts nothing any more. Taking the deletion back after the destroy needs no hand in
 * Terraform's state: a key that is removed from it before would be made anew, and the database with it, by any deploy in
 * between. AWS KMS API reference, CancelKeyDeletion (the key is disabled afterwards) and EnableKey.
 */
export function keepKey(name: string, target: DatabaseTarget, { region, ownKey }: StepContext): RunbookStep[] {
  if (target.kind === "existing" || !ownKey) return [];
  const there = regionOption(region);
  const keyOfSnapshot =
    target.kind === "aurora"
      ? `aws rds describe-db-cluster-snapshots --db-cluster-snapshot-identifier ${name}-final --query 'DBClusterSnapshots[0].KmsKeyId'`
      : `aws rds describe-db-snapshots --db-snapshot-identifier ${name}-final --query 'DBSnapshots[0].KmsKeyId'`;
  const cancelled = `aws kms cancel-key-deletion --key-id "$(${keyOfSnapshot} --output text${there})" --query KeyId`;
  return [
    {
      title: `Take back the deletion of the key of ${name}, for the backups that are left`,
      owner: "platform engineer",
      command: `aws kms enable-key --key-id "$(${cancelled} --output text${there})"${there}`,
      expect:
        "the key's state is Enabled; 30 days after the destroy nobody could read the backups any more. Delete the key with the last of them",
      minutes: 30,
    },
  ];
}
