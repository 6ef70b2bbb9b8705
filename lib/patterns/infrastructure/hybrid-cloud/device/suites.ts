/**
 * ```ts
 * const [gcm, cbc] = suitesOf(tunnel, "phase1", capability);
 * ```
 *
 * The proposals of a device. AWS describes what a phase accepts as independent lists; a device proposes *combinations*. Algorithms that encrypt and
 * authenticate at once (AEAD) and those that only encrypt must not share a proposal (RFC 7296 section 3.3), so a phase has
 * one suite of each kind. What the device lacks is left out, because AWS needs one match and not all; only where nothing
 * is left can the tunnel not come up, and that is an error.
 */
import { admit } from "../../../../core/door/admit";
import type { DhGroup, EncryptionAlgorithm, IntegrityAlgorithm, VpnTunnelSpec } from "../vpn-spec";
import { unsupported } from "./unsupported";

/** The algorithms that a device can propose. */
export interface SuiteCapability {
  /** The device's {@link VpnDevice.name}. */
  readonly device: string;
  readonly encryption: ReadonlyMap<EncryptionAlgorithm, string>;
  readonly integrity: ReadonlyMap<IntegrityAlgorithm, string>;
  readonly dhGroups: ReadonlyMap<DhGroup, string>;
}

/** Algorithms that may stand in one proposal, in order of preference and in the device's own words. */
export interface Suite {
  /** Whether the encryption authenticates too. If so, `integrity` is only the pseudorandom function of phase 1. */
  readonly aead: boolean;
  readonly encryption: readonly [string, ...string[]];
  readonly integrity: readonly [string, ...string[]];
  readonly dhGroups: readonly [string, ...string[]];
}

/** Checks whether the algorithm brings its own integrity. */
export function isAead(algorithm: EncryptionAlgorithm): boolean {
  return algorithm.includes("GCM");
}

/**
 * Returns the one or two suites of the tunnel's phase. The kind that the tunnel lists first comes first.
 *
 * @throws MigrationError `HYBRID_VPN_DEVICE_ENCRYPTION`, `HYBRID_VPN_DEVICE_INTEGRITY`, `HYBRID_VPN_DEVICE_DH_GROUP` where
 * the device knows none of those the tunnel accepts
 */
export function suitesOf(
  tunnel: VpnTunnelSpec,
  phase: "phase1" | "phase2",
  capability: SuiteCapability,
): readonly [Suite, ...Suite[]] {
  admit("suitesOf", { tunnel, phase, capability });
  const asked = tunnel[phase];
  const encryption = expressible(tunnel, `${phase}.encryptionAlgorithms`, "HYBRID_VPN_DEVICE_ENCRYPTION", {
    asked: asked.encryptionAlgorithms,
    known: capability.encryption,
    device: capability.device,
  });
  const integrity = expressible(tunnel, `${phase}.integrityAlgorithms`, "HYBRID_VPN_DEVICE_INTEGRITY", {
    asked: asked.integrityAlgorithms,
    known: capability.integrity,
    device: capability.device,
  });
  const dhGroups = expressible(tunnel, `${phase}.dhGroups`, "HYBRID_VPN_DEVICE_DH_GROUP", {
    asked: asked.dhGroups,
    known: capability.dhGroups,
    device: capability.device,
  });
  const suiteOf = (aead: boolean): Suite[] => {
    const [first, ...others] = encryption.filter(([algorithm]) => isAead(algorithm) === aead).map(([, word]) => word);
    if (first === undefined) return [];
    return [{ aead, encryption: [first, ...others], integrity: words(integrity), dhGroups: words(dhGroups) }];
  };
  const aeadFirst = isAead(encryption[0][0]);
  const [preferred, ...rest] = [...suiteOf(aeadFirst), ...suiteOf(!aeadFirst)];
  // The first algorithm is of one of the two kinds.
  if (preferred === undefined) throw new RangeError("a phase without an encryption algorithm");
  return [preferred, ...rest];
}

/** Returns the combinations of a suite one by one, best first, for devices whose proposals hold one algorithm of each kind. */
export function combinations(suite: Suite): { encryption: string; integrity: string; dhGroup: string }[] {
  admit("combinations", { suite });
  // Without integrity of its own, an AEAD suite is not multiplied by what it does not use.
  const integrity = suite.aead ? [suite.integrity[0]] : suite.integrity;
  return suite.encryption.flatMap((encryption) =>
    integrity.flatMap((each) => suite.dhGroups.map((dhGroup) => ({ encryption, integrity: each, dhGroup }))),
  );
}

type Pairs<Algorithm> = readonly [readonly [Algorithm, string], ...(readonly [Algorithm, string])[]];

function words(pairs: Pairs<unknown>): readonly [string, ...string[]] {
  const [first, ...others] = pairs;
  return [first[1], ...others.map(([, word]) => word)];
}

function expressible<Algorithm extends string | number>(
  tunnel: VpnTunnelSpec,
  property: string,
  code: string,
  { asked, known, device }: { asked: readonly Algorithm[]; known: ReadonlyMap<Algorithm, string>; device: string },
): Pairs<Algorithm> {
  const pairs = asked.flatMap((algorithm): (readonly [Algorithm, string])[] => {
    const word = known.get(algorithm);
    return word === undefined ? [] : [[algorithm, word]];
  });
  const [first, ...others] = pairs;
  if (first === undefined) {
    throw unsupported({
      code,
      device,
      tunnel,
      property,
      received: asked,
      allowed: [...known.keys()].join(", "),
      fix: "accept at least one of those on the tunnel",
    });
  }
  return [first, ...others];
}
