/**
 * ```ts
 * planAccess({ plan, flows, inventory, … }).rules; // web may reach app on tcp 8080, 10.9.0.0/24 may reach web on tcp 443, …
 * ```
 *
 * The network access that a fleet's servers need, derived from the observed flows. A flow is a rule on both of its ends:
 * ingress at the destination's group, egress at the source's. Between servers of the fleet each rule names the other group,
 * so that it holds for whatever address they get; towards the outside it names addresses. Every rule knows what it is for,
 * because that decides in which stage it is open.
 */
import type { FileText } from "../../../core/file-text";
import type { Flow, Inventory, Server } from "../../../inventory/model";
import { ServerIndex } from "../../../inventory/server-index";
import { parseAddress } from "../../../network/address";
import { Cidr } from "../../../network/cidr";
import { constructId, joinIds } from "../../../core/construct-ids";
import { isUnresolved } from "../../../core/unresolved";
import { compareText } from "../../../core/text";
import type { FleetPlan } from "./server-plan";

/**
 * The purpose of a security-group rule, which decides in which stage the rule is open.
 *
 * - `fleet`: between servers of the fleet.
 * - `outside`: with hosts outside the fleet, as it was observed at the source.
 * - `test`: for test clients, on the ports that outside hosts use.
 */
export type AccessPurpose = "fleet" | "outside" | "test";

/** One rule of one security group. */
export interface AccessRule {
  /** The construct id, unique among the rules for tests and among the others of its direction. */
  readonly id: string;
  readonly direction: "ingress" | "egress";
  readonly purpose: AccessPurpose;
  readonly groupId: string;
  /** The protocol as EC2 takes it: tcp, udp, icmp, icmpv6, -1 for all, or a number. */
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  /** The security group of the other side, where it is one of the fleet's. */
  readonly peerGroupId?: string;
  /** The CIDR block of the other side, where it is none of the fleet's. */
  readonly peerCidr?: string;
  readonly description: string;
}

/** A flow that cannot become a security-group rule, with the reason. */
export interface UnusableFlow {
  readonly flow: Flow;
  readonly reason: string;
}

/** A security group of a fleet: one for each tier of each application. */
export interface AccessGroup {
  readonly id: string;
  /** The name that people read: `shop web`, `web-01`. */
  readonly title: FileText;
}

/** The security groups of a fleet and their rules. */
export interface AccessPlan {
  /** The groups, in the order of their ids. */
  readonly groups: readonly AccessGroup[];
  /** The rules of all purposes, whatever the stage, in the order of their ids. */
  readonly rules: readonly AccessRule[];
  readonly unusable: readonly UnusableFlow[];
}

/** The input of {@link planAccess}. */
export interface AccessPlanInput {
  readonly plan: FleetPlan;
  /** The inventory with its flows and all of its servers: one in another wave is known by its address. */
  readonly inventory: Inventory;
  /** The connections that somebody has declared. One whose ends are not known is left out. */
  readonly declaredFlows: readonly Flow[];
  readonly hostCidrs: Readonly<Record<string, readonly string[]>>;
  readonly testClientCidrs: readonly string[];
}

type Endpoint =
  | { readonly kind: "group"; readonly groupId: string; readonly server: string }
  | { readonly kind: "cidrs"; readonly cidrs: readonly string[] }
  | { readonly kind: "unknown" };

interface Ports {
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
}

