/**
 * The checks of a tunnel: one function for each limit that AWS sets. They all run on every tunnel, whatever else is set: a
 * limit that is only checked beside some other option is a limit that is not checked. The numbers and their sources are in
 * `vpn-limits.ts`.
 */
import { MigrationError } from "../../../core/error";
import { refuse } from "../../../core/refuse";
import { Cidr } from "../../../network/cidr";
import { propertyOf, checkChoice, checkChoices, checkLiteral, checkRange, type Place } from "./checks";
import * as limits from "./vpn-limits";
import type { VpnPhase } from "./vpn-spec";

/**
 * Parses an inside IPv4 block: a /30 of 169.254.0.0/16, aligned, and none of those that AWS reserves.
 *
 * @throws MigrationError `HYBRID_VPN_INSIDE_CIDR`, or that of `Cidr.parse`
 */
export function checkInsideCidr(text: string, place: Place): Cidr {
  const cidr = parseInside(text, place);
  const reserved = limits.insideReserved.find((each) => each.overlaps(cidr));
  if (cidr.prefixLength === limits.INSIDE_PREFIX_LENGTH && limits.insidePool.contains(cidr) && reserved === undefined) {
    return cidr;
  }
  return refuse({
    code: "HYBRID_VPN_INSIDE_CIDR",
    ...place,
    allowed: `a /${limits.INSIDE_PREFIX_LENGTH} within ${limits.insidePool.toString()} other than ${limits.insideReserved.join(", ")}`,
    fix: "choose another block, or leave it out and one is chosen",
    received: text,
  });
}

/**
 * Parses an inside IPv6 block: a /126 of fd00::/8.
 *
 * @throws MigrationError `HYBRID_VPN_INSIDE_IPV6_CIDR`, or that of `Cidr.parse`
 */
export function checkInsideIpv6Cidr(text: string, place: Place): Cidr {
  const cidr = parseInside(text, place);
  if (cidr.prefixLength === limits.INSIDE_IPV6_PREFIX_LENGTH && limits.insideIpv6Pool.contains(cidr)) return cidr;
  return refuse({
    code: "HYBRID_VPN_INSIDE_IPV6_CIDR",
    ...place,
    allowed: `a /${limits.INSIDE_IPV6_PREFIX_LENGTH} within ${limits.insideIpv6Pool.toString()}`,
    fix: "choose another block, or leave it out and one is chosen",
    received: text,
  });
}

function parseInside(text: string, place: Place): Cidr {
  checkLiteral(text, place);
  try {
    return Cidr.parse(text, place.path);
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    const { code, received, allowed, fix } = error;
    throw new MigrationError({
      code,
      ...place,
      received,
      ...(allowed === undefined ? {} : { allowed }),
      fix,
      cause: error,
    });
  }
}

/** Checks the IKE versions. @throws MigrationError `HYBRID_VPN_IKE_VERSION` */
export function checkIkeVersions(versions: readonly string[], place: Place): void {
  checkChoices("HYBRID_VPN_IKE_VERSION", versions, limits.ikeVersions, place);
}

/**
 * Checks the encryption algorithms: AWS offers AES only, so 3DES is refused too.
 * @throws MigrationError `HYBRID_VPN_ENCRYPTION`
 */
export function checkEncryptionAlgorithms(algorithms: readonly string[], place: Place): void {
  checkChoices("HYBRID_VPN_ENCRYPTION", algorithms, limits.encryptionAlgorithms, place);
}

/** Checks the integrity algorithms. @throws MigrationError `HYBRID_VPN_INTEGRITY` */
export function checkIntegrityAlgorithms(algorithms: readonly string[], place: Place): void {
  checkChoices("HYBRID_VPN_INTEGRITY", algorithms, limits.integrityAlgorithms, place);
}

/** Checks the Diffie-Hellman groups of a phase: group 5 is for phase 2 alone. @throws MigrationError `HYBRID_VPN_DH_GROUP` */
export function checkDhGroups(phase: 1 | 2, groups: readonly number[], place: Place): void {
  checkChoices("HYBRID_VPN_DH_GROUP", groups, phase === 1 ? limits.phase1DhGroups : limits.phase2DhGroups, place);
}

/** Checks the lifetime of phase 1. @throws MigrationError `HYBRID_VPN_PHASE1_LIFETIME` outside 900–28,800 seconds */
export function checkPhase1Lifetime(seconds: number, place: Place): void {
  checkRange("HYBRID_VPN_PHASE1_LIFETIME", seconds, limits.phase1LifetimeSeconds, "seconds", place);
}

/**
 * Checks the lifetime of phase 2.
 * @throws MigrationError `HYBRID_VPN_PHASE2_LIFETIME` outside 900–3,600 seconds, or not below phase 1
 */
