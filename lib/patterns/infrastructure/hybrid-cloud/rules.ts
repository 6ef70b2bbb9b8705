/**
 * The rules about the VPNs of a stack as a whole, whose values are valid one by one. Limits of a single value are errors, in
 * `tunnel-checks.ts` and `connection-checks.ts`.
 */
import { groupBy } from "../../../core/collections";
import { defineRule, type Rule } from "../../../core/rule";
import { findOverlaps } from "../../../network/overlap";
import { CONNECTIONS_PER_VPN_GATEWAY, ROUTES_PER_VPN_GATEWAY } from "./vpn-limits";
import type { DhGroup, VpnTunnelSpec } from "./vpn-spec";
import type { DeclaredConnection, VpnTopology } from "./vpn-topology";

/** Reports two owners whose addresses overlap. */
export const vpnAddressOverlap: Rule<VpnTopology> = defineRule<VpnTopology>({
  id: "vpn-address-overlap",
  title: "The addresses of two owners overlap",
  severity: "blocker",
  why: "the local route of a VPC wins over every other route, even a more specific one, so traffic to the shared addresses stays on one side without any error (VPC user guide, route priority)",
  remedy: "renumber one of the two, or declare only the part of the block that must be reached",
  *check({ addresses }) {
    for (const { a, b } of findOverlaps(addresses)) {
      const relation = a.cidr.equals(b.cidr) ? "is also" : "lies in";
      yield {
        subject: b.cidr.toString(),
        message: `${b.cidr.toString()} of ${b.owner} ${relation} ${a.cidr.toString()} of ${a.owner}`,
      };
    }
  },
});

/** Reports a VPC with more than one virtual private gateway. */
export const vpnGatewaysPerVpc: Rule<VpnTopology> = defineRule<VpnTopology>({
  id: "vpn-gateways-per-vpc",
  title: "A VPC has more than one virtual private gateway",
  severity: "blocker",
  why: "only one virtual private gateway can be attached to a VPC at a time, so the second attachment fails at apply (Site-to-Site VPN user guide, virtual private gateway)",
  remedy: "create one AwsGateway and give it to all connections of the VPC",
  *check({ vpnGateways }) {
    const byVpc = groupBy(vpnGateways, ({ vpc }) => vpc);
    for (const [vpc, gateways] of byVpc) {
      if (gateways.length < 2) continue;
      yield { subject: vpc, message: `${gateways.map(({ name }) => name).join(" and ")} are attached to one VPC` };
    }
  },
});

/** Reports a virtual private gateway with more connections than its quota. */
export const vpnConnectionsPerGateway: Rule<VpnTopology> = defineRule<VpnTopology>({
  id: "vpn-connections-per-gateway",
  title: "A virtual private gateway exceeds its connection quota",
  severity: "blocker",
  why: `AWS allows ${CONNECTIONS_PER_VPN_GATEWAY} VPN connections on a virtual private gateway unless the quota was raised (Site-to-Site VPN user guide, quotas)`,
  remedy: "use a transit gateway, or have the quota raised and waive this finding",
  *check({ connections }) {
    for (const [gateway, same] of onVpnGateways(connections)) {
      if (same.length <= CONNECTIONS_PER_VPN_GATEWAY) continue;
      yield { subject: gateway, message: `${same.length} connections end at it` };
    }
  },
});

/** Reports a virtual private gateway with more routes than it propagates. */
export const vpnRoutesPerGateway: Rule<VpnTopology> = defineRule<VpnTopology>({
  id: "vpn-routes-per-gateway",
  title: "A virtual private gateway exceeds its route limit",
  severity: "blocker",
  why: `a connection to a virtual private gateway learns at most ${ROUTES_PER_VPN_GATEWAY} routes, and a route table takes as many propagated ones; neither can be raised (quotas of Site-to-Site VPN and of Amazon VPC)`,
  remedy: "summarize the networks of the sites, or use a transit gateway",
  *check({ connections }) {
    for (const [gateway, same] of onVpnGateways(connections)) {
      const networks = new Set(same.flatMap(({ spec }) => spec.onPremisesNetworks));
      if (networks.size <= ROUTES_PER_VPN_GATEWAY) continue;
      yield { subject: gateway, message: `${networks.size} on-premises networks are routed through it` };
    }
  },
});