/** The words that people and tools write for "any host". */
const EVERYBODY = new Set(["any", "all", "*", "internet"]);
const PROTOCOLS: Readonly<Record<string, string>> = {
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
  any: "-1",
  all: "-1",
  "*": "-1",
  "ipv6-icmp": "icmpv6",
  gre: "47",
  esp: "50",
  ah: "51",
  sctp: "132",
};
/** A protocol as EC2 takes it: four names, all others by number. Amazon EC2 API Reference, `IpPermission`. */
const PROTOCOL = /^(?:tcp|udp|icmp|icmpv6|-1|\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/;

/** Derives the security groups and their rules from the observed flows, and from the declared ones that nobody has observed. */
export function planAccess(input: AccessPlanInput): AccessPlan {
  // By name, which is unique in a fleet: whoever made the fleet may have passed copies of the inventory's servers.
  const groupOf = new Map<string, string>();
  const groups = new Map<string, AccessGroup>();
  for (const { server, groupId } of input.plan.servers) {
    groupOf.set(server.name, groupId);
    if (!groups.has(groupId)) groups.set(groupId, { id: groupId, title: titleOf(server) });
  }
  const resolve = resolver(input, groupOf);
  const rules = new Map<string, AccessRule>();
  const unusable: UnusableFlow[] = [];
  /** Adds the rules of a flow, or returns the reason why it has none. */
  const take = (flow: Flow, origin: string): string | undefined => {
    const source = resolve(flow.source);
    const destination = resolve(flow.destination);
    if (source.kind !== "group" && destination.kind !== "group") return undefined;
    if (source.kind === "group" && destination.kind === "group" && source.server === destination.server)
      return undefined;
    const ports = portsOf(flow);
    if (typeof ports === "string") return ports;
    if (source.kind === "unknown" || destination.kind === "unknown") {
      const stranger = source.kind === "unknown" ? flow.source : flow.destination;
      return `${stranger} is neither a server nor an address, and hostCidrs has no entry for it`;
    }
    const { testClientCidrs } = input;
    if (destination.kind === "group")
      addRules(rules, { direction: "ingress", groupId: destination.groupId, origin }, ports, source, testClientCidrs);
    if (source.kind === "group")
      addRules(rules, { direction: "egress", groupId: source.groupId, origin }, ports, destination, []);
    return undefined;
  };
  for (const flow of input.inventory.flows) {
    const reason = take(flow, "observed at the source");
    if (reason !== undefined) unusable.push({ flow, reason });
  }
  // After the observed ones: of two flows that make the same rule, the first says where it is from.
  for (const flow of input.declaredFlows) take(flow, "declared in the checklist");
  return {
    groups: [...groups.values()].sort((a, b) => compareText(a.id, b.id)),
    rules: [...rules.entries()].sort(([a], [b]) => compareText(a, b)).map(([, rule]) => rule),
    unusable,
  };
}

/**
 * Checks whether a block is public: the whole internet, or so much of it that it might as well be (a prefix shorter than 8
 * bits for IPv4, 16 for IPv6).
 */
export function isPublic(cidr: string): boolean {
  const block = Cidr.tryParse(cidr);
  return block !== undefined && block.prefixLength < (block.version === 4 ? 8 : 16);
}

/** The end of a flow that gets the rule, and where the flow is from. */
interface RuleEnd extends Pick<AccessRule, "direction" | "groupId"> {
  readonly origin: string;
}

function addRules(
  rules: Map<string, AccessRule>,
  { direction, groupId, origin }: RuleEnd,
  ports: Ports,
  peer: Exclude<Endpoint, { kind: "unknown" }>,
  testClientCidrs: readonly string[],
): void {
  const portText =
    ports.fromPort === undefined || ports.fromPort === -1 ? ports.protocol : `${ports.protocol}-${ports.fromPort}`;
  const add = (purpose: AccessPurpose, peerId: string, of: Pick<AccessRule, "peerGroupId" | "peerCidr">): void => {
    const id = joinIds(groupId, portText, peerId);
    const key = `${purpose === "test" ? "test" : direction} ${id}`;
    if (rules.has(key)) return;
    rules.set(key, {
      id,
      direction,
      purpose,
      groupId,
      ...ports,
      ...of,
      description: describe(
        direction,
        groupId,
        purpose === "test" ? "Test clients" : nameOf(of, peerId),
        purpose === "test" ? undefined : origin,
      ),
    });
  };
  if (peer.kind === "group") {
    add("fleet", peer.groupId, { peerGroupId: peer.groupId });
    return;
  }
  for (const cidr of peer.cidrs) add("outside", constructId(cidr), { peerCidr: cidr });
  for (const cidr of testClientCidrs) add("test", constructId(cidr), { peerCidr: cidr });
}

/** Returns the peer as people write it: a block, where it is known, and the id of a group. */
function nameOf({ peerCidr }: Pick<AccessRule, "peerCidr">, peerId: string): string {
  return peerCidr === undefined || isUnresolved(peerCidr) ? peerId : peerCidr;
}

/** Returns who talks to whom, by ids, which are made of the characters that a description may have, and how that is known. */
function describe(direction: "ingress" | "egress", groupId: string, peer: string, origin: string | undefined): string {
  const ways = direction === "ingress" ? [peer, groupId] : [groupId, peer];
  return `${ways.join(" to ")}${origin === undefined ? "" : `: ${origin}`}`.slice(0, 255);
}

/** Returns a function that resolves the end of a flow to a group or blocks. It is asked for the same end many times. */
function resolver(input: AccessPlanInput, groupOf: ReadonlyMap<string, string>): (endpoint: string) => Endpoint {
  const index = ServerIndex.of(input.inventory);
  const hosts = new Map(Object.entries(input.hostCidrs).map(([host, cidrs]) => [host.toLowerCase(), cidrs]));
  const known = new Map<string, Endpoint>();
  const find = (endpoint: string): Endpoint => {
    const server = index.find(endpoint);
    const groupId = server === undefined ? undefined : groupOf.get(server.name);
    if (server !== undefined && groupId !== undefined) return { kind: "group", groupId, server: server.name };
    const text = endpoint.trim().toLowerCase();
    const declared = hosts.get(text);
    if (declared !== undefined) return { kind: "cidrs", cidrs: declared };
    if (EVERYBODY.has(text)) return { kind: "cidrs", cidrs: ["0.0.0.0/0"] };
    const cidrs = server === undefined ? [text] : server.nics.flatMap((nic) => nic.addresses);
    const blocks = cidrs.flatMap((cidr) => blockOf(cidr) ?? []);
    return blocks.length === 0 ? { kind: "unknown" } : { kind: "cidrs", cidrs: blocks };
  };
  return (endpoint) => {
    let found = known.get(endpoint);
    if (found === undefined) {
      found = find(endpoint);
      known.set(endpoint, found);
    }
    return found;
  };
}

/** Parses an address or a block into a block. Link-local addresses give none: they mean something only on their own wire. */
function blockOf(text: string): string | undefined {
  const address = parseAddress(text);
  const block = Cidr.tryParse(address === undefined ? text : `${text}/${address.version === 4 ? 32 : 128}`);
  if (block === undefined) return undefined;
  const written = block.toString();
  return written.startsWith("169.254.") || written.startsWith("fe80:") ? undefined : written;
}

/** Returns the protocol and ports as EC2 takes them, or the reason why it does not. */
function portsOf(flow: Flow): Ports | string {
  const given = flow.protocol.trim().toLowerCase();
  const protocol = PROTOCOLS[given] ?? given;
  if (!PROTOCOL.test(protocol)) return `security groups do not support its protocol ${flow.protocol}`;
  if (protocol === "tcp" || protocol === "udp") {
    if (flow.port === undefined) return `it is ${protocol} without a port`;
    return { protocol, fromPort: flow.port, toPort: flow.port };
  }
  // For ICMP the ports are type and code; -1 is all of them. Other protocols have none.
  return protocol === "icmp" || protocol === "icmpv6" ? { protocol, fromPort: -1, toPort: -1 } : { protocol };
}

function titleOf(server: Server): FileText {
  const { application, tier, name } = server;
  if (application === undefined || application === "") return name;
  return tier === undefined || tier === "" ? application : `${application} ${tier}`;
}
