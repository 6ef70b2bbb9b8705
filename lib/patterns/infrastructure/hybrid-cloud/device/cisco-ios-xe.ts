/**
 * ```ts
 * new SiteToSiteVpn(this, "vpn", { …, device: ciscoIosXe({ outsideInterface: "GigabitEthernet1" }) });
 * ```
 *
 * The device for a Cisco router with IOS XE: IKEv2, one static virtual tunnel interface for each tunnel. IOS chooses an IKEv2 policy by the
 * *local* address, which both tunnels share: so there is one policy, with the proposals of both, and AWS's end of each
 * tunnel picks from it what that tunnel accepts.
 *
 * Source: Cisco's "IKEv2 Configuration" and "Security Command Reference"; AWS's sample configuration for Cisco IOS.
 */
import { Cidr } from "../../../../network/cidr";
import type { DhGroup, EncryptionAlgorithm, IntegrityAlgorithm } from "../vpn-spec";
import { checkSpec, requireIpv4RouteBased, type CheckedSpec, type KeyedTunnel } from "./check-spec";
import type { DeviceFiles, VpnDevice } from "./device";
import { deviceStarts, keepaliveSeconds, probeSeconds } from "./liveness";
import { packetSize } from "./packet-size";
import { localPreference, maximumPaths, multiExitDiscriminator, prependedAsns, staticDistance } from "./preference";
import { checkOptions, optionNumber, optionWord } from "./spec-values";
import { combinations, suitesOf, type Suite, type SuiteCapability } from "./suites";
import { unsupported } from "./unsupported";

const DEVICE = "Cisco IOS XE";

/** The largest number of transform sets in an IPsec profile. */
const TRANSFORM_SETS = 6;

/** The sizes of IOS XE's replay window, in packets. */
const REPLAY_WINDOWS = [64, 128, 256, 512, 1024] as const;

const integrity = new Map<IntegrityAlgorithm, string>([
  ["SHA1", "sha1"],
  ["SHA2-256", "sha256"],
  ["SHA2-384", "sha384"],
  ["SHA2-512", "sha512"],
]);

const dhGroups = new Map<DhGroup, string>(
  ([2, 5, 14, 15, 16, 19, 20, 21, 24] as const).map((group) => [group, String(group)]),
);

const phase1Capability: SuiteCapability = {
  device: DEVICE,
  encryption: new Map<EncryptionAlgorithm, string>([
    ["AES128", "aes-cbc-128"],
    ["AES256", "aes-cbc-256"],
    ["AES128-GCM-16", "aes-gcm-128"],
    ["AES256-GCM-16", "aes-gcm-256"],
  ]),
  integrity,
  dhGroups,
};

const phase2Capability: SuiteCapability = {
  device: DEVICE,
  encryption: new Map<EncryptionAlgorithm, string>([
    ["AES128", "esp-aes"],
    ["AES256", "esp-aes 256"],
    ["AES128-GCM-16", "esp-gcm"],
    ["AES256-GCM-16", "esp-gcm 256"],
  ]),
  integrity: new Map<IntegrityAlgorithm, string>([
    ["SHA1", "esp-sha-hmac"],
    ["SHA2-256", "esp-sha256-hmac"],
    ["SHA2-384", "esp-sha384-hmac"],
    ["SHA2-512", "esp-sha512-hmac"],
  ]),
  dhGroups,
};

/** The largest number of a first tunnel's interface: IOS XE has 0 to 2147483647, and the second tunnel takes the next one. */
const LARGEST_TUNNEL_INTERFACE = 2_147_483_646;

/** Options of {@link ciscoIosXe}. */
export interface CiscoIosXeOptions {
  /** The interface towards the internet: `GigabitEthernet1`. */
  readonly outsideInterface: string;
  /**
   * The number of the first tunnel's interface.
   * @default 1, which makes interfaces Tunnel1 and Tunnel2
   */
  readonly firstTunnelInterface?: number;
}

/**
 * Returns the device for IOS XE 16.12 or later. It writes one file, `ios-xe.cfg`, to be pasted in configuration mode or copied to the running configuration.
 *
 * Diffie-Hellman groups 17, 18, 22 and 23 and a replay window above 1024 packets are beyond it; perfect forward secrecy
 * takes one group, the first of the list that it knows. Carries IPv4 only.
 */
