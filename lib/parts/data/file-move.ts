/**
 * ```ts
 * const reports = new FileMove(this, "reports", {
 *   migration: shop,
 *   source: { kind: "nfs", server: "filer.example.internal", path: "/srv/reports", agentArns },
 *   target: { kind: "efs", vpcId, subnets },
 *   schedule: "rate(6 hours)",
 * });
 * ```
 *
 * Files that DataSync copies repeatedly until production writes to the target: from then on a copy would overwrite
 * new files with old ones, so the schedule ends with the phase `serve`, whatever the props say.
 */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { DatasyncTask, type DatasyncTaskOptions } from "@cdktf/provider-aws/lib/datasync-task";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { z } from "zod";
import { admitConstruct } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import type { Finding } from "../../core/finding";
import {
  MigrationPart,
  ownProps,
  type MigrationPartProps,
  type PartSteps,
  type StageTransition,
  type TransitionNames,
} from "../../core/migration-part";
import { onlyForMove } from "../../core/only-for-move";
import type { Phase } from "../../core/phase";
import { parseProps } from "../../core/props";
import { namePath } from "../../core/rename";
import { runRules } from "../../core/rule";
import { isUnresolved } from "../../core/tokens";
import type { Verification } from "../../core/verification";
import { checkRegion } from "../../aws/check-region";
import { encryptionKey, logGroupStatements } from "../../aws/encryption-key";
import { replicatesIn, runsIn } from "./data-phase";
import {
  fileSourceSchema,
  fileTargetSchema,
  transferSettings,
  type FileSource,
  type FileTarget,
  type TransferSettings,
} from "./file/file-settings";
import type { FileMoveReview } from "./file/file-review";
import { fileMoveSteps } from "./file/file-steps";
import { bucketAccess, sourceLocation, targetLocation, type Location } from "./file/locations";
import { SharedFileSystem } from "./file/shared-file-system";
import { lowerName } from "../../aws/names";
import { bucketStatements, type RequiredStatement } from "../../aws/required-statements";
import { PrivateBucket } from "../../aws/private-bucket";
import { fileMoveRules } from "./rules";
import { dataProps, retentionDays, type DataProps } from "./schemas";
import { ServiceRole } from "../../aws/service-role";
import { DeploymentPlace } from "../../aws/deployment-place";

/** Properties of a {@link FileMove}. */
export interface FileMoveProps extends DataProps, TransferSettings {
  readonly source: FileSource;
  readonly target: FileTarget;
}

/** The schema of the props without the migration, which MigrationPart checks. */
const fileMoveSchema = z
  .strictObject({
    ...dataProps,
    ...transferSettings,
    source: fileSourceSchema,
    target: fileTargetSchema,
    logRetentionDays: retentionDays.optional(),
  })
  .refine(
    ({ cloudwatchLogGroupArn, logRetentionDays }) =>
      cloudwatchLogGroupArn === undefined || logRetentionDays === undefined,
    {
      message: "must be left out with cloudwatchLogGroupArn: the retention of an existing group is its owner's",
      path: ["logRetentionDays"],
    },
  );

type ParsedFileMove = Omit<FileMoveProps, keyof MigrationPartProps>;

const VERIFY_MODE = {
  everything: "POINT_IN_TIME_CONSISTENT",
  transferred: "ONLY_FILES_TRANSFERRED",
  none: "NONE",
} as const;

/**
 * The move of files with DataSync: its target, the transfer task, its log and its reports.
 *
 * @throws MigrationError `FILE_MOVE_SCHEDULE` and its like for each prop, `FILE_MOVE_PLAIN_PASSWORD`, `FILE_MOVE_PAIR`, and those of `MigrationPart`
 */
