/**
 * ```ts
 * tunnels: { phase1: { lifetimeSeconds: 14_400 } },   // both
 * tunnel2: { startupAction: "start" },                 // the second one alone
 * ```
 *
 * The options of a tunnel and their defaults. The defaults are stricter than AWS's own, which accept
 * IKEv1, SHA-1 and a 1,024-bit group: one suite, IKEv2 with AES-256-GCM, SHA-2-384 and the 384-bit curve (group 20).
 */
import { propertyOf, checkChoice, checkProperties, type Place } from "./checks";
import type { PreSharedKey } from "./pre-shared-key";
import * as checks from "./tunnel-checks";
import type {
  DhGroup,
  DpdTimeoutAction,
  EncryptionAlgorithm,
  IkeVersion,
  IntegrityAlgorithm,
  VpnTunnelSpec,
} from "./vpn-spec";

/** Options of one phase of the negotiation. Each list is in order of preference. */
export interface PhaseOptions {
  /** The encryption algorithms to accept. @default ["AES256-GCM-16"] */
  readonly encryptionAlgorithms?: readonly EncryptionAlgorithm[];
  /** The integrity algorithms to accept. @default ["SHA2-384"] */
  readonly integrityAlgorithms?: readonly IntegrityAlgorithm[];
  /** The Diffie-Hellman groups to accept; group 5 is for phase 2 alone. @default [20] */
  readonly dhGroups?: readonly DhGroup[];
  /**
   * Seconds after which the security association expires: 900–28,800 in phase 1, 900–3,600 and less than phase 1 in phase 2.
   * @default 28,800 in phase 1, 3,600 in phase 2
   */
  readonly lifetimeSeconds?: number;
}

/** Options of a tunnel that may be set for both tunnels of a connection at once. */
export interface CommonTunnelOptions {
  /** The IKE versions to accept. @default ["ikev2"] */
  readonly ikeVersions?: readonly IkeVersion[];
  /** The IKE security association. @default - the suite above */
  readonly phase1?: PhaseOptions;
  /** The IPsec security association. @default - the suite above */
  readonly phase2?: PhaseOptions;
  /** Seconds before the end of phase 2 in which AWS rekeys: 60 to half of phase 2's lifetime. @default 540, or that half */
  readonly rekeyMarginSeconds?: number;
  /** Per cent by which the margin is widened at random: 0–100. @default 100 */
  readonly rekeyFuzzPercent?: number;
  /** Packets in the replay window: 64–2,048. @default 1,024 */
  readonly replayWindowPackets?: number;
  /** Seconds of silence after which the peer counts as dead: 30 or more. @default 30 */
  readonly dpdTimeoutSeconds?: number;
  /** The action of AWS after that timeout; `restart` needs a customer gateway with an address, and IKEv2. @default "clear" */
  readonly dpdTimeoutAction?: DpdTimeoutAction;
  /** The initiator: `start` is AWS, and needs a customer gateway with an address, and IKEv2. @default "add", the device */
  readonly startupAction?: "add" | "start";
  /** Whether AWS waits for you before it replaces the tunnel's endpoint. @default false */
  readonly lifecycleControl?: boolean;
}

/** Options of one tunnel. */
export interface TunnelOptions extends CommonTunnelOptions {
  /** The CIDR block of the inside addresses, a /30 of 169.254.0.0/16. @default - chosen by the connection's name, and kept */
  readonly insideCidr?: string;
  /**
   * The CIDR block of the inside IPv6 addresses, a /126 of fd00::/8.
   * @default - chosen by the connection's name, for IPv6 tunnels
   */
  readonly insideIpv6Cidr?: string;
  /** The source of the pre-shared key. @default PreSharedKey.amazon() */
  readonly preSharedKey?: PreSharedKey;
}

/** The part of a {@link VpnTunnelSpec} that follows from options alone, with the options that only AWS's side needs. */
export type ResolvedTunnel = Pick<
  VpnTunnelSpec,
  | "ikeVersions"
  | "phase1"
  | "phase2"
  | "rekeyMarginSeconds"
  | "rekeyFuzzPercent"
  | "replayWindowPackets"
  | "dpdTimeoutSeconds"
  | "dpdTimeoutAction"
  | "startupAction"
> & { readonly lifecycleControl: boolean };

const DEFAULT_REKEY_MARGIN_SECONDS = 540;

const phaseProperties: readonly (keyof PhaseOptions)[] = [
  "encryptionAlgorithms",
  "integrityAlgorithms",
  "dhGroups",
  "lifetimeSeconds",
];
const commonProperties: readonly (keyof CommonTunnelOptions)[] = [
  "ikeVersions",
  "phase1",
  "phase2",
  "rekeyMarginSeconds",
  "rekeyFuzzPercent",
  "replayWindowPackets",
  "dpdTimeoutSeconds",
  "dpdTimeoutAction",
  "startupAction",
  "lifecycleControl",
];
const tunnelProperties: readonly (keyof TunnelOptions)[] = [
  ...commonProperties,
  "insideCidr",
  "insideIpv6Cidr",
  "preSharedKey",
];

