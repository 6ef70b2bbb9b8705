export {
  adoptedImages,
  launchedInstances,
  type LaunchedInstances,
  type LaunchedInstancesOptions,
} from "./launched-instances";
export { writeMgnImport, type MgnImportOptions } from "./mgn-import";
export {
  mgnLaunchSettings,
  writeMgnLaunchSettings,
  type MgnLaunchConfiguration,
  type MgnLaunchSettings,
} from "./mgn-launch-settings";
export {
  MIGRATION_FACTORY_COLUMNS,
  writeMigrationFactoryIntake,
  type MigrationFactoryIntakeOptions,
} from "./migration-factory-intake";
export { planReplication, type ReplicationPlanInput } from "./plan-replication";
export {
  ReplicationExport,
  replicationTools,
  type ExportedText,
  type ReplicationExportProps,
  type ReplicationTool,
} from "./replication-export";
export {
  replicationServers,
  type ReplicationDestination,
  type ReplicationServer,
  type ReplicationTarget,
} from "./replication-server";
export * from "./rules";
