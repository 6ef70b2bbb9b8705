import { admit } from "../../../../core/door/admit";
import type { VpnSpec, VpnTunnelSpec } from "../vpn-spec";
import { isAead } from "./suites";

/** The largest size of a packet that still fits an Ethernet frame once encrypted, in bytes. */
export interface PacketSize {
  /** The MTU of the tunnel interface. */
  readonly mtu: number;
  /** The largest TCP segment. */
  readonly mss: number;
}

/** The sizes in the configuration files that AWS offers for download, whatever the algorithms. */
const SAMPLE: PacketSize = { mtu: 1436, mss: 1387 };

/**
 * Returns the size that fits every algorithm the tunnel may agree on: the smallest of AWS's sample configurations (1436 and 1387)
 * and of the table in "Best practices for an AWS Site-to-Site VPN customer gateway device", read for NAT traversal, since
 * a device does not know whether there is a translator on the way. An IPv6 header is 20 bytes longer than an IPv4 one.
 */
export function packetSize(spec: VpnSpec, tunnel: VpnTunnelSpec): PacketSize {
  admit("packetSize", { spec, tunnel });
  const { encryptionAlgorithms, integrityAlgorithms } = tunnel.phase2;
  let mtu = SAMPLE.mtu;
  if (encryptionAlgorithms.some((algorithm) => !isAead(algorithm))) {
    mtu = integrityAlgorithms.includes("SHA2-512") ? 1406 : 1422;
  }
  const headers = spec.insideIpVersion === "ipv6" ? 60 : 40;
  return { mtu, mss: Math.min(SAMPLE.mss, mtu - headers) };
}
