/** The settings of a file move: its source, its target and the transfer between them, with their schemas. */
import { z } from "zod";
import { isUnresolved, listTokenOr } from "../../../core/tokens";
import {
  arnOf,
  bucketArn,
  kmsKeyArn,
  logGroupArn,
  roleArn,
  securityGroupId,
  securityGroupIds,
  subnetId,
  textOrToken,
  zonedSubnets,
  type ZonedSubnet,
} from "../schemas";

/** An NFS export as the source, read by DataSync agents that run near it. */
export interface NfsSource {
  readonly kind: "nfs";
  /** The name or address of the server, as the agents see it. */
  readonly server: string;
  /** The path of the export, optionally with a folder in it: `/srv/reports`. */
  readonly path: string;
  /** ARNs of the DataSync agents, which are activated by hand. Name two or more, so that one may fail. */
  readonly agentArns: readonly string[];
  /** @default "AUTOMATIC" */
  readonly version?: "AUTOMATIC" | "NFS3" | "NFS4_0" | "NFS4_1";
}

/** An SMB share as the source, read by DataSync agents that run near it. */
export interface SmbSource {
  readonly kind: "smb";
  readonly server: string;
  /** The path of the share, optionally with a folder in it, with slashes: `/reports`. */
  readonly path: string;
  /** The user that reads the share: one for the move alone, with the right to back up files. */
  readonly user: string;
  /**
   * The user's Active Directory domain.
   * @default - a local user
   */
  readonly domain?: string;
  /**
   * The password of the user, as a token: of a data source, or of a sensitive variable. A literal is refused. Terraform
   * keeps the value in its state in plain text, as the provider has no other way: encrypt the state, use a user without
   * other rights, and change the password when the move is finalized.
   */
  readonly password: string;
  readonly agentArns: readonly string[];
  /** @default "AUTOMATIC" */
  readonly version?: "AUTOMATIC" | "SMB2" | "SMB3";
}

/** An S3 bucket as the source, read without agents. */
export interface S3Source {
  readonly kind: "s3";
  readonly bucketArn: string;
  /**
   * The path of the files in the bucket.
   * @default "/"
   */
  readonly path?: string;
  /**
   * ARN of the KMS key of the bucket's objects.
   * @default - they are encrypted with a key that S3 manages
   */
  readonly kmsKeyArn?: string;
  /**
   * ARN of an existing role in which DataSync reads the bucket, which is left as it is: `sourceLocation.role` of the move says
   * what it needs.
   * @default - a role of its own
   */
  readonly bucketAccessRoleArn?: string;
}

/** The source of a file move. */
export type FileSource = NfsSource | SmbSource | S3Source;

/** An EFS file system to create as the target. */
export interface EfsTarget {
  readonly kind: "efs";
  readonly vpcId: string;
  /** The subnets of the mount targets, in different zones: each gets one. */
  readonly subnets: readonly ZonedSubnet[];
  /**
   * The root folder of clients and DataSync in the file system. It is created with the owner and permissions below.
   * @default "/data"
   */
  readonly path?: string;
  /**
   * The owner of the folder `path`.
   * @default { userId: 0, groupId: 0 }
   */
  readonly owner?: { readonly userId: number; readonly groupId: number };
  /**
   * The permissions of the folder `path`, octal.
   * @default "0755"
   */
  readonly permissions?: string;
  /**
   * Security groups whose members may mount the file system. Not together with `securityGroupIds`.
   * @default - none but DataSync
   * @knownLength
   */
  readonly clientSecurityGroupIds?: readonly string[];
  /**
   * Ids of existing security groups of the mount targets and of DataSync's interfaces, 1 to 5, which are left as they are: their
   * members, DataSync among them, must reach each other and be reached by the clients on port 2049.
   * @default - two of its own: of the mount targets, and of DataSync
   * @knownLength
   */
  readonly securityGroupIds?: readonly string[];
}

/** An existing EFS file system as the target. */
export interface ExistingEfsTarget {
  readonly kind: "existing-efs";
  readonly fileSystemArn: string;
  /** The id of a subnet that has a mount target. */
  readonly subnetId: string;
  /**
   * The ids of the security groups in which DataSync may reach the mount target.
   * @knownLength
   */
  readonly securityGroupIds: readonly string[];
  /**
   * ARN of the access point through which files are written.
   * @default - the root of the file system
   */
  readonly accessPointArn?: string;
  /** @default "/" */
  readonly path?: string;
}