export function ciscoIosXe(options: CiscoIosXeOptions): VpnDevice {
  checkOptions(DEVICE, options, {
    outsideInterface: optionWord("INTERFACE", "the name of an interface, like GigabitEthernet1", /^[\w/.:-]{1,63}$/),
    firstTunnelInterface: optionNumber(0, LARGEST_TUNNEL_INTERFACE),
  });
  const { outsideInterface, firstTunnelInterface = 1 } = options;
  return {
    name: DEVICE,
    render(spec): DeviceFiles {
      const checked = checkSpec(DEVICE, spec);
      requireIpv4RouteBased(DEVICE, checked);
      const interfaceOf = (tunnel: KeyedTunnel): string => `Tunnel${firstTunnelInterface + tunnel.number - 1}`;
      return { "ios-xe.cfg": configuration(checked, outsideInterface, interfaceOf) };
    },
  };
}

type InterfaceOf = (tunnel: KeyedTunnel) => string;

function configuration(spec: CheckedSpec, outsideInterface: string, interfaceOf: InterfaceOf): string {
  const proposals = spec.tunnels.flatMap((tunnel) =>
    suitesOf(tunnel, "phase1", phase1Capability).map((suite, index) => ({
      name: `${spec.name}-t${tunnel.number}-${index + 1}`,
      suite,
    })),
  );
  return `! The on-premises end of VPN connection ${spec.name}. Holds pre-shared keys.
${proposals.map(({ name, suite }) => ikeProposal(name, suite)).join("")}!
crypto ikev2 policy ${spec.name}
 match address local ${spec.customerGateway.address}
${proposals.map(({ name }) => ` proposal ${name}\n`).join("")}!
crypto ipsec df-bit clear
!
${spec.tunnels.map((tunnel) => tunnelConfiguration(spec, tunnel, outsideInterface, interfaceOf)).join("")}${
    spec.routing.type === "bgp" ? bgp(spec) : staticRoutes(spec, interfaceOf)
  }`;
}

function ikeProposal(name: string, suite: Suite): string {
  return `!
crypto ikev2 proposal ${name}
 encryption ${suite.encryption.join(" ")}
 ${suite.aead ? "prf" : "integrity"} ${suite.integrity.join(" ")}
 group ${suite.dhGroups.join(" ")}
`;
}

function tunnelConfiguration(
  spec: CheckedSpec,
  tunnel: KeyedTunnel,
  outsideInterface: string,
  interfaceOf: InterfaceOf,
): string {
  const name = `${spec.name}-t${tunnel.number}`;
  const suites = suitesOf(tunnel, "phase2", phase2Capability);
  const transformSets = suites
    .flatMap((suite) => suite.encryption.flatMap((each) => transforms(suite, each)))
    .slice(0, TRANSFORM_SETS)
    .map((transform, index) => ({ setName: `${name}-${index + 1}`, transform }));
  const { mtu, mss } = packetSize(spec, tunnel);
  return `! tunnel ${tunnel.number}
crypto ikev2 keyring ${name}
 peer ${name}
  address ${tunnel.outsideAddress}
  pre-shared-key ${tunnel.preSharedKey}
!
crypto ikev2 profile ${name}
 match address local ${spec.customerGateway.address}
 match identity remote address ${tunnel.outsideAddress} 255.255.255.255
 identity local address ${spec.customerGateway.address}
 authentication remote pre-share
 authentication local pre-share
 keyring local ${name}
 lifetime ${tunnel.phase1.lifetimeSeconds}
 dpd ${probeSeconds(tunnel)} ${Math.max(2, Math.floor((tunnel.dpdTimeoutSeconds - probeSeconds(tunnel)) / 5))} periodic
!
${transformSets.map(({ setName, transform }) => `crypto ipsec transform-set ${setName} ${transform}\n mode tunnel\n!\n`).join("")}crypto ipsec profile ${name}
 set transform-set ${transformSets.map(({ setName }) => setName).join(" ")}
 set pfs group${suites[0].dhGroups[0]}
 set security-association lifetime seconds ${tunnel.phase2.lifetimeSeconds}
 set security-association lifetime kilobytes disable
 set security-association replay window-size ${replayWindow(tunnel)}
 set ikev2-profile ${name}
${deviceStarts(tunnel) ? "" : " responder-only\n"}!
interface ${interfaceOf(tunnel)}
 description ${spec.name} tunnel ${tunnel.number}
 ip address ${tunnel.inside.customer} ${netmask(tunnel.inside.cidr)}
 ip mtu ${mtu}
 ip tcp adjust-mss ${mss}
 ip virtual-reassembly
 tunnel source ${outsideInterface}
 tunnel destination ${tunnel.outsideAddress}
 tunnel mode ipsec ipv4
 tunnel protection ipsec profile ${name}
 no shutdown
!
`;
}

