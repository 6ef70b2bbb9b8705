/** An adoption: what is taken over, what is not, and why. */
import type { AdoptedResources } from "../../core/adopt-resources";
import type { FileText } from "../../core/file-text";
import type { Inventory } from "../../inventory/model";
import type { NetworkSubnet } from "../../parts/network/server-network";

/** A resource that is not adopted. */
export interface LeftOut {
  /** The stable code of the reason: `ADOPT_VPN_STATE`. */
  readonly code: string;
  /** The resource's id. */
  readonly id: string;
  /** The reason, as a phrase. */
  readonly reason: string;
  /** The remedy, as an imperative phrase. */
  readonly fix: string;
}

/** A VPC as it is, for whatever construct takes an existing one. */
export interface AdoptedNetwork {
  readonly vpcId: string;
  readonly region?: string;
  readonly cidrs: readonly string[];
  readonly subnets: readonly NetworkSubnet[];
  readonly routeTables: Readonly<Record<string, string>>;
}

/** The props of a `HybridCloud` as data, without any key. */
export interface AdoptedHybridProps {
  readonly vpc: Readonly<Record<string, unknown>>;
  readonly gateway: Readonly<Record<string, unknown>>;
  readonly sites: readonly Readonly<Record<string, unknown>>[];
}

/** A gateway with its VPN connections, for one `HybridCloud`. */
export interface AdoptedHybridCloud {
  readonly props: AdoptedHybridProps;
  readonly resources: AdoptedResources;
  /** The changes that are left for Terraform's first plan, as phrases. */
  readonly changes: readonly string[];
}

/** Instances, for one `LiftAndShift` or several. */
export interface AdoptedServers {
  /** The inventory of the instances, by which they are servers. */
  readonly inventory: Inventory;
  /** The instances' ids by the server's name, for `adoptedImages`. */
  readonly instanceIds: Readonly<Record<string, FileText>>;
  readonly resources: AdoptedResources;
  readonly changes: readonly string[];
}

/** The resources of an account in a region that can be taken over, and those that cannot. */
export interface Adoption {
  /** The VPCs, by name. */
  readonly networks: Readonly<Record<string, AdoptedNetwork>>;
  /** The gateways with their connections, by the name of the VPC. */
  readonly hybridClouds: Readonly<Record<string, AdoptedHybridCloud>>;
  /** The instances; undefined where none was described that can be adopted. */
  readonly servers?: AdoptedServers;
  readonly left: readonly LeftOut[];
}
