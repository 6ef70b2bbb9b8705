/**
 * The changes of a site-to-site VPN connection that interrupt it. A changed option of a tunnel takes that tunnel down for minutes,
 * another gateway or other networks take both down (AWS Site-to-Site VPN User Guide, "Modify AWS Site-to-Site VPN tunnel options"
 * and "Modify an AWS Site-to-Site VPN connection").
 */
import { compareText } from "../../core/text";
import { isUnknown, member, UNKNOWN_VALUE } from "./block-values";
import type { InPlaceCut } from "./cut";

/** The attributes of the connection that concern both tunnels. */
const BOTH = [
  "customer_gateway_id",
  "vpn_gateway_id",
  "transit_gateway_id",
  "local_ipv4_network_cidr",
  "local_ipv6_network_cidr",
  "remote_ipv4_network_cidr",
  "remote_ipv6_network_cidr",
];

/** The attributes that AWS answers and nobody sets. */
const ANSWERED = /^tunnel[12]_(?:address|bgp_asn|bgp_holdtime|cgw_inside_address|vgw_inside_address)$/;

/** Returns a cut for each tunnel that goes down, or one for both. */
export function tunnelCuts(before: unknown, after: unknown): InPlaceCut[] {
  const names = [...keysOf(before), ...keysOf(after)];
  const changed = (name: string): boolean => differ(member(before, name), member(after, name));
  const both = BOTH.filter((name) => names.includes(name) && changed(name));
  if (both.length > 0) return [cut("both tunnels", both, before, after)];
  return (["tunnel1", "tunnel2"] as const).flatMap((tunnel) => {
    const own = [...new Set(names)].filter(
      (name) => name.startsWith(`${tunnel}_`) && !ANSWERED.test(name) && changed(name),
    );
    return own.length === 0 ? [] : [cut(tunnel, own.sort(compareText), before, after)];
  });
}

function cut(what: string, attributes: readonly string[], before: unknown, after: unknown): InPlaceCut {
  const certain = attributes.some((name) => isUnknown(member(before, name)) === isUnknown(member(after, name)));
  const verb = certain ? "takes" : "may take";
  return {
    kind: "tunnel-down",
    attributes,
    effect: `${verb} ${what} down by ${attributes.join(", ")}`,
    certain,
    light: false,
  };
}

function keysOf(config: unknown): string[] {
  return typeof config === "object" && config !== null ? Object.keys(config) : [];
}

/** An option that nobody gives is AWS's own: a plan may have it as an empty text, an empty list or nothing. */
function differ(before: unknown, after: unknown): boolean {
  if (before === undefined && after === UNKNOWN_VALUE) return false;
  return canonical(before) !== canonical(after);
}

function canonical(value: unknown): string {
  if (value === undefined || value === "" || value === 0 || (Array.isArray(value) && value.length === 0)) return "";
  // What is a set in the provider has no order.
  return JSON.stringify(Array.isArray(value) ? value.map((each) => JSON.stringify(each)).sort(compareText) : value);
}
