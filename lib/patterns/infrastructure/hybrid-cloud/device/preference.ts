/**
 * The preferences that follow from a tunnel's rank, in both directions: traffic of the device follows the route metric or
 * BGP's local preference, and traffic of AWS follows the AS path and the multi-exit discriminator that the device advertises.
 */
import type { VpnSpec, VpnTunnelSpec } from "../vpn-spec";

/** Returns the number of tunnels of the best rank, which share the traffic. */
export function maximumPaths({ tunnels }: VpnSpec): number {
  const best = Math.min(...tunnels.map(({ rank }) => rank));
  return tunnels.filter(({ rank }) => rank === best).length;
}

/** Returns the metric of a static route: by rank, then by number. AWS shares static routes over no two tunnels. */
export function staticMetric(tunnel: VpnTunnelSpec): number {
  return 100 + 10 * tunnel.rank + tunnel.number;
}

/** Returns the BGP local preference of routes learned through the tunnel: higher wins. */
export function localPreference(tunnel: VpnTunnelSpec): number {
  return Math.max(1, 200 - 10 * tunnel.rank);
}

/** Returns the BGP multi-exit discriminator of routes advertised through the tunnel: lower wins. */
export function multiExitDiscriminator(tunnel: VpnTunnelSpec): number {
  return 100 + 100 * tunnel.rank;
}

/** Returns the device's own ASN, as often as the tunnel's rank, to prepend to the AS path of routes advertised through it. */
export function prependedAsns(tunnel: VpnTunnelSpec, asn: number): string {
  return Array.from({ length: tunnel.rank }, () => asn).join(" ");
}

/** Returns the administrative distance of a static route through the tunnel, in the order of {@link staticMetric}. */
export function staticDistance(tunnel: VpnTunnelSpec): number {
  return 10 + 2 * tunnel.rank + tunnel.number - 1;
}
