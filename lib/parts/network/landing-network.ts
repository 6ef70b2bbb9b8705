/**
 * ```ts
 * new LandingNetwork(this, "network", {
 *   cidr: "10.20.0.0/16",
 *   availabilityZones: ["eu-central-1a", "eu-central-1b"],
 *   tiers: ["private", "isolated"],
 * });
 * ```
 *
 * The VPC that migrated servers are put in. It has no way to the internet unless one is asked for: servers are reached
 * through Systems Manager's endpoints, and their connections are limited by their security groups and by the routes that
 * a VPN or a transit gateway adds to {@link LandingNetwork.routeTables}.
 */
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { admitConstruct } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import { formatPath } from "../../core/format-path";
import { parseProps } from "../../core/props";
import { constructId, defaultName, joinIds, slugOf } from "../../core/construct-ids";
import { declareRename, namePath, type RenameProps } from "../../core/rename";
import { VpcFlowLogs } from "./flow-logs";
import {
  parseLandingNetwork,
  type LandingNetworkSettings,
  type ParsedLandingNetwork,
} from "./landing-network-settings";
import type { Network } from "./network";
import { existingNetworkSchema, type NetworkSubnet, type ServerNetwork, type SubnetTier } from "./server-network";
import type { SubnetSpec } from "./subnet-layout";
import { VpcEndpoints } from "./vpc-endpoints";

/** Properties of a {@link LandingNetwork}. */
export interface LandingNetworkProps extends LandingNetworkSettings, RenameProps {
  /**
   * Tags on every taggable resource.
   * @default - `Name` alone
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A VPC for migrated servers with its subnets, routes, endpoints and flow logs.
 *
 * @throws MigrationError `LANDING_NETWORK_NAME` and its like for each prop, `LANDING_NETWORK_CIDR`, `LANDING_NETWORK_ZONE`,
 * `LANDING_NETWORK_SUBNETS`, `LANDING_NETWORK_NAT`, `LANDING_NETWORK_REGION`, and those of `declareRename`
 */
export class LandingNetwork extends Construct implements Network, ServerNetwork {
  /**
   * Describes a network that already exists by its ids. Nothing is created and nothing is looked up. With its blocks and
   * route tables it is a {@link Network}, which a VPN can lead to; servers do without both.
   *
   * @example
   * LandingNetwork.fromExisting({
   *   vpcId: "vpc-0a1b2c3d4e5f60718",
   *   cidrs: ["10.0.0.0/16"],
   *   routeTables: { private: "rtb-0a1b2c3d4e5f60718" },
   *   subnets: [{ id: "subnet-0a1b2c3d4e5f60718", tier: "private", availabilityZone: "eu-central-1a", cidr: "10.0.1.0/24"
   * }], })
   *
   * @throws MigrationError `LANDING_NETWORK_EXISTING`
   */
  public static fromExisting(network: ServerNetwork & Network): ServerNetwork & Network;
  public static fromExisting(network: ServerNetwork): ServerNetwork;
  public static fromExisting(network: ServerNetwork & Partial<Network>): ServerNetwork {
    const result = existingNetworkSchema.safeParse(network);
    if (!result.success) {
      const [issue] = result.error.issues;
      throw new MigrationError({
        code: "LANDING_NETWORK_EXISTING",
        path: formatPath(issue?.path ?? []) || "network",
        fix: issue?.message ?? "describe the network by its ids",
        cause: result.error,
      });
    }
    return { ...network };
  }

  public readonly vpcId: string;
  /** The name of the network: the VPC's Name tag, and its name in diagrams. */
  public readonly name: string;
  public readonly region: string;
  /** All IPv4 blocks of the VPC; the first one is its primary block. */
  public readonly cidrs: readonly string[];
  public readonly subnets: readonly NetworkSubnet[];
  public readonly endpointSecurityGroupId?: string;
  public readonly s3PrefixListId?: string;

  public readonly vpc: Vpc;
  /**
   * The VPC's default security group, taken over so that it has no rules: a server that names no group must not reach its
   * neighbours.
   */
  public readonly defaultSecurityGroup: DefaultSecurityGroup;
  /** The associations of the VPC's blocks beyond its first. */
  public readonly additionalCidrBlocks: readonly VpcIpv4CidrBlockAssociation[];
  /** The subnet resources, in the order of {@link subnets}. */
  public readonly subnetResources: readonly Subnet[];
  /**
   * The ids of the route tables, by `public`, `isolated`, and `private--ZONE`: each zone's private subnet has its own
   * routes.
   */
  public readonly routeTables: Readonly<Record<string, string>>;
  /** The route table resources, by the keys of {@link routeTables}. */
  public readonly routeTableResources: Readonly<Record<string, RouteTable>>;
  public readonly internetGateway?: InternetGateway;
  /** The NAT gateways, by availability zone. */
  public readonly natGateways: Readonly<Record<string, NatGateway>>;
  /** The Elastic IP addresses of {@link natGateways}, by the same keys. */
  public readonly natAddresses: Readonly<Record<string, Eip>>;
  /** The default routes, by the keys of {@link routeTables}. */
  public readonly routes: Readonly<Record<string, Route>>;
  /** The associations of subnets with route tables, in the order of {@link subnets}. */
  public readonly routeTableAssociations: readonly RouteTableAssociation[];
  public readonly endpoints: VpcEndpoints;
  public readonly flowLogs?: VpcFlowLogs;

