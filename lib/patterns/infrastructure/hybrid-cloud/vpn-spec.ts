/**
 * ```ts
 * const spec: VpnSpec = { name: "berlin", customerGateway: { address: "198.51.100.10" }, … };
 * const files = strongSwan().render(spec);
 * ```
 *
 * A VPN connection as *both* ends need it, with every default resolved. `SiteToSiteVpn` makes it from its props and writes
 * the AWS side from it; a {@link VpnDevice} writes the customer's side from the same value. Nothing else passes between
 * them, so the two ends cannot disagree.
 *
 * The fields that may be a token (a value that only Terraform knows) are part of the contract: `outsideAddress`,
 * `preSharedKey` and `customerGateway.address` may, and are only ever put whole into a string. Everything else is literal,
 * because a device file branches on it.
 */

/** Internet Key Exchange protocol versions that AWS offers. */
export type IkeVersion = "ikev1" | "ikev2";

/** Encryption algorithms as AWS names them. The `GCM` ones are AEAD: they bring their own integrity. */
export type EncryptionAlgorithm = "AES128" | "AES256" | "AES128-GCM-16" | "AES256-GCM-16";

/** Integrity algorithms as AWS names them. */
export type IntegrityAlgorithm = "SHA1" | "SHA2-256" | "SHA2-384" | "SHA2-512";

/** Diffie-Hellman groups that AWS offers: phase 1 all but 5, phase 2 all. Numbers of the IANA IKEv2 registry. */
export type DhGroup = 2 | 5 | 14 | 15 | 16 | 17 | 18 | 19 | 20 | 21 | 22 | 23 | 24;

/** The algorithms that one phase accepts. Each list is in order of preference, and none is empty. */
export interface VpnPhase {
  readonly encryptionAlgorithms: readonly EncryptionAlgorithm[];
  readonly integrityAlgorithms: readonly IntegrityAlgorithm[];
  readonly dhGroups: readonly DhGroup[];
  /** Seconds after which AWS's security association expires. */
  readonly lifetimeSeconds: number;
}

/** The pair of addresses inside a tunnel, and the network that they are of. */
export interface InsideAddresses {
  /** The CIDR block of both: `169.254.10.0/30`, or `fd00::/126` for IPv6. */
  readonly cidr: string;
  /** AWS's address without prefix length: the first host of the network. */
  readonly aws: string;
  /** The customer's address without prefix length: the second host of the network. */
  readonly customer: string;
}

/** The action of AWS when the peer stops answering. */
export type DpdTimeoutAction = "clear" | "none" | "restart";

/** One tunnel of a connection. */
export interface VpnTunnelSpec {
  /** AWS's number of the tunnel. */
  readonly number: 1 | 2;
  /** AWS's outside address. May be a token. */
  readonly outsideAddress: string;
  /**
   * The pre-shared key: always a token, so that no file of a synthesis holds it.
   * @default - AWS authenticates the customer gateway by its certificate
   */
  readonly preSharedKey?: string;
  /** The inside IPv4 addresses, a /30 of 169.254.0.0/16. An IPv6 tunnel has them too. */
  readonly inside: InsideAddresses;
  /**
   * The inside IPv6 addresses, a /126 of fd00::/8. Set for a connection with `insideIpVersion: "ipv6"`.
   * @default - an IPv4 tunnel
   */
  readonly insideIpv6?: InsideAddresses;
  /** IKE versions AWS accepts. */
  readonly ikeVersions: readonly IkeVersion[];
  /** The IKE security association. */
  readonly phase1: VpnPhase;
  /** The IPsec security association. */
  readonly phase2: VpnPhase;
  /** Seconds before the end of a phase 2 lifetime in which AWS starts to rekey. */
  readonly rekeyMarginSeconds: number;
  /** Per cent by which AWS randomly widens the margin. */
  readonly rekeyFuzzPercent: number;
  /** Packets in the IPsec replay window. */
  readonly replayWindowPackets: number;
  /** Seconds without an answer after which the peer counts as dead. */
  readonly dpdTimeoutSeconds: number;
  /** The action of AWS after {@link dpdTimeoutSeconds}. */
  readonly dpdTimeoutAction: DpdTimeoutAction;
  /** The initiator of IKE: AWS for `start`, the customer's device for `add`. */
  readonly startupAction: "add" | "start";
  /**
   * The tunnel's rank: 0 carries the traffic, the next higher number takes over when it is gone, and tunnels of the same
   * rank share (ECMP, where the other side does it too). Two devices of one site count on: 0 and 1, then 2 and 3.
   */
  readonly rank: number;
}

/** The customer's end as AWS knows it. */
export interface CustomerGatewaySpec {
  /**
   * The gateway's public address. May be a token.
   * @default - the customer gateway is known by a certificate and may have any address
   */
  readonly address?: string;
}

/** Static routing, without a protocol: each side names the other's networks. */
export interface StaticRoutingSpec {
  readonly type: "static";
}

/** Routing by BGP over each tunnel. */
export interface BgpRoutingSpec {
  readonly type: "bgp";
  /** The customer gateway's autonomous system number, 1–4294967295. */
  readonly customerAsn: number;
  /** AWS's autonomous system number: that of the VPN gateway or the transit gateway. */
  readonly amazonAsn: number;
  /**
   * The hold time: seconds without a keepalive after which routes are dropped; a third of it is the keepalive interval. AWS
   * holds 30.
   */
  readonly holdTimeSeconds: number;
}

/** The networks each side may put into the tunnel: AWS's `local_ipv4_network_cidr` and `remote_ipv4_network_cidr`. */
export interface TrafficSelectors {
  /** The network on the customer's side (AWS's "local"): `0.0.0.0/0` or `::/0` unless restricted. */
  readonly onPremises: string;
  /** The network on AWS's side (AWS's "remote"): `0.0.0.0/0` or `::/0` unless restricted. */
  readonly aws: string;
}

/** The specification of one VPN connection. */
export interface VpnSpec {
  /** The name of the connection in the device's files: a letter, then letters, digits and hyphens, at most 32 characters. */
  readonly name: string;
  readonly customerGateway: CustomerGatewaySpec;
  /**
   * Whether the outside addresses are Global Accelerator's, which carries IPsec only inside UDP.
   * @default false
   */
  readonly accelerated?: boolean;
  /** The address family inside the tunnels. */
  readonly insideIpVersion: "ipv4" | "ipv6";
  /** CIDR blocks on the customer's side: those it advertises, or those that AWS has static routes for. */
  readonly onPremisesNetworks: readonly string[];
  /** CIDR blocks on AWS's side: those that the customer accepts from BGP, or routes into the tunnels. */
  readonly awsNetworks: readonly string[];
  readonly trafficSelectors: TrafficSelectors;
  readonly routing: StaticRoutingSpec | BgpRoutingSpec;
  /** One or two tunnels, in the order of their numbers. */
  readonly tunnels: readonly [VpnTunnelSpec] | readonly [VpnTunnelSpec, VpnTunnelSpec];
}
