/**
 * How a tunnel's rank becomes a preference. In both directions: what the device sends follows the route metric or BGP's
 * local preference, and what AWS sends follows the AS path and the multi-exit discriminator that the device advertises.
 */
import type { VpnSpec, VpnTunnelSpec } from "../vpn-spec";

/** How many tunnels of the best rank share the traffic. */
export function maximumPaths({ tunnels }: VpnSpec): number {
  const best = Math.min(...tunnels.map(({ rank }) => rank));
  return tunnels.filter(({ rank }) => rank === best).length;
}

/** The order in which static routes are tried: by rank, then by number. AWS shares static routes over no two tunnels. */
export function staticMetric(tunnel: VpnTunnelSpec): number {
  return 100 + 10 * tunnel.rank + tunnel.number;
}

/** BGP local preference of what is learned through the tunnel: higher wins. */
export function localPreference(tunnel: VpnTunnelSpec): number {
  return Math.max(1, 200 - 10 * tunnel.rank);
}

/** BGP multi-exit discriminator of what is advertised through the tunnel: lower wins. */
export function multiExitDiscriminator(tunnel: VpnTunnelSpec): number {
  return 100 + 100 * tunnel.rank;
}

/** How often the device's own ASN is prepended to what is advertised through the tunnel: as often as its rank says. */
export function prependedAsns(tunnel: VpnTunnelSpec, asn: number): string {
  return Array.from({ length: tunnel.rank }, () => asn).join(" ");
}

/** Administrative distance of a static route through the tunnel, in the order of {@link staticMetric}. */
export function staticDistance(tunnel: VpnTunnelSpec): number {
  return 10 + 2 * tunnel.rank + tunnel.number - 1;
}