  private readonly taken = new Map<string, number>();

  constructor(scope: Construct, id: string, props: LandingNetworkProps) {
    admitConstruct("LandingNetwork", scope, id, props);
    super(scope, id);
    const { tags = {}, renamedFrom: _renamedFrom, namedAfter: _namedAfter, ...settings } = props;
    declareRename(this, props);
    const parsed = parseProps(this, "LANDING_NETWORK_PROPS", parseLandingNetwork.schema, settings);
    const plan = parseLandingNetwork(parsed, this.node.path);
    const name = (this.name = plan.name ?? defaultName(namePath(this)));
    const tagged = (suffix: string): Record<string, string> => ({ ...tags, Name: `${name}-${suffix}` });
    this.region = plan.region;
    this.cidrs = [plan.cidr, ...plan.additionalCidrs].map(String);

    this.vpc = new Vpc(this, "vpc", {
      cidrBlock: plan.cidr.toString(),
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { ...tags, Name: name },
    });
    const vpcId = this.vpc.id;
    this.vpcId = vpcId;
    this.defaultSecurityGroup = new DefaultSecurityGroup(this, "default-group", { vpcId, tags: tagged("unused") });
    this.additionalCidrBlocks = plan.additionalCidrs.map(
      (cidr) =>
        new VpcIpv4CidrBlockAssociation(this, joinIds("block", constructId(cidr.toString())), {
          vpcId,
          cidrBlock: cidr.toString(),
        }),
    );

    const routeTables: Record<string, RouteTable> = {};
    const routeTableOf = (tier: SubnetTier, zone: string): string => {
      const key = tier === "private" ? joinIds(tier, zone) : tier;
      const table = (routeTables[key] ??= new RouteTable(this, joinIds("routes", key), {
        vpcId,
        tags: tagged(slugOf(key)),
      }));
      return table.id;
    };
    const subnets: NetworkSubnet[] = [];
    const resources: Subnet[] = [];
    const associations: RouteTableAssociation[] = [];
    plan.subnets.forEach((spec) => {
      const key = plan.laidOut ? joinIds(spec.tier, zoneKey(plan, spec)) : constructId(spec.cidr);
      const subnet = new Subnet(this, joinIds("subnet", key), {
        vpcId,
        cidrBlock: spec.cidr,
        availabilityZone: spec.availabilityZone,
        mapPublicIpOnLaunch: false,
        tags: { ...tagged(slugOf(key)), "migration:tier": spec.tier },
        ...(this.additionalCidrBlocks.length === 0 ? {} : { dependsOn: [...this.additionalCidrBlocks] }),
      });
      const subnetId = subnet.id;
      const association = new RouteTableAssociation(this, joinIds("association", key), {
        subnetId,
        routeTableId: routeTableOf(spec.tier, zoneKey(plan, spec)),
      });
      associations.push(association);
      resources.push(subnet);
      subnets.push({ id: subnetId, tier: spec.tier, availabilityZone: spec.availabilityZone, cidr: spec.cidr });
    });
    this.subnets = subnets;
    this.subnetResources = resources;
    this.routeTableAssociations = associations;

    const routes: Record<string, Route> = {};
    if (subnets.some((subnet) => subnet.tier === "public")) {
      this.internetGateway = new InternetGateway(this, "internet", { vpcId, tags: tagged("internet") });
      routes["public"] = new Route(this, joinIds("route", "public"), {
        routeTableId: routeTableOf("public", ""),
        destinationCidrBlock: "0.0.0.0/0",
        gatewayId: this.internetGateway.id,
      });
    }
    const nat = this.createNat(plan, subnets, routeTables, tagged);
    this.natGateways = nat.gateways;
    this.natAddresses = nat.addresses;
    this.routes = { ...routes, ...nat.routes };
    this.routeTableResources = routeTables;
    this.routeTables = Object.fromEntries(Object.entries(routeTables).map(([key, { id: tableId }]) => [key, tableId]));

    const interfaceSubnets = onePerZone(subnets);
    this.endpoints = new VpcEndpoints(this, "endpoints", {
      name,
      vpcId,
      region: plan.region,
      routeTableIds: Object.values(this.routeTables),
      subnetIds: interfaceSubnets.map((subnet) => subnet.id),
      clientCidrs: [...this.cidrs],
      gateways: plan.gatewayEndpoints,
      interfaces: plan.interfaceEndpoints,
      ...(plan.endpointTrust === undefined ? {} : { trust: plan.endpointTrust }),
      ...(plan.accountId === undefined ? {} : { accountId: plan.accountId }),
      tags,
    });
    for (const subnet of interfaceSubnets) this.take(subnet, plan.interfaceEndpoints.length);
    if (this.endpoints.securityGroup !== undefined) this.endpointSecurityGroupId = this.endpoints.securityGroup.id;
    const s3 = this.endpoints.gateways.s3;
    if (s3 !== undefined) this.s3PrefixListId = s3.prefixListId;

    if (plan.flowLogs !== false) {
      this.flowLogs = new VpcFlowLogs(this, "flow-logs", {
        ...plan.flowLogs,
        name,
        vpcId,
        region: plan.region,
        ...(plan.accountId === undefined ? {} : { accountId: plan.accountId }),
        tags,
      });
    }
  }

