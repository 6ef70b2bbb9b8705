/** The settings of a {@link LandingNetwork}, and the checks that they pass before any resource is created. */
import { Token } from "cdktf";
import { z } from "zod";
import { MigrationError } from "../../core/error";
import { tokenOr } from "../../core/tokens";
import { Cidr } from "../../network/cidr";
import type { EndpointTrust } from "./endpoint-policies";
import type { FlowLogSettings } from "./flow-logs";
import { regionOfZone, subnetTiers, type SubnetTier } from "./server-network";
import { layOutSubnets, type SubnetSpec } from "./subnet-layout";
import { gatewayServices, SYSTEMS_MANAGER_SERVICES, type GatewayService } from "./vpc-endpoints";

/** Settings of a {@link LandingNetwork}: its blocks, zones, subnets, NAT gateways, endpoints and flow logs. */
export interface LandingNetworkSettings {
  /**
   * The VPC's IPv4 block: /16 to /22 where the subnets are laid out for you, /16 to /28 where you list them.
   * @example "10.20.0.0/16"
   */
  readonly cidr: string;
  /**
   * The names of the availability zones. Adding one later moves no subnet: a zone's position in the layout comes from its
   * letter.
   * @default - the zones of `subnets`; one of the two is needed
   * @knownLength
   * @example ["eu-central-1a", "eu-central-1b"]
   */
  readonly availabilityZones?: readonly string[];
  /**
   * The tiers of which each zone gets a subnet. Adding one later moves no subnet.
   * @default ["private"]
   */
  readonly tiers?: readonly SubnetTier[];
  /**
   * An explicit list of subnets that replaces the layout, to keep the address ranges servers have today.
   * `availabilityZones` and
   * `tiers` must be left out.
   * @default - laid out by tier and zone
   */
  readonly subnets?: readonly SubnetSpec[];
  /**
   * Further IPv4 blocks of the VPC, for `subnets` that lie outside of `cidr`.
   * @default - none
   */
  readonly additionalCidrs?: readonly string[];
  /**
   * The way of private subnets to the internet. Needs public subnets.
   *
   * - `none`: not at all.
   * - `one`: through one NAT gateway; its zone's failure cuts off the others. About 33 USD a month and traffic.
   * - `per-zone`: through one in each zone that has a public subnet. About 33 USD a month each and traffic.
   * @default "none"
   */
  readonly nat?: "none" | "one" | "per-zone";
  /**
   * Services with a gateway endpoint, which is reached by a route and costs nothing.
   * @default ["s3", "dynamodb"]
   */
  readonly gatewayEndpoints?: readonly GatewayService[];
  /**
   * Services with an interface endpoint, which has an address in each zone, by short or full name. About 7 USD a month for
   * each service and zone, and traffic.
   * @default ["ssm", "ssmmessages", "ec2messages"], so that Systems Manager reaches servers that have no internet
   */
  readonly interfaceEndpoints?: readonly string[];
  /**
   * The callers that may use the endpoints.
   *
   * - an object: the identities of the account and those that it trusts. Objects that Amazon publishes may be read by everybody.
   * - `anybody`: whoever has credentials of any account, which is AWS's default.
   *
   * @default - the identities of the account
   * @example { accountIds: ["111122223333"], readableBuckets: ["packages-of-a-vendor"] }
   */
  readonly endpointTrust?: EndpointTrust | "anybody";
  /**
   * Settings of the flow logs, or `false` for none.
   * @default - one year, in an encrypted log group
   */
  readonly flowLogs?: FlowLogSettings | false;
  /**
   * The prefix of the resources' names.
   * @default - the construct's path
   */
  readonly name?: string;
  /**
   * The name of the region. Required if the zones are tokens.
   * @default - taken from the name of the first zone
   */
  readonly region?: string;
  /**
   * The account's id, for the policies of the flow logs.
   * @default - looked up by a data source when Terraform runs
   */
  readonly accountId?: string;
}

/** Settings of a {@link LandingNetwork} after the checks, with all defaults filled in. */
export interface ParsedLandingNetwork {
  readonly cidr: Cidr;
  readonly additionalCidrs: readonly Cidr[];
  readonly subnets: readonly SubnetSpec[];
  /** The availability zones in the order given, without duplicates. */
  readonly zones: readonly string[];
  /** Whether the subnets come from the layout rather than from an explicit list. */
  readonly laidOut: boolean;
  readonly nat: "none" | "one" | "per-zone";
  readonly gatewayEndpoints: readonly GatewayService[];
  readonly interfaceEndpoints: readonly string[];
  readonly endpointTrust?: EndpointTrust | "anybody";
  readonly flowLogs: FlowLogSettings | false;
  readonly name?: string;
  readonly region: string;
  readonly accountId?: string;
}

const text = z.string().min(1);
const accountId = tokenOr(z.string().regex(/^\d{12}$/, "must be the 12 digits of an account's id"));

/**
 * Retention periods of CloudWatch Logs in days (API Reference, `PutRetentionPolicy`); 0, which is for ever, is not
 * offered.
 */
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
  endpointTrust: z
    .union([
      z.literal("anybody"),
      z.strictObject({
        accountIds: z.array(accountId).optional(),
        organizationId: tokenOr(z.string().regex(/^o-[a-z0-9]{10,32}$/, "must be an id, like o-a1b2c3d4e5")).optional(),
        readableBuckets: z.array(text).optional(),
      }),
    ])
    .optional(),
  flowLogs: z
    .union([
      z.literal(false),
      z.strictObject({
        retentionDays: tokenOr(
          z.number().refine((days) => RETENTION_DAYS.includes(days), `must be one of ${RETENTION_DAYS.join(", ")}`),
        ).optional(),
        kmsKeyArn: text.optional(),
        logGroupArn: text.optional(),
        iamRoleArn: text.optional(),
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
  accountId: accountId.optional(),
});

/**
 * Returns the settings with defaults filled in, after checking that they agree with each other.
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

/** The schema of {@link LandingNetworkSettings}, for `parseProps`. */
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
