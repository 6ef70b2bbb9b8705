/** The rules about data moves. The subject of each is the `review` of a construct; none depends on Terraform. */
import { defineRule, type Rule } from "../../core/rule";
import { secretIn } from "../../core/secret/find-secrets";
import { isUnresolved } from "../../core/tokens";
import { findMentionsInTexts, MENTION_PHRASES } from "../configuration/mentions";
import type { ConfigurationFilesReview } from "./configuration/configuration-review";
import { replicatesIn } from "./data-phase";
import type { DatabaseMoveReview } from "./database/database-review";
import { hasStandby } from "./database/target-settings";
import { sslModeOf, cdcObstacle } from "./dms/endpoint-settings";
import type { FileMoveReview } from "./file/file-review";

const LEAST_BACKUP_DAYS = 7;

/** Blocks a database move whose validation by DMS is switched off. */
export const databaseMoveWithoutValidation: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "database-move-without-validation",
  title: "A database is moved without comparing its rows",
  severity: "blocker",
  why: "without validation, a row that was lost or changed in transit is found by a customer instead of by the migration",
  remedy: "leave settings.validation on; waive this where rows are compared by other means",
  *check({ name, method }) {
    if (method.kind !== "dms" || method.settings?.validation !== false) return;
    yield { subject: name, message: `the replication of ${name} has its validation switched off` };
  },
});

/** Blocks a database move by CDC from a source that does not support it. */
export const cdcWithoutSupportedEngine: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "cdc-without-supported-engine",
  title: "The source does not support change data capture",
  severity: "blocker",
  why: "the replication fails when it starts, or copies once and never again (AWS DMS User Guide, sources for data migration)",
  remedy: "move with full-load in a window without writes, or upgrade the source first",
  *check({ name, method }) {
    if (method.kind !== "dms" || method.migrationType === "full-load") return;
    const reason = cdcObstacle(method.source);
    if (reason !== undefined)
      yield { subject: name, message: `${name} is moved with ${method.migrationType}, and ${reason}` };
  },
});

/** Reports a database move by full load alone, which leaves behind later writes. */
export const fullLoadNeedsDowntime: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "full-load-needs-downtime",
  title: "A database is moved by a full load without change data capture",
  severity: "info",
  why: "rows that are written to the source after the load are missing at the target: the cut-over waits for a second load",
  remedy: "plan a window as long as the load, or move with full-load-and-cdc",
  *check({ name, method }) {
    if (method.kind !== "dms" || method.migrationType !== "full-load") return;
    yield { subject: name, message: `${name} is moved with full-load alone` };
  },
});

/** Warns about a database move over a connection without encryption. */
export const databaseMoveWithoutTls: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "database-move-without-tls",
  title: "A database is moved over an unencrypted connection",
  severity: "warning",
  why: "the credentials and all rows of the database pass between the data centre and AWS in plain text",
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

/** Warns about a database move that checks nobody's certificate. */
export const databaseMoveUnverified: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "database-move-unverified",
  title: "A database is moved without checking who answers",
  severity: "warning",
  why: "the connection is encrypted, but whoever stands between the data centre and AWS can answer in the place of the database",
  remedy: "pass certificateArn, a DMS certificate with the authority that has signed the server's",
  *check({ name, method }) {
    if (method.kind !== "dms") return;
    for (const end of ["source", "targetEndpoint"] as const) {
      if (sslModeOf(method[end]) !== "require") continue;
      yield {
        subject: name,
        message: `the ${end} of ${name}, ${method[end].engine}, is connected to with sslMode require, which checks no certificate`,
      };
    }
  },
});

/** Warns about a database move that truncates large objects or leaves them out. */
export const largeObjectsTruncated: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "large-objects-truncated",
  title: "Large objects are truncated or left out",
  severity: "warning",
  why: "DMS truncates a larger object and logs a warning, and validation compares the truncated object (AWS DMS User Guide, Target metadata task settings)",
  remedy: "use mode full, or a maxKiB above the size of the largest object, which a query at the source returns",
  *check({ name, method }) {
    if (method.kind !== "dms") return;
    const large = method.settings?.largeObjects;
    if (large === undefined || large.mode === "full") return;
    yield {
      subject: name,
      message:
        large.mode === "none"
          ? `${name} leaves large objects out`
          : `${name} truncates large objects at ${large.maxKiB} KiB`,
    };
  },
});

