export * from "./aws-gateway";
export type { GatewayKind } from "./connection-checks";
export type {
  BoundCustomerGateway,
  CustomerGatewayProps,
  ExistingCustomerGateway,
  NewCustomerGateway,
} from "./customer-gateway";
export * from "./device";
export * from "./hybrid-cloud";
export type * from "./hybrid-cloud-props";
export * from "./hybrid-dns";
export * from "./hybrid-rules";
export * from "./hybrid-vpc";
export { InsideCidrAllocator } from "./inside-cidr-allocator";
export { PreSharedKey, type BoundPreSharedKey, type GeneratedKeyOptions } from "./pre-shared-key";
export * from "./rules";
export * from "./site-to-site-vpn";
export type * from "./site-to-site-vpn-props";
export { hybridCloudStages, type HybridCloudStage } from "./stages";
export type { CommonTunnelOptions, PhaseOptions, TunnelOptions } from "./tunnel-options";
export * from "./vpc-routes";
export * from "./vpn-alarms";
export type { VpnLogOptions } from "./vpn-logs";
export type * from "./vpn-spec";
export type * from "./vpn-topology";
