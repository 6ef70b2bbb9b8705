/** The rules about data moves. Each looks at one construct's `review`; none knows of Terraform. */
import { defineRule, type Rule } from "../../core/rule";
import { isUnresolved } from "../../core/tokens";
import { findMentionsInTexts, MENTION_WORDS } from "../configuration/mentions";
import type { ConfigurationFilesReview } from "./configuration/configuration-review";
import { replicatesIn } from "./data-phase";
import type { DatabaseMoveReview } from "./database/database-review";
import { hasStandby } from "./database/target-settings";
import { sslModeOf, whyNoChanges } from "./dms/endpoint-settings";
import type { FileMoveReview } from "./file/file-review";

const LEAST_BACKUP_DAYS = 7;

/** DMS is told not to compare. */
export const databaseMoveWithoutValidation: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "database-move-without-validation",
  title: "A database is moved without comparing its rows",
  severity: "blocker",
  why: "a row that was lost or changed on the way is found by a customer instead of by the migration",
  remedy: "leave settings.validation on; waive this where rows are compared by other means",
  *check({ name, method }) {
    if (method.kind !== "dms" || method.settings?.validation !== false) return;
    yield { subject: name, message: `the replication of ${name} has its validation switched off` };
  },
});

/** Changes are asked of a source that gives none. */
export const cdcWithoutSupportedEngine: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "cdc-without-supported-engine",
  title: "Changes are to be captured from a source that does not give them",
  severity: "blocker",
  why: "the replication fails when it starts, or copies once and never again (AWS DMS User Guide, sources for data migration)",
  remedy: "move with full-load in a window without writes, or upgrade the source first",
  *check({ name, method }) {
    if (method.kind !== "dms" || method.migrationType === "full-load") return;
    const reason = whyNoChanges(method.source);
    if (reason !== undefined)
      yield { subject: name, message: `${name} is moved with ${method.migrationType}, and ${reason}` };
  },
});

/** A full load alone leaves behind what is written after it. */
export const fullLoadNeedsDowntime: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "full-load-needs-downtime",
  title: "A database is moved in one load, without its changes",
  severity: "info",
  why: "what is written to the source after the load is not at the target: the cut-over waits for a second load",
  remedy: "plan a window as long as the load, or move with full-load-and-cdc",
  *check({ name, method }) {
    if (method.kind !== "dms" || method.migrationType !== "full-load") return;
    yield { subject: name, message: `${name} is moved with full-load alone` };
  },
});

/** A connection is not encrypted. */
export const databaseMoveWithoutTls: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "database-move-without-tls",
  title: "Rows travel without encryption",
  severity: "warning",
  why: "all of the database passes between the data centre and AWS, its credentials first",
  remedy: "pass certificateArn, a DMS certificate with the authority that has signed the server's, or set sslMode",
  *check({ name, method }) {
    if (method.kind !== "dms") return;
    for (const end of ["source", "targetEndpoint"] as const) {
      if (sslModeOf(method[end]) !== "none") continue;
      yield {
        subject: name,
        message: `the ${end} of ${name}, ${method[end].engine}, is connected to with sslMode none`,
      };
    }
  },
});

/** Large objects are cut. */
export const largeObjectsTruncated: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "large-objects-truncated",
  title: "Large objects are cut or left out",
  severity: "warning",
  why: "DMS cuts a larger object and logs a warning, and validation compares what was cut (AWS DMS User Guide, Target metadata task settings)",
  remedy: "use mode full, or a maxKiB above the largest object, which a query at the source tells",
  *check({ name, method }) {
    if (method.kind !== "dms") return;
    const large = method.settings?.largeObjects;
    if (large === undefined || large.mode === "full") return;
    yield {
      subject: name,
      message:
        large.mode === "none"
          ? `${name} leaves large objects out`
          : `${name} cuts large objects at ${large.maxKiB} KiB`,
    };
  },
});

/** The full load drops tables of a database that was there before. */
export const databaseMoveDropsTables: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "database-move-drops-tables",
  title: "The load drops tables of a database that exists",
  severity: "warning",
  why: "indexes, grants and whatever else the tables of the existing database had are gone with them",
  remedy: "use targetTables truncate with a schema made beforehand, or a target of its own",
  *check({ name, method, target }) {
    if (method.kind !== "dms" || target.kind !== "existing") return;
    if (method.settings?.targetTables !== "drop-and-create") return;
    yield { subject: name, message: `${name} is loaded with drop-and-create into a database that exists` };
  },
});

