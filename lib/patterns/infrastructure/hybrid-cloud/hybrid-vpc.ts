/**
 * The VPC at AWS's end: created, with nothing in it but what connectivity needs, its default security group closed and its flows
 * recorded; or existing, and then left as it is.
 */
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import { DeploymentPlace } from "../../../aws/deployment-place";
import { defaultName } from "../../../core/construct-ids";
import { admitConstruct } from "../../../core/door/admit";
import { refuse } from "../../../core/refuse";
import { namePath } from "../../../core/rename";
import { Cidr } from "../../../network/cidr";
import { VpcFlowLogs, type FlowLogSettings } from "../../../parts/network/flow-logs";
import type { Network } from "../../../parts/network/network";
import type { ServerNetwork } from "../../../parts/network/server-network";
import { checkKnown, checkLiteral, type Place } from "./checks";

/** Properties of a VPC that is created, with DNS hostnames and DNS support. */
export interface NewHybridVpc {
  /** The VPC's CIDR block: IPv4, with a prefix of 16 to 28 bits. @default "10.0.0.0/16" */
  readonly cidr?: string;
  /**
   * Availability zones that get a connectivity subnet, a /28 at the end of the block, for a transit gateway's attachment
   * and the DNS endpoints.
   * @default - no subnets
   * @knownLength
   */
  readonly zones?: readonly string[];
  /** The Name tag, and the name in diagrams. @default - no Name tag, and "VPC" */
  readonly name?: string;
  /**
   * Settings of the flow logs, or `false` for none.
   * @default - one year, in a log group that is encrypted with a key of its own: about 1 USD a month, and what is recorded
   */
  readonly flowLogs?: FlowLogSettings | false;
}

/**
 * Properties of a VPC that exists already: a `LandingNetwork`, or a description of one. Its route tables are those that are to
 * lead to the sites.
 *
 * @example { vpcId, cidrs: ["10.20.0.0/16"], routeTables: { app: "rtb-0a1b2c3d4e5f60718" }, name: "landing zone" }
 */
export interface ExistingHybridVpc
  extends Pick<Network, "vpcId" | "cidrs" | "routeTables">, Partial<Omit<ServerNetwork, keyof Network>> {
  /**
   * The subnets, which no VPN needs: so that a network can be passed as it is.
   * @default - not known
   */
  readonly subnets?: Network["subnets"];
  /**
   * Subnets for the transit gateway's attachment and the DNS endpoints, one in each availability zone.
   * @default - none; the VPC is then not attached here
   */
  readonly connectivitySubnetIds?: readonly string[];
  /** The name in diagrams. @default "VPC" */
  readonly name?: string;
}

/** Properties of a {@link HybridVpc}: one that is created, or one that exists already. */
export type HybridVpcProps = NewHybridVpc | ExistingHybridVpc;

const DEFAULT_CIDR = "10.0.0.0/16";
const SUBNET_PREFIX_LENGTH = 28;

/**
 * The VPC at AWS's end of the connection.
 *
 * @throws MigrationError `HYBRID_VPC_CIDR`, `HYBRID_VPC_ROUTE_TABLES`, or that of `Cidr.parse`
 */
export class HybridVpc extends Construct {
  public readonly vpcId: string;
  public readonly cidrs: readonly Cidr[];
  /** The route tables that lead to the sites. A created VPC's is its main one, called `main`. */
  public readonly routeTables: Readonly<Record<string, string>>;
  public readonly connectivitySubnetIds: readonly string[];
  /** The created VPC, for overrides. */
  public readonly vpc?: Vpc;
  /** The default security group of a created VPC, which admits nobody. */
  public readonly defaultSecurityGroup?: DefaultSecurityGroup;
  /** The flow logs of a created VPC; undefined where none are wanted. What exists has its owner's. */
  public readonly flowLogs?: VpcFlowLogs;
  /** The created subnets by their zones, for overrides. */
  public readonly subnets: Readonly<Record<string, Subnet>>;

