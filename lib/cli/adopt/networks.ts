/**
 * VPCs as networks that exist. None is imported: `LandingNetwork` would empty the default security group of one, and add
 * endpoints and flow logs to it, and `HybridCloud` would own a VPC whose subnets are somebody else's. By its ids a VPC is taken
 * exactly as it is.
 */
import { regionOfZone, type NetworkSubnet, type SubnetTier } from "../../parts/network/server-network";
import { compareText } from "../../core/text";
import type { Described, DescribedRouteTable, DescribedVpc } from "./described-model";
import type { AdoptedNetwork, LeftOut } from "./model";
import { Names } from "./tags";

/** The outcome for all VPCs. */
export interface AdoptedNetworks {
  readonly networks: Readonly<Record<string, AdoptedNetwork>>;
  /** The names of all VPCs by id, of those that are left out too. */
  readonly names: ReadonlyMap<string, string>;
  readonly left: readonly LeftOut[];
}

/** Returns the VPCs with their subnets and route tables. */
export function adoptNetworks({ vpcs, subnets, routeTables }: Described): AdoptedNetworks {
  const names = new Names();
  const nameOf = new Map(vpcs.map(({ VpcId, Tags }) => [VpcId, names.nameOf(VpcId, Tags)] as const));
  const networks: Record<string, AdoptedNetwork> = {};
  const left: LeftOut[] = [];
  for (const vpc of vpcs) {
    const { VpcId: vpcId } = vpc;
    const own = subnets.filter((each) => each.VpcId === vpcId);
    const tables = routeTables.filter((each) => each.VpcId === vpcId);
    const missing = [
      ...(own.length === 0 ? ["describe-subnets"] : []),
      ...(tables.length === 0 ? ["describe-route-tables"] : []),
    ];
    if (missing.length > 0) {
      left.push({
        code: "ADOPT_VPC_INCOMPLETE",
        id: vpcId,
        reason: `no file has its ${missing.map((each) => (each === "describe-subnets" ? "subnets" : "route tables")).join(" and ")}`,
        fix: `add what aws ec2 ${missing.join(" and ")} prints, if servers are to go there`,
      });
      continue;
    }
    const region = regionOfZone(own[0]?.AvailabilityZone ?? "");
    networks[nameOf.get(vpcId) ?? vpcId] = {
      vpcId,
      ...(region === undefined ? {} : { region }),
      cidrs: cidrsOf(vpc),
      subnets: own
        .map(({ SubnetId: id, AvailabilityZone: availabilityZone, CidrBlock: cidr }): NetworkSubnet => ({
          id,
          tier: tierOf(id, tables),
          availabilityZone,
          ...(cidr === undefined ? {} : { cidr }),
        }))
        .sort((a, b) => compareText(a.availabilityZone, b.availabilityZone) || compareText(a.id, b.id)),
      routeTables: Object.fromEntries(namedTables(tables).map(([name, { RouteTableId }]) => [name, RouteTableId])),
    };
  }
  return { networks, names: nameOf, left };
}

/** Returns all blocks of a VPC, the first one first. */
export function cidrsOf(vpc: DescribedVpc): string[] {
  const associated = (state: { readonly State: string } | undefined): boolean =>
    state === undefined || state.State === "associated";
  return [
    ...new Set([
      vpc.CidrBlock,
      ...vpc.CidrBlockAssociationSet.filter(({ CidrBlockState }) => associated(CidrBlockState)).map(
        ({ CidrBlock }) => CidrBlock,
      ),
      ...vpc.Ipv6CidrBlockAssociationSet.filter(({ Ipv6CidrBlockState }) => associated(Ipv6CidrBlockState)).map(
        ({ Ipv6CidrBlock }) => Ipv6CidrBlock,
      ),
    ]),
  ];
}

/** Returns the route tables of a VPC with names, which become part of Terraform addresses: the main one is `main`. */
export function namedTables(
  tables: readonly DescribedRouteTable[],
): readonly (readonly [name: string, table: DescribedRouteTable])[] {
  const names = new Names();
  const sorted = [...tables].sort((a, b) => compareText(a.RouteTableId, b.RouteTableId));
  return sorted.map((table) => {
    const main = isMain(table) && !table.Tags.some(({ Key, Value }) => Key === "Name" && Value !== "");
    const tags = main ? [{ Key: "Name", Value: "main" }] : table.Tags;
    return [names.nameOf(table.RouteTableId, tags), table] as const;
  });
}

function isMain({ Associations }: DescribedRouteTable): boolean {
  return Associations.some(({ Main }) => Main === true);
}

/** Returns a subnet's tier, by where the default route of its table leads. */
function tierOf(subnetId: string, tables: readonly DescribedRouteTable[]): SubnetTier {
  const table =
    tables.find(({ Associations }) => Associations.some(({ SubnetId }) => SubnetId === subnetId)) ??
    tables.find(isMain);
  const way = table?.Routes.find(
    ({ DestinationCidrBlock, DestinationIpv6CidrBlock }) =>
      DestinationCidrBlock === "0.0.0.0/0" || DestinationIpv6CidrBlock === "::/0",
  );
  if (way === undefined) return "isolated";
  return way.GatewayId?.startsWith("igw-") === true ? "public" : "private";
}