/** Warns about a database move whose full load drops tables of an existing database. */
export const databaseMoveDropsTables: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "database-move-drops-tables",
  title: "The full load drops tables of an existing database",
  severity: "warning",
  why: "indexes, grants and everything else that belongs to the dropped tables is lost with them",
  remedy: "use targetTables truncate with a schema that was created beforehand, or a new target",
  *check({ name, method, target }) {
    if (method.kind !== "dms" || target.kind !== "existing") return;
    if (method.settings?.targetTables !== "drop-and-create") return;
    yield { subject: name, message: `${name} is loaded with drop-and-create into an existing database` };
  },
});

/** Warns about a DMS replication without alarms, or whose alarms notify nobody. */
export const databaseMoveUnwatched: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "database-move-unwatched",
  title: "No alarm notifies anybody when a replication falls behind",
  severity: "warning",
  why: "a replication that has stopped at night makes the cut-over of the next day impossible, and fills the source's log",
  remedy: "name an SNS topic in alarms.actions; for a serverless replication give its alarmDimensions as well",
  *check({ name, method, phase }) {
    if (method.kind !== "dms" || !replicatesIn(phase)) return;
    if (method.compute.kind === "serverless" && method.compute.alarmDimensions === undefined) {
      yield { subject: name, message: `the serverless replication of ${name} has no alarms` };
    } else if ((method.alarms?.actions ?? []).length === 0) {
      yield { subject: name, message: `the alarms of ${name} notify no SNS topic` };
    }
  },
});

/** Warns about a target database in a single availability zone. */
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

/** Blocks a target database that keeps its automated backups for less than 7 days. */
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

/** Warns about a target database without deletion protection. */
export const targetWithoutDeletionProtection: Rule<DatabaseMoveReview> = defineRule<DatabaseMoveReview>({
  id: "target-without-deletion-protection",
  title: "The target database has no deletion protection",
  severity: "warning",
  why: "a renamed construct or a wrong workspace deletes the database with the next apply",
  remedy: "leave deletionProtection on until the day the database is to be destroyed",
  *check({ name, target }) {
    if (target.kind === "existing" || target.deletionProtection !== false) return;
    yield { subject: name, message: `${name} has its deletion protection switched off` };
  },
});

/** The rules about a `DatabaseMove`. */
export const databaseMoveRules: readonly Rule<DatabaseMoveReview>[] = [
  databaseMoveWithoutValidation,
  cdcWithoutSupportedEngine,
  fullLoadNeedsDowntime,
  databaseMoveWithoutTls,
  databaseMoveUnverified,
  largeObjectsTruncated,
  databaseMoveDropsTables,
  databaseMoveUnwatched,
  singleAzTarget,
  backupRetentionTooShort,
  targetWithoutDeletionProtection,
];

/** Blocks a file move whose verification by DataSync is switched off. */
export const fileMoveWithoutVerification: Rule<FileMoveReview> = defineRule<FileMoveReview>({
  id: "file-move-without-verification",
  title: "Files are moved without comparing them",
  severity: "blocker",
  why: "a file that was damaged in transit looks like any other until it is opened",
  remedy: "use verification everything, or transferred where reading the target is costly",
  *check({ name, verification }) {
    if (verification === "none") yield { subject: name, message: `${name} is copied with verification none` };
  },
});

/** Warns about a file move that deletes files at the target which the source no longer has. */
export const fileMoveDeletes: Rule<FileMoveReview> = defineRule<FileMoveReview>({
  id: "file-move-deletes",
  title: "Files that are deleted at the source are deleted at the target",
  severity: "warning",
  why: "a source that is not mounted, or that was encrypted by an intruder, empties the target as well",
  remedy: "leave deleteAtTarget off, and delete by a list of the last report before the cut-over",
  *check({ name, deleteAtTarget }) {
    if (deleteAtTarget === true)
      yield { subject: name, message: `${name} deletes files at the target that the source no longer has` };
  },
});

/** Reports a file move with a single DataSync agent, which is a single point of failure. */
export const fileMoveSingleAgent: Rule<FileMoveReview> = defineRule<FileMoveReview>({
  id: "file-move-single-agent",
  title: "A file move has a single DataSync agent",
  severity: "info",
  why: "a copy fails as a whole when its agent restarts (AWS DataSync User Guide, Using multiple agents)",
  remedy: "activate a second agent and name both",
  *check({ name, source }) {
    if (source.kind !== "s3" && source.agentArns.length === 1) {
      yield { subject: name, message: `${name} is read by a single agent` };
    }
  },
});

/** Warns about a file move whose password is kept in Terraform's state. */
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

