/**
 * ```ts
 * layOutSubnets(Cidr.parse("10.0.0.0/16"), ["private", "public"], ["eu-central-1a", "eu-central-1b"]);
 * // private a 10.0.0.0/20, private b 10.0.16.0/20, public a 10.0.192.0/22, public b 10.0.196.0/22
 * ```
 *
 * The address layout of a landing network's subnets. A subnet cannot change its block without being destroyed with all
 * that is in it. So a subnet's block depends on its own tier and its own zone alone. Every tier has its place in the VPC
 * and every zone letter from a to h its place in the tier, whether they are used or not; adding a zone or a tier, or
 * naming them in another order, moves nothing.
 */
import { Token } from "cdktf";
import { MigrationError } from "../../core/error";
import { CidrAllocator } from "../../network/allocator";
import type { Cidr } from "../../network/cidr";
import { subnetTiers, type SubnetTier } from "./server-network";

/** Specification of a subnet to create: its tier, availability zone and block. */
export interface SubnetSpec {
  readonly tier: SubnetTier;
  readonly availabilityZone: string;
  /** The IPv4 block, a /16 to a /28 inside the VPC. */
  readonly cidr: string;
}

/** The number of zones that have a place in each tier: zone letters a to h. */
const ZONE_PLACES = 8;

/**
 * The share of the VPC that each tier gets, in halvings: private has half, isolated a quarter, public an eighth. The last
 * eighth stays free for what comes later (a tier of transit-gateway attachments, a container range).
 */
const HALVINGS: Readonly<Record<SubnetTier, number>> = { private: 1, isolated: 2, public: 3 };

/** The shortest prefix of a VPC block that EC2 accepts, and the longest that leaves every place at least a /28. */
const LAYOUT_PREFIX = { shortest: 16, longest: 28 - HALVINGS.public - Math.log2(ZONE_PLACES) };

/**
 * Returns the subnets of the tiers in the zones, tier by tier.
 *
 * @throws MigrationError `LANDING_NETWORK_CIDR` where the VPC's block is too small for the layout, `LANDING_NETWORK_ZONE`
 * where a zone has no place or two have the same
 */
export function layOutSubnets(vpc: Cidr, tiers: readonly SubnetTier[], zones: readonly string[]): SubnetSpec[] {
  if (vpc.version !== 4 || vpc.prefixLength < LAYOUT_PREFIX.shortest || vpc.prefixLength > LAYOUT_PREFIX.longest) {
    throw new MigrationError({
      code: "LANDING_NETWORK_CIDR",
      path: "cidr",
      received: vpc.toString(),
      allowed: `an IPv4 block from /${LAYOUT_PREFIX.shortest} to /${LAYOUT_PREFIX.longest} where the subnets are laid out for you`,
      fix: "choose a larger block, or list the subnets yourself in subnets",
    });
  }
  const places = placesOf(zones);
  const allocator = new CidrAllocator(vpc);
  const specs: SubnetSpec[] = [];
  // All tiers are allocated, used or not, and always in this order: that is what keeps each in its place.
  for (const tier of subnetTiers) {
    const block = allocator.allocate(vpc.prefixLength + HALVINGS[tier]);
    if (!tiers.includes(tier)) continue;
    const blocks = block.split(block.prefixLength + Math.log2(ZONE_PLACES));
    zones.forEach((availabilityZone, index) => {
      const cidr = blocks[places[index] ?? -1];
      if (cidr !== undefined) specs.push({ tier, availabilityZone, cidr: cidr.toString() });
    });
  }
  return specs;
}

/**
 * Returns the position of each zone in the layout: from its letter, or from its index if a name is a token and has no
 * letter yet.
 */
function placesOf(zones: readonly string[]): number[] {
  if (zones.some((zone) => Token.isUnresolved(zone)) && zones.length <= ZONE_PLACES)
    return zones.map((_, index) => index);
  const taken = new Map<number, string>();
  return zones.map((zone, index) => {
    const place = zone.charCodeAt(zone.length - 1) - "a".charCodeAt(0);
    const other = taken.get(place);
    if (!(place >= 0 && place < ZONE_PLACES) || other !== undefined) {
      throw new MigrationError({
        code: "LANDING_NETWORK_ZONE",
        path: `availabilityZones[${index}]`,
        received: zone,
        allowed:
          other === undefined
            ? "a zone whose name ends in a letter from a to h"
            : `a zone whose letter no other has, and ${other} has it`,
        fix: "choose another zone, or list the subnets yourself in subnets",
      });
    }
    taken.set(place, zone);
    return place;
  });
}
