/**
 * The properties of a network that servers depend on, independent of who created it. {@link LandingNetwork} has them; a
 * VPC that already exists is described with `LandingNetwork.fromExisting`.
 */
import { z } from "zod";
import { tokenOr } from "../../core/tokens";
import { Cidr } from "../../network/cidr";

/**
 * The reachability of a subnet.
 *
 * - `public`: routed to the internet gateway, both ways.
 * - `private`: out through NAT where the network has it, and whatever is routed by hand.
 * - `isolated`: nothing but the VPC and its endpoints.
 */
export type SubnetTier = "public" | "private" | "isolated";

/** All subnet tiers, in the order in which the layout allocates their blocks. */
export const subnetTiers = ["private", "isolated", "public"] as const satisfies readonly SubnetTier[];

/** A subnet that servers can be put in. */
export interface NetworkSubnet {
  readonly id: string;
  readonly tier: SubnetTier;
  /** The zone's name, `eu-central-1a`: volumes are made in the same one. */
  readonly availabilityZone: string;
  /**
   * The subnet's IPv4 block.
   * @default - not known: servers keep no private address in it, and its size is not checked
   */
  readonly cidr?: string;
}

/** A network that servers are put in: its VPC, subnets and endpoints. */
export interface ServerNetwork {
  readonly vpcId: string;
  /**
   * The name of the region, which determines the partition of policy ARNs.
   * @default - taken from the name of the first zone
   */
  readonly region?: string;
  readonly subnets: readonly NetworkSubnet[];
  /**
   * All IP blocks of the VPC, which a VPN needs and servers do not.
   * @default - not known
   */
  readonly cidrs?: readonly string[];
  /**
   * The ids of the route tables by names of your choice, which a VPN needs and servers do not.
   * @default - not known
   */
  readonly routeTables?: Readonly<Record<string, string>>;
  /**
   * The security group of the interface endpoints, which servers may then reach on port 443.
   * @default - none
   */
  readonly endpointSecurityGroupId?: string;
  /**
   * The prefix list of the S3 gateway endpoint, which servers may then reach on port 443.
   * @default - none
   */
  readonly s3PrefixListId?: string;
  /**
   * Returns the number of addresses of a subnet that are occupied by something other than servers: endpoints, NAT gateways.
   * @default - none
   */
  readonly addressesTaken?: (subnet: NetworkSubnet) => number;
}

const text = z.string().min(1);

/** The schema of the argument of `LandingNetwork.fromExisting`. */
export const existingNetworkSchema = z.strictObject({
  vpcId: tokenOr(z.string().regex(/^vpc-[0-9a-f]{8,17}$/, "must be the id of a VPC, like vpc-0a1b2c3d4e5f60718")),
  region: tokenOr(text).optional(),
  subnets: z
    .array(
      z.strictObject({
        id: tokenOr(
          z.string().regex(/^subnet-[0-9a-f]{8,17}$/, "must be the id of a subnet, like subnet-0a1b2c3d4e5f60718"),
        ),
        tier: z.enum(subnetTiers),
        availabilityZone: tokenOr(text),
        cidr: tokenOr(
          z
            .string()
            .refine(
              (value) => Cidr.tryParse(value)?.version === 4,
              "must be an IPv4 block without host bits, like 10.0.0.0/24",
            ),
        ).optional(),
      }),
    )
    .min(1, "must name at least one subnet"),
  cidrs: z
    .array(
      z
        .string()
        .refine((value) => Cidr.tryParse(value) !== undefined, "must be a block without host bits, like 10.0.0.0/16"),
    )
    .min(1, "must name every block of the VPC")
    .optional(),
  routeTables: z
    .record(
      z.string().min(1),
      tokenOr(z.string().regex(/^rtb-[0-9a-f]{8,17}$/, "must be the id of a route table, like rtb-0a1b2c3d4e5f60718")),
    )
    .optional(),
  endpointSecurityGroupId: text.optional(),
  s3PrefixListId: text.optional(),
  addressesTaken: z.custom((value) => typeof value === "function", "must be a function of a subnet").optional(),
});

/**
 * Returns the region in a zone's name, `us-west-2` for `us-west-2a` and for `us-west-2-lax-1a`; undefined if it has none.
 */
export function regionOfZone(zone: string): string | undefined {
  return /^[a-z]{2}(?:-[a-z]+)+?-\d+/.exec(zone)?.[0];
}
