/**
 * ```ts
 * new SiteToSiteVpn(this, "vpn", { …, device: juniperSrx({ outsideInterface: "ge-0/0/0.0" }) });
 * ```
 *
 * The device for a Juniper SRX firewall: one unit of the secure tunnel interface st0 for each tunnel, as `set` commands. A Junos proposal
 * holds one algorithm of each kind, so a phase becomes several proposals, best first.
 *
 * Source: the Junos CLI reference (security ike proposal, security ipsec proposal, dead-peer-detection); AWS's sample
 * configuration for Juniper SRX.
 */
import type { DhGroup, EncryptionAlgorithm, IntegrityAlgorithm } from "../vpn-spec";
import { checkSpec, requireIpv4RouteBased, type CheckedSpec, type KeyedTunnel } from "./check-spec";
import type { DeviceFiles, VpnDevice } from "./device";
import { deviceStarts } from "./liveness";
import { packetSize } from "./packet-size";
import { localPreference, maximumPaths, multiExitDiscriminator, prependedAsns, staticDistance } from "./preference";
import { checkOptions, optionNumber, optionWord } from "./spec-values";
import { combinations, suitesOf, type SuiteCapability } from "./suites";
import { unsupported } from "./unsupported";

const DEVICE = "Juniper SRX";

/** The largest number of proposals in a Junos IKE or IPsec policy. */
const PROPOSALS = 4;

/** The largest length of the name of a Junos proposal, in characters. */
const NAME_LIMIT = 32;

const dhGroups = new Map<DhGroup, string>(
  ([2, 5, 14, 15, 16, 19, 20, 21, 24] as const).map((group) => [group, `group${group}`]),
);

const encryption = new Map<EncryptionAlgorithm, string>([
  ["AES128", "aes-128-cbc"],
  ["AES256", "aes-256-cbc"],
  ["AES128-GCM-16", "aes-128-gcm"],
  ["AES256-GCM-16", "aes-256-gcm"],
]);

const phase1Capability: SuiteCapability = {
  device: DEVICE,
  encryption,
  integrity: new Map<IntegrityAlgorithm, string>([
    ["SHA1", "sha1"],
    ["SHA2-256", "sha-256"],
    ["SHA2-384", "sha-384"],
    ["SHA2-512", "sha-512"],
  ]),
  dhGroups,
};

const phase2Capability: SuiteCapability = {
  device: DEVICE,
  encryption,
  integrity: new Map<IntegrityAlgorithm, string>([
    ["SHA1", "hmac-sha1-96"],
    ["SHA2-256", "hmac-sha-256-128"],
    ["SHA2-384", "hmac-sha-384"],
    ["SHA2-512", "hmac-sha-512"],
  ]),
  dhGroups,
};

/**
 * The integrity algorithms that AWS has to accept beside an AEAD encryption of phase 1. Junos does not let the pseudorandom
 * function be chosen then: it takes SHA-2-384 with AES-256-GCM (Junos CLI reference, prf-algorithm). What it takes with
 * AES-128-GCM is not documented, so both must be accepted.
 */
const IMPLIED_PRF = new Map<EncryptionAlgorithm, readonly IntegrityAlgorithm[]>([
  ["AES256-GCM-16", ["SHA2-384"]],
  ["AES128-GCM-16", ["SHA2-256", "SHA2-384"]],
]);

/** The largest unit of a first tunnel: a unit is at most 16385 (Junos CLI reference, `unit`), and the second tunnel takes the next one. */
const LARGEST_UNIT = 16_384;

const zone = optionWord(
  "ZONE",
  "a letter, then letters, digits, - and _, at most 63 characters",
  /^[A-Za-z][\w-]{0,62}$/,
);