/** Nobody hears the alarms, or there are none. */
export const databaseMoveUnwatched: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "database-move-unwatched",
  title: "Nobody is told when a replication falls behind",
  severity: "warning",
  why: "a replication that has stopped at night makes the cut-over of the next day impossible, and fills the source's log",
  remedy: "name an SNS topic in alarms.actions; for a serverless replication give its alarmDimensions as well",
  *check({ name, method, phase }) {
    if (method.kind !== "dms" || !replicatesIn(phase)) return;
    if (method.compute.kind === "serverless" && method.compute.alarmDimensions === undefined) {
      yield { subject: name, message: `the serverless replication of ${name} has no alarms` };
    } else if ((method.alarms?.actions ?? []).length === 0) {
      yield { subject: name, message: `the alarms of ${name} tell nobody` };
    }
  },
});

/** A target that one zone takes down. */
export const singleAzTarget: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "single-az-target",
  title: "The target database is in one availability zone",
  severity: "warning",
  why: "when the zone or the instance fails, the database is down until it has been restored",
  remedy: "leave multiAz on, or give Aurora two instances or more",
  *check({ name, target }) {
    if (target.kind === "rds" && !(target.multiAz ?? hasStandby(target.engine))) {
      yield { subject: name, message: `${name}, ${target.engine}, has no standby in another zone` };
    } else if (target.kind === "aurora" && (target.instances ?? 2) < 2) {
      yield { subject: name, message: `${name}, ${target.engine}, has one instance` };
    }
  },
});

/** Backups are gone before a mistake is found. */
export const backupRetentionTooShort: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "backup-retention-too-short",
  title: `Automated backups are kept for less than ${LEAST_BACKUP_DAYS} days`,
  severity: "blocker",
  why: "after a cut-over a mistake is often found a week later, and the only way back from the last stage is a backup",
  remedy: `set backupRetentionDays to ${LEAST_BACKUP_DAYS} or more`,
  *check({ name, target }) {
    if (target.kind === "existing" || (target.backupRetentionDays ?? LEAST_BACKUP_DAYS) >= LEAST_BACKUP_DAYS) return;
    yield { subject: name, message: `${name} keeps its backups for ${target.backupRetentionDays ?? 0} days` };
  },
});

/** A data store that a mistake deletes. */
export const targetWithoutDeletionProtection: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "target-without-deletion-protection",
  title: "The target database may be deleted by mistake",
  severity: "warning",
  why: "a renamed construct or a wrong workspace deletes the database with the next apply",
  remedy: "leave deletionProtection on until the day the database is to be destroyed",
  *check({ name, target }) {
    if (target.kind === "existing" || target.deletionProtection !== false) return;
    yield { subject: name, message: `${name} has its deletion protection switched off` };
  },
});

/** The rules about a database move. */
export const databaseMoveRules: readonly Rule<DatabaseMoveReview>[] = [
  databaseMoveWithoutValidation,
  cdcWithoutSupportedEngine,
  fullLoadNeedsDowntime,
  databaseMoveWithoutTls,
  largeObjectsTruncated,
  databaseMoveDropsTables,
  databaseMoveUnwatched,
  singleAzTarget,
  backupRetentionTooShort,
  targetWithoutDeletionProtection,
];

/** DataSync is told not to compare. */
export const fileMoveWithoutVerification: Rule<FileMoveReview> = defineRule<FileMoveReview>({
  id: "file-move-without-verification",
  title: "Files are moved without comparing them",
  severity: "blocker",
  why: "a file that was damaged on the way looks like any other until it is opened",
  remedy: "use verification everything, or transferred where reading the target is costly",
  *check({ name, verification }) {
    if (verification === "none") yield { subject: name, message: `${name} is copied with verification none` };
  },
});

/** A deletion at the source becomes one at the target. */
export const fileMoveDeletes: Rule<FileMoveReview> = defineRule<FileMoveReview>({
  id: "file-move-deletes",
  title: "Files that vanish at the source are deleted at the target",
  severity: "warning",
  why: "a source that is not mounted, or that was encrypted by an intruder, empties the target as well",
  remedy: "leave deleteAtTarget off, and delete by a list of the last report before the cut-over",
  *check({ name, deleteAtTarget }) {
    if (deleteAtTarget === true)
      yield { subject: name, message: `${name} deletes at the target what the source no longer has` };
  },
});

/** One agent is a single point of failure. */
export const fileMoveSingleAgent: Rule<FileMoveReview> = defineRule<FileMoveReview>({
  id: "file-move-single-agent",
  title: "One agent alone reads the source",
  severity: "info",
  why: "a copy fails as a whole when its agent restarts (AWS DataSync User Guide, Using multiple agents)",
  remedy: "activate a second agent and name both",
  *check({ name, source }) {
    if (source.kind !== "s3" && source.agentArns.length === 1) {
      yield { subject: name, message: `${name} is read by one agent` };
    }
  },
});