/** Warns about a file move from SMB to a target that keeps no Windows permissions. */
export const filePermissionsLost: Rule<FileMoveReview> = defineRule<FileMoveReview>({
  id: "file-move-permissions-lost",
  title: "Windows owners and permissions of files are lost",
  severity: "warning",
  why: "neither EFS nor S3 keeps Windows access control lists: who may read the target may read everything",
  remedy: "move a share to FSx for Windows, or restrict access by access points and bucket policies",
  *check({ name, source, target }) {
    if (source.kind !== "smb" || target.kind === "fsx-windows") return;
    yield { subject: name, message: `${name} is moved from SMB to ${target.kind}, which keeps no Windows permissions` };
  },
});

/** Warns about a target file system with a single mount target. */
export const fileTargetSingleAz: Rule<FileMoveReview> = defineRule<FileMoveReview>({
  id: "file-target-single-az",
  title: "The file system has a mount target in one availability zone only",
  severity: "warning",
  why: "when the zone fails, its mount target fails with it, and no server reaches the files",
  remedy: "name a subnet in each zone that servers are in",
  *check({ name, target }) {
    if (target.kind !== "efs" || target.subnets.length >= 2) return;
    yield { subject: name, message: `${name} has one mount target` };
  },
});

/** The rules about a `FileMove`. */
export const fileMoveRules: readonly Rule<FileMoveReview>[] = [
  fileMoveWithoutVerification,
  fileMoveDeletes,
  fileMoveSingleAgent,
  passwordInState,
  filePermissionsLost,
  fileTargetSingleAz,
];

/** Words before a value in a file that an application reads: there they are names, and no prose. */
const NAMED_SECRET =
  /(?:password|passwd|pwd|secret|api[_-]?key|token)["']?\s{0,9}[:=]\s{0,9}["']?(?![\s"'$%<{]|changeme\b)[^\s"']{4,}/i;

/** Blocks a configuration file that contains a secret, which would be readable in Terraform's state. */
export const configurationFileSecret: Rule<ConfigurationFilesReview> = defineRule<ConfigurationFilesReview>({
  id: "configuration-file-secret",
  title: "A configuration file holds a secret",
  severity: "blocker",
  why: "its content is in the code, in Terraform's state and in every version of the object",
  remedy: "put the secret into Secrets Manager, and have the application, or its start script, read it from there",
  *check({ name, files }) {
    for (const [file, { content }] of Object.entries(files)) {
      if (content === undefined || isUnresolved(content)) continue;
      const found = secretIn(content, { words: false }) ?? (NAMED_SECRET.test(content) ? "a password" : undefined);
      if (found !== undefined) yield { subject: `${name}/${file}`, message: `${file} seems to hold ${found}` };
    }
  },
});

/** Blocks a configuration file that names a migrating server of the source; warns if the reference is uncertain. */
export const configurationFileMentionsSource: Rule<ConfigurationFilesReview> = defineRule<ConfigurationFilesReview>({
  id: "configuration-file-mentions-source",
  title: "A configuration file names a server of the source",
  severity: "blocker",
  why: "the application goes on using the source after the move, and breaks on the day the source is switched off",
  remedy:
    "name the target in the file; list names and addresses that remain valid in validAtTarget, because a server keeps them or something else moves them",
  *check({ name, files, inventory, validAtTarget = [] }) {
    if (inventory === undefined) return;
    const texts = new Map(
      Object.entries(files).flatMap(([file, { content }]) => (content === undefined ? [] : [[file, content] as const])),
    );
    for (const [file, mentions] of findMentionsInTexts(texts, { inventory, validAtTarget })) {
      for (const { text, kind, server, lines } of mentions) {
        const [line = 1, ...more] = lines;
        const others =
          more.length === 0 ? "" : `; so ${more.length === 1 ? "does 1 more line" : `do ${more.length} more lines`}`;
        yield {
          subject: `${name}/${file}`,
          message: `line ${line} of ${file} contains ${text}, ${MENTION_PHRASES[kind]} ${server.name}, which is migrated${others}`,
          location: { file, line },
          // A word may be a user or a comment, and a network may be meant as a whole: somebody has to look.
          ...(kind === "word" || kind === "network" ? { severity: "warning" as const } : {}),
        };
      }
    }
  },
});

/** The rules about `ConfigurationFiles`. */
export const configurationFilesRules: readonly Rule<ConfigurationFilesReview>[] = [
  configurationFileSecret,
  configurationFileMentionsSource,
];
