/**
 * Native backup and restore: the source writes a backup, a bucket holds it, and the target reads it from there in a role of
 * its own. The target's requirements for that depend on its engine:
 *
 * - SQL Server: an option group with SQLSERVER_BACKUP_RESTORE, which names the role (`rds_restore_database`).
 * - PostgreSQL and Aurora PostgreSQL: the role for the feature `s3Import` (`aws_s3.table_import_from_s3`).
 * - Aurora MySQL: the role, and the parameter `aws_default_s3_role` (`LOAD DATA FROM S3`).
 * - MySQL: the role, where an instance is made from a Percona XtraBackup; MariaDB: nothing, a client restores a dump.
 *
 * Once the move is finalized the target can no longer read the bucket; the bucket stays until its backups have expired.
 */
import { DbInstanceRoleAssociation } from "@cdktf/provider-aws/lib/db-instance-role-association";
import { DbOptionGroup } from "@cdktf/provider-aws/lib/db-option-group";
import { RdsClusterRoleAssociation } from "@cdktf/provider-aws/lib/rds-cluster-role-association";
import { Construct } from "constructs";
import { z } from "zod";
import { PrivateBucket } from "../../../aws/private-bucket";
import { bucketStatements, type RequiredStatement } from "../../../aws/required-statements";
import { admitConstruct } from "../../../core/door/admit";
import { bucketArn, kmsKeyArn, roleArn } from "../schemas";
import { ServiceRole } from "../../../aws/service-role";
import type { DeploymentPlace } from "../../../aws/deployment-place";
import { onlyForMove } from "../../../core/only-for-move";
import { refuse } from "../../../core/refuse";
import { isSqlServer, majorVersion, type DatabaseTarget } from "./target-settings";

/** A move by backup and restore with the database's own tools. */
export interface BackupRestoreMethod {
  readonly kind: "backup-restore";
  /**
   * An existing bucket for the backups, which is left as it is: `requiredBucketPolicyStatements` of the `BackupRestore` says what
   * the policy of one in another account needs.
   * @default - a bucket of its own: versioned, encrypted, private, TLS only
   */
  readonly bucket?: {
    readonly arn: string;
    /**
     * ARN of the KMS key of the bucket's objects.
     * @default - the move's own key
     */
    readonly kmsKeyArn?: string;
  };
  /**
   * The prefix of the backups in the bucket, without a slash at either end.
   * @default "backups"
   */
  readonly prefix?: string;
  /**
   * Days after which backups expire, in a bucket that this construct creates.
   * @default 90
   */
  readonly expireDays?: number;
  /**
   * Creates an RDS for MySQL instance from a Percona XtraBackup that is in the bucket before the instance is created.
   * Needs `bucket`. @example { sourceEngineVersion: "8.0.36" }
   * @default - a client restores a dump
   */
  readonly mysqlImport?: { readonly sourceEngineVersion: string };
  /**
   * ARN of an existing role in which the target reads the bucket, which is left as it is: `role` of the `BackupRestore` says what
   * it needs. Only where the engine needs a role.
   * @default - a role of its own
   */
  readonly roleArn?: string;
}

/** The schema of a {@link BackupRestoreMethod}. */
export const backupRestoreSchema = z
  .strictObject({
    kind: z.literal("backup-restore"),
    bucket: z.strictObject({ arn: bucketArn, kmsKeyArn: kmsKeyArn.optional() }).optional(),
    prefix: z
      .string()
      .regex(
        /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/,
        "must be a prefix without slashes at its ends, like backups/orders",
      )
      .optional(),
    expireDays: z.int().min(1).max(3650).optional(),
    mysqlImport: z
      .strictObject({ sourceEngineVersion: z.string().regex(/^\d+\.\d+(?:\.\d+)?$/, "must be a version, like 8.0.36") })
      .optional(),
    roleArn: roleArn.optional(),
  })
  .refine(({ bucket, mysqlImport }) => mysqlImport === undefined || bucket !== undefined, {
    message: "needs an existing bucket: the backup must be in it before the instance is created",
    path: ["mysqlImport"],
  });

/** Properties of a {@link BackupRestore}. */
export interface BackupRestoreProps {
  readonly name: string;
  readonly method: BackupRestoreMethod;
  readonly target: DatabaseTarget;
  /** Whether the target may still read the bucket. */
  readonly active: boolean;
  readonly kmsKeyArn: string;
  readonly place: DeploymentPlace;
  readonly tags: Readonly<Record<string, string>>;
}

const DEFAULT_PREFIX = "backups";
const DEFAULT_EXPIRE_DAYS = 90;

/**
 * The bucket and the role of a native restore, and the option group or parameters that the engine needs to read it.
 *
 * @throws MigrationError `BACKUP_RESTORE_METHOD` for a role that the engine does not take
 */