/** An existing FSx for Windows file system as the target. */
export interface FsxWindowsTarget {
  readonly kind: "fsx-windows";
  readonly fileSystemArn: string;
  /**
   * The ids of the security groups in which DataSync may reach the file system.
   * @knownLength
   */
  readonly securityGroupIds: readonly string[];
  /**
   * The user that writes the files: a member of the group that administers the file system, so that it may write owners
   * and permissions.
   */
  readonly user: string;
  readonly domain?: string;
  /** The password of the user, as a token; the restrictions of {@link SmbSource.password} apply. */
  readonly password: string;
  /** @default "/share" */
  readonly path?: string;
}

/** An S3 bucket to create as the target. */
export interface S3Target {
  readonly kind: "s3";
  /** @default "/" */
  readonly path?: string;
  /**
   * ARN of an existing role in which DataSync writes to the bucket, which is left as it is: `targetLocation.role` of the move says
   * what it needs.
   * @default - a role of its own
   */
  readonly bucketAccessRoleArn?: string;
}

/** An existing S3 bucket as the target. */
export interface ExistingS3Target {
  readonly kind: "existing-s3";
  readonly bucketArn: string;
  /** @default "/" */
  readonly path?: string;
  /**
   * ARN of the KMS key of the bucket's objects.
   * @default - they are encrypted with a key that S3 manages
   */
  readonly kmsKeyArn?: string;
  /**
   * ARN of an existing role in which DataSync writes to the bucket, which is left as it is: `targetLocation.role` of the move says
   * what it needs.
   * @default - a role of its own
   */
  readonly bucketAccessRoleArn?: string;
}

/** The target of a file move. */
export type FileTarget = EfsTarget | ExistingEfsTarget | FsxWindowsTarget | S3Target | ExistingS3Target;

/**
 * The extent of the comparison after a transfer.
 *
 * - `everything`: all files of source and target, whether transferred or not.
 * - `transferred`: the files that this run has transferred. Enough for an archive tier, which is costly to read.
 * - `none`: no file, which blocks the migration.
 */
export type Verification = "everything" | "transferred" | "none";

/** Settings of the transfer of a file move. */
export interface TransferSettings {
  /**
   * The schedule on which files are copied again, in the phases `prepare` and `try` only: once production writes to the
   * target, a copy would overwrite it. At least an hour apart.
   * @default - none: a person starts each copy
   * @example "rate(6 hours)"
   */
  readonly schedule?: string;
  /** @default "everything" */
  readonly verification?: Verification;
  /**
   * The paths to copy, which begin with a slash; `*` stands for any text.
   * @default - everything
   * @example ["/reports", "/archive/2025*"]
   */
  readonly include?: readonly string[];
  /**
   * The paths to leave out of the copy; `*` stands for any text.
   * @default - nothing is left out
   * @example ["*.tmp", "/.snapshot"]
   */
  readonly exclude?: readonly string[];
  /**
   * Whether files that the source no longer has are deleted at the target.
   * @default false
   */
  readonly deleteAtTarget?: boolean;
  /**
   * The bandwidth limit of the transfer, in bytes a second.
   * @default - no limit
   */
  readonly bytesPerSecond?: number;
  /**
   * The existing bucket to which the reports on each run are written.
   * @default - a bucket of its own: versioned, encrypted, private, TLS only
   */
  readonly reportBucket?: { readonly arn: string; readonly kmsKeyArn?: string };
  /**
   * ARN of an existing role in which DataSync writes the reports, which is left as it is: `reportRole` of the move says what it
   * needs.
   * @default - a role of its own
   */
  readonly reportRoleArn?: string;
  /**
   * Retention of the log, which has an entry for each file, in days. Not together with `cloudwatchLogGroupArn`.
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * ARN of an existing log group of the region for the log, which is left as it is: `requiredLogPolicyStatements` of the move says
   * what the resource policy of CloudWatch Logs needs.
   * @default - a log group of its own, encrypted with the key, and a resource policy that admits DataSync
   */
  readonly cloudwatchLogGroupArn?: string;
}

const path = tokenlessPath();
const agentArns = listTokenOr(
  z.array(arnOf("datasync", "arn:aws:datasync:eu-central-1:111122223333:agent/agent-0a1b2c3d4e5f60718")).min(1).max(4),
);
const server = textOrToken;
// The code of the error tells a literal password from any other mistake, so the check is made by the construct.
const password = z.string().min(1);

function tokenlessPath(): z.ZodType<string, string> {
  return z
    .string()
    .max(4096)
    .regex(/^\/[^\n\r]*$/, "must begin with a slash, like /reports");
}

