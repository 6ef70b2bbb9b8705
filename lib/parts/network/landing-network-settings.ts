/** What a landing network is described by, and how the description is checked before anything is made. */
import { Token } from "cdktf";
import { z } from "zod";
import { MigrationError } from "../../core/error";
import { tokenOr } from "../../core/tokens";
import { Cidr } from "../../network/cidr";
import type { FlowLogSettings } from "./flow-logs";
import { regionOfZone, subnetTiers, type SubnetTier } from "./server-network";
import { layOutSubnets, type SubnetSpec } from "./subnet-layout";
import { gatewayServices, SYSTEMS_MANAGER_SERVICES, type GatewayService } from "./vpc-endpoints";

/** The description of a `LandingNetwork`. */
export interface LandingNetworkSettings {
  /**
   * The VPC's IPv4 block: /16 to /22 where the subnets are laid out for you, /16 to /28 where you list them.
   * @example "10.20.0.0/16"
   */
  readonly cidr: string;
  /**
   * The zones' names. Adding one later moves no subnet: a zone's place comes from its letter.
   * @default - the zones of `subnets`; one of the two is needed
   * @example ["eu-central-1a", "eu-central-1b"]
   */
  readonly availabilityZones?: readonly string[];
  /**
   * Which kinds of subnet each zone gets. Adding one later moves no subnet.
   * @default ["private"]
   */
  readonly tiers?: readonly SubnetTier[];
  /**
   * The subnets one by one, in place of the layout: to keep the address ranges servers have today. `availabilityZones` and
   * `tiers` must be left out.
   * @default - laid out by tier and zone
   */
  readonly subnets?: readonly SubnetSpec[];
  /**
   * Blocks beside `cidr`, for `subnets` that lie outside of it.
   * @default - none
   */
  readonly additionalCidrs?: readonly string[];
  /**
   * How private subnets reach the internet. Needs public subnets.
   *
   * - `none`: not at all.
   * - `one`: through one NAT gateway; its zone's failure cuts off the others. About 33 USD a month and traffic.
   * - `per-zone`: through one in each zone that has a public subnet. About 33 USD a month each and traffic.
   * @default "none"
   */
  readonly nat?: "none" | "one" | "per-zone";
  /**
   * Services that are reached by a route, at no cost.
   * @default ["s3", "dynamodb"]
   */
  readonly gatewayEndpoints?: readonly GatewayService[];
  /**
   * Services that are reached by an address in each zone, by short or whole name. About 7 USD a month for each service and
   * zone, and traffic.
   * @default ["ssm", "ssmmessages", "ec2messages"], so that Systems Manager reaches servers that have no internet
   */
  readonly interfaceEndpoints?: readonly string[];
  /**
   * How flow logs are kept, or `false` for none.
   * @default - one year, in an encrypted log group
   */
  readonly flowLogs?: FlowLogSettings | false;
  /**
   * What names begin with.
   * @default - the construct's path
   */
  readonly name?: string;
  /**
   * The region's name. Must be given where the zones are tokens.
   * @default - what the first zone's name begins with
   */
  readonly region?: string;
  /**
   * The account's id, for the policies of the flow logs.
   * @default - asked of AWS when Terraform runs
   */
  readonly accountId?: string;
}

/** A checked description, defaults filled in. */
export interface ParsedLandingNetwork {
  readonly cidr: Cidr;
  readonly additionalCidrs: readonly Cidr[];
  readonly subnets: readonly SubnetSpec[];
  /** The zones in their order, each once. */
  readonly zones: readonly string[];
  /** Whether the subnets come from the layout. */
  readonly laidOut: boolean;
  readonly nat: "none" | "one" | "per-zone";
  readonly gatewayEndpoints: readonly GatewayService[];
  readonly interfaceEndpoints: readonly string[];
  readonly flowLogs: FlowLogSettings | false;
  readonly name?: string;
  readonly region: string;
  readonly accountId?: string;
}

const text = z.string().min(1);

/** Amazon CloudWatch Logs API Reference, `PutRetentionPolicy`; 0, for ever, is not offered. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const schema = z.strictObject({
  cidr: z.string(),
  availabilityZones: z.array(text).min(1).optional(),
  tiers: z.array(z.enum(subnetTiers)).min(1).optional(),
  subnets: z
    .array(z.strictObject({ tier: z.enum(subnetTiers), availabilityZone: text, cidr: z.string() }))
    .min(1)
    .optional(),
  additionalCidrs: z.array(z.string()).default([]),
  nat: z.enum(["none", "one", "per-zone"]).default("none"),
  gatewayEndpoints: z.array(z.enum(gatewayServices)).default([...gatewayServices]),
  interfaceEndpoints: z.array(text).default([...SYSTEMS_MANAGER_SERVICES]),
  flowLogs: z
    .union([
      z.literal(false),
      z.strictObject({
        retentionDays: tokenOr(
          z.number().refine((days) => RETENTION_DAYS.includes(days), `must be one of ${RETENTION_DAYS.join(", ")}`),
        ).optional(),
        kmsKeyArn: text.optional(),
        logGroupArn: text.optional(),
      }),
    ])
    .default({}),
  // Security group names end with it and may not begin with "sg-"; log group names end with it.
  name: z
    .string()
    .regex(/^(?!sg-)[A-Za-z0-9_-]{1,100}$/, "must be 1 to 100 letters, digits, _ or -, and not begin with sg-")
    .optional(),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d+$/, "must be a region's name, like eu-central-1")
    .optional(),
  accountId: tokenOr(z.string().regex(/^\d{12}$/, "must be the 12 digits of an account's id")).optional(),
});

/**
 * The description with everything that goes together checked.
 *
 * @throws MigrationError `LANDING_NETWORK_CIDR`, `LANDING_NETWORK_ZONE`, `LANDING_NETWORK_SUBNETS`, `LANDING_NETWORK_NAT`,
 * `LANDING_NETWORK_REGION`, and those of `Cidr.parse`
 */
