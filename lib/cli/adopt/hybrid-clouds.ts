/** The VPN connections of each gateway as the props of one `HybridCloud`, and its resources. */
import type { AdoptedResource } from "../../core/adopt-resources";
import { groupBy, type NonEmpty } from "../../core/collections";
import { literal } from "../../core/literal";
import { compareText, count, listed } from "../../core/text";
import { checkAmazonAsn, checkAsnsDiffer } from "../../patterns/infrastructure/hybrid-cloud/connection-checks";
import { routeId } from "../../patterns/infrastructure/hybrid-cloud/route-id";
import { asnOf, candidateOf, type Candidate } from "./connections";
import type { Described, DescribedRouteTable } from "./described-model";
import { gatewayAt, type GatewayAt } from "./gateways";
import type { AdoptedHybridCloud, LeftOut } from "./model";
import { cidrsOf, namedTables } from "./networks";
import { placeOf, refusalOf } from "./refusals";
import { keptTags, Names } from "./tags";
import { sharedOptions, type TunnelProps } from "./tunnels";

/** The most devices of a site, each with a connection. */
const DEVICES_OF_A_SITE = 2;
/** The longest name of a site: that of a connection is a number longer. */
const SITE_NAME_LENGTH = 30;

/** The outcome for all gateways. */
export interface AdoptedHybridClouds {
  readonly hybridClouds: Readonly<Record<string, AdoptedHybridCloud>>;
  readonly left: readonly LeftOut[];
}

/**
 * Returns the connections, by the gateway that they end at.
 *
 * @param networks the networks on premises that somebody has named, by the connection's id
 * @param names the names of the VPCs, by id
 */
export function adoptHybridClouds(
  described: Described,
  networks: ReadonlyMap<string, readonly string[]>,
  names: ReadonlyMap<string, string>,
): AdoptedHybridClouds {
  const left: LeftOut[] = [];
  const customerGateways = new Map(described.customerGateways.map((each) => [each.CustomerGatewayId, each] as const));
  const candidates: Candidate[] = [];
  for (const connection of described.vpnConnections) {
    const candidate = candidateOf(connection, { customerGateways, networks });
    if ("code" in candidate) left.push(candidate);
    else candidates.push(candidate);
  }
  const hybridClouds: Record<string, AdoptedHybridCloud> = {};
  for (const [gatewayId, own] of groupBy(candidates, (each) => each.gatewayId)) {
    const at = gatewayAt(described, gatewayId);
    if ("reason" in at) {
      for (const { connection } of own) left.push(leave(at.code, connection.VpnConnectionId, at.reason, at.fix));
      continue;
    }
    const shared = sharedGateways(described);
    const made = new GatewayAdoption(at, names.get(at.vpc.VpcId) ?? at.vpc.VpcId, shared).adopt(own);
    left.push(...made.left);
    if (made.cloud === undefined) continue;
    const name = names.get(at.vpc.VpcId) ?? at.vpc.VpcId;
    hybridClouds[name in hybridClouds ? `${name}-${gatewayId}` : name] = made.cloud;
  }
  return { hybridClouds, left };
}

/** Returns the customer gateways that more than one connection has: no construct owns these. */
function sharedGateways({ vpnConnections }: Described): ReadonlySet<string> {
  const living = vpnConnections.filter(({ State }) => State !== "deleted");
  const groups = groupBy(living, ({ CustomerGatewayId }) => CustomerGatewayId);
  return new Set([...groups].filter(([, all]) => all.length > 1).map(([id]) => id));
}

class GatewayAdoption {
  private readonly left: LeftOut[] = [];
  private readonly resources: Record<string, AdoptedResource> = {};
  private readonly names = new Names();

  constructor(
    private readonly at: GatewayAt,
    private readonly vpcName: string,
    private readonly shared: ReadonlySet<string>,
  ) {}