export class FileMove extends MigrationPart {
  public readonly name: string;
  /** The subject of {@link fileMoveRules}. */
  public readonly review: FileMoveReview;
  /** The KMS key, if this construct creates it. */
  public readonly key?: KmsKey;
  public readonly kmsKeyArn: string;
  /** The target file system, if this construct creates one. */
  public readonly fileSystem?: SharedFileSystem;
  /** The target bucket, if this construct creates one. */
  public readonly bucket?: PrivateBucket;
  /**
   * The log group with an entry for each file, if this construct creates it. It and the reports outlive the move as evidence.
   */
  public readonly logGroup?: CloudwatchLogGroup;
  /** The bucket of the reports, if this construct creates it. */
  public readonly reportBucket?: PrivateBucket;
  /** The location of the source; undefined once the move is finalized. */
  public readonly sourceLocation?: Location;
  public readonly targetLocation?: Location;
  public readonly task?: DatasyncTask;
  public readonly logPolicy?: CloudwatchLogResourcePolicy;
  public readonly reportRole?: ServiceRole;
  /** The statements that the policy of the given `kmsKeyArn` needs; empty where no log group is encrypted with it. */
  public readonly requiredKeyPolicyStatements: readonly RequiredStatement[];
  /**
   * The statements that the policies of existing buckets need where they are in another account; empty without one, and once
   * the move is finalized.
   */
  public readonly requiredBucketPolicyStatements: readonly RequiredStatement[] = [];
  /** The statements that a resource policy of CloudWatch Logs needs for the given `cloudwatchLogGroupArn`; else empty. */
  public readonly requiredLogPolicyStatements: readonly RequiredStatement[];

  private readonly region?: string;