/** Reports a tunnel that accepts IKEv1. */
export const vpnIkeV1: Rule<VpnTopology> = defineRule<VpnTopology>({
  id: "vpn-ikev1",
  title: "A tunnel accepts IKEv1",
  severity: "warning",
  why: "IKEv1 is deprecated: it has known weaknesses and is no longer maintained (RFC 9395)",
  remedy: 'set ikeVersions to ["ikev2"]; where the device cannot, plan its replacement and waive this finding',
  *check(topology) {
    for (const { subject, tunnel } of tunnelsOf(topology)) {
      if (tunnel.ikeVersions.includes("ikev1")) yield { subject, message: "it accepts IKEv1" };
    }
  },
});

/** Reports a tunnel that accepts SHA-1. */
export const vpnSha1: Rule<VpnTopology> = defineRule<VpnTopology>({
  id: "vpn-sha1",
  title: "A tunnel accepts SHA-1",
  severity: "warning",
  why: "SHA-1 is being retired everywhere and new deployments must not rely on it (NIST SP 800-131A)",
  remedy: "remove SHA1 from integrityAlgorithms; SHA2-256 is the least that is recommended",
  *check(topology) {
    for (const { subject, tunnel } of tunnelsOf(topology)) {
      const phases = ([1, 2] as const).filter((n) => tunnel[`phase${n}`].integrityAlgorithms.includes("SHA1"));
      if (phases.length > 0) yield { subject, message: `it accepts SHA-1 in phase ${phases.join(" and ")}` };
    }
  },
});

const WEAK_DH_GROUPS: readonly DhGroup[] = [2, 5, 22, 23, 24];

/** Reports a tunnel that accepts Diffie-Hellman groups that are too small, or of doubtful origin. */
export const vpnWeakDhGroup: Rule<VpnTopology> = defineRule<VpnTopology>({
  id: "vpn-weak-dh-group",
  title: "A tunnel accepts a weak Diffie-Hellman group",
  severity: "warning",
  why: "groups 2 and 5 have fewer than 2,048 bits, and 22 to 24 have small subgroups of unexplained origin (RFC 8247, section 2.4)",
  remedy: "offer group 19, 20 or 21, or 14 and above where the device has no elliptic curves",
  *check(topology) {
    for (const { subject, tunnel } of tunnelsOf(topology)) {
      const weak = [...tunnel.phase1.dhGroups, ...tunnel.phase2.dhGroups].filter((g) => WEAK_DH_GROUPS.includes(g));
      if (weak.length === 0) continue;
      const groups = [...new Set(weak)].sort((a, b) => a - b).join(", ");
      yield { subject, message: `it accepts group ${groups}` };
    }
  },
});

/** All rules about the VPNs of a stack. */
export const vpnRules: readonly Rule<VpnTopology>[] = [
  vpnAddressOverlap,
  vpnGatewaysPerVpc,
  vpnConnectionsPerGateway,
  vpnRoutesPerGateway,
  vpnIkeV1,
  vpnSha1,
  vpnWeakDhGroup,
];

function* tunnelsOf({ connections }: VpnTopology): Iterable<{ subject: string; tunnel: VpnTunnelSpec }> {
  for (const { spec } of connections) {
    for (const tunnel of spec.tunnels) yield { subject: `${spec.name} tunnel ${tunnel.number}`, tunnel };
  }
}

function onVpnGateways(connections: readonly DeclaredConnection[]): Map<string, DeclaredConnection[]> {
  return groupBy(
    connections.filter(({ gatewayKind }) => gatewayKind === "vpn"),
    ({ gateway }) => gateway,
  );
}
