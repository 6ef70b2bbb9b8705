/** The options of a fleet beyond its servers, network and images. */
import { z } from "zod";
import { tokenOr } from "../../../core/tokens";
import type { Server } from "../../../inventory/model";
import { Cidr } from "../../../network/cidr";
import type { RightSizingOptions } from "./right-sizing";
import { subnetTiers, type SubnetTier } from "../../../parts/network/server-network";
import type { VolumePerformance } from "./volumes";

/** The tenancy of an instance: on shared hardware, on hardware of this account alone, or on a host of its own. */
export type Tenancy = "shared" | "dedicated" | "dedicated-host";

/** Decisions for one disk. */
export interface DiskOverride extends VolumePerformance {
  /**
   * The label that the disk had when it was last deployed: its volume and attachment move to their new addresses.
   * @default - the inventory's `renamedFrom`, else it was always called so
   */
  readonly renamedFrom?: string;
}

/** Decisions for one server, which take precedence over what would be worked out. */
export interface ServerOverride {
  /**
   * The instance type, any that EC2 has.
   * @default - the inventory's `target.instanceType`, else right-sized
   */
  readonly instanceType?: string;
  /**
   * The subnet, one of the network's.
   * @default - the inventory's `target.subnetIds`, else by address and tier
   */
  readonly subnetId?: string;
  /**
   * The tenancy.
   * @default - the inventory's `target.tenancy`, else the licence's, else shared
   */
  readonly tenancy?: Tenancy;
  /**
   * The name that the server had when it was last deployed: its resources move to their new addresses. It may go when every
   * state has moved and the new name is recorded.
   * @default - the inventory's `renamedFrom`, else it was always called so
   */
  readonly renamedFrom?: string;
  /**
   * The performance that the disks need and their former labels, by the disk's name.
   * @default - the measured peak, for the largest data disk
   */
  readonly disks?: Readonly<Record<string, DiskOverride>>;
}

/** Dedicated hosts that exist already, for a fleet to use. */
export interface DedicatedHostSettings {
  /**
   * ARN of a host resource group of License Manager, which allocates hosts as they are needed.
   * @default - none
   */
  readonly hostResourceGroupArn?: string;
  /**
   * Ids of hosts by zone.
   * @default - none
   * @knownLength
   */
  readonly hostIds?: Readonly<Record<string, string>>;
}

/** Settings of a fleet, apart from its servers, network and images. */
export interface FleetSettings extends RightSizingOptions {
  /**
   * The prefix of the names of security groups and images. Unique in the VPC.
   * @default - the construct's path
   */
  readonly name?: string;
  /**
   * Decisions for single servers, by name. A name that no server has is an error.
   * @default - none
   */
  readonly overrides?: Readonly<Record<string, ServerOverride>>;
  /**
   * The tier of a server's subnet.
   * @default - `isolated` where the server's tier is db, database or data; else `private`
   */
  readonly tierOf?: (server: Server) => SubnetTier;
  /**
   * The zones that servers are spread over. A change of this list moves servers, which makes them and their volumes anew:
   * give it before a zone is added to the network of a fleet that exists.
   * @default - the zones of the network
   * @knownLength
   */
  readonly availabilityZones?: readonly string[];
  /**
   * Whether a server keeps its private address where a subnet has it.
   * @default true
   */
  readonly keepAddresses?: boolean;
  /**
   * The CIDR blocks of outside hosts that flows know by name.
   * @default - flows with outside hosts that are no address are reported and left out
   * @example { "partner.example.com": ["198.51.100.7/32"] }
   */
  readonly hostCidrs?: Readonly<Record<string, readonly string[]>>;
  /**
   * Blocks that every server may reach on TCP port 443 beside the network's endpoints, in every stage: where Systems
   * Manager is reached through NAT, `0.0.0.0/0`.
   * @default - the network's endpoints alone
   * @knownLength
   */
  readonly managementCidrs?: readonly string[];
  /**
   * Ids of existing security groups that every server gets beside its own, and which are left as they are.
   * @default - none
   * @knownLength
   */
  readonly securityGroupIds?: readonly string[];
  /**
   * ARN of the KMS key of the volumes.
   * @default - the account's default key for EBS
   */
  readonly kmsKeyArn?: string;
  /**
   * Name of the instance profile.
   * @default - one of its own, with `AmazonSSMManagedInstanceCore`
   */
  readonly instanceProfileName?: string;
  /**
   * Name of the role that imports disk images.
   * @default - one of its own that may read the buckets of the images, where any server starts from a disk image
   */
  readonly importRoleName?: string;
  /**
   * Name of an EC2 key pair.
   * @default - none: Systems Manager needs none
   */
  readonly keyName?: string;
  /**
   * Whether metrics come every minute instead of every five. About 2 USD a month for each server.
   * @default true
   */
  readonly detailedMonitoring?: boolean;
  /**
   * Whether EC2 refuses to terminate the servers. Terraform lifts it where it destroys them itself.
   * @default true
   */
  readonly terminationProtection?: boolean;
  /**
   * Dedicated hosts to use.
   * @default - as many hosts of its own as the servers that need one fill, by zone and family (by type where a host of
   * the family takes one type alone). A host costs as much as its
   * largest size around the clock, whether it is full or not
   */
  readonly dedicatedHosts?: DedicatedHostSettings;
}

