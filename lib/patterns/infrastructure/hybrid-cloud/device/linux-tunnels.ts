/**
 * The shell script that creates the tunnel interfaces, and the routes of static routing. It uses XFRM interfaces rather than
 * policies, so that routes alone decide what goes through which tunnel.
 *
 * Trap: the text becomes a Terraform string, in which a dollar or per cent sign before a brace begins an expression. The
 * script therefore writes `$name` and never the form with braces.
 */
import type { CheckedSpec, KeyedTunnel } from "./check-spec";
import { packetSize } from "./packet-size";
import { deviceStarts } from "./liveness";
import { staticMetric } from "./preference";
import { tunnelName } from "./swanctl";

/** The highest metric that FRR's zebra still ranks below every routing protocol: its top byte is the distance, 255. */
const LAST_RESORT_METRIC = 4_278_198_272;

/** The number added to a tunnel's metric for the routes that only bring it up. */
const TRIGGER_METRIC = 100_000;

/** A function that returns the number of a tunnel's interface. */
type InterfaceId = (tunnel: KeyedTunnel) => number;

/** Returns the name of a tunnel's interface: `xfrm1`. */
function interfaceName(id: number): string {
  return `xfrm${id}`;
}

/** Returns the path that the script is installed at. */
export function scriptPath(spec: CheckedSpec): string {
  return `/usr/local/sbin/${spec.name}-tunnels`;
}

/** Returns the text of the script. It is also strongSwan's updown script where routing is static. */
export function tunnelsScript(spec: CheckedSpec, interfaceId: InterfaceId): string {
  const ip = spec.insideIpVersion === "ipv6" ? "ip -6" : "ip";
  const table = spec.name.replaceAll("-", "_");
  const up = spec.tunnels.map((tunnel) => interfaceUp(spec, tunnel, interfaceId(tunnel)));
  const triggers = spec.routing.type === "static" ? triggerRoutes(spec, interfaceId, ip) : [];
  const down = spec.tunnels.map(
    (tunnel) => `  ip link delete dev ${interfaceName(interfaceId(tunnel))} 2>/dev/null || true`,
  );
  const unreachable = (verb: string, after = ""): string[] =>
    spec.awsNetworks.map(
      (network) => `  ${ip} route ${verb} unreachable ${network} metric ${LAST_RESORT_METRIC}${after}`,
    );
  return `#!/bin/sh
# The tunnel interfaces of VPN connection ${spec.name}.
# Install as ${scriptPath(spec)}, mode 0755; ${spec.name}-tunnels.service runs it at boot.
# usage: ${spec.name}-tunnels up | down
set -eu

up() {
${up.join("\n")}
  # While no tunnel is up, nothing for AWS may leave in the clear by the default route.
${[...unreachable("replace"), ...triggers].join("\n")}
  sysctl -q -w net.${spec.insideIpVersion === "ipv6" ? "ipv6.conf.all.forwarding" : "ipv4.ip_forward"}=1
  # TCP learns the size that fits the tunnel; the kernel only ever lowers it.
  nft -f - <<RULES
table inet ${table} {
}
delete table inet ${table}
table inet ${table} {
  chain clamp {
${spec.tunnels.map((tunnel) => clamp(spec, tunnel, interfaceName(interfaceId(tunnel)))).join("\n")}
  }
  chain forward {
    type filter hook forward priority mangle
    jump clamp
  }
  chain output {
    type filter hook output priority mangle
    jump clamp
  }
}
RULES
}

down() {
  nft delete table inet ${table} 2>/dev/null || true
${[...unreachable("del", " 2>/dev/null || true"), ...down].join("\n")}
}
${spec.routing.type === "static" ? staticRoutes(spec, interfaceId, ip) : ""}
case "$*" in
  up) up ;;
  down) down ;;
  *) echo "usage: ${spec.name}-tunnels up | down" >&2; exit 64 ;;
esac
`;
}

function interfaceUp(spec: CheckedSpec, tunnel: KeyedTunnel, id: number): string {
  const name = interfaceName(id);
  const prefix = (cidr: string): string => cidr.slice(cidr.indexOf("/"));
  const { inside, insideIpv6 } = tunnel;
  const addresses = [inside, ...(insideIpv6 === undefined ? [] : [insideIpv6])];
  return `  # tunnel ${tunnel.number}
  ip link show dev ${name} >/dev/null 2>&1 || ip link add ${name} type xfrm dev lo if_id ${id}
  ip link set dev ${name} mtu ${packetSize(spec, tunnel).mtu} up
${addresses.map(({ cidr, customer }) => `  ip address replace ${customer}${prefix(cidr)} dev ${name}`).join("\n")}
  # Answers may come back through the other tunnel: check that a source is routed, not that it is routed here.
  sysctl -q -w net.ipv4.conf.${name}.rp_filter=2`;
}

function clamp(spec: CheckedSpec, tunnel: KeyedTunnel, name: string): string {
  const { mss } = packetSize(spec, tunnel);
  return [`iifname "${name}"`, `oifname "${name}"`]
    .map((match) => `    ${match} tcp flags syn tcp option maxseg size set ${mss}`)
    .join("\n");
}

/**
 * Returns the lines for static routes. A tunnel's routes exist while its child security association does, so that the other
 * tunnel's take over.
 */
function staticRoutes(spec: CheckedSpec, interfaceId: InterfaceId, ip: string): string {
  const family = spec.insideIpVersion === "ipv6" ? "-v6" : "";
  const branch = (tunnel: KeyedTunnel, event: "up" | "down"): string => {
    const verb = event === "up" ? "replace" : "del";
    const routes = spec.awsNetworks.map(
      (network) =>
        `    ${ip} route ${verb} ${network} dev ${interfaceName(interfaceId(tunnel))} metric ${staticMetric(tunnel)}${event === "up" ? "" : " || true"}`,
    );
    return `  ${event}-client${family}:${tunnelName(spec, tunnel)})\n${routes.join("\n")}\n    exit 0 ;;`;
  };
  return `
# strongSwan calls this script without arguments when a tunnel has come up or gone down.
verb=$(printenv PLUTO_VERB || true)
connection=$(printenv PLUTO_CONNECTION || true)
case "$verb:$connection" in
${spec.tunnels.flatMap((tunnel) => [branch(tunnel, "up"), branch(tunnel, "down")]).join("\n")}
  ?*:*) exit 0 ;;
esac
`;
}

/**
 * Returns the lines for trigger routes. With static routing, a tunnel that is down has no route, and so no packet that would meet its trap policy. These routes
 * rank below those of any tunnel that is up, and send a packet into the tunnel to bring it up.
 */
function triggerRoutes(spec: CheckedSpec, interfaceId: InterfaceId, ip: string): string[] {
  return spec.tunnels
    .filter(deviceStarts)
    .flatMap((tunnel) =>
      spec.awsNetworks.map(
        (network) =>
          `  ${ip} route replace ${network} dev ${interfaceName(interfaceId(tunnel))} metric ${TRIGGER_METRIC + staticMetric(tunnel)}`,
      ),
    );
}

/** Returns the text of the systemd unit that runs the script before strongSwan starts. */
export function tunnelsUnit(spec: CheckedSpec): string {
  return `# Install as /etc/systemd/system/${spec.name}-tunnels.service, then: systemctl enable --now ${spec.name}-tunnels
[Unit]
Description=Tunnel interfaces of VPN connection ${spec.name}
After=network-pre.target
Before=strongswan.service frr.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${scriptPath(spec)} up
ExecStop=${scriptPath(spec)} down

[Install]
WantedBy=multi-user.target
`;
}