  constructor(scope: Construct, id: string, props: HybridVpcProps, tags: Readonly<Record<string, string>>) {
    admitConstruct("HybridVpc", scope, id, props);
    super(scope, id);
    const place: Place = { path: "vpc", construct: scope.node.path };
    this.subnets = {};
    if ("vpcId" in props) {
      checkLiteral(props.cidrs, { ...place, path: "vpc.cidrs" });
      this.vpcId = props.vpcId;
      this.cidrs = props.cidrs.map((text, index) => Cidr.parse(text, `vpc.cidrs[${index}]`));
      this.routeTables = props.routeTables;
      this.connectivitySubnetIds = props.connectivitySubnetIds ?? [];
      if (Object.keys(this.routeTables).length === 0) {
        refuse({
          code: "HYBRID_VPC_ROUTE_TABLES",
          ...place,
          path: "vpc.routeTables",
          allowed: "at least one route table",
          fix: "name the route tables of the subnets that must reach the sites; without a route the tunnels carry no traffic",
        });
      }
      return;
    }
    const text = props.cidr ?? DEFAULT_CIDR;
    checkLiteral(text, { ...place, path: "vpc.cidr" });
    const cidr = Cidr.parse(text, "vpc.cidr");
    if (cidr.version !== 4 || cidr.prefixLength < 16 || cidr.prefixLength > 28) {
      refuse({
        code: "HYBRID_VPC_CIDR",
        ...place,
        path: "vpc.cidr",
        allowed: "an IPv4 block of 16 to 28 bits",
        fix: "choose another block",
        received: text,
      });
    }
    this.cidrs = [cidr];
    this.vpc = new Vpc(this, "vpc", {
      cidrBlock: cidr.toString(),
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { ...tags, ...(props.name === undefined ? {} : { Name: props.name }) },
    });
    this.vpcId = this.vpc.id;
    this.defaultSecurityGroup = new DefaultSecurityGroup(this, "default-group", {
      vpcId: this.vpcId,
      tags: { ...tags },
    });
    if (props.flowLogs !== false) this.flowLogs = this.createFlowLogs(props.flowLogs, tags);
    this.routeTables = { main: this.vpc.mainRouteTableId };
    checkKnown("HYBRID_VPC_ZONES", props.zones ?? [], { ...place, path: "vpc.zones" });
    this.subnets = this.createSubnets(cidr, props.zones ?? [], tags, place);
    this.connectivitySubnetIds = Object.values(this.subnets).map((subnet) => subnet.id);
  }

  private createFlowLogs(settings: FlowLogSettings | undefined, tags: Readonly<Record<string, string>>): VpcFlowLogs {
    const { region, partition, accountId } = new DeploymentPlace(this, "place", {});
    const name = defaultName(namePath(this));
    return new VpcFlowLogs(this, "flow-logs", {
      ...settings,
      name,
      vpcId: this.vpcId,
      region,
      partition,
      accountId,
      tags,
    });
  }

  private createSubnets(
    vpc: Cidr,
    zones: readonly string[],
    tags: Readonly<Record<string, string>>,
    place: Place,
  ): Record<string, Subnet> {
    const room = 2 ** (SUBNET_PREFIX_LENGTH - vpc.prefixLength);
    if (zones.length > room || new Set(zones).size !== zones.length) {
      refuse({
        code: "HYBRID_VPC_CIDR",
        ...place,
        path: "vpc.zones",
        allowed: `at most ${room} zones in ${vpc.toString()}, each once`,
        fix: "name fewer zones or take a larger block",
        received: zones,
      });
    }
    const subnets: Record<string, Subnet> = {};
    const size = 16n;
    for (const [index, availabilityZone] of zones.entries()) {
      // From the end, where they are in nobody's way: the first blocks are those that people use for their own subnets.
      const first = vpc.last + 1n - size * BigInt(index + 1);
      subnets[availabilityZone] = new Subnet(this, `connectivity-${availabilityZone}`, {
        vpcId: this.vpcId,
        availabilityZone,
        cidrBlock: Cidr.of(4, first, SUBNET_PREFIX_LENGTH).toString(),
        tags: { ...tags, Name: `connectivity-${availabilityZone}` },
      });
    }
    return subnets;
  }
}
