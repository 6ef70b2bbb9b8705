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
  /** The owner of `onPremisesNetworks`; two connections of one site share an owner. @default - the name */
  readonly site?: string;
  /** The owner of `awsNetworks`, as a person would name it. @default - the gateway */
  readonly awsOwner?: string;
  /** The routing, by which each side learns the other's networks. @default "static" */
  readonly routing?: "static" | "bgp";
  /** The VPC's route tables that lead to the gateway, by names of your own. @default - none: route them yourself */
  readonly routeTables?: Readonly<Record<string, string>>;
  /** Options of both tunnels. @default - IKEv2, AES-256-GCM, SHA-2-384, group 20 */
  readonly tunnels?: CommonTunnelOptions;
  /** Options of the first tunnel alone, before those of both. @default - those of both */
  readonly tunnel1?: TunnelOptions;
  /** Options of the second tunnel alone, before those of both. @default - those of both */
  readonly tunnel2?: TunnelOptions;
  /** The address family inside the tunnels; `ipv6` needs a transit gateway. @default "ipv4" */
  readonly insideIpVersion?: "ipv4" | "ipv6";
  /** The one block on the customer's side that the tunnels carry. @default - any, `0.0.0.0/0` or `::/0` */
  readonly localNetworkCidr?: string;
  /** The one block on AWS's side that the tunnels carry. @default - any, `0.0.0.0/0` or `::/0` */
  readonly remoteNetworkCidr?: string;
  /**
   * Whether the tunnels go through AWS's edge locations; needs a transit gateway, and costs 0.025 USD an hour and tunnel
   * more.
   * @default false
   */
  readonly acceleration?: boolean;
  /**
   * The private IP VPN over Direct Connect, with private outside addresses; needs a transit gateway.
   * @default - over the internet
   */
  readonly privateIp?: PrivateIpVpn;
  /** Tunnel logs. @default - no logs */
  readonly logs?: VpnLogOptions;
  /** The storage in which AWS keeps the pre-shared keys. @default - with the connection, `Standard` */
  readonly preSharedKeyStorage?: "Standard" | "SecretsManager";
  /**
   * The bandwidth of each tunnel: up to 1.25 or 5 Gbit/s. Needs AWS provider 6 and a transit gateway.
   * @default "standard", 1.25 Gbit/s
   */
  readonly tunnelBandwidth?: "standard" | "large";
  /**
   * The customer's device. Its files become a sensitive Terraform output, with addresses and keys filled in by Terraform.
   * @default - no files
   */
  readonly device?: VpnDevice;
  /** The rank of the first tunnel among all tunnels of the site: 0 for a first device, 2 for a second. @default 0 */
  readonly firstRank?: number;
  /** Whether both tunnels carry traffic at once; needs BGP and a transit gateway. @default false */
  readonly loadSharing?: boolean;
  /** Tags on every taggable resource. @default - only Name */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Options of a private IP VPN, over a Direct Connect transit virtual interface. */
export interface PrivateIpVpn {
  /** The id of the attachment of the Direct Connect gateway to the transit gateway. */
  readonly transportTransitGatewayAttachmentId: string;
}