/** Options of {@link juniperSrx}. */
export interface JuniperSrxOptions {
  /** The logical interface towards the internet: `ge-0/0/0.0`. */
  readonly outsideInterface: string;
  /**
   * The security zone of that interface.
   * @default "untrust"
   */
  readonly outsideZone?: string;
  /**
   * The security zone the tunnels join. Policies between it and the inside zones are the firewall's own.
   * @default "vpn"
   */
  readonly tunnelZone?: string;
  /**
   * The unit of st0 for the first tunnel.
   * @default 1, which makes st0.1 and st0.2
   */
  readonly firstUnit?: number;
}

/**
 * Returns the device for an SRX with Junos 20.2 or later and the junos-ike package. It writes one file, `srx.set`, for `load set`.
 *
 * Diffie-Hellman groups 17, 18, 22 and 23 are beyond it, and a policy takes four proposals: the four best of what the tunnel
 * accepts. Perfect forward secrecy takes one group, the first of the list that it knows. AES-256-GCM
 * in phase 1 needs SHA2-384 among the tunnel's integrity algorithms, since Junos takes that as its pseudorandom function.
 * Carries IPv4 only.
 */
export function juniperSrx(options: JuniperSrxOptions): VpnDevice {
  checkOptions(DEVICE, options, {
    outsideInterface: optionWord("INTERFACE", "the name of a logical interface, like ge-0/0/0.0", /^[\w/.:-]{1,63}$/),
    outsideZone: zone.optional(),
    tunnelZone: zone.optional(),
    firstUnit: optionNumber(0, LARGEST_UNIT),
  });
  const { outsideInterface, outsideZone = "untrust", tunnelZone = "vpn", firstUnit = 1 } = options;
  return {
    name: DEVICE,
    render(spec): DeviceFiles {
      const checked = checkSpec(DEVICE, spec);
      requireIpv4RouteBased(DEVICE, checked);
      checkName(checked.name);
      const interfaceOf = (tunnel: KeyedTunnel): string => `st0.${firstUnit + tunnel.number - 1}`;
      const lines = [
        `# The on-premises end of VPN connection ${checked.name}. Holds pre-shared keys.`,
        ...checked.tunnels.flatMap((tunnel) => [
          `# tunnel ${tunnel.number}`,
          ...tunnelCommands(checked, tunnel, outsideInterface, interfaceOf(tunnel)),
          `set security zones security-zone ${tunnelZone} interfaces ${interfaceOf(tunnel)}`,
        ]),
        "# zones and packet size",
        `set security zones security-zone ${outsideZone} interfaces ${outsideInterface} host-inbound-traffic system-services ike`,
        ...(checked.routing.type === "bgp"
          ? [`set security zones security-zone ${tunnelZone} host-inbound-traffic protocols bgp`]
          : []),
        `set security flow tcp-mss ipsec-vpn mss ${Math.min(...checked.tunnels.map((tunnel) => packetSize(checked, tunnel).mss))}`,
        ...(checked.routing.type === "bgp" ? bgp(checked) : staticRoutes(checked, interfaceOf)),
      ];
      return { "srx.set": `${lines.join("\n")}\n` };
    },
  };
}

/** Checks the length of the connection's name: the name of a proposal is that name and six characters more. */
function checkName(name: string): void {
  if (name.length <= NAME_LIMIT - "-t1-11".length) return;
  throw unsupported({
    code: "HYBRID_VPN_DEVICE_NAME",
    device: DEVICE,
    property: "name",
    received: name,
    allowed: `at most ${NAME_LIMIT - "-t1-11".length} characters`,
    fix: "give the connection a shorter name",
  });
}

/**
 * Returns the tunnel without the AEAD encryption for which Junos would choose a pseudorandom function that AWS does not accept
 * on it.
 *
 * @throws MigrationError `HYBRID_VPN_DEVICE_INTEGRITY` where none is left
 */