/** A password is in Terraform's state. */
export const passwordInState: Rule<FileMoveReview> = defineRule<FileMoveReview>({
  id: "file-move-password-in-state",
  title: "Terraform's state keeps a password",
  severity: "warning",
  why: "the AWS provider takes the password of SMB and FSx locations as an attribute, and state keeps attributes in plain text",
  remedy:
    "encrypt the state and restrict who reads it, use a user for the move alone, and change its password after the move",
  *check({ name, source, target, phase }) {
    if (!replicatesIn(phase)) return;
    if (source.kind === "smb")
      yield { subject: name, message: `the password of the SMB source of ${name} is in the state` };
    if (target.kind === "fsx-windows") {
      yield { subject: name, message: `the password of the FSx target of ${name} is in the state` };
    }
  },
});

/** Windows permissions have no place at the target. */
export const filePermissionsLost: Rule<FileMoveReview> = defineRule<FileMoveReview>({
  id: "file-move-permissions-lost",
  title: "Owners and permissions of files are lost",
  severity: "warning",
  why: "neither EFS nor S3 keeps Windows access control lists: who may read the target may read everything",
  remedy: "move a share to FSx for Windows, or say by access points and bucket policies who may read what",
  *check({ name, source, target }) {
    if (source.kind !== "smb" || target.kind === "fsx-windows") return;
    yield { subject: name, message: `${name} goes from SMB to ${target.kind}` };
  },
});

/** A file system that one zone takes down. */
export const fileTargetSingleAz: Rule<FileMoveReview> = defineRule<FileMoveReview>({
  id: "file-target-single-az",
  title: "The file system is reached in one availability zone",
  severity: "warning",
  why: "when the zone fails, its mount target does, and no server reaches the files",
  remedy: "name a subnet in each zone that servers are in",
  *check({ name, target }) {
    if (target.kind !== "efs" || target.subnets.length >= 2) return;
    yield { subject: name, message: `${name} has one mount target` };
  },
});

/** The rules about a file move. */
export const fileMoveRules: readonly Rule<FileMoveReview>[] = [
  fileMoveWithoutVerification,
  fileMoveDeletes,
  fileMoveSingleAgent,
  passwordInState,
  filePermissionsLost,
  fileTargetSingleAz,
];

const SECRETS: readonly (readonly [string, RegExp])[] = [
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ["an AWS access key", /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  [
    "a password",
    /(?:password|passwd|pwd|secret|api[_-]?key|token)["']?\s*[:=]\s*["']?(?![\s"'$%<{]|changeme\b)[^\s"']{4,}/i,
  ],
  ["a password in a URL", /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:(?![$%<{])[^\s@/]+@/i],
];

/** A secret is in a file that everybody may read in the state. */
export const configurationFileSecret: Rule<ConfigurationFilesReview> = defineRule<ConfigurationFilesReview>({
  id: "configuration-file-secret",
  title: "A configuration file holds a secret",
  severity: "blocker",
  why: "its content is in the code, in Terraform's state and in every version of the object",
  remedy: "put the secret into Secrets Manager, and have the application, or its start script, read it from there",
  *check({ name, files }) {
    for (const [file, { content }] of Object.entries(files)) {
      if (content === undefined || isUnresolved(content)) continue;
      const found = SECRETS.find(([, pattern]) => pattern.test(content));
      if (found !== undefined) yield { subject: `${name}/${file}`, message: `${file} seems to hold ${found[0]}` };
    }
  },
});

/** A file names a server of the source. */
export const configurationFileMentionsSource: Rule<ConfigurationFilesReview> = defineRule<ConfigurationFilesReview>({
  id: "configuration-file-mentions-source",
  title: "A configuration file names a server of the source",
  severity: "blocker",
  why: "the application goes on using the source after the move, and breaks on the day the source is switched off",
  remedy:
    "name the target in the file; list in validAtTarget what stays right, because a server keeps it or something else moves it",
  *check({ name, files, inventory, validAtTarget = [] }) {
    if (inventory === undefined) return;
    const texts = new Map(
      Object.entries(files).flatMap(([file, { content }]) => (content === undefined ? [] : [[file, content] as const])),
    );
    for (const [file, mentions] of findMentionsInTexts(texts, { inventory, validAtTarget })) {
      for (const { text, kind, server, lines } of mentions) {
        const [line = 1, ...more] = lines;
        const others =
          more.length === 0 ? "" : `, and so have ${more.length} more ${more.length === 1 ? "line" : "lines"}`;
        yield {
          subject: `${name}/${file}`,
          message: `line ${line} of ${file} has ${text}, ${MENTION_WORDS[kind]} ${server.name}, which is migrated${others}`,
          location: { file, line },
          // A word may be a user or a comment, and a network may be meant as a whole: somebody has to look.
          ...(kind === "word" || kind === "network" ? { severity: "warning" as const } : {}),
        };
      }
    }
  },
});

/** The rules about configuration files. */
export const configurationFilesRules: readonly Rule<ConfigurationFilesReview>[] = [
  configurationFileSecret,
  configurationFileMentionsSource,
];
