/** The two ends of a file move and how files travel between them, with the checks. */
import { z } from "zod";
import { isUnresolved } from "../../../core/tokens";
import {
  arnOf,
  bucketArn,
  kmsKeyArn,
  securityGroupId,
  subnetId,
  textOrToken,
  zonedSubnets,
  type ZonedSubnet,
} from "../schemas";

/** An NFS export, read by agents that run beside it. */
export interface NfsSource {
  readonly kind: "nfs";
  /** The server's name or address, as the agents see it. */
  readonly server: string;
  /** The export, and a folder in it: `/srv/reports`. */
  readonly path: string;
  /** ARNs of the DataSync agents, activated by hand. Two or more, so that one may fail. */
  readonly agentArns: readonly string[];
  /** @default "AUTOMATIC" */
  readonly version?: "AUTOMATIC" | "NFS3" | "NFS4_0" | "NFS4_1";
}

/** An SMB share, read by agents that run beside it. */
export interface SmbSource {
  readonly kind: "smb";
  readonly server: string;
  /** The share, and a folder in it, with slashes: `/reports`. */
  readonly path: string;
  /** Who reads the share: a user for the move alone, with the right to back up files. */
  readonly user: string;
  /**
   * The user's Active Directory domain.
   * @default - a local user
   */
  readonly domain?: string;
  /**
   * The user's password, as a token: of a data source, or of a sensitive variable. A literal is refused. Terraform keeps
   * the value in its state in plain text, as the provider has no other way: encrypt the state, use a user that can nothing
   * else, and change the password when the move is finalized.
   */
  readonly password: string;
  readonly agentArns: readonly string[];
  /** @default "AUTOMATIC" */
  readonly version?: "AUTOMATIC" | "SMB2" | "SMB3";
}

/** A bucket, read without agents. */
export interface S3Source {
  readonly kind: "s3";
  readonly bucketArn: string;
  /**
   * Where in the bucket the files are.
   * @default "/"
   */
  readonly path?: string;
  /**
   * ARN of the key of its objects.
   * @default - they are encrypted with a key that S3 manages
   */
  readonly kmsKeyArn?: string;
}

/** Where files come from. */
export type FileSource = NfsSource | SmbSource | S3Source;

/** An EFS file system that is made here. */
export interface EfsTarget {
  readonly kind: "efs";
  readonly vpcId: string;
  /** One mount target in each: subnets in different zones. */
  readonly subnets: readonly ZonedSubnet[];
  /**
   * Where in the file system clients and DataSync begin. Made with the owner and permissions below.
   * @default "/data"
   */
  readonly path?: string;
  /**
   * Owner of that folder.
   * @default { userId: 0, groupId: 0 }
   */
  readonly owner?: { readonly userId: number; readonly groupId: number };
  /**
   * Permissions of that folder, octal.
   * @default "0755"
   */
  readonly permissions?: string;
  /**
   * Security groups whose members may mount it.
   * @default - none but DataSync
   */
  readonly clientSecurityGroupIds?: readonly string[];
}

/** An EFS file system that exists. */
export interface ExistingEfsTarget {
  readonly kind: "existing-efs";
  readonly fileSystemArn: string;
  /** A subnet that has a mount target. */
  readonly subnetId: string;
  /** Groups in which DataSync may reach the mount target. */
  readonly securityGroupIds: readonly string[];
  /**
   * ARN of the access point to write through.
   * @default - the root of the file system
   */
  readonly accessPointArn?: string;
  /** @default "/" */
  readonly path?: string;
}

/** An FSx for Windows file system that exists. */
export interface FsxWindowsTarget {
  readonly kind: "fsx-windows";
  readonly fileSystemArn: string;
  /** Groups in which DataSync may reach the file system. */
  readonly securityGroupIds: readonly string[];
  /** A member of the group that administers the file system, to write owners and permissions. */
  readonly user: string;
  readonly domain?: string;
  /** As a token; the same as with an SMB source holds. */
  readonly password: string;
  /** @default "/share" */
  readonly path?: string;
}