function withKnownPrf(tunnel: KeyedTunnel): KeyedTunnel {
  const { phase1 } = tunnel;
  const encryptionAlgorithms = phase1.encryptionAlgorithms.filter((algorithm) =>
    (IMPLIED_PRF.get(algorithm) ?? []).every((each) => phase1.integrityAlgorithms.includes(each)),
  );
  if (encryptionAlgorithms.length > 0) return { ...tunnel, phase1: { ...phase1, encryptionAlgorithms } };
  throw unsupported({
    code: "HYBRID_VPN_DEVICE_INTEGRITY",
    device: DEVICE,
    tunnel,
    property: "phase1.integrityAlgorithms",
    received: phase1.integrityAlgorithms,
    allowed: "SHA2-384 with AES256-GCM-16, and SHA2-256 and SHA2-384 with AES128-GCM-16,",
    fix: "accept those on the tunnel, or encryption without GCM in phase 1",
  });
}

function tunnelCommands(spec: CheckedSpec, tunnel: KeyedTunnel, outsideInterface: string, unit: string): string[] {
  const name = `${spec.name}-t${tunnel.number}`;
  const suites1 = suitesOf(withKnownPrf(tunnel), "phase1", phase1Capability);
  const suites2 = suitesOf(tunnel, "phase2", phase2Capability);
  const [{ dhGroups: phase2Groups }] = suites2;
  const ike = suites1
    .flatMap((suite) => combinations(suite).map((each) => ({ aead: suite.aead, ...each })))
    .slice(0, PROPOSALS)
    .map((each, index) => ({ proposal: `${name}-${index + 1}`, ...each }));
  const ipsec = suites2
    .flatMap((suite) =>
      combinations({ ...suite, dhGroups: [suite.dhGroups[0]] }).map((each) => ({ aead: suite.aead, ...each })),
    )
    .slice(0, PROPOSALS)
    .map((each, index) => ({ proposal: `${name}-${index + 1}`, ...each }));
  const prefix = tunnel.inside.cidr.slice(tunnel.inside.cidr.indexOf("/"));
  return [
    ...ike.flatMap(({ proposal, aead, encryption: cipher, integrity, dhGroup }) => [
      `set security ike proposal ${proposal} authentication-method pre-shared-keys`,
      `set security ike proposal ${proposal} encryption-algorithm ${cipher}`,
      ...(aead ? [] : [`set security ike proposal ${proposal} authentication-algorithm ${integrity}`]),
      `set security ike proposal ${proposal} dh-group ${dhGroup}`,
      `set security ike proposal ${proposal} lifetime-seconds ${tunnel.phase1.lifetimeSeconds}`,
    ]),
    ...ike.map(({ proposal }) => `set security ike policy ${name} proposals ${proposal}`),
    `set security ike policy ${name} pre-shared-key ascii-text "${tunnel.preSharedKey}"`,
    `set security ike gateway ${name} ike-policy ${name}`,
    `set security ike gateway ${name} version v2-only`,
    `set security ike gateway ${name} address ${tunnel.outsideAddress}`,
    `set security ike gateway ${name} local-identity inet ${spec.customerGateway.address}`,
    `set security ike gateway ${name} external-interface ${outsideInterface}`,
    `set security ike gateway ${name} dead-peer-detection always-send`,
    // Junos takes intervals of 10 to 60 seconds; a longer timeout is noticed sooner than asked, which harms nothing.
    `set security ike gateway ${name} dead-peer-detection interval ${Math.min(60, Math.max(10, Math.floor(tunnel.dpdTimeoutSeconds / 3)))}`,
    `set security ike gateway ${name} dead-peer-detection threshold 3`,
    ...ipsec.flatMap(({ proposal, aead, encryption: cipher, integrity }) => [
      `set security ipsec proposal ${proposal} protocol esp`,
      `set security ipsec proposal ${proposal} encryption-algorithm ${cipher}`,
      ...(aead ? [] : [`set security ipsec proposal ${proposal} authentication-algorithm ${integrity}`]),
      `set security ipsec proposal ${proposal} lifetime-seconds ${tunnel.phase2.lifetimeSeconds}`,
    ]),
    `set security ipsec policy ${name} perfect-forward-secrecy keys ${phase2Groups[0]}`,
    ...ipsec.map(({ proposal }) => `set security ipsec policy ${name} proposals ${proposal}`),
    `set security ipsec vpn ${name} bind-interface ${unit}`,
    `set security ipsec vpn ${name} df-bit clear`,
    `set security ipsec vpn ${name} ike gateway ${name}`,
    `set security ipsec vpn ${name} ike ipsec-policy ${name}`,
    `set security ipsec vpn ${name} ike anti-replay-window-size ${tunnel.replayWindowPackets}`,
    `set security ipsec vpn ${name} establish-tunnels ${deviceStarts(tunnel) ? "immediately" : "responder-only"}`,
    `set interfaces st0 unit ${unit.slice("st0.".length)} description "${spec.name} tunnel ${tunnel.number}"`,
    `set interfaces st0 unit ${unit.slice("st0.".length)} family inet address ${tunnel.inside.customer}${prefix}`,
    `set interfaces st0 unit ${unit.slice("st0.".length)} family inet mtu ${packetSize(spec, tunnel).mtu}`,
  ];
}