export function parseLandingNetwork(settings: z.output<typeof schema>, construct: string): ParsedLandingNetwork {
  const cidr = Cidr.parse(settings.cidr, "cidr");
  if (cidr.version !== 4 || cidr.prefixLength < 16 || cidr.prefixLength > 28) {
    throw new MigrationError({
      code: "LANDING_NETWORK_CIDR",
      path: "cidr",
      received: settings.cidr,
      allowed: "an IPv4 block from /16 to /28",
      fix: "choose a block that EC2 takes for a VPC",
      construct,
    });
  }
  const additionalCidrs = settings.additionalCidrs.map((each, index) => {
    const path = `additionalCidrs[${index}]`;
    const block = Cidr.parse(each, path);
    if (block.version === 4 && block.prefixLength >= 16 && block.prefixLength <= 28 && !block.overlaps(cidr))
      return block;
    throw new MigrationError({
      code: "LANDING_NETWORK_CIDR",
      path,
      received: each,
      allowed: `an IPv4 block from /16 to /28 that does not overlap ${cidr.toString()}`,
      fix: "correct the block, or leave it out",
      construct,
    });
  });
  const subnets = subnetsOf(settings, cidr, additionalCidrs, construct);
  const zones = [...new Set(settings.availabilityZones ?? subnets.map((subnet) => subnet.availabilityZone))];
  if (settings.nat !== "none" && !subnets.some((subnet) => subnet.tier === "public")) {
    throw new MigrationError({
      code: "LANDING_NETWORK_NAT",
      path: "nat",
      received: settings.nat,
      allowed: "none where there is no public subnet",
      fix: 'add "public" to tiers, or leave nat out',
      construct,
    });
  }
  const [zone] = zones;
  const region = settings.region ?? (zone === undefined || Token.isUnresolved(zone) ? undefined : regionOfZone(zone));
  if (region === undefined) {
    throw new MigrationError({
      code: "LANDING_NETWORK_REGION",
      path: "region",
      allowed: "a region's name where the zones do not begin with it",
      fix: "pass region, like eu-central-1",
      construct,
    });
  }
  const { nat, gatewayEndpoints, interfaceEndpoints, flowLogs, name, accountId } = settings;
  return {
    cidr,
    additionalCidrs,
    subnets,
    zones,
    laidOut: settings.subnets === undefined,
    nat,
    gatewayEndpoints,
    interfaceEndpoints,
    flowLogs,
    ...(name === undefined ? {} : { name }),
    region,
    ...(accountId === undefined ? {} : { accountId }),
  };
}

/** The schema of the settings, for `parseProps`. */
parseLandingNetwork.schema = schema;

function subnetsOf(
  settings: z.output<typeof schema>,
  cidr: Cidr,
  additionalCidrs: readonly Cidr[],
  construct: string,
): SubnetSpec[] {
  const { availabilityZones, tiers, subnets } = settings;
  const refuse = (path: string, received: unknown, allowed: string, fix: string): never => {
    throw new MigrationError({ code: "LANDING_NETWORK_SUBNETS", path, received, allowed, fix, construct });
  };
  if (subnets === undefined) {
    if (availabilityZones === undefined) {
      return refuse(
        "availabilityZones",
        undefined,
        "the names of the zones, or a list of subnets",
        "name at least one zone",
      );
    }
    return layOutSubnets(cidr, tiers ?? ["private"], availabilityZones);
  }
  if (availabilityZones !== undefined || tiers !== undefined) {
    refuse(
      availabilityZones === undefined ? "tiers" : "availabilityZones",
      availabilityZones ?? tiers,
      "nothing where the subnets are listed: each names its own tier and zone",
      "leave it out, or leave out subnets",
    );
  }
  const blocks = [cidr, ...additionalCidrs];
  const parsed = subnets.map((subnet, index) => Cidr.parse(subnet.cidr, `subnets[${index}].cidr`));
  parsed.forEach((block, index) => {
    const path = `subnets[${index}].cidr`;
    if (block.prefixLength < 16 || block.prefixLength > 28 || !blocks.some((outer) => outer.contains(block))) {
      refuse(
        path,
        block.toString(),
        `a /16 to /28 inside ${blocks.join(" or ")}`,
        "correct the block, or add to additionalCidrs",
      );
    }
    const other = parsed.findIndex((before, position) => position < index && before.overlaps(block));
    if (other !== -1) {
      refuse(
        path,
        block.toString(),
        `a block that does not overlap subnets[${other}], ${String(parsed[other])}`,
        "correct one of the two",
      );
    }
  });
  return subnets.map(({ tier, availabilityZone }, index) => ({ tier, availabilityZone, cidr: String(parsed[index]) }));
}
