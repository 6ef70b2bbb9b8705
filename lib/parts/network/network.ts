/**
 * ```ts
 * new HybridCloud(this, "hybrid", { vpc: this.network, … });
 * new DatabaseMove(this, "orders", { vpcId: network.vpcId, subnets: subnetsOf(network, "isolated"), … });
 * ```
 *
 * A network as others see it, whoever made it. {@link LandingNetwork} is one; a VPC that exists already is described with
 * `LandingNetwork.fromExisting`, or by any object of this shape.
 */
import type { NetworkSubnet, SubnetTier } from "./server-network";

/** A network, by its ids. */
export interface Network {
  readonly vpcId: string;
  /** All blocks of the VPC, known at synthesis: overlaps are looked for in them. */
  readonly cidrs: readonly string[];
  readonly subnets: readonly NetworkSubnet[];
  /** The ids of the route tables, by names of your own: the names are in the Terraform addresses of routes. */
  readonly routeTables: Readonly<Record<string, string>>;
}

/** A subnet and the zone it lies in. */
export interface SubnetOfZone {
  readonly id: string;
  readonly availabilityZone: string;
}

/** Returns the subnets of a tier with their zones, as targets of data take them. */
export function subnetsOf({ subnets }: Pick<Network, "subnets">, tier: SubnetTier): readonly SubnetOfZone[] {
  return subnets.filter((subnet) => subnet.tier === tier).map(({ id, availabilityZone }) => ({ id, availabilityZone }));
}