  public adopt(candidates: readonly Candidate[]): { readonly cloud?: AdoptedHybridCloud; readonly left: LeftOut[] } {
    const { at } = this;
    const known = candidates.flatMap((each) => this.known(each, candidates.length));
    const groups = groupBy(known, ({ networks }) => JSON.stringify(networks));
    if (at.owned !== undefined) this.resources["gateway/vpn-gateway"] = at.owned;
    const sites = [...groups.values()].map((each) => this.site(each));
    if (sites.length === 0) return { left: this.left };
    const networks = [...new Set(known.flatMap((each) => each.networks ?? []))].sort(compareText);
    const { routeTables, added } = this.routeTables(networks);
    const statics = known.filter(({ routing }) => routing === "static").length;
    const changes = [
      "every resource gets the migration's tags beside its own",
      ...(statics === 0
        ? []
        : [
            `the static routes of ${count(statics, "connection")} are created, because Terraform cannot import them: they are entered once more`,
          ]),
      ...(at.kind === "vpn"
        ? [
            added
              ? `in the stage that leads there, ${listed(Object.keys(routeTables))} begin to propagate the gateway's routes, which no table does today`
              : `the propagation of ${listed(Object.keys(routeTables))}, which is there, is created from the stage verify on: Terraform cannot import it`,
          ]
        : []),
    ];
    const vpc = { vpcId: at.vpc.VpcId, cidrs: cidrsOf(at.vpc), routeTables, name: this.vpcName };
    return { cloud: { props: { vpc, gateway: at.props, sites }, resources: this.resources, changes }, left: this.left };
  }

  /** Returns the connection with its networks, where they are known and the gateway can have it. */
  private known(candidate: Candidate, all: number): Candidate[] {
    const { at } = this;
    const id = candidate.connection.VpnConnectionId;
    const { routing } = candidate;
    if (at.kind === "transit" && routing === "static") {
      this.left.push(
        leave(
          "ADOPT_VPN_STATIC_TRANSIT",
          id,
          "its static routes are entries of the transit gateway's route table, which no answer here has",
          "keep it where it is, or change it to BGP",
        ),
      );
      return [];
    }
    if (routing === "bgp") {
      const wrong = this.wrongNumber(candidate);
      if (wrong !== undefined) {
        this.left.push(leave("ADOPT_VPN_GATEWAY", id, wrong, "keep it where it is"));
        return [];
      }
    }
    const networks = candidate.networks ?? (all === 1 ? this.propagated() : undefined);
    if (networks === undefined || networks.length === 0) {
      const reason =
        routing === "static"
          ? "it has no static route"
          : "BGP brings the networks on premises, and AWS does not print which of this connection's";
      this.left.push(leave("ADOPT_VPN_NETWORKS", id, reason, `name them: --networks ${id}=192.168.0.0/16,…`));
      return [];
    }
    return [{ ...candidate, networks }];
  }

  private wrongNumber({ customerGateway }: Candidate): string | undefined {
    const { asn, id } = this.at;
    if (asn === undefined) return `no file says the number of ${id}`;
    try {
      checkAmazonAsn(asn, placeOf("amazonSideAsn"));
      checkAsnsDiffer(asnOf(customerGateway), asn, placeOf("customerGateway.asn"));
      return undefined;
    } catch (error) {
      return refusalOf(error);
    }
  }

  /** Returns the networks that the route tables have learned from the gateway. */
  private propagated(): readonly string[] | undefined {
    const learned = this.at.tables.flatMap(({ Routes }) =>
      Routes.filter(({ Origin, GatewayId }) => Origin === "EnableVgwRoutePropagation" && GatewayId === this.at.id),
    );
    const found = [...new Set(learned.flatMap(({ DestinationCidrBlock }) => DestinationCidrBlock ?? []))];
    return found.length === 0 ? undefined : found.sort(compareText);
  }

