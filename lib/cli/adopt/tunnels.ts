/**
 * The options of a tunnel as the construct's props. AWS prints only what somebody has set; what it does not print holds by AWS's
 * defaults, which accept far more than this library's own. So the props say those defaults in full, and the arguments stay unset
 * in Terraform: to set them, even to the same, takes each tunnel down for minutes.
 *
 * Source of the defaults: EC2 API reference, `VpnTunnelOptionsSpecification`.
 */
import * as limits from "../../patterns/infrastructure/hybrid-cloud/vpn-limits";
import type { DescribedTunnel } from "./described-model";

/** The options of a tunnel as props. Each is a text, a number, a list, or a phase with such options. */
export type TunnelProps = Readonly<Record<string, unknown>>;

/** A tunnel: its props, and the arguments that AWS shows as not set. */
export interface AdoptedTunnel {
  readonly options: TunnelProps;
  readonly unset: Readonly<Record<string, string | number | readonly (string | number)[]>>;
}

const DEFAULTS = {
  Phase1LifetimeSeconds: 28_800,
  Phase2LifetimeSeconds: 3_600,
  RekeyMarginTimeSeconds: 540,
  RekeyFuzzPercentage: 100,
  ReplayWindowSize: 1_024,
  DpdTimeoutSeconds: 30,
  DpdTimeoutAction: "clear",
  StartupAction: "add",
} as const;

/** Returns the props of a tunnel in full, defaults of this library included. */
export function tunnelOf(described: DescribedTunnel, number: 1 | 2): AdoptedTunnel {
  const unset: Record<string, string | number | readonly (string | number)[]> = {};
  const scalar = (key: keyof typeof DEFAULTS, argument: string): string | number => {
    const value = described[key];
    // The provider takes 0 and nothing for the same.
    if (value !== undefined && (value !== 0 || key === "RekeyFuzzPercentage")) return value;
    unset[`tunnel${number}_${argument}`] = DEFAULTS[key];
    return DEFAULTS[key];
  };
  const list = <Value extends string | number>(
    values: readonly { readonly Value: Value }[],
    argument: string,
    all: readonly Value[],
  ): readonly Value[] => {
    if (values.length > 0) return values.map(({ Value }) => Value);
    unset[`tunnel${number}_${argument}`] = all;
    return all;
  };
  const { encryptionAlgorithms, integrityAlgorithms } = limits;
  const options = {
    ikeVersions: list(described.IkeVersions, "ike_versions", limits.ikeVersions),
    phase1: {
      encryptionAlgorithms: list(
        described.Phase1EncryptionAlgorithms,
        "phase1_encryption_algorithms",
        encryptionAlgorithms,
      ),
      integrityAlgorithms: list(
        described.Phase1IntegrityAlgorithms,
        "phase1_integrity_algorithms",
        integrityAlgorithms,
      ),
      dhGroups: list<number>(described.Phase1DHGroupNumbers, "phase1_dh_group_numbers", limits.phase1DhGroups),
      lifetimeSeconds: scalar("Phase1LifetimeSeconds", "phase1_lifetime_seconds"),
    },
    phase2: {
      encryptionAlgorithms: list(
        described.Phase2EncryptionAlgorithms,
        "phase2_encryption_algorithms",
        encryptionAlgorithms,
      ),
      integrityAlgorithms: list(
        described.Phase2IntegrityAlgorithms,
        "phase2_integrity_algorithms",
        integrityAlgorithms,
      ),
      dhGroups: list<number>(described.Phase2DHGroupNumbers, "phase2_dh_group_numbers", limits.phase2DhGroups),
      lifetimeSeconds: scalar("Phase2LifetimeSeconds", "phase2_lifetime_seconds"),
    },
    rekeyMarginSeconds: scalar("RekeyMarginTimeSeconds", "rekey_margin_time_seconds"),
    rekeyFuzzPercent: scalar("RekeyFuzzPercentage", "rekey_fuzz_percentage"),
    replayWindowPackets: scalar("ReplayWindowSize", "replay_window_size"),
    dpdTimeoutSeconds: scalar("DpdTimeoutSeconds", "dpd_timeout_seconds"),
    dpdTimeoutAction: scalar("DpdTimeoutAction", "dpd_timeout_action"),
    startupAction: scalar("StartupAction", "startup_action"),
    ...(described.EnableTunnelLifecycleControl === true ? { lifecycleControl: true } : {}),
  };
  return { options, unset };
}

/** The options of a site's tunnels, divided. */
export interface SharedOptions {
  /** The options that all tunnels have, for the site's `tunnels`. */
  readonly common: TunnelProps;
  /** The options of each tunnel alone, by device and tunnel. */
  readonly own: readonly (readonly TunnelProps[])[];
}

/** Divides the options into those that all tunnels have in common and those of each, and leaves out this library's defaults. */
export function sharedOptions(devices: readonly (readonly TunnelProps[])[]): SharedOptions {
  const all = devices.flat();
  const common = commonOf(all);
  return { common: withoutDefaults(common), own: devices.map((each) => each.map((one) => without(one, common))) };
}

function commonOf(all: readonly TunnelProps[]): TunnelProps {
  const [first = {}, ...others] = all;
  const found = Object.entries(first).map(([key, value]): [string, unknown] => {
    if (isPhase(value)) return [key, commonOf(all.map((each) => each[key] as TunnelProps))];
    return [key, others.every((each) => same(each[key], value)) ? value : undefined];
  });
  return Object.fromEntries(found.filter(([, value]) => !isNothing(value)));
}

function without(options: TunnelProps, common: TunnelProps): TunnelProps {
  const rest = Object.entries(options).map(([key, value]): [string, unknown] => {
    const shared = common[key];
    if (isPhase(value)) return [key, without(value, isPhase(shared) ? shared : {})];
    return [key, same(shared, value) ? undefined : value];
  });
  return Object.fromEntries(rest.filter(([, value]) => !isNothing(value)));
}

/**
 * Leaves out what this library's default is as well. Of a lifetime and of the margin the default depends on another option, so
 * that they are left out together or not at all.
 */
function withoutDefaults(common: TunnelProps): TunnelProps {
  const { phase1, phase2, rekeyMarginSeconds } = common;
  const timesAreDefaults =
    isPhase(phase1) &&
    isPhase(phase2) &&
    phase1["lifetimeSeconds"] === DEFAULTS.Phase1LifetimeSeconds &&
    phase2["lifetimeSeconds"] === DEFAULTS.Phase2LifetimeSeconds &&
    rekeyMarginSeconds === DEFAULTS.RekeyMarginTimeSeconds;
  const times = {
    phase1: { lifetimeSeconds: DEFAULTS.Phase1LifetimeSeconds },
    phase2: { lifetimeSeconds: DEFAULTS.Phase2LifetimeSeconds },
    rekeyMarginSeconds: DEFAULTS.RekeyMarginTimeSeconds,
  };
  return without(common, {
    ...(timesAreDefaults ? times : {}),
    rekeyFuzzPercent: DEFAULTS.RekeyFuzzPercentage,
    replayWindowPackets: DEFAULTS.ReplayWindowSize,
    dpdTimeoutSeconds: DEFAULTS.DpdTimeoutSeconds,
    dpdTimeoutAction: DEFAULTS.DpdTimeoutAction,
    startupAction: DEFAULTS.StartupAction,
  });
}

function isPhase(value: unknown): value is TunnelProps {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNothing(value: unknown): boolean {
  return value === undefined || (isPhase(value) && Object.keys(value).length === 0);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify([a]) === JSON.stringify([b]);
}