/** The schema of a {@link FileSource}. */
export const fileSourceSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("nfs"),
    server,
    path,
    agentArns,
    version: z.enum(["AUTOMATIC", "NFS3", "NFS4_0", "NFS4_1"]).optional(),
  }),
  z.strictObject({
    kind: z.literal("smb"),
    server,
    path,
    user: textOrToken,
    domain: textOrToken.optional(),
    password,
    agentArns,
    version: z.enum(["AUTOMATIC", "SMB2", "SMB3"]).optional(),
  }),
  z.strictObject({
    kind: z.literal("s3"),
    bucketArn,
    path: path.optional(),
    kmsKeyArn: kmsKeyArn.optional(),
    bucketAccessRoleArn: roleArn.optional(),
  }),
]);

const id = z.int().min(0).max(4_294_967_295);
const fileSystemArn = (service: string): z.ZodType<string, string> =>
  arnOf(service, `arn:aws:${service}:eu-central-1:111122223333:file-system/fs-0a1b2c3d4e5f60718`);

/** The schema of a {@link FileTarget}. */
export const fileTargetSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("efs"),
      vpcId: textOrToken,
      subnets: zonedSubnets.refine(
        (subnets) =>
          isUnresolved(subnets) || new Set(subnets.map((each) => each.availabilityZone)).size === subnets.length,
        "must be in different zones: EFS accepts one mount target in each",
      ),
      path: path.optional(),
      owner: z.strictObject({ userId: id, groupId: id }).optional(),
      permissions: z
        .string()
        .regex(/^[0-7]{3,4}$/, "must be octal, like 0755")
        .optional(),
      clientSecurityGroupIds: z.array(securityGroupId).optional(),
      securityGroupIds: securityGroupIds.optional(),
    })
    .refine(
      ({ securityGroupIds: groups, clientSecurityGroupIds: clients }) => groups === undefined || clients === undefined,
      {
        message: "must be left out with securityGroupIds: the rules of existing groups are their owner's",
        path: ["clientSecurityGroupIds"],
      },
    ),
  z.strictObject({
    kind: z.literal("existing-efs"),
    fileSystemArn: fileSystemArn("elasticfilesystem"),
    subnetId,
    securityGroupIds: z.array(securityGroupId).min(1).max(5),
    accessPointArn: arnOf(
      "elasticfilesystem",
      "arn:aws:elasticfilesystem:eu-central-1:111122223333:access-point/fsap-1",
    ).optional(),
    path: path.optional(),
  }),
  z.strictObject({
    kind: z.literal("fsx-windows"),
    fileSystemArn: fileSystemArn("fsx"),
    securityGroupIds: z.array(securityGroupId).min(1).max(5),
    user: textOrToken,
    domain: textOrToken.optional(),
    password,
    path: path.optional(),
  }),
  z.strictObject({ kind: z.literal("s3"), path: path.optional(), bucketAccessRoleArn: roleArn.optional() }),
  z.strictObject({
    kind: z.literal("existing-s3"),
    bucketArn,
    path: path.optional(),
    kmsKeyArn: kmsKeyArn.optional(),
    bucketAccessRoleArn: roleArn.optional(),
  }),
]);

// AWS DataSync API reference, FilterRule: patterns joined by bars, 102,400 characters in all.
const filters = z
  .array(
    z
      .string()
      .min(1)
      .regex(/^[^|]*$/, "must not contain a bar, which separates patterns"),
  )
  .min(1)
  .refine((patterns) => patterns.join("|").length <= 102_400, "must be 102,400 characters together at most");

/** The schemas of {@link TransferSettings}, without the retention of the log, which the construct adds. */
export const transferSettings = {
  schedule: z
    .string()
    .max(256)
    .regex(
      /^(?:cron\([^)]+\)|rate\([1-9]\d* (?:hours?|days?)\))$/,
      "must be rate(6 hours) or cron(0 2 * * ? *), an hour or more apart",
    )
    .optional(),
  verification: z.enum(["everything", "transferred", "none"]).optional(),
  include: filters.optional(),
  exclude: filters.optional(),
  deleteAtTarget: z.boolean().optional(),
  bytesPerSecond: z.int().min(1_048_576).optional(),
  reportBucket: z.strictObject({ arn: bucketArn, kmsKeyArn: kmsKeyArn.optional() }).optional(),
  reportRoleArn: roleArn.optional(),
  cloudwatchLogGroupArn: logGroupArn.optional(),
};