function transforms(suite: Suite, encryption: string): string[] {
  if (suite.aead) return [encryption];
  return combinations({ ...suite, encryption: [encryption], dhGroups: [suite.dhGroups[0]] }).map(
    (each) => `${each.encryption} ${each.integrity}`,
  );
}

/** Returns the smallest window that holds as many packets as asked. */
function replayWindow(tunnel: KeyedTunnel): number {
  const window = REPLAY_WINDOWS.find((each) => each >= tunnel.replayWindowPackets);
  if (window !== undefined) return window;
  throw unsupported({
    code: "HYBRID_VPN_DEVICE_REPLAY_WINDOW",
    device: DEVICE,
    tunnel,
    property: "replayWindowPackets",
    received: tunnel.replayWindowPackets,
    allowed: "up to 1024 packets",
    fix: "lower the tunnel's replay window",
  });
}

function staticRoutes(spec: CheckedSpec, interfaceOf: InterfaceOf): string {
  // The line protocol of a tunnel interface follows its security association, and with it the route.
  return spec.tunnels
    .flatMap((tunnel) =>
      spec.awsNetworks.map(
        (network) => `ip route ${networkAndMask(network)} ${interfaceOf(tunnel)} ${staticDistance(tunnel)}\n`,
      ),
    )
    .concat("!\n")
    .join("");
}

function bgp(spec: CheckedSpec): string {
  if (spec.routing.type !== "bgp") return "";
  const { customerAsn, amazonAsn, holdTimeSeconds } = spec.routing;
  const lists = (name: string, networks: readonly string[]): string =>
    networks.length === 0
      ? `ip prefix-list ${name} seq 5 deny 0.0.0.0/0 le 32\n`
      : networks.map((network, index) => `ip prefix-list ${name} seq ${5 * (index + 1)} permit ${network}\n`).join("");
  const maps = spec.tunnels.map((tunnel) => {
    const prepend = prependedAsns(tunnel, customerAsn);
    return `route-map ${spec.name}-from-aws-${tunnel.number} permit 10
 match ip address prefix-list ${spec.name}-from-aws
 set local-preference ${localPreference(tunnel)}
!
route-map ${spec.name}-to-aws-${tunnel.number} permit 10
 match ip address prefix-list ${spec.name}-to-aws
 set metric ${multiExitDiscriminator(tunnel)}
${prepend === "" ? "" : ` set as-path prepend ${prepend}\n`}!
`;
  });
  const peers = spec.tunnels.map(
    (tunnel) => ` neighbor ${tunnel.inside.aws} remote-as ${amazonAsn}
 neighbor ${tunnel.inside.aws} description ${spec.name} tunnel ${tunnel.number}
 neighbor ${tunnel.inside.aws} timers ${keepaliveSeconds(holdTimeSeconds)} ${holdTimeSeconds}
`,
  );
  const activations = spec.tunnels.map(
    (tunnel) => `  neighbor ${tunnel.inside.aws} activate
  neighbor ${tunnel.inside.aws} soft-reconfiguration inbound
  neighbor ${tunnel.inside.aws} route-map ${spec.name}-from-aws-${tunnel.number} in
  neighbor ${tunnel.inside.aws} route-map ${spec.name}-to-aws-${tunnel.number} out
`,
  );
  return `${lists(`${spec.name}-from-aws`, spec.awsNetworks)}!
${lists(`${spec.name}-to-aws`, spec.onPremisesNetworks)}!
${maps.join("")}! BGP advertises only what is in the routing table: these hold the place where only more specific routes are.
${spec.onPremisesNetworks.map((network) => `ip route ${networkAndMask(network)} Null0 254\n`).join("")}!
router bgp ${customerAsn}
 bgp log-neighbor-changes
${peers.join("")} !
 address-family ipv4
${spec.onPremisesNetworks.map((network) => `  network ${networkWithMaskKeyword(network)}\n`).join("")}${activations.join("")}  maximum-paths ${maximumPaths(spec)}
 exit-address-family
!
`;
}

function netmask(cidr: string): string {
  const { prefixLength } = Cidr.parse(cidr);
  return Cidr.of(4, ((1n << BigInt(prefixLength)) - 1n) << BigInt(32 - prefixLength), 32).addressAt(0);
}

function networkAndMask(network: string): string {
  return `${Cidr.parse(network).addressAt(0)} ${netmask(network)}`;
}

function networkWithMaskKeyword(network: string): string {
  return `${Cidr.parse(network).addressAt(0)} mask ${netmask(network)}`;
}