/** The form of an instance type's name: family and size. */
export const INSTANCE_TYPE = /^[a-z0-9-]+\.[a-z0-9-]+$/;

const text = z.string().min(1);
const diskOverride = z.strictObject({
  iops: z.number().positive().optional(),
  mibps: z.number().positive().optional(),
  renamedFrom: text.optional(),
});

/** The schema of a CIDR block of either IP version, without host bits. */
export const cidrText = z
  .string()
  .refine((value) => Cidr.tryParse(value) !== undefined, "must be a block without host bits, like 10.0.0.0/8");

/** The schema of {@link FleetSettings}. */
export const fleetSettingsSchema = z.strictObject({
  name: z
    .string()
    .regex(/^(?!sg-)[A-Za-z0-9_-]{1,100}$/, "must be 1 to 100 letters, digits, _ or -, and not begin with sg-")
    .optional(),
  headroomPercent: z.number().min(0).max(400).optional(),
  burstable: z.boolean().optional(),
  overrides: z
    .record(
      z.string(),
      z.strictObject({
        instanceType: tokenOr(z.string().regex(INSTANCE_TYPE, "must be an instance type, like m7i.large")).optional(),
        subnetId: text.optional(),
        tenancy: z.enum(["shared", "dedicated", "dedicated-host"]).optional(),
        renamedFrom: text.optional(),
        disks: z.record(z.string(), diskOverride).optional(),
      }),
    )
    .optional(),
  tierOf: z.custom<(server: Server) => SubnetTier>((value) => typeof value === "function").optional(),
  availabilityZones: z.array(text).min(1).optional(),
  keepAddresses: z.boolean().optional(),
  hostCidrs: z.record(z.string(), z.array(cidrText).min(1)).optional(),
  managementCidrs: z.array(tokenOr(cidrText)).optional(),
  securityGroupIds: z.array(text).optional(),
  kmsKeyArn: text.optional(),
  instanceProfileName: text.optional(),
  importRoleName: text.optional(),
  keyName: text.optional(),
  detailedMonitoring: z.boolean().optional(),
  terminationProtection: z.boolean().optional(),
  dedicatedHosts: z
    .strictObject({ hostResourceGroupArn: text.optional(), hostIds: z.record(z.string(), text).optional() })
    .optional(),
});

/** The tiers that a `tierOf` may return. */
export const knownTiers: ReadonlySet<string> = new Set(subnetTiers);
