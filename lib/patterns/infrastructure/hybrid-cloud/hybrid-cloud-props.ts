/** The properties of a `HybridCloud`: its sites with their devices, the VPC, the gateway and the alarms. */
import type { Assessment } from "../../../assessment/assessment";
import type { MigrationProps } from "../../../core/migration-props";
import type { CustomerGatewayProps } from "./customer-gateway";
import type { VpnDevice } from "./device/device";
import type { HybridDnsOptions } from "./hybrid-dns";
import type { HybridVpcProps } from "./hybrid-vpc";
import type { PrivateIpVpn, SiteToSiteVpnProps } from "./site-to-site-vpn-props";
import type { HybridCloudStage } from "./stages";
import type { TunnelOptions } from "./tunnel-options";

/** A device of a site, with its VPN connection of two tunnels. */
export interface HybridDevice {
  /** The device as AWS knows it, created or existing. */
  readonly customerGateway: CustomerGatewayProps;
  /**
   * The name of the device, unique in the site. It is part of the Terraform addresses and, behind the site's name, of the
   * connection's name.
   * @default - `device-1`, `device-2` in the addresses; the connections are called `office` and `office-2`, after the site
   */
  readonly name?: string;
  /** The kind of device; its files become a sensitive output. @default - no files */
  readonly device?: VpnDevice;
  /**
   * Options of the device's first tunnel alone.
   * @default - the site's
   * @parsedBy SiteToSiteVpn
   */
  readonly tunnel1?: TunnelOptions;
  /**
   * Options of the device's second tunnel alone.
   * @default - the site's
   * @parsedBy SiteToSiteVpn
   */
  readonly tunnel2?: TunnelOptions;
  /** The private IP VPN over Direct Connect, with private outside addresses. @default - over the internet */
  readonly privateIp?: PrivateIpVpn;
}

/** A site: one place on premises, with its networks and devices. */
export interface HybridSite extends Pick<
  SiteToSiteVpnProps,
  | "routing"
  | "tunnels"
  | "insideIpVersion"
  | "localNetworkCidr"
  | "remoteNetworkCidr"
  | "acceleration"
  | "logs"
  | "preSharedKeyStorage"
  | "tunnelBandwidth"
  | "loadSharing"
> {
  /** The name of the site, unique among the sites: a letter, then letters, digits and hyphens, at most 30 characters. */
  readonly name: string;
  /** The CIDR blocks of the site's networks, known at synthesis. At least one. */
  readonly networks: readonly string[];
  /**
   * The devices: one, or two. Each has a connection of its own. The second device takes over when the first is gone; with
   * `loadSharing` both carry traffic.
   */
  readonly devices: readonly [HybridDevice] | readonly [HybridDevice, HybridDevice];
}

/**
 * The gateway at AWS's end, without the properties that `HybridCloud` sets itself (VPC, attachments, tags). Its properties are
 * those of `AwsGatewayProps`:
 *
 * - `vpn`: a virtual private gateway that is created and attached to the VPC
 * - `vpn` with `vpnGatewayId`: a virtual private gateway that exists already
 * - `transit`: a transit gateway that is created, with a route table of its own, and to which the VPC is attached
 * - `transit` with `transitGatewayId`: a transit gateway that exists already; the VPC is attached if it has connectivity subnets
 */
export type HybridGateway =
  | {
      readonly kind: "vpn";
      readonly amazonSideAsn?: number;
      readonly availabilityZone?: string;
      readonly name?: string;
    }
  | { readonly kind: "vpn"; readonly vpnGatewayId: string; readonly amazonSideAsn?: number }
  | {
      readonly kind: "transit";
      readonly amazonSideAsn?: number;
      readonly blackholes?: readonly string[];
      readonly name?: string;
    }
  | {
      readonly kind: "transit";
      readonly transitGatewayId: string;
      readonly routeTableId?: string;
      readonly amazonSideAsn?: number;
      readonly blackholes?: readonly string[];
    };

/**
 * A network outside this construct. It creates nothing: it is declared so that an overlap of a site or of the VPC with it is
 * found.
 */
export interface OtherNetwork {
  /** The owner of the network, as a person would name it: `pods of cluster blue`, `peered VPC shared`. */
  readonly owner: string;
  readonly cidr: string;
}

/** Options for the alarms of the tunnels and their recipients. */
export interface HybridAlarmOptions {
  /** ARNs of existing SNS topics. @default - a topic is created */
  readonly topicArns?: readonly string[];
  /**
   * E-mail addresses that subscribe to the created topic; each must confirm by mail.
   * @default - none
   * @knownLength
   */
  readonly emails?: readonly string[];
  /**
   * The customer-managed KMS key that encrypts the created topic, which is left as it is: its policy must let CloudWatch use it, for
   * which `requiredKeyPolicyStatements` of the construct has the statement. AWS's own key for SNS is refused: alarms cannot publish
   * through it.
   * @default - a key of its own, about 1 USD a month
   */
  readonly kmsKeyId?: string;
  /**
   * The minutes without a byte in either direction after which an alarm fires in the stage `live`: a multiple of 5.
   * @default 15
   */
  readonly silenceMinutes?: number;
}

/** Properties of a `HybridCloud`. */
export interface HybridCloudProps extends MigrationProps<HybridCloudStage> {
  /** @parsedBy Migration */
  readonly assessment: Assessment;
  /** The sites on premises. At least one. */
  readonly sites: readonly [HybridSite, ...HybridSite[]];
  /** The VPC at AWS's end, new or existing. @default - a VPC 10.0.0.0/16 with DNS support is created */
  readonly vpc?: HybridVpcProps;
  /** The gateway at AWS's end. @default - a virtual private gateway is created */
  readonly gateway?: HybridGateway;
  /**
   * The names of the route tables that lead to the sites in the stage `verify`.
   * @default - all of them
   */
  readonly verificationRouteTables?: readonly string[];
  /** Networks of other owners: other VPCs, container networks, peers. @default - only the VPC and the sites are compared */
  readonly otherNetworks?: readonly OtherNetwork[];
  /** The resolver endpoints by which each side resolves the other's names. @default - no names are resolved across */
  readonly dns?: HybridDnsOptions;
  /** The alarms of the tunnels. @default - none, which is a warning in the stage `live` */
  readonly alarms?: HybridAlarmOptions;
}