  private site(all: NonEmpty<Candidate>): Readonly<Record<string, unknown>> {
    const [first] = all;
    const devices: Candidate[] = [];
    for (const each of all) {
      const id = each.connection.VpnConnectionId;
      if (JSON.stringify([each.site, each.routing]) !== JSON.stringify([first.site, first.routing])) {
        const other = first.connection.VpnConnectionId;
        this.left.push(
          leave(
            "ADOPT_VPN_SITE",
            id,
            `it leads to the same networks as ${other} with other options, and a site has one set of them`,
            "make them alike in AWS first, or keep it where it is",
          ),
        );
      } else if (devices.length === DEVICES_OF_A_SITE) {
        this.left.push(
          leave(
            "ADOPT_VPN_SITE",
            id,
            "two connections lead to the same networks already, and a site has two devices",
            "keep it where it is",
          ),
        );
      } else devices.push(each);
    }
    const { connection, networks = [], site } = first;
    const name = this.names.nameOf(connection.VpnConnectionId, connection.Tags, SITE_NAME_LENGTH);
    const { common, own } = sharedOptions(devices.map((each) => each.tunnels.map(({ options }) => options)));
    return {
      name,
      networks,
      ...site,
      ...(Object.keys(common).length === 0 ? {} : { tunnels: common }),
      devices: devices.map((each, index) => this.device(each, `sites/${name}/device-${index + 1}`, own[index] ?? [])),
    };
  }

  private device(candidate: Candidate, path: string, own: readonly TunnelProps[]): Readonly<Record<string, unknown>> {
    const { connection, customerGateway, tunnels, insideCidrs, privateIp } = candidate;
    const [first, second] = tunnels;
    this.resources[`${path}/connection`] = {
      id: connection.VpnConnectionId,
      ...keptTags(connection.Tags),
      unset: { ...first.unset, ...second.unset },
    };
    const { CustomerGatewayId, IpAddress, CertificateArn, DeviceName, Tags } = customerGateway;
    const asn = asnOf(customerGateway);
    const existing = this.shared.has(CustomerGatewayId);
    if (!existing) this.resources[`${path}/customer-gateway`] = { id: CustomerGatewayId, ...keptTags(Tags) };
    return {
      customerGateway: {
        ...(existing ? { customerGatewayId: CustomerGatewayId } : {}),
        ...(IpAddress === undefined ? {} : { ipAddress: IpAddress }),
        asn,
        ...(existing && CertificateArn !== undefined ? { usesCertificate: true } : {}),
        ...(existing || CertificateArn === undefined ? {} : { certificateArn: CertificateArn }),
        ...(existing || DeviceName === undefined ? {} : { deviceName: literal(DeviceName) }),
      },
      tunnel1: { ...insideCidrs[0], ...own[0] },
      tunnel2: { ...insideCidrs[1], ...own[1] },
      ...(privateIp === undefined ? {} : { privateIp }),
    };
  }

  /** Returns the tables that lead to the gateway today, or all where none does. */
  private routeTables(networks: readonly string[]) {
    const { at } = this;
    const all = namedTables(at.tables);
    const leads = (table: DescribedRouteTable): boolean =>
      at.kind === "vpn"
        ? table.PropagatingVgws.some(({ GatewayId }) => GatewayId === at.id)
        : table.Routes.some(({ TransitGatewayId }) => TransitGatewayId === at.id);
    const leading = all.filter(([, table]) => leads(table));
    const chosen = leading.length === 0 ? all : leading;
    if (at.kind === "transit") this.importRoutes(chosen, networks);
    return {
      routeTables: Object.fromEntries(chosen.map(([name, { RouteTableId }]) => [name, RouteTableId])),
      added: leading.length === 0,
    };
  }

  /** Routes to a transit gateway are the construct's from the stage `verify` on, and a second one of a destination is refused. */
  private importRoutes(tables: readonly (readonly [string, DescribedRouteTable])[], networks: readonly string[]): void {
    for (const [name, { RouteTableId, Routes }] of tables) {
      for (const network of networks) {
        const found = Routes.some(
          ({ TransitGatewayId, DestinationCidrBlock, DestinationIpv6CidrBlock }) =>
            TransitGatewayId === this.at.id && [DestinationCidrBlock, DestinationIpv6CidrBlock].includes(network),
        );
        if (!found) continue;
        this.resources[`routes/${routeId(name, network)}`] = { id: `${RouteTableId}_${network}`, optional: true };
      }
    }
  }
}

function leave(code: string, id: string, reason: string, fix: string): LeftOut {
  return { code, id, reason, fix };
}