  /** Returns the number of addresses of the subnet that the network's own endpoints and gateways occupy. */
  public addressesTaken(subnet: NetworkSubnet): number {
    return this.taken.get(subnet.id) ?? 0;
  }

  private createNat(
    plan: ParsedLandingNetwork,
    subnets: readonly NetworkSubnet[],
    routeTables: Readonly<Record<string, RouteTable>>,
    tagged: (suffix: string) => Record<string, string>,
  ): Nat {
    const gateways: Record<string, NatGateway> = {};
    const addresses: Record<string, Eip> = {};
    const routes: Record<string, Route> = {};
    if (plan.nat === "none") return { gateways, addresses, routes };
    const publicSubnets = onePerZone(subnets.filter((subnet) => subnet.tier === "public"));
    const used = plan.nat === "one" ? publicSubnets.slice(0, 1) : publicSubnets;
    const ids = new Map<string, string>();
    for (const subnet of used) {
      const zone = zoneKey(plan, subnet);
      const address = new Eip(this, joinIds("nat-address", zone), { domain: "vpc", tags: tagged(`nat-${zone}`) });
      const gateway = new NatGateway(this, joinIds("nat", zone), {
        allocationId: address.id,
        subnetId: subnet.id,
        tags: tagged(`nat-${zone}`),
        // A NAT gateway in a VPC without an internet gateway fails to create.
        ...(this.internetGateway === undefined ? {} : { dependsOn: [this.internetGateway] }),
      });
      addresses[zone] = address;
      gateways[zone] = gateway;
      ids.set(zone, gateway.id);
      this.take(subnet, 1);
    }
    const [first] = ids.values();
    for (const [key, table] of Object.entries(routeTables)) {
      if (!key.startsWith("private--")) continue;
      const natGatewayId = ids.get(key.slice("private--".length)) ?? first;
      if (natGatewayId === undefined) continue;
      routes[key] = new Route(this, joinIds("route", key), {
        routeTableId: table.id,
        destinationCidrBlock: "0.0.0.0/0",
        natGatewayId,
      });
    }
    return { gateways, addresses, routes };
  }

  private take(subnet: NetworkSubnet, addresses: number): void {
    this.taken.set(subnet.id, this.addressesTaken(subnet) + addresses);
  }
}

interface Nat {
  readonly gateways: Readonly<Record<string, NatGateway>>;
  readonly addresses: Readonly<Record<string, Eip>>;
  readonly routes: Readonly<Record<string, Route>>;
}

/**
 * Returns the zone as it stands in ids and keys: its name, or its position if the name is a token, which no Terraform
 * address can be made of.
 */
function zoneKey(plan: ParsedLandingNetwork, subnet: Pick<SubnetSpec, "availabilityZone">): string {
  const zone = subnet.availabilityZone;
  return Token.isUnresolved(zone) ? `zone-${plan.zones.indexOf(zone)}` : zone;
}

/** Returns the first subnet of each zone, in the order of the subnets. */
function onePerZone(subnets: readonly NetworkSubnet[]): NetworkSubnet[] {
  const first = new Map<string, NetworkSubnet>();
  for (const subnet of subnets) {
    if (!first.has(subnet.availabilityZone)) first.set(subnet.availabilityZone, subnet);
  }
  return [...first.values()];
}
