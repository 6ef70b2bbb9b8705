export type { AccessGroup, AccessPlan, AccessPurpose, AccessRule, UnusableFlow } from "./access-plan";
export { DedicatedHosts, type HostNeed } from "./dedicated-hosts";
export { DATA_VOLUME_LIMIT, dataDeviceName } from "./device-names";
export { DiskImages, type ImportedServer } from "./disk-images";
export {
  ESTATE_FILE,
  formatEstateRecord,
  parseEstateRecord,
  readEstateRecord,
  type EstateRecord,
  type RecordedDisk,
  type RecordedServer,
} from "../../../inventory/estate/estate-record";
export type { EstateReview } from "./estate/estate-review";
export * from "./estate/estate-rules";
export type { FleetEstate, KeptPlace } from "./estate/fleet-estate";
export type { FleetIdentity } from "./estate/fleet-identities";
export type { EstateMatch } from "../../../inventory/estate/identity";
export type { StackBlocks } from "./estate/stack-blocks";
export type { DedicatedHostSettings, DiskOverride, FleetSettings, ServerOverride, Tenancy } from "./fleet-options";
export { VpcFlowLogs, type FlowLogSettings } from "../../../parts/network/flow-logs";
export {
  burstableInstanceTypes,
  findInstanceType,
  instanceTypes,
  type InstanceArchitecture,
  type InstanceType,
} from "./instance-types";
export { LandingNetwork, type LandingNetworkProps } from "../../../parts/network/landing-network";
export type { LandingNetworkSettings } from "../../../parts/network/landing-network-settings";
export { LiftAndShift, type LiftAndShiftProps, type LiftAndShiftSettings } from "./lift-and-shift";
export { liftAndShiftRules, liftAndShiftStrategy, liftAndShiftUsers, type LiftAndShiftReview } from "./strategy-rules";
export { rightSize, type RightSizingOptions, type Sizable, type Sizing } from "./right-sizing";
export * from "./rules";
export type { Exposure } from "./exposure";
export { FleetSecurityGroups } from "./security-groups";
export { ServerFleet, type ServerFleetProps } from "./server-fleet";
export {
  ServerImage,
  imageOf,
  type DiskImageFormat,
  type ImageSource,
  type ServerImages,
  type ServerImageTable,
} from "./server-image";
export type { NetworkSubnet, ServerNetwork, SubnetTier } from "../../../parts/network/server-network";
export type { DataVolumePlan, FleetPlan, ServerPlan, UnknownDisk, VolumePlan } from "./server-plan";
export { ServerProfile } from "./server-profile";
export { liftAndShiftStageNames, type LiftAndShiftStage } from "./stage-names";
export { liftAndShiftStages, type LiftAndShiftDeclaration } from "./stages";
export type { FinalizedEvidence } from "../../../parts/validation/finalized-evidence";
export type { SubnetSpec } from "../../../parts/network/subnet-layout";
export {
  gibFromMib,
  sizeVolume,
  type VolumeChoice,
  type VolumePerformance,
  type VolumeSize,
  type VolumeSizing,
} from "./volumes";
export { SYSTEMS_MANAGER_SERVICES, VpcEndpoints, type GatewayService } from "../../../parts/network/vpc-endpoints";
