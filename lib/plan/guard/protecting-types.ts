/** The resource types that hold nothing themselves and protect what others hold: with them a backup or a lock goes. */

/** The loss of a protecting resource. */
export interface Protection {
  readonly kind: "backup-off" | "unprotected";
  /** The phrase for what it does. */
  readonly protects: string;
}

const backup = (protects: string): Protection => ({ kind: "backup-off", protects });
const lock = (protects: string): Protection => ({ kind: "unprotected", protects });

/** The Terraform types that protect what other resources hold. */
export const protectingTypes: Readonly<Record<string, Protection>> = {
  aws_backup_plan: backup("takes the backups of a plan"),
  aws_backup_selection: backup("says what a backup plan backs up"),
  aws_backup_vault_lock_configuration: lock("keeps recovery points from being deleted"),
  aws_backup_vault_policy: lock("says who may delete recovery points"),
  aws_db_instance_automated_backups_replication: backup("copies a database's backups to another region"),
  aws_dlm_lifecycle_policy: backup("takes the snapshots of volumes"),
  aws_ebs_encryption_by_default: lock("encrypts every new volume"),
  aws_efs_backup_policy: backup("backs up a file system"),
  aws_efs_file_system_policy: lock("says who may use a file system"),
  aws_efs_replication_configuration: backup("copies a file system elsewhere"),
  aws_redshift_snapshot_schedule_association: backup("takes the snapshots of a cluster"),
  aws_s3_account_public_access_block: lock("keeps buckets from being public"),
  aws_s3_bucket_object_lock_configuration: lock("keeps objects from being deleted"),
  aws_s3_bucket_policy: lock("says who may use a bucket"),
  aws_s3_bucket_public_access_block: lock("keeps a bucket from being public"),
  aws_s3_bucket_replication_configuration: backup("copies a bucket's objects elsewhere"),
  aws_s3_bucket_server_side_encryption_configuration: lock("encrypts a bucket's new objects"),
  aws_s3_bucket_versioning: backup("keeps the earlier versions of a bucket's objects"),
};