function staticRoutes(spec: CheckedSpec, interfaceOf: (tunnel: KeyedTunnel) => string): string[] {
  return [
    "# static routes",
    ...spec.awsNetworks.flatMap((network) =>
      spec.tunnels.map(
        (tunnel) =>
          `set routing-options static route ${network} qualified-next-hop ${interfaceOf(tunnel)} preference ${staticDistance(tunnel)}`,
      ),
    ),
  ];
}

function bgp(spec: CheckedSpec): string[] {
  if (spec.routing.type !== "bgp") return [];
  const { customerAsn, amazonAsn, holdTimeSeconds } = spec.routing;
  const { name, tunnels } = spec;
  const terms = (policy: string, networks: readonly string[], then: readonly string[]): string[] => [
    ...networks.map(
      (network) => `set policy-options policy-statement ${policy} term declared from route-filter ${network} exact`,
    ),
    // A term without a condition accepts everything, so a list without networks has no such term.
    ...(networks.length === 0
      ? []
      : [...then, "accept"].map(
          (action) => `set policy-options policy-statement ${policy} term declared then ${action}`,
        )),
    `set policy-options policy-statement ${policy} term rest then reject`,
  ];
  return [
    "# BGP advertises only what is in the routing table: these hold the place where only more specific routes are",
    ...spec.onPremisesNetworks.map((network) => `set routing-options static route ${network} discard preference 254`),
    "# BGP",
    `set routing-options autonomous-system ${customerAsn}`,
    ...tunnels.flatMap((tunnel) => {
      const group = `${name}-t${tunnel.number}`;
      const prepend = prependedAsns(tunnel, customerAsn);
      return [
        ...terms(`${group}-in`, spec.awsNetworks, [`local-preference ${localPreference(tunnel)}`]),
        ...terms(`${group}-out`, spec.onPremisesNetworks, [
          `metric ${multiExitDiscriminator(tunnel)}`,
          ...(prepend === "" ? [] : [`as-path-prepend "${prepend}"`]),
        ]),
        `set protocols bgp group ${name} type external`,
        `set protocols bgp group ${name} neighbor ${tunnel.inside.aws} description "${name} tunnel ${tunnel.number}"`,
        `set protocols bgp group ${name} neighbor ${tunnel.inside.aws} peer-as ${amazonAsn}`,
        `set protocols bgp group ${name} neighbor ${tunnel.inside.aws} local-address ${tunnel.inside.customer}`,
        `set protocols bgp group ${name} neighbor ${tunnel.inside.aws} hold-time ${holdTimeSeconds}`,
        `set protocols bgp group ${name} neighbor ${tunnel.inside.aws} import ${group}-in`,
        `set protocols bgp group ${name} neighbor ${tunnel.inside.aws} export ${group}-out`,
      ];
    }),
    ...(maximumPaths(spec) > 1
      ? [
          `set protocols bgp group ${name} multipath`,
          `set policy-options policy-statement ${name}-ecmp then load-balance per-packet`,
          `set routing-options forwarding-table export ${name}-ecmp`,
        ]
      : []),
  ];
}