  constructor(scope: Construct, id: string, props: FileMoveProps) {
    admitConstruct("FileMove", scope, id, props);
    super(scope, id, props);
    const { migration } = props;
    const own = ownProps(props);
    const parsed = parseProps(this, "FILE_MOVE_PROPS", fileMoveSchema, own) as ParsedFileMove;
    const { source, target } = parsed;
    const { phase } = migration.stage;
    const tags = { ...migration.tags, ...parsed.tags };
    this.checkPassword("source.password", source.kind === "smb" ? source.password : undefined);
    this.checkPassword("target.password", target.kind === "fsx-windows" ? target.password : undefined);
    this.checkPair(source, target);
    this.checkRegions(parsed);
    const name = (this.name = parsed.name ?? lowerName(namePath(this), 40));
    this.review = { ...parsed, name, phase };
    if (parsed.region !== undefined) this.region = parsed.region;

    const place = new DeploymentPlace(this, "aws", parsed);
    const logGroupName = `/aws/datasync/${name}`;
    const logGroupNames = parsed.cloudwatchLogGroupArn === undefined ? [logGroupName] : [];
    this.requiredKeyPolicyStatements = parsed.kmsKeyArn === undefined ? [] : logGroupStatements(place, logGroupNames);
    if (parsed.kmsKeyArn === undefined) {
      this.key = encryptionKey(this, "key", {
        description: `Files of ${name}`,
        place,
        logGroupNames,
        tags: { ...tags, Name: name },
      });
    }
    const kmsKeyArn = (this.kmsKeyArn = parsed.kmsKeyArn ?? this.key?.arn ?? "");
    if (target.kind === "efs") {
      this.fileSystem = new SharedFileSystem(this, "file-system", { name, target, kmsKeyArn, tags });
    } else if (target.kind === "s3") {
      this.bucket = new PrivateBucket(this, "bucket", {
        namePrefix: bucketPrefix(name, "files"),
        kmsKeyArn,
        tags: { ...tags, Name: name },
      });
    }
    if (parsed.cloudwatchLogGroupArn === undefined) {
      this.logGroup = new CloudwatchLogGroup(this, "logs", {
        name: logGroupName,
        retentionInDays: parsed.logRetentionDays ?? 365,
        kmsKeyId: kmsKeyArn,
        tags: { ...tags, Name: logGroupName },
      });
    }
    const logGroup = parsed.cloudwatchLogGroupArn ?? this.logGroup?.arn ?? "";
    const mayLog = dataSyncMayLog(logGroup, place);
    this.requiredLogPolicyStatements = parsed.cloudwatchLogGroupArn === undefined ? [] : [mayLog];
    if (parsed.reportBucket === undefined) {
      this.reportBucket = new PrivateBucket(this, "reports", {
        namePrefix: bucketPrefix(name, "reports"),
        kmsKeyArn,
        tags: { ...tags, Name: `${name}-reports` },
      });
    }
    migration.protect(this.key, this.fileSystem?.fileSystem, this.bucket?.bucket);
    migration.protect(this.logGroup, this.reportBucket?.bucket);
    if (!replicatesIn(phase)) return;

    const context = { name, kmsKeyArn, place, tags };
    const made = {
      ...(this.fileSystem === undefined ? {} : { fileSystem: this.fileSystem }),
      ...(this.bucket === undefined ? {} : { bucket: this.bucket }),
    };
    this.sourceLocation = sourceLocation(this, source, context);
    this.targetLocation = targetLocation(this, target, made, context);
    // An account has ten such policies.
    if (this.logGroup !== undefined) {
      this.logPolicy = new CloudwatchLogResourcePolicy(this, "log-policy", {
        policyName: `datasync-${name}`,
        policyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [mayLog] }),
      });
    }
    const reports = parsed.reportBucket ?? { arn: this.reportBucket?.arn ?? "", kmsKeyArn };
    this.reportRole = new ServiceRole(this, "report-access", {
      service: "datasync.amazonaws.com",
      namePrefix: "datasync-report-",
      description: `DataSync writes the reports of ${name}`,
      allow: bucketAccess(reports.arn, true, reports.kmsKeyArn),
      place,
      ...(parsed.reportRoleArn === undefined ? {} : { roleArn: parsed.reportRoleArn }),
      tags: { ...tags, Name: `${name}-reports` },
    });
    this.task = this.makeTask({ ...parsed, tags }, logGroup, reports.arn, this.reportRole);
    this.requiredBucketPolicyStatements = [
      ...(source.kind === "s3" ? ofBucket(this.sourceLocation.role, source.bucketArn, false) : []),
      ...(target.kind === "existing-s3" ? ofBucket(this.targetLocation.role, target.bucketArn, true) : []),
      ...(parsed.reportBucket === undefined ? [] : ofBucket(this.reportRole, parsed.reportBucket.arn, true)),
    ];
    const locations = [this.sourceLocation, this.targetLocation].flatMap(({ resource, role }) => [resource, role]);
    onlyForMove(...locations, this.logPolicy, this.reportRole, this.task);
  }

  /**
   * The verification that the target's files equal the source's: DataSync's own comparison, in its report. It has no
   * alarm.
   */
  public override get verifications(): readonly Verification[] {
    const { name, phase, verification } = this.review;
    const compares = replicatesIn(phase) && verification !== "none";
    return compares ? [{ kind: "data-comparison", name: `files of ${name}` }] : [];
  }

  /** The name of the files that are moved, as a list. */
  public override get dataMoved(): readonly string[] {
    return [this.name];
  }

  /** Returns the findings of the rules about file moves. */
  public override findings(): readonly Finding[] {
    return runRules(fileMoveRules, this.review);
  }

  protected override stepsInto(phase: Phase, names: TransitionNames, transition: StageTransition): PartSteps {
    return fileMoveSteps(this.review, this.region, { phase, names, transition });
  }

  private makeTask(
    props: ParsedFileMove,
    cloudwatchLogGroupArn: string,
    reportBucketArn: string,
    reportRole: ServiceRole,
  ): DatasyncTask {
    const { source, target, schedule, include, exclude, tags } = props;
    return new DatasyncTask(this, "task", {
      name: this.name,
      sourceLocationArn: this.sourceLocation?.arn ?? "",
      destinationLocationArn: this.targetLocation?.arn ?? "",
      cloudwatchLogGroupArn,
      options: transferOptions(source, target, props),
      ...(include === undefined ? {} : { includes: { filterType: "SIMPLE_PATTERN", value: include.join("|") } }),
      ...(exclude === undefined ? {} : { excludes: { filterType: "SIMPLE_PATTERN", value: exclude.join("|") } }),
      ...(schedule === undefined || !runsIn(this.phase) ? {} : { schedule: { scheduleExpression: schedule } }),
      taskReportConfig: {
        outputType: "STANDARD",
        // The provider reads a block of overrides back, whether there are any or not: without one here every plan would
        // differ, and CDKTF leaves an empty block out. So the four kinds of entries are named one by one.
        reportLevel: "ERRORS_ONLY",
        reportOverrides: {
          deletedOverride: "SUCCESSES_AND_ERRORS",
          skippedOverride: "SUCCESSES_AND_ERRORS",
          transferredOverride: "SUCCESSES_AND_ERRORS",
          verifiedOverride: "SUCCESSES_AND_ERRORS",
        },
        s3ObjectVersioning: "INCLUDE",
        s3Destination: { s3BucketArn: reportBucketArn, subdirectory: this.name, bucketAccessRoleArn: reportRole.arn },
      },
      tags: { ...tags, Name: this.name },
      ...after(reportRole.policy, this.logPolicy),
    });
  }

  /** Checks that key and log group are in the region of the move, as far as both are known. */
  private checkRegions({ kmsKeyArn, cloudwatchLogGroupArn, region }: ParsedFileMove): void {
    const { path: construct } = this.node;
    checkRegion(kmsKeyArn, region, {
      code: "FILE_MOVE_KMS_KEY_ARN",
      path: "kmsKeyArn",
      construct,
      what: "a KMS key",
    });
    checkRegion(cloudwatchLogGroupArn, region, {
      code: "FILE_MOVE_CLOUDWATCH_LOG_GROUP_ARN",
      path: "cloudwatchLogGroupArn",
      construct,
      what: "a log group",
    });
  }

  private checkPassword(path: string, password: string | undefined): void {
    if (password === undefined || isUnresolved(password)) return;
    // What came is a secret, so the message does not repeat it.
    throw new MigrationError({
      code: "FILE_MOVE_PLAIN_PASSWORD",
      path,
      allowed: "a token: of aws_secretsmanager_secret_version, or of a sensitive variable",
      fix: "put the password into Secrets Manager and pass the token of the data source",
      construct: this.node.path,
    });
  }

  /**
   * Checks that DataSync can transfer from the source to the target. AWS DataSync User Guide, "Where can I transfer my
   * data".
   */
  private checkPair(source: FileSource, target: FileTarget): void {
    const toWindows = target.kind === "fsx-windows";
    if (source.kind === "nfs" ? !toWindows : true) return;
    throw new MigrationError({
      code: "FILE_MOVE_PAIR",
      path: "target.kind",
      received: `${source.kind} to ${target.kind}`,
      allowed: "an efs or s3 target for an nfs source",
      fix: "move an NFS export to EFS or S3; owners and permissions of NFS mean nothing to FSx for Windows",
      construct: this.node.path,
    });
  }
}