export class BackupRestore extends Construct {
  /** The bucket of the backups, if this construct creates it. */
  public readonly bucket?: PrivateBucket;
  public readonly bucketArn: string;
  public readonly prefix: string;
  /** The statements that the policy of an existing bucket needs where it is in another account; else empty. */
  public readonly requiredBucketPolicyStatements: readonly RequiredStatement[];
  /** The role in which the target reads the bucket; undefined once the move is finalized, and for MariaDB. */
  public readonly role?: ServiceRole;
  /** The option group that lets SQL Server restore; empty once the move is finalized. */
  public readonly optionGroup?: DbOptionGroup;
  private associated?: DbInstanceRoleAssociation | RdsClusterRoleAssociation;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: BackupRestoreProps,
  ) {
    admitConstruct("BackupRestore", scope, id, props);
    super(scope, id);
    const { name, method, target, active, place, tags } = props;
    this.prefix = method.prefix ?? DEFAULT_PREFIX;
    const keyArn = method.bucket?.kmsKeyArn ?? props.kmsKeyArn;
    if (method.bucket === undefined) {
      this.bucket = new PrivateBucket(this, "bucket", {
        namePrefix: `${name.slice(0, 28)}-backup-`.replace("--", "-"),
        kmsKeyArn: keyArn,
        expireDays: method.expireDays ?? DEFAULT_EXPIRE_DAYS,
        tags: { ...tags, Name: `${name}-backups` },
      });
      this.bucketArn = this.bucket.arn;
    } else {
      this.bucketArn = method.bucket.arn;
    }
    if (method.roleArn !== undefined && !needsRole(target, method)) {
      refuse({
        code: "BACKUP_RESTORE_METHOD",
        path: "method.roleArn",
        received: method.roleArn,
        allowed: `no role for ${target.kind === "existing" ? "an existing " : ""}${target.engine}, which reads no bucket by one here`,
        fix: "leave it out",
        construct: this.node.path,
      });
    }
    // Amazon RDS User Guide, "Setting up for native backup and restore" and "Importing data from Amazon S3".
    const allow = [
      { actions: ["s3:GetBucketLocation", "s3:ListBucket"], resources: [this.bucketArn] },
      {
        actions: ["s3:GetObject", "s3:GetObjectAttributes", "s3:ListMultipartUploadParts"],
        resources: [`${this.bucketArn}/${this.prefix}/*`],
      },
      { actions: ["kms:Decrypt", "kms:DescribeKey"], resources: [keyArn] },
    ];
    if (active && needsRole(target, method)) {
      this.role = new ServiceRole(this, "role", {
        service: "rds.amazonaws.com",
        namePrefix: "rds-restore-",
        description: `RDS reads the backups of ${name}`,
        allow,
        place,
        ...(method.roleArn === undefined ? {} : { roleArn: method.roleArn }),
        tags: { ...tags, Name: `${name}-restore` },
      });
      onlyForMove(this.role);
    }
    this.requiredBucketPolicyStatements =
      method.bucket === undefined || this.role === undefined
        ? []
        : bucketStatements(this.role.arn, this.bucketArn, allow);
    if (target.kind === "rds" && isSqlServer(target.engine)) {
      const roleArn = this.role?.arn;
      this.optionGroup = new DbOptionGroup(this, "options", {
        name,
        optionGroupDescription: `Native restore of ${name}`,
        engineName: target.engine,
        majorEngineVersion: sqlServerOptionVersion(target.engineVersion),
        ...(roleArn === undefined
          ? {}
          : {
              option: [
                {
                  optionName: "SQLSERVER_BACKUP_RESTORE",
                  optionSettings: [{ name: "IAM_ROLE_ARN", value: roleArn }],
                },
              ],
            }),
        tags: { ...tags, Name: name },
      });
    }
  }

  /** The association of the role with the target; undefined if the engine gets the role in another way. */
  public get association(): DbInstanceRoleAssociation | RdsClusterRoleAssociation | undefined {
    return this.associated;
  }

  /** The database parameters that the target needs to read the bucket. */
  public get parameters(): Readonly<Record<string, string>> {
    const { target } = this.props;
    return target.engine === "aurora-mysql" && this.role !== undefined ? { aws_default_s3_role: this.role.arn } : {};
  }

  /** Associates the role with the target, once the target has been created. */
  public associate(identifier: string): void {
    const { target } = this.props;
    if (this.role === undefined) return;
    const roleArn = this.role.arn;
    if (target.engine === "postgres") {
      this.associated = new DbInstanceRoleAssociation(this, "association", {
        dbInstanceIdentifier: identifier,
        featureName: "s3Import",
        roleArn,
      });
    } else if (target.engine === "aurora-postgresql" || target.engine === "aurora-mysql") {
      this.associated = new RdsClusterRoleAssociation(this, "association", {
        dbClusterIdentifier: identifier,
        // Aurora MySQL knows a role by its parameter, and has no name for the feature.
        featureName: target.engine === "aurora-postgresql" ? "s3Import" : "",
        roleArn,
      });
    }
  }
}

function needsRole(target: DatabaseTarget, method: BackupRestoreMethod): boolean {
  if (target.engine === "mysql") return method.mysqlImport !== undefined;
  // Only its owner can give an existing SQL Server an option group.
  return target.engine !== "mariadb" && !(target.kind === "existing" && isSqlServer(target.engine));
}

/**
 * Returns the version of SQL Server as option groups name it: `15.00`, `16.00`. Amazon RDS API reference,
 * CreateOptionGroup.
 */
function sqlServerOptionVersion(version: string): string {
  return `${majorVersion("sqlserver-se", version).split(".")[0] ?? ""}.00`;
}
