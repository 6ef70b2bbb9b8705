/**
 * The properties of a `SiteToSiteVpn`. `HybridCloud` makes one for each device of a site. "The customer's side" is on premises,
 * "AWS's side" is behind the gateway.
 */
import type { AwsGateway, AwsGatewayProps } from "./aws-gateway";
import type { CustomerGatewayProps } from "./customer-gateway";
import type { VpnDevice } from "./device/device";
import type { CommonTunnelOptions, TunnelOptions } from "./tunnel-options";
import type { VpnLogOptions } from "./vpn-logs";

/** Properties of a `SiteToSiteVpn`. */
export interface SiteToSiteVpnProps {
  /** The gateway on AWS's side: created, existing, or shared with other connections. */
  readonly gateway: AwsGateway | AwsGatewayProps;
  /** The customer's side: created from an address or a certificate, or existing. */
  readonly customerGateway: CustomerGatewayProps;
  /**
   * The CIDR blocks on the customer's side: static routes, or those that BGP is expected to bring. At least one, known at
   * synthesis.
   */
  readonly onPremisesNetworks: readonly string[];
  /** The CIDR blocks on AWS's side that the device may reach. At least one, known at synthesis. */
  readonly awsNetworks: readonly string[];
  /**
   * The name of the connection in device files and tags: a letter, then letters, digits and hyphens, at most 32 characters.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The name of the site that `onPremisesNetworks` belong to. Connections of one site may have the same networks; an overlap
   * between different sites is a finding.
   * @default - `name`
   */
  readonly site?: string;
  /** The owner of `awsNetworks` in findings, as a person would name it: `the VPC of shop`. @default - the gateway's AWS side */
  readonly awsOwner?: string;
  /**
   * The routing, by which each side learns the other's networks.
   * @default "static"
   * @parsedBy SiteToSiteVpn
   */
  readonly routing?: "static" | "bgp";
  /**
   * The ids of the VPC's route tables that get routes to `onPremisesNetworks`, by names of your own, which are part of the
   * Terraform addresses.
   * @default - no routes are created: route to the gateway yourself
   * @knownLength
   */
  readonly routeTables?: Readonly<Record<string, string>>;
  /**
   * Options of both tunnels.
   * @default - IKEv2, AES-256-GCM, SHA-2-384, group 20
   * @parsedBy SiteToSiteVpn
   */
  readonly tunnels?: CommonTunnelOptions;
  /**
   * Options of the first tunnel alone. They win over `tunnels`.
   * @default - `tunnels`
   * @parsedBy SiteToSiteVpn
   */
  readonly tunnel1?: TunnelOptions;
  /**
   * Options of the second tunnel alone. They win over `tunnels`.
   * @default - `tunnels`
   * @parsedBy SiteToSiteVpn
   */
  readonly tunnel2?: TunnelOptions;
  /** The address family inside the tunnels; a virtual private gateway carries `ipv4` only. @default "ipv4" */
  readonly insideIpVersion?: "ipv4" | "ipv6";
  /**
   * The one CIDR block on the customer's side that the tunnels carry; AWS calls this side local.
   * @default - any, `0.0.0.0/0` or `::/0`
   */
  readonly localNetworkCidr?: string;
  /**
   * The one CIDR block on AWS's side that the tunnels carry; AWS calls this side remote.
   * @default - any, `0.0.0.0/0` or `::/0`
   */
  readonly remoteNetworkCidr?: string;
  /**
   * Whether the tunnels go through AWS's edge locations. Needs a transit gateway and the internet (no `privateIp`), and costs
   * 0.025 USD more for each tunnel and hour.
   * @default false
   */
  readonly acceleration?: boolean;
  /**
   * The private IP VPN over Direct Connect, with private outside addresses; needs a transit gateway.
   * @default - over the internet
   */
  readonly privateIp?: PrivateIpVpn;
  /**
   * Tunnel logs.
   * @default - no logs
   * @parsedBy SiteToSiteVpn
   */
  readonly logs?: VpnLogOptions;
  /**
   * The storage in which AWS keeps the pre-shared keys: with the connection, or in Secrets Manager. Setting it needs AWS
   * provider 6; `SecretsManager` with a `device` needs pre-shared keys of your own.
   * @default - `Standard`, with the connection
   * @parsedBy SiteToSiteVpn
   */
  readonly preSharedKeyStorage?: "Standard" | "SecretsManager";
  /**
   * The bandwidth of each tunnel: up to 1.25 or 5 Gbit/s. Setting it needs AWS provider 6; `large` needs a transit gateway,
   * without acceleration.
   * @default "standard", 1.25 Gbit/s
   */
  readonly tunnelBandwidth?: "standard" | "large";
  /**
   * The customer's device. Its files become a sensitive Terraform output, with addresses and keys filled in by Terraform.
   * @default - no files
   */
  readonly device?: VpnDevice;
  /**
   * The rank of this connection's first tunnel among all tunnels of the site, 0 to 6: 0 carries the traffic, the next higher
   * takes over. The second tunnel has the next rank, with `loadSharing` the same. So a site's second device starts at 2.
   * @default 0
   */
  readonly firstRank?: number;
  /** Whether both tunnels carry traffic at once; needs BGP, and no virtual private gateway. @default false */
  readonly loadSharing?: boolean;
  /** Tags on every taggable resource. @default - only Name */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Options of a private IP VPN, over a Direct Connect transit virtual interface. */
export interface PrivateIpVpn {
  /** The id of the attachment of the Direct Connect gateway to the transit gateway. */
  readonly transportTransitGatewayAttachmentId: string;
}
