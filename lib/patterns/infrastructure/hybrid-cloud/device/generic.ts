/**
 * ```ts
 * new SiteToSiteVpn(this, "vpn", { …, device: generic() });
 * ```
 *
 * The device for hardware that this library does not know: all settings that its administrator has to enter, once as text to
 * be read and once as JSON for a template of one's own.
 */
import type { VpnPhase, VpnSpec, VpnTunnelSpec } from "../vpn-spec";
import type { DeviceFiles, VpnDevice } from "./device";
import { deviceStarts, keepaliveSeconds } from "./liveness";
import { checkValues } from "./spec-values";
import { packetSize } from "./packet-size";
import { localPreference, multiExitDiscriminator } from "./preference";

const DEVICE = "generic device";

/**
 * Returns a device of any kind. It writes the files `connection.txt` and `connection.json`, and refuses nothing but a literal key
 * (`HYBRID_VPN_DEVICE_SECRET`) and values that are not what they claim to be (@see {@link checkValues}).
 */
export function generic(): VpnDevice {
  return {
    name: DEVICE,
    render(spec): DeviceFiles {
      checkValues(DEVICE, spec);
      return {
        "connection.txt": readable(spec),
        // A token is a plain string to JSON, and neither an address nor a key has a character that JSON escapes.
        "connection.json": `${JSON.stringify({ ...spec, tunnels: spec.tunnels.map((tunnel) => ({ ...tunnel, packetSize: packetSize(spec, tunnel) })) }, null, 2)}\n`,
      };
    },
  };
}

function readable(spec: VpnSpec): string {
  const { routing } = spec;
  const lines = [
    `VPN connection ${spec.name}. Holds pre-shared keys.`,
    "",
    ...rows([
      ["customer gateway address", spec.customerGateway.address ?? "any: AWS knows the device by its certificate"],
      ["networks on premises", list(spec.onPremisesNetworks)],
      ["networks in AWS", list(spec.awsNetworks)],
      ["traffic selector on premises", spec.trafficSelectors.onPremises],
      ["traffic selector in AWS", spec.trafficSelectors.aws],
      ["routing", routing.type === "bgp" ? "BGP" : "static"],
      ...(routing.type === "bgp"
        ? ([
            ["own ASN", String(routing.customerAsn)],
            ["AWS's ASN", String(routing.amazonAsn)],
            ["BGP hold time", `${routing.holdTimeSeconds} s, keepalive ${keepaliveSeconds(routing.holdTimeSeconds)} s`],
          ] as const)
        : []),
      ...(spec.accelerated === true ? ([["NAT traversal", "required: the connection is accelerated"]] as const) : []),
    ]),
    ...spec.tunnels.flatMap((tunnel) => ["", `Tunnel ${tunnel.number}`, "", ...rows(tunnelRows(spec, tunnel))]),
  ];
  return `${lines.join("\n")}\n`;
}

type Row = readonly [label: string, value: string];

function tunnelRows(spec: VpnSpec, tunnel: VpnTunnelSpec): Row[] {
  const { mtu, mss } = packetSize(spec, tunnel);
  const { inside, insideIpv6 } = tunnel;
  return [
    ["AWS's outside address", tunnel.outsideAddress],
    ["authentication", tunnel.preSharedKey === undefined ? "certificate" : "pre-shared key"],
    ...(tunnel.preSharedKey === undefined ? [] : ([["pre-shared key", tunnel.preSharedKey]] as const)),
    ["inside addresses", `${inside.customer} here, ${inside.aws} at AWS, of ${inside.cidr}`],
    ...(insideIpv6 === undefined
      ? []
      : ([
          ["inside IPv6 addresses", `${insideIpv6.customer} here, ${insideIpv6.aws} at AWS, of ${insideIpv6.cidr}`],
        ] as const)),
    ["IKE versions", list(tunnel.ikeVersions)],
    ...phaseRows("phase 1 (IKE)", tunnel.phase1),
    ...phaseRows("phase 2 (ESP, tunnel mode)", tunnel.phase2),
    ["perfect forward secrecy", "required"],
    ["rekey margin", `${tunnel.rekeyMarginSeconds} s, widened at random by up to ${tunnel.rekeyFuzzPercent} %`],
    ["replay window", `${tunnel.replayWindowPackets} packets`],
    ["dead peer detection", `after ${tunnel.dpdTimeoutSeconds} s; AWS then does: ${tunnel.dpdTimeoutAction}`],
    ["who starts", deviceStarts(tunnel) ? "this device" : "AWS"],
    ["MTU", `${mtu} bytes`],
    ["TCP MSS", `${mss} bytes`],
    ["rank", `${tunnel.rank}, where 0 carries the traffic`],
    ...(spec.routing.type === "bgp"
      ? ([
          ["local preference", String(localPreference(tunnel))],
          ["multi-exit discriminator", String(multiExitDiscriminator(tunnel))],
          ["AS path", tunnel.rank === 0 ? "as it is" : `own ASN prepended ${tunnel.rank} times`],
        ] as const)
      : []),
  ];
}

function phaseRows(name: string, phase: VpnPhase): Row[] {
  return [
    [`${name} encryption`, list(phase.encryptionAlgorithms)],
    [`${name} integrity`, list(phase.integrityAlgorithms)],
    [`${name} Diffie-Hellman`, list(phase.dhGroups.map((group) => `group ${group}`))],
    [`${name} lifetime`, `${phase.lifetimeSeconds} s`],
  ];
}

function rows(pairs: readonly Row[]): string[] {
  return pairs.map(([label, value]) => `  ${`${label}:`.padEnd(44)}${value}`);
}

function list(values: readonly string[]): string {
  return values.length === 0 ? "none" : values.join(", ");
}
