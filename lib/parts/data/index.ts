/** The part `parts/data`: moves of databases, files and configuration files. */
export * from "./configuration/configuration-review";
export { type ConfigurationFile, type Platform } from "./configuration/file-spec";
export * from "./configuration-files";
export { replicatesIn } from "./data-phase";
export { BackupRestore, type BackupRestoreMethod, type BackupRestoreProps } from "./database/backup-restore";
export * from "./database/database-review";
export * from "./database/database-server";
export {
  type AuroraEngine,
  type AuroraTarget,
  type DatabaseTarget,
  type ExistingTarget,
  type RdsEngine,
  type RdsInstanceTarget,
} from "./database/target-settings";
export * from "./database-move";
export {
  type DmsEngine,
  type EndpointSettings,
  type SourceEndpoint,
  type SslMode,
  type TargetEndpoint,
} from "./dms/endpoint-settings";
export * from "./dms/replication";
export { ReplicationAlarms } from "./dms/replication-alarms";
export {
  type DmsMethod,
  type InstanceCompute,
  type ReplicationAlarmSettings,
  type ServerlessCompute,
} from "./dms/replication-settings";
export { SecretsEndpoint } from "./dms/secrets-endpoint";
export * from "./dms/service-roles";
export { tableMappings, type TableRule, type TableSelection, type TableTransformation } from "./dms/table-mappings";
export { taskSettings, type LargeObjects, type MigrationType, type TaskSettingsOptions } from "./dms/task-settings";
export * from "./file/file-review";
export {
  type EfsTarget,
  type ExistingEfsTarget,
  type ExistingS3Target,
  type FileSource,
  type FileTarget,
  type FsxWindowsTarget,
  type NfsSource,
  type S3Source,
  type S3Target,
  type SmbSource,
  type TransferSettings,
  type Verification,
} from "./file/file-settings";
export * from "./file/shared-file-system";
export { type Location as TransferLocation } from "./file/locations";
export * from "./file-move";
export * from "../../aws/private-bucket";
export * from "./rules";
export { type DataProps, type ZonedSubnet } from "./schemas";
