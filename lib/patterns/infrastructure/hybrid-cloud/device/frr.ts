/**
 * frr.conf, the configuration of the BGP speaker beside strongSwan. Only the declared networks are advertised and accepted, by
 * prefix lists in both directions. A tunnel's rank decides in both directions too: by local preference for traffic that the
 * device sends, by AS path and multi-exit discriminator for traffic that AWS sends (AWS compares them in that order).
 *
 * Source: the FRR user guide's chapter on BGP; "Route tables and AWS Site-to-Site VPN route priority" of the AWS guide.
 */
import type { BgpRoutingSpec } from "../vpn-spec";
import type { CheckedSpec, KeyedTunnel } from "./check-spec";
import { keepaliveSeconds } from "./liveness";
import { localPreference, maximumPaths, multiExitDiscriminator, prependedAsns } from "./preference";

/** Returns the text of frr.conf. */
export function frrConf(spec: CheckedSpec, routing: BgpRoutingSpec): string {
  const ipv6 = spec.insideIpVersion === "ipv6";
  const family = ipv6 ? "ipv6" : "ip";
  const peers = spec.tunnels.map((tunnel) => ({ tunnel, peer: peerAddress(tunnel, ipv6) }));
  const [first] = spec.tunnels;
  const shared = maximumPaths(spec);
  return `! The BGP speaker of VPN connection ${spec.name}. Install as /etc/frr/frr.conf with bgpd=yes in /etc/frr/daemons.
frr defaults traditional
log syslog informational
!
${prefixList(family, `${spec.name}-from-aws`, spec.awsNetworks)}
!
${prefixList(family, `${spec.name}-to-aws`, spec.onPremisesNetworks)}
!
${spec.tunnels.map((tunnel) => routeMaps(spec, routing, tunnel, ipv6)).join("")}router bgp ${routing.customerAsn}
 bgp router-id ${first.inside.customer}
 bgp log-neighbor-changes
 no bgp network import-check
${ipv6 ? " no bgp default ipv4-unicast\n" : ""}${peers
    .map(
      ({ tunnel, peer }) => ` neighbor ${peer} remote-as ${routing.amazonAsn}
 neighbor ${peer} description ${spec.name} tunnel ${tunnel.number}
 neighbor ${peer} timers ${keepaliveSeconds(routing.holdTimeSeconds)} ${routing.holdTimeSeconds}
 neighbor ${peer} timers connect 10
`,
    )
    .join("")} !
 address-family ${ipv6 ? "ipv6" : "ipv4"} unicast
${spec.onPremisesNetworks.map((network) => `  network ${network}\n`).join("")}${peers
    .map(
      ({ tunnel, peer }) => `  neighbor ${peer} activate
  neighbor ${peer} soft-reconfiguration inbound
  neighbor ${peer} route-map ${spec.name}-from-aws-${tunnel.number} in
  neighbor ${peer} route-map ${spec.name}-to-aws-${tunnel.number} out
`,
    )
    .join("")}  maximum-paths ${shared}
 exit-address-family
!
`;
}

function peerAddress(tunnel: KeyedTunnel, ipv6: boolean): string {
  return ipv6 && tunnel.insideIpv6 !== undefined ? tunnel.insideIpv6.aws : tunnel.inside.aws;
}

/** Returns the lines of a prefix list. An empty list would accept everything, so it has an explicit deny. */
function prefixList(family: "ip" | "ipv6", name: string, networks: readonly string[]): string {
  if (networks.length === 0) return `${family} prefix-list ${name} seq 5 deny any`;
  return networks
    .map((network, index) => `${family} prefix-list ${name} seq ${5 * (index + 1)} permit ${network}`)
    .join("\n");
}

function routeMaps(spec: CheckedSpec, routing: BgpRoutingSpec, tunnel: KeyedTunnel, ipv6: boolean): string {
  const match = ipv6 ? "ipv6" : "ip";
  const prepend = prependedAsns(tunnel, routing.customerAsn);
  return `route-map ${spec.name}-from-aws-${tunnel.number} permit 10
 match ${match} address prefix-list ${spec.name}-from-aws
 set local-preference ${localPreference(tunnel)}
!
route-map ${spec.name}-to-aws-${tunnel.number} permit 10
 match ${match} address prefix-list ${spec.name}-to-aws
 set metric ${multiExitDiscriminator(tunnel)}
${prepend === "" ? "" : ` set as-path prepend ${prepend}\n`}!
`;
}
