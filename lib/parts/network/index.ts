/**
 * ```ts
 * import { LandingNetwork } from "cdktf-migration-patterns/parts/network";
 * ```
 *
 * The AWS network that migrated servers are put in: created from its CIDR block, or described by ids if it already exists.
 */
export type { EndpointTrust } from "./endpoint-policies";
export { VpcFlowLogs, type FlowLogSettings } from "./flow-logs";
export { LandingNetwork, type LandingNetworkProps } from "./landing-network";
export type { LandingNetworkSettings } from "./landing-network-settings";
export { subnetsOf, type Network, type SubnetOfZone } from "./network";
export type { NetworkSubnet, ServerNetwork, SubnetTier } from "./server-network";
export type { SubnetSpec } from "./subnet-layout";
export { SYSTEMS_MANAGER_SERVICES, VpcEndpoints, type GatewayService } from "./vpc-endpoints";
