/**
 * What servers need of a network, whoever made it. {@link LandingNetwork} is one; a VPC that already exists is described
 * with `LandingNetwork.fromExisting`.
 */
import { z } from "zod";
import { tokenOr } from "../../core/tokens";
import { Cidr } from "../../network/cidr";

/**
 * What a subnet can reach.
 *
 * - `public`: routed to the internet gateway, both ways.
 * - `private`: out through NAT where the network has it, and whatever is routed by hand.
 * - `isolated`: nothing but the VPC and its endpoints.
 */
export type SubnetTier = "public" | "private" | "isolated";

/** The tiers, in the order in which the layout hands out their blocks. */
export const subnetTiers = ["private", "isolated", "public"] as const satisfies readonly SubnetTier[];

/** A subnet that servers can be put in. */
export interface NetworkSubnet {
  readonly id: string;
  readonly tier: SubnetTier;
  /** The zone's name, `eu-central-1a`: volumes are made in the same one. */
  readonly availabilityZone: string;
  /**
   * The subnet's IPv4 block.
   * @default - not known: no private address is kept in it, and whether it is large enough is not checked
   */
  readonly cidr?: string;
}

/** The network servers are put in. */
export interface ServerNetwork {
  readonly vpcId: string;
  /**
   * The region's name. Decides the partition of policy ARNs.
   * @default - what the first zone's name begins with
   */
  readonly region?: string;
  readonly subnets: readonly NetworkSubnet[];
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
   * How many addresses of a subnet something other than servers takes: endpoints, NAT gateways.
   * @default - none
   */
  readonly addressesTaken?: (subnet: NetworkSubnet) => number;
}

const text = z.string().min(1);

/** Checks what `LandingNetwork.fromExisting` is given. */
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
});

/** The region of a zone's name, `us-west-2` of `us-west-2a` and of `us-west-2-lax-1a`; undefined where it has none. */
export function regionOfZone(zone: string): string | undefined {
  return /^[a-z]{2}(?:-[a-z]+)+?-\d+/.exec(zone)?.[0];
}
