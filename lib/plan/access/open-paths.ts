/**
 * Reads who may reach what: the rules of security groups, in all three forms that the provider has (rules of their own, rules
 * within the group, and `aws_security_group_rule`), and the routes out of route tables.
 */
import { compareText } from "../../core/text";
import { block, blocks, type Block, type Element, type Synthesis } from "../rehearsal/stack-terraform";
import type { AccessSubject, GroupAccess, OpenPath, RouteAccess } from "./model";
import { textsOf } from "./policy-statements";
import type { TokenNames } from "./token-names";

const GROUPS = new Set(["aws_security_group", "aws_default_security_group"]);
const RULES = new Set([
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_security_group_egress_rule",
  "aws_security_group_rule",
]);

/** The attributes of a rule that name the other side, of all its forms. */
const PEERS = [
  "cidr_ipv4",
  "cidr_ipv6",
  "cidr_blocks",
  "ipv6_cidr_blocks",
  "referenced_security_group_id",
  "source_security_group_id",
  "security_groups",
  "prefix_list_id",
  "prefix_list_ids",
];

/** The attributes of a route that say where it goes, and those that say what goes there (`aws_route`). */
const DESTINATIONS = ["destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id"];
const WAYS = [
  "gateway_id",
  "nat_gateway_id",
  "transit_gateway_id",
  "vpc_peering_connection_id",
  "egress_only_gateway_id",
  "network_interface_id",
  "vpc_endpoint_id",
  "core_network_arn",
  "carrier_gateway_id",
  "local_gateway_id",
];

/** Returns the security groups with their members and what their rules open, those that the app does not make included. */
export function readGroups(app: Synthesis, names: TokenNames): GroupAccess[] {
  const groups = new Map<string, { subject: AccessSubject; members: Map<string, AccessSubject>; open: OpenPath[] }>();
  const groupOf = (subject: AccessSubject) => {
    const known = groups.get(subject.address);
    if (known !== undefined) return known;
    const made = { subject, members: new Map<string, AccessSubject>(), open: [] };
    groups.set(subject.address, made);
    return made;
  };
  for (const element of app.elements.values()) {
    if (element.kind !== "resource") continue;
    if (GROUPS.has(element.type)) {
      const group = groupOf(names.subject(element));
      for (const rule of blocks(element.config["ingress"])) group.open.push(...pathsOf(names, element, rule, "from"));
      for (const rule of blocks(element.config["egress"])) group.open.push(...pathsOf(names, element, rule, "to"));
    } else if (RULES.has(element.type)) {
      const group = groupOf(ruledGroup(names, element));
      group.open.push(...pathsOf(names, element, element.config, directionOf(element)));
    } else {
      for (const each of names.targets(element.stack, memberships(element.config))) {
        if (!GROUPS.has(each.type)) continue;
        groupOf(names.subject(each)).members.set(element.address, names.subject(element));
      }
    }
  }
  return [...groups.values()]
    .map(({ subject, members, open }) => ({
      ...subject,
      members: [...members.values()].sort((a, b) => compareText(a.address, b.address)),
      open: open.sort((a, b) => compareText(orderOf(a), orderOf(b))),
    }))
    .sort((a, b) => compareText(a.name, b.name));
}

/** Returns the routes out of the route tables. What stays within a VPC has no route of its own. */
export function readRoutes(app: Synthesis, names: TokenNames): RouteAccess[] {
  const routes: RouteAccess[] = [];
  for (const element of app.elements.values()) {
    if (element.type === "aws_route" && element.kind === "resource") {
      routes.push(routeOf(names, element, element.config, element.config["route_table_id"]));
    }
    if (element.type === "aws_vpn_gateway_route_propagation") {
      const { stack, config } = element;
      routes.push({
        ...names.subject(element),
        table: names.text(stack, String(config["route_table_id"])),
        destination: "<what the gateway announces>",
        through: names.text(stack, String(config["vpn_gateway_id"])),
      });
    }
    if (element.type === "aws_route_table" && element.kind === "resource") {
      for (const each of blocks(element.config["route"])) routes.push(routeOf(names, element, each, undefined));
    }
  }
  return routes.sort((a, b) => compareText(`${a.table} ${a.destination}`, `${b.table} ${b.destination}`));
}

function routeOf(names: TokenNames, element: Element, route: Block, table: unknown): RouteAccess {
  const subject = names.subject(element);
  const valueOf = (keys: readonly string[]): string =>
    keys
      .map((key) => route[key])
      .filter((value) => typeof value === "string" && value !== "")
      .map((value) => names.text(element.stack, String(value)))
      .join(", ");
  return {
    ...subject,
    table: typeof table === "string" ? names.text(element.stack, table) : subject.name,
    destination: valueOf([...DESTINATIONS, "cidr_block", "ipv6_cidr_block"]),
    through: valueOf(WAYS),
  };
}

/** Returns the group that a rule belongs to; one that the app does not make goes by its id. */
function ruledGroup(names: TokenNames, { stack, config }: Element): AccessSubject {
  const id = config["security_group_id"];
  const [group] = names.targets(stack, id);
  if (group !== undefined && GROUPS.has(group.type)) return names.subject(group);
  const name = names.text(stack, String(id));
  return { name, address: name };
}

function directionOf({ type, config }: Element): OpenPath["direction"] {
  if (type === "aws_security_group_rule") return config["type"] === "egress" ? "to" : "from";
  return type.endsWith("_egress_rule") ? "to" : "from";
}

function pathsOf(names: TokenNames, { stack }: Element, rule: Block, direction: OpenPath["direction"]): OpenPath[] {
  const peers = PEERS.flatMap((key) => {
    return textsOf(rule[key]).map((each) => names.text(stack, each));
  });
  if (rule["self"] === true) peers.push("the group itself");
  const { description } = rule;
  return peers.map((peer) => ({
    direction,
    peer,
    ports: portsOf(rule),
    description: typeof description === "string" ? names.text(stack, description) : "",
  }));
}

/** Returns the ports as people say them: `tcp 443`, `udp 1024-2048`, `all traffic`. For ICMP the ports are type and code. */
function portsOf(rule: Block): string {
  const [protocol = "-1"] = [...textsOf(rule["ip_protocol"]), ...textsOf(rule["protocol"])];
  const [[from], [to]] = [textsOf(rule["from_port"]), textsOf(rule["to_port"])];
  if (protocol === "-1" || protocol === "all") return "all traffic";
  if (from === undefined || (from === "-1" && to === "-1")) return protocol;
  return `${protocol} ${from}${to === undefined || to === from ? "" : `-${to}`}`;
}

function orderOf({ direction, peer, ports }: OpenPath): string {
  return `${direction} ${peer} ${ports}`;
}

/** Returns the parts of a configuration that put a resource into groups, whatever they are called, at any depth. */
function memberships(config: Block): unknown[] {
  return Object.entries(config).flatMap(([key, value]) => {
    if (/(?:^|_)security_groups?(?:_ids?)?$/.test(key)) return [value];
    if (typeof value !== "object" || value === null || key === "lifecycle") return [];
    return (Array.isArray(value) ? value : [value]).flatMap((each) => memberships(block(each)));
  });
}
