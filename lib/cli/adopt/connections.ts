/** A VPN connection by itself: whether a `HybridCloud` can have exactly this one, and with which props. */
import type { FileText } from "../../core/file-text";
import { compareText } from "../../core/text";
import { Cidr } from "../../network/cidr";
import {
  checkCustomerAddress,
  checkCustomerAsn,
  checkNetworks,
} from "../../patterns/infrastructure/hybrid-cloud/connection-checks";
import { checkInsideCidr, checkInsideIpv6Cidr } from "../../patterns/infrastructure/hybrid-cloud/tunnel-checks";
import { resolveTunnel } from "../../patterns/infrastructure/hybrid-cloud/tunnel-options";
import type { DescribedCustomerGateway, DescribedTunnel, DescribedVpnConnection } from "./described-model";
import type { LeftOut } from "./model";
import { placeOf, refusalOf } from "./refusals";
import { ownerOf } from "./tags";
import { tunnelOf, type AdoptedTunnel } from "./tunnels";

/** A connection that can be adopted. */
export interface Candidate {
  readonly connection: DescribedVpnConnection;
  readonly customerGateway: DescribedCustomerGateway;
  readonly gatewayId: string;
  readonly routing: "static" | "bgp";
  /** The networks on premises; undefined where BGP brings them and nothing here says which. */
  readonly networks: readonly string[] | undefined;
  /** The props that are the site's, and not the device's. */
  readonly site: Readonly<Record<string, unknown>>;
  readonly tunnels: readonly [AdoptedTunnel, AdoptedTunnel];
  readonly insideCidrs: readonly [InsideCidrs, InsideCidrs];
  readonly privateIp?: { readonly transportTransitGatewayAttachmentId: string };
}

interface InsideCidrs {
  readonly insideCidr: string;
  readonly insideIpv6Cidr?: string;
}

/** The surroundings of a connection. */
export interface ConnectionContext {
  readonly customerGateways: ReadonlyMap<string, DescribedCustomerGateway>;
  /** The networks on premises that somebody has named, by the connection's id. */
  readonly networks: ReadonlyMap<string, readonly string[]>;
}

/** Returns the connection with its props, or why it is left out. */
export function candidateOf(connection: DescribedVpnConnection, context: ConnectionContext): Candidate | LeftOut {
  const { VpnConnectionId: id, State: state, Tags: tags, Options: options, CustomerGatewayId } = connection;
  const leave = (code: string, reason: string, fix: string): LeftOut => ({ code, id, reason, fix });
  if (state !== "available") {
    const fix = state === "pending" || state === "modifying" ? "wait, and describe it again" : "nothing: it ends";
    return leave("ADOPT_VPN_STATE", `its state is ${word(state)}`, fix);
  }
  const owner = ownerOf(tags);
  if (owner !== undefined) return leave("ADOPT_VPN_OWNED", `it belongs to ${owner.owner}`, owner.fix);
  const gatewayId = connection.VpnGatewayId ?? connection.TransitGatewayId;
  if (gatewayId === undefined) {
    return leave(
      "ADOPT_VPN_GATEWAY",
      "it ends at neither a virtual private gateway nor a transit gateway",
      "keep it where it is: HybridCloud has no other gateway",
    );
  }
  const customerGateway = context.customerGateways.get(CustomerGatewayId);
  if (customerGateway?.State !== "available") {
    return leave(
      "ADOPT_VPN_CUSTOMER_GATEWAY",
      `its customer gateway ${CustomerGatewayId} is ${customerGateway === undefined ? "in no file" : "not available"}`,
      "add what aws ec2 describe-customer-gateways prints",
    );
  }
  const [first, second] = options?.TunnelOptions ?? [];
  if (options === undefined || first === undefined || second === undefined) {
    return leave("ADOPT_VPN_OPTION", "AWS shows no options of its two tunnels", "describe it again");
  }
  const unknown = foreignOption(connection, [first, second]);
  if (unknown !== undefined)
    return leave("ADOPT_VPN_OPTION", unknown, "keep it where it is, or change it in AWS first");
  const routing = options.StaticRoutesOnly === true ? "static" : "bgp";
  const version = options.TunnelInsideIpVersion === "ipv6" ? 6 : 4;
  try {
    const networks = context.networks.get(id) ?? staticNetworks(connection, routing);
    const site = siteOf(connection, version);
    const tunnels = [tunnelOf(first, 1), tunnelOf(second, 2)] as const;
    const insideCidrs = [insideOf(first, version), insideOf(second, version)] as const;
    check(customerGateway, tunnels, networks, version);
    const { TransportTransitGatewayAttachmentId: transport } = options;
    return {
      connection,
      customerGateway,
      gatewayId,
      routing,
      networks: networks === undefined ? undefined : [...networks].sort(compareText),
      site: { ...(routing === "bgp" ? { routing } : {}), ...site },
      tunnels,
      insideCidrs,
      ...(transport === undefined ? {} : { privateIp: { transportTransitGatewayAttachmentId: transport } }),
    };
  } catch (error) {
    return leave("ADOPT_VPN_OPTION", refusalOf(error), "keep it where it is, or change it in AWS first");
  }
}

