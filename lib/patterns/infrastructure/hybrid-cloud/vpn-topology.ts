import type { OwnedCidr } from "../../../network/overlap";
import type { GatewayKind } from "./connection-checks";
import type { VpnSpec } from "./vpn-spec";

/** A VPN connection, as the rules see it. */
export interface DeclaredConnection {
  readonly spec: VpnSpec;
  /** The owner of the on-premises networks. */
  readonly site: string;
  /** The identity of the gateway: the same text for the same gateway. */
  readonly gateway: string;
  readonly gatewayKind: GatewayKind;
}

/** A virtual private gateway, as the rules see it. */
export interface DeclaredVpnGateway {
  readonly name: string;
  /** The identity of the VPC: the same text for the same VPC. */
  readonly vpc: string;
}

/** The VPNs that are declared in a stack: the subject of the VPN rules. */
export interface VpnTopology {
  readonly addresses: readonly OwnedCidr[];
  readonly connections: readonly DeclaredConnection[];
  readonly vpnGateways: readonly DeclaredVpnGateway[];
}