export function checkPhase2Lifetime(seconds: number, phase1Seconds: number, place: Place): void {
  checkRange("HYBRID_VPN_PHASE2_LIFETIME", seconds, limits.phase2LifetimeSeconds, "seconds", place);
  if (seconds < phase1Seconds) return;
  refuse({
    code: "HYBRID_VPN_PHASE2_LIFETIME",
    ...place,
    allowed: `less than the phase 1 lifetime of ${phase1Seconds} seconds`,
    fix: "shorten phase 2 or lengthen phase 1",
    received: seconds,
  });
}

/**
 * Checks the rekey margin.
 * @throws MigrationError `HYBRID_VPN_REKEY_MARGIN` outside 60 seconds to half of the phase 2 lifetime
 */
export function checkRekeyMargin(seconds: number, phase2Seconds: number, place: Place): void {
  const maximum = Math.floor(phase2Seconds / 2);
  const range = { minimum: limits.REKEY_MARGIN_MINIMUM_SECONDS, maximum };
  checkRange("HYBRID_VPN_REKEY_MARGIN", seconds, range, `seconds, half of phase 2's ${phase2Seconds}`, place);
}

/** Checks the rekey fuzz. @throws MigrationError `HYBRID_VPN_REKEY_FUZZ` outside 0–100 per cent */
export function checkRekeyFuzz(percent: number, place: Place): void {
  checkRange("HYBRID_VPN_REKEY_FUZZ", percent, limits.rekeyFuzzPercent, "per cent", place);
}

/** Checks the replay window. @throws MigrationError `HYBRID_VPN_REPLAY_WINDOW` outside 64–2,048 packets */
export function checkReplayWindow(packets: number, place: Place): void {
  checkRange("HYBRID_VPN_REPLAY_WINDOW", packets, limits.replayWindowPackets, "packets", place);
}

/** Checks the dead-peer timeout. @throws MigrationError `HYBRID_VPN_DPD_TIMEOUT` below 30 seconds */
export function checkDpdTimeout(seconds: number, place: Place): void {
  checkLiteral(seconds, place);
  if (Number.isSafeInteger(seconds) && seconds >= limits.DPD_TIMEOUT_MINIMUM_SECONDS) return;
  refuse({
    code: "HYBRID_VPN_DPD_TIMEOUT",
    ...place,
    allowed: `a whole number of seconds from ${limits.DPD_TIMEOUT_MINIMUM_SECONDS}`,
    fix: "choose a longer timeout, or leave it out for the default",
    received: seconds,
  });
}

/** Checks the action after a dead-peer timeout. @throws MigrationError `HYBRID_VPN_DPD_ACTION` */
export function checkDpdTimeoutAction(action: string, place: Place): void {
  checkChoice("HYBRID_VPN_DPD_ACTION", action, limits.dpdTimeoutActions, place);
}

/**
 * Checks that AWS can initiate the tunnel. It can only start one, or restart it after a timeout, where it knows the customer gateway's address (one that is known
 * by its certificate alone has none), and it initiates IKEv2 only.
 *
 * @throws MigrationError `HYBRID_VPN_STARTUP_ACTION`
 */
export function checkInitiation(
  tunnel: {
    readonly startupAction: string;
    readonly dpdTimeoutAction: string;
    readonly ikeVersions: readonly string[];
  },
  hasCustomerAddress: boolean,
  place: Place,
): void {
  const { startupAction, dpdTimeoutAction, ikeVersions } = tunnel;
  checkChoice("HYBRID_VPN_STARTUP_ACTION", startupAction, limits.startupActions, propertyOf(place, "startupAction"));
  const [property, received, otherwise] =
    startupAction === "start"
      ? (["startupAction", startupAction, "add"] as const)
      : (["dpdTimeoutAction", dpdTimeoutAction, "clear or none"] as const);
  if (received !== "start" && received !== "restart") return;
  const initiatesIkev2 = ikeVersions.includes("ikev2");
  if (hasCustomerAddress && initiatesIkev2) return;
  refuse({
    code: "HYBRID_VPN_STARTUP_ACTION",
    ...propertyOf(place, property),
    allowed: `${otherwise}, because ${hasCustomerAddress ? "AWS initiates IKEv2 only" : "the customer gateway has no address"}`,
    fix: hasCustomerAddress
      ? "accept ikev2, or let the device initiate"
      : "give the customer gateway an ipAddress, or let the device initiate",
    received,
  });
}

/** Checks every limit of one phase on its own. */
export function checkPhase(phase: 1 | 2, options: VpnPhase, place: Place): void {
  checkEncryptionAlgorithms(options.encryptionAlgorithms, propertyOf(place, "encryptionAlgorithms"));
  checkIntegrityAlgorithms(options.integrityAlgorithms, propertyOf(place, "integrityAlgorithms"));
  checkDhGroups(phase, options.dhGroups, propertyOf(place, "dhGroups"));
}
