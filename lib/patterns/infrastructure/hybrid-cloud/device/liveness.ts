import type { VpnTunnelSpec } from "../vpn-spec";

/** Returns the seconds of silence after which the device probes the peer: a third of the tunnel's DPD timeout. */
export function probeSeconds(tunnel: VpnTunnelSpec): number {
  return Math.max(10, Math.floor(tunnel.dpdTimeoutSeconds / 3));
}

/** Returns the seconds between BGP keepalives: a third of the hold time, as RFC 4271 section 4.4 advises. */
export function keepaliveSeconds(holdTimeSeconds: number): number {
  return Math.max(1, Math.floor(holdTimeSeconds / 3));
}

/**
 * Checks whether the device starts the negotiation. Exactly one side does: AWS allows a tunnel one pair of security associations,
 * and two sides that start together make two.
 */
export function deviceStarts(tunnel: VpnTunnelSpec): boolean {
  return tunnel.startupAction === "add";
}