/**
 * Returns the statement by which DataSync may write logs. AWS DataSync User Guide, "Monitoring data transfers with Amazon CloudWatch
 * Logs".
 */
function dataSyncMayLog(logGroupArn: string, place: DeploymentPlace): RequiredStatement {
  return {
    Effect: "Allow",
    Principal: { Service: "datasync.amazonaws.com" },
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: `${logGroupArn}:*`,
    Condition: {
      StringEquals: { "aws:SourceAccount": place.accountId },
      ArnLike: { "aws:SourceArn": place.arn("datasync", "task/*") },
    },
  };
}

function ofBucket(role: ServiceRole | undefined, bucketArn: string, write: boolean): RequiredStatement[] {
  return role === undefined ? [] : bucketStatements(role.arn, bucketArn, bucketAccess(bucketArn, write, undefined));
}

function after(...resources: readonly (ITerraformDependable | undefined)[]): {
  readonly dependsOn?: ITerraformDependable[];
} {
  const made = resources.filter((each) => each !== undefined);
  return made.length === 0 ? {} : { dependsOn: made };
}

function bucketPrefix(name: string, what: string): string {
  return `${name.slice(0, 26).replace(/-$/, "")}-${what}-`;
}

/** Returns the options of the transfer. The metadata that a file keeps depends on what both ends can express. */
function transferOptions(source: FileSource, target: FileTarget, settings: TransferSettings): DatasyncTaskOptions {
  const posix = source.kind !== "smb" && target.kind !== "fsx-windows";
  return {
    verifyMode: VERIFY_MODE[settings.verification ?? "everything"],
    overwriteMode: "ALWAYS",
    transferMode: "CHANGED",
    preserveDeletedFiles: settings.deleteAtTarget === true ? "REMOVE" : "PRESERVE",
    preserveDevices: "NONE",
    atime: "BEST_EFFORT",
    mtime: "PRESERVE",
    uid: posix ? "INT_VALUE" : "NONE",
    gid: posix ? "INT_VALUE" : "NONE",
    posixPermissions: posix ? "PRESERVE" : "NONE",
    ...(source.kind === "smb" && target.kind === "fsx-windows" ? { securityDescriptorCopyFlags: "OWNER_DACL" } : {}),
    objectTags: source.kind === "s3" && (target.kind === "s3" || target.kind === "existing-s3") ? "PRESERVE" : "NONE",
    logLevel: "TRANSFER",
    taskQueueing: "ENABLED",
    ...(settings.bytesPerSecond === undefined ? {} : { bytesPerSecond: settings.bytesPerSecond }),
  };
}