/** A bucket that is made here. */
export interface S3Target {
  readonly kind: "s3";
  /** @default "/" */
  readonly path?: string;
}

/** A bucket that exists. */
export interface ExistingS3Target {
  readonly kind: "existing-s3";
  readonly bucketArn: string;
  /** @default "/" */
  readonly path?: string;
  /**
   * ARN of the key of its objects.
   * @default - they are encrypted with a key that S3 manages
   */
  readonly kmsKeyArn?: string;
}

/** Where files go. */
export type FileTarget = EfsTarget | ExistingEfsTarget | FsxWindowsTarget | S3Target | ExistingS3Target;

/**
 * What is compared after the transfer.
 *
 * - `everything`: all of source and target, whatever was transferred.
 * - `transferred`: what this run has transferred. Enough for an archive tier, which is costly to read.
 * - `none`: nothing, which blocks the migration.
 */
export type Verification = "everything" | "transferred" | "none";

/** How files travel. */
export interface TransferSettings {
  /**
   * When files are copied again, in the phases `prepare` and `try` only: once production writes to the target, a copy
   * would overwrite it. At least an hour apart.
   * @default - never by itself: a person starts it
   * @example "rate(6 hours)"
   */
  readonly schedule?: string;
  /** @default "everything" */
  readonly verification?: Verification;
  /**
   * What is copied: paths that begin with a slash, `*` for any text.
   * @default - everything
   * @example ["/reports", "/archive/2025*"]
   */
  readonly include?: readonly string[];
  /**
   * What is not copied.
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
   * The most bandwidth it takes, in bytes a second.
   * @default - all there is
   */
  readonly bytesPerSecond?: number;
  /**
   * The bucket of the reports on each run.
   * @default - a bucket of its own: versioned, encrypted, private, TLS only
   */
  readonly reportBucket?: { readonly arn: string; readonly kmsKeyArn?: string };
  /**
   * How long the log of each file is kept, in days.
   * @default 365
   */
  readonly logRetentionDays?: number;
}

const path = tokenlessPath();
const agentArns = z
  .array(arnOf("datasync", "arn:aws:datasync:eu-central-1:111122223333:agent/agent-0a1b2c3d4e5f60718"))
  .min(1)
  .max(4);
const server = textOrToken;
// The code of the error tells a literal password from any other mistake, so the check is made by the construct.
const password = z.string().min(1);

function tokenlessPath(): z.ZodType<string, string> {
  return z
    .string()
    .max(4096)
    .regex(/^\/[^\n\r]*$/, "must begin with a slash, like /reports");
}

/** Checks a {@link FileSource}. */
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
  z.strictObject({ kind: z.literal("s3"), bucketArn, path: path.optional(), kmsKeyArn: kmsKeyArn.optional() }),
]);

const id = z.int().min(0).max(4_294_967_295);
const fileSystemArn = (service: string): z.ZodType<string, string> =>
  arnOf(service, `arn:aws:${service}:eu-central-1:111122223333:file-system/fs-0a1b2c3d4e5f60718`);

/** Checks a {@link FileTarget}. */
export const fileTargetSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("efs"),
    vpcId: textOrToken,
    subnets: zonedSubnets.refine(
      (subnets) =>
        isUnresolved(subnets) || new Set(subnets.map((each) => each.availabilityZone)).size === subnets.length,
      "must be in different zones: EFS takes one mount target in each",
    ),
    path: path.optional(),
    owner: z.strictObject({ userId: id, groupId: id }).optional(),
    permissions: z
      .string()
      .regex(/^[0-7]{3,4}$/, "must be octal, like 0755")
      .optional(),
    clientSecurityGroupIds: z.array(securityGroupId).optional(),
  }),
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
  z.strictObject({ kind: z.literal("s3"), path: path.optional() }),
  z.strictObject({
    kind: z.literal("existing-s3"),
    bucketArn,
    path: path.optional(),
    kmsKeyArn: kmsKeyArn.optional(),
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

/** Checks {@link TransferSettings} without the retention of the log, which the construct adds. */
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
};
