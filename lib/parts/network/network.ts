/**
 * ```ts
 * new HybridCloud(this, "hybrid", { vpc: this.network, … });
 * new DatabaseMove(this, "orders", { vpcId: network.vpcId, subnets: subnetsOf(network, "isolated"), … });
 * ```
 *
 * The interface of a network, independent of who created it. {@link LandingNetwork} is one; a VPC that exists already is
 * described with
 * `LandingNetwork.fromExisting`, or by any object of this shape.
 */
import { admit } from "../../core/door/admit";
import type { NetworkSubnet, SubnetTier } from "./server-network";

/** A VPC with its blocks, subnets and route tables, described by ids. */
export interface Network {
  readonly vpcId: string;
  /** All IP blocks of the VPC. They must be known at synthesis, because they are checked for overlaps. */
  readonly cidrs: readonly string[];
  readonly subnets: readonly NetworkSubnet[];
  /**
   * The ids of the route tables, by names of your choice. The names are part of the Terraform addresses of routes.
   * @knownLength
   */
  readonly routeTables: Readonly<Record<string, string>>;
}

/** The id of a subnet with its availability zone. */
export interface SubnetOfZone {
  readonly id: string;
  readonly availabilityZone: string;
}

/** Returns the subnets of a tier with their zones, in the form that the data parts' targets accept. */
export function subnetsOf(pick: Pick<Network, "subnets">, tier: SubnetTier): readonly SubnetOfZone[] {
  admit("subnetsOf", { pick, tier });
  const { subnets } = pick;
  return subnets.filter((subnet) => subnet.tier === tier).map(({ id, availabilityZone }) => ({ id, availabilityZone }));
}
