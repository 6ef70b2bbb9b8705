import type { Assessment } from "../../../assessment/assessment";
import type { MigrationProps } from "../../../core/migration";
import type { CustomerGatewayProps } from "./customer-gateway";
import type { VpnDevice } from "./device/device";
import type { HybridDnsOptions } from "./hybrid-dns";
import type { HybridVpcProps } from "./hybrid-vpc";
import type { PrivateIpVpn, SiteToSiteVpnProps } from "./site-to-site-vpn-props";
import type { HybridCloudStage } from "./stages";
import type { TunnelOptions } from "./tunnel-options";

/** One device of a site: one VPN connection, two tunnels. */
export interface HybridDevice {
  /** The device as AWS knows it, created or existing. */
  readonly customerGateway: CustomerGatewayProps;
  /**
   * Tells the two devices of a site apart; it is in the Terraform address.
   * @default - `device-1`, `device-2`
   */
  readonly name?: string;
  /** What kind of device it is; its files become a sensitive output. @default - no files */
  readonly device?: VpnDevice;
  /** Options of its first tunnel alone. @default - the site's */
  readonly tunnel1?: TunnelOptions;
  /** Options of its second tunnel alone. @default - the site's */
  readonly tunnel2?: TunnelOptions;
  /** Over Direct Connect with private outside addresses. @default - over the internet */
  readonly privateIp?: PrivateIpVpn;
}

/** One place on premises. */
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
  /** Unique among the sites: a letter, then letters, digits and hyphens, at most 30 characters. */
  readonly name: string;
  /** Its networks, known at synthesis. At least one. */
  readonly networks: readonly string[];
  /** One device, or two: then each has a connection of its own, and the second takes over after the first. */
  readonly devices: readonly [HybridDevice] | readonly [HybridDevice, HybridDevice];
}

/** The gateway at AWS's end, without what `HybridCloud` knows itself. */
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

/** A network that somebody else uses, so that an overlap with it is found. */
export interface OtherNetwork {
  /** Who uses it, as a person would name it: `pods of cluster blue`, `peered VPC shared`. */
  readonly owner: string;
  readonly cidr: string;
}

/** Who is told when a tunnel is in trouble. */
export interface HybridAlarmOptions {
  /** Existing topics. @default - a topic is created */
  readonly topicArns?: readonly string[];
  /** Addresses that subscribe to the created topic; each must confirm by mail. @default - none */
  readonly emails?: readonly string[];
  /**
   * The customer-managed KMS key that encrypts the created topic; its policy must let CloudWatch use it. AWS's own key for
   * SNS cannot be used: alarms cannot publish through it.
   * @default - a key of its own, about 1 USD a month
   */
  readonly kmsKeyId?: string;
  /** Minutes without a byte in either direction that are an alarm in the stage `live`: a multiple of 5. @default 15 */
  readonly silenceMinutes?: number;
}

/** How a `HybridCloud` is made. */
export interface HybridCloudProps extends MigrationProps<HybridCloudStage> {
  readonly assessment: Assessment;
  /** At least one place on premises. */
  readonly sites: readonly [HybridSite, ...HybridSite[]];
  /** @default - a VPC 10.0.0.0/16 with DNS is created */
  readonly vpc?: HybridVpcProps;
  /** @default - a virtual private gateway is created */
  readonly gateway?: HybridGateway;
  /**
   * The names of the route tables that lead to the sites in the stage `verify`.
   * @default - all of them
   */
  readonly verificationRouteTables?: readonly string[];
  /** Blocks that others use: other VPCs, container networks, peers. @default - only the VPC and the sites are compared */
  readonly otherNetworks?: readonly OtherNetwork[];
  /** Names across the connection. @default - no DNS */
  readonly dns?: HybridDnsOptions;
  /** Alarms. @default - none, which is a warning in the stage `live` */
  readonly alarms?: HybridAlarmOptions;
}
