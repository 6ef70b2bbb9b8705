/**
 * The root entry: the constructs, their props, their stages and the lists of their rules. Everything else is on the subpath of
 * its room: readers on `/inventory`, checklists and `assess` on `/assessment`, CIDR arithmetic on `/network`, the selection
 * matrix on `/catalog`, what a pattern is written with on `/core`, renderers on `/report`. A stack that uses one pattern loads
 * less from the pattern's own subpath: `cdktf-migration-patterns/infrastructure/hybrid-cloud`.
 */

// The base of every pattern and of every part
export {
  Artifact,
  ForgottenResources,
  Migration,
  MigrationPart,
  RecordedStage,
  interlockRules,
  movedServersRules,
  protectionRules,
  ruleRules,
  waiverRules,
  zoneRules,
  type ArtifactProps,
  type ForgottenResourcesProps,
  type MigrationPartProps,
  type MigrationProps,
  type Stage,
  type Stages,
} from "./core";

// Inventories and the assessment
export { assessmentRules } from "./assessment";
export { mergeRules, readerRules } from "./inventory";

// What several patterns make in AWS
export {
  AlarmTopic,
  DeploymentPlace,
  PrivateBucket,
  ServiceRole,
  type AlarmTopicProps,
  type PrivateBucketProps,
  type ServiceRoleProps,
} from "./aws";

// The parts of a migration
export { ConfigurationCutover, configurationRules, type ConfigurationCutoverProps } from "./parts/configuration";
export {
  BackupRestore,
  ConfigurationFiles,
  DatabaseMove,
  DatabaseServer,
  DmsReplication,
  DmsServiceRoles,
  FileMove,
  ReplicationAlarms,
  SecretsEndpoint,
  SharedFileSystem,
  configurationFilesRules,
  databaseMoveRules,
  fileMoveRules,
  type BackupRestoreProps,
  type ConfigurationFilesProps,
  type DatabaseMoveProps,
  type DatabaseServerProps,
  type DmsReplicationProps,
  type FileMoveProps,
} from "./parts/data";
export { LandingNetwork, VpcEndpoints, VpcFlowLogs, type LandingNetworkProps } from "./parts/network";
export {
  ApplicationHealthChecks,
  Canary,
  CanaryArtifacts,
  EndToEndTest,
  PerformanceValidation,
  Probe,
  ValidationSuite,
  finalizedRules,
  validationRules,
  type ApplicationHealthChecksProps,
  type CanaryArtifactsProps,
  type CanaryProps,
  type EndToEndTestProps,
  type PerformanceValidationProps,
  type ProbeProps,
  type ValidationSuiteProps,
} from "./parts/validation";

// The pattern Hybrid Cloud
export {
  AwsGateway,
  HybridCloud,
  HybridDns,
  HybridVpc,
  SiteToSiteVpn,
  VpcRoutes,
  VpnAlarms,
  hybridCloudStages,
  hybridRules,
  vpnRules,
  type AwsGatewayProps,
  type HybridCloudProps,
  type HybridCloudStage,
  type HybridDnsProps,
  type HybridVpcProps,
  type SiteToSiteVpnProps,
  type VpcRoutesProps,
  type VpnAlarmsProps,
} from "./patterns/infrastructure/hybrid-cloud";

// The pattern Lift and Shift
export {
  DedicatedHosts,
  DiskImages,
  FleetSecurityGroups,
  LiftAndShift,
  ServerFleet,
  ServerProfile,
  accessRules,
  estateRules,
  fleetRules,
  liftAndShiftRules,
  liftAndShiftStageNames,
  liftAndShiftStages,
  volumeRules,
  type LiftAndShiftProps,
  type LiftAndShiftStage,
  type ServerFleetProps,
} from "./patterns/infrastructure/lift-and-shift";
export {
  ReplicationExport,
  replicationRules,
  type ReplicationExportProps,
} from "./patterns/infrastructure/lift-and-shift/replication";

// The pattern Multi-Cloud
export {
  DnsRouting,
  KubernetesManifests,
  MultiCloudRouting,
  dnsRules,
  istioRules,
  routingRules,
  type DnsRoutingProps,
  type KubernetesManifestsProps,
  type MultiCloudRoutingProps,
  type RoutingStage,
} from "./patterns/infrastructure/multi-cloud";

// The plan over several migrations
export {
  AutomationRunbooks,
  MigrationPlan,
  PlanRunbookFiles,
  Runbook,
  SuccessMetrics,
  bigBangRules,
  insufficientTestingRules,
  noRollbackPlanRules,
  pitfallRules,
  planRules,
  rehearsalRules,
  unmappedDataRules,
  waveRules,
  type AutomationRunbooksProps,
  type MigrationPlanProps,
  type PlanRunbookFilesProps,
  type RunbookProps,
  type SuccessMetricsProps,
} from "./plan";

// The files that report on an assessment and on a plan
export {
  AssessmentReport,
  PlanReport,
  assessedRules,
  type AssessmentReportProps,
  type PlanReportProps,
} from "./report";