/**
 * Resolves the options of one tunnel, its own before those of both, with all defaults in place and every limit checked.
 *
 * @throws MigrationError the codes of `tunnel-checks.ts`, `HYBRID_VPN_OPTION_UNKNOWN`, `HYBRID_VPN_LIFECYCLE_CONTROL`
 */
export function resolveTunnel(
  both: CommonTunnelOptions,
  own: CommonTunnelOptions,
  hasCustomerAddress: boolean,
  place: Place,
): ResolvedTunnel {
  checkOptions(both, commonProperties, { ...place, path: "tunnels" });
  checkOptions(own, tunnelProperties, place);
  const phase1 = resolvePhase(both.phase1, own.phase1, 28_800);
  const phase2 = resolvePhase(both.phase2, own.phase2, 3_600);
  // Phase 1's lifetime alone may be set so short that phase 2's default would outlive it; a default gives way.
  const phase2Given = own.phase2?.lifetimeSeconds ?? both.phase2?.lifetimeSeconds;
  const shortened =
    phase2Given === undefined && phase2.lifetimeSeconds >= phase1.lifetimeSeconds && phase1.lifetimeSeconds > 900
      ? { ...phase2, lifetimeSeconds: phase1.lifetimeSeconds - 1 }
      : phase2;
  const resolved: ResolvedTunnel = {
    ikeVersions: own.ikeVersions ?? both.ikeVersions ?? ["ikev2"],
    phase1,
    phase2: shortened,
    rekeyMarginSeconds:
      own.rekeyMarginSeconds ??
      both.rekeyMarginSeconds ??
      Math.min(DEFAULT_REKEY_MARGIN_SECONDS, Math.floor(shortened.lifetimeSeconds / 2)),
    rekeyFuzzPercent: own.rekeyFuzzPercent ?? both.rekeyFuzzPercent ?? 100,
    replayWindowPackets: own.replayWindowPackets ?? both.replayWindowPackets ?? 1_024,
    dpdTimeoutSeconds: own.dpdTimeoutSeconds ?? both.dpdTimeoutSeconds ?? 30,
    dpdTimeoutAction: own.dpdTimeoutAction ?? both.dpdTimeoutAction ?? "clear",
    startupAction: own.startupAction ?? both.startupAction ?? "add",
    lifecycleControl: own.lifecycleControl ?? both.lifecycleControl ?? false,
  };
  checkTunnel(resolved, hasCustomerAddress, place);
  return resolved;
}

function checkOptions(options: CommonTunnelOptions, known: readonly string[], place: Place): void {
  checkProperties(options, known, place);
  if (options.phase1 !== undefined) checkProperties(options.phase1, phaseProperties, propertyOf(place, "phase1"));
  if (options.phase2 !== undefined) checkProperties(options.phase2, phaseProperties, propertyOf(place, "phase2"));
}

function resolvePhase(both: PhaseOptions = {}, own: PhaseOptions = {}, lifetimeSeconds: number) {
  return {
    encryptionAlgorithms: own.encryptionAlgorithms ?? both.encryptionAlgorithms ?? ["AES256-GCM-16" as const],
    integrityAlgorithms: own.integrityAlgorithms ?? both.integrityAlgorithms ?? ["SHA2-384" as const],
    dhGroups: own.dhGroups ?? both.dhGroups ?? [20 as const],
    lifetimeSeconds: own.lifetimeSeconds ?? both.lifetimeSeconds ?? lifetimeSeconds,
  };
}

function checkTunnel(tunnel: ResolvedTunnel, hasCustomerAddress: boolean, place: Place): void {
  checks.checkIkeVersions(tunnel.ikeVersions, propertyOf(place, "ikeVersions"));
  checks.checkPhase(1, tunnel.phase1, propertyOf(place, "phase1"));
  checks.checkPhase(2, tunnel.phase2, propertyOf(place, "phase2"));
  checks.checkPhase1Lifetime(tunnel.phase1.lifetimeSeconds, propertyOf(place, "phase1.lifetimeSeconds"));
  checks.checkPhase2Lifetime(
    tunnel.phase2.lifetimeSeconds,
    tunnel.phase1.lifetimeSeconds,
    propertyOf(place, "phase2.lifetimeSeconds"),
  );
  checks.checkRekeyMargin(
    tunnel.rekeyMarginSeconds,
    tunnel.phase2.lifetimeSeconds,
    propertyOf(place, "rekeyMarginSeconds"),
  );
  checks.checkRekeyFuzz(tunnel.rekeyFuzzPercent, propertyOf(place, "rekeyFuzzPercent"));
  checks.checkReplayWindow(tunnel.replayWindowPackets, propertyOf(place, "replayWindowPackets"));
  checks.checkDpdTimeout(tunnel.dpdTimeoutSeconds, propertyOf(place, "dpdTimeoutSeconds"));
  checks.checkDpdTimeoutAction(tunnel.dpdTimeoutAction, propertyOf(place, "dpdTimeoutAction"));
  checks.checkInitiation(tunnel, hasCustomerAddress, place);
  checkChoice(
    "HYBRID_VPN_LIFECYCLE_CONTROL",
    tunnel.lifecycleControl,
    [true, false],
    propertyOf(place, "lifecycleControl"),
  );
}