/** Returns the number of the device, as the construct has it. */
export function asnOf({ BgpAsn, BgpAsnExtended }: DescribedCustomerGateway): number {
  return Number(BgpAsn ?? BgpAsnExtended);
}

function staticNetworks({ Routes }: DescribedVpnConnection, routing: string): readonly string[] | undefined {
  if (routing === "bgp") return undefined;
  return Routes.filter(({ State }) => State === undefined || State === "available" || State === "pending").map(
    ({ DestinationCidrBlock }) => DestinationCidrBlock,
  );
}

/** Checks by the construct's own functions that it takes all of this. @throws MigrationError theirs */
function check(
  customerGateway: DescribedCustomerGateway,
  tunnels: readonly [AdoptedTunnel, AdoptedTunnel],
  networks: readonly string[] | undefined,
  version: 4 | 6,
): void {
  const { IpAddress: address } = customerGateway;
  checkCustomerAsn(asnOf(customerGateway), placeOf("customerGateway.asn"));
  if (address !== undefined) checkCustomerAddress(address, placeOf("customerGateway.ipAddress"));
  if (networks !== undefined && networks.length > 0) checkNetworks(networks, version, placeOf("networks"));
  for (const [index, { options }] of tunnels.entries()) {
    resolveTunnel({}, options, address !== undefined, placeOf(`tunnel${index + 1}`));
  }
}

function insideOf(tunnel: DescribedTunnel, version: 4 | 6): InsideCidrs {
  const insideCidr = checkInsideCidr(tunnel.TunnelInsideCidr ?? "", placeOf("TunnelInsideCidr")).toString();
  const inside6 = tunnel.TunnelInsideIpv6Cidr;
  if (version === 4 || inside6 === undefined) return { insideCidr };
  return { insideCidr, insideIpv6Cidr: checkInsideIpv6Cidr(inside6, placeOf("TunnelInsideIpv6Cidr")).toString() };
}

/** Returns the props that all devices of the site have in common. */
function siteOf({ Options: options = { TunnelOptions: [] } }: DescribedVpnConnection, version: 4 | 6) {
  const [local, remote] =
    version === 4
      ? [options.LocalIpv4NetworkCidr, options.RemoteIpv4NetworkCidr]
      : [options.LocalIpv6NetworkCidr, options.RemoteIpv6NetworkCidr];
  const selector = (text: string | undefined): string | undefined => {
    const cidr = text === undefined ? undefined : Cidr.parse(text);
    return cidr === undefined || cidr.prefixLength === 0 ? undefined : cidr.toString();
  };
  const localNetworkCidr = selector(local);
  const remoteNetworkCidr = selector(remote);
  const logs = logsOf(options.TunnelOptions[0]);
  return {
    ...(version === 6 ? { insideIpVersion: "ipv6" } : {}),
    ...(localNetworkCidr === undefined ? {} : { localNetworkCidr }),
    ...(remoteNetworkCidr === undefined ? {} : { remoteNetworkCidr }),
    ...(options.EnableAcceleration === true ? { acceleration: true } : {}),
    ...(options.TunnelBandwidth === "large" ? { tunnelBandwidth: "large" } : {}),
    ...(logs === undefined ? {} : { logs }),
  };
}

interface Logs {
  readonly logGroupArn: FileText;
  readonly format: string;
  readonly bgp?: true;
}

function logsOf(tunnel: DescribedTunnel | undefined): Logs | undefined {
  const logs = tunnel?.LogOptions?.CloudWatchLogOptions;
  if (logs?.LogEnabled !== true || logs.LogGroupArn === undefined) return undefined;
  return {
    logGroupArn: logs.LogGroupArn,
    format: logs.LogOutputFormat ?? "json",
    ...(logs.BgpLogEnabled === true ? { bgp: true } : {}),
  };
}

/** Returns what the connection has and the construct cannot say, as a phrase; undefined where there is nothing. */
function foreignOption(
  { Type: type, Options: options }: DescribedVpnConnection,
  [first, second]: readonly [DescribedTunnel, DescribedTunnel],
): string | undefined {
  if (type !== undefined && type !== "ipsec.1") return "its type is not ipsec.1";
  if (first.TunnelInsideCidr === undefined || second.TunnelInsideCidr === undefined) {
    return "AWS shows no inside addresses of its tunnels";
  }
  if (JSON.stringify(logsOf(first)) !== JSON.stringify(logsOf(second))) {
    return "its tunnels are logged in two ways, and a site has one";
  }
  const log = first.LogOptions?.CloudWatchLogOptions;
  if (log?.BgpLogEnabled === true) {
    const same = log.BgpLogGroupArn === log.LogGroupArn && log.BgpLogOutputFormat === log.LogOutputFormat;
    if (log.LogEnabled !== true || !same) return "its BGP logs go elsewhere than those of its tunnels";
  }
  const privateIp = options?.OutsideIpAddressType === "PrivateIpv4";
  if (privateIp !== (options?.TransportTransitGatewayAttachmentId !== undefined)) {
    return "AWS shows a private IP VPN by half";
  }
  return undefined;
}

/** Returns a word of AWS's for a message, and nothing that only looks like one. */
function word(text: string): string {
  return /^[\w-]{1,40}$/.test(text) ? text : "none that is known";
}
