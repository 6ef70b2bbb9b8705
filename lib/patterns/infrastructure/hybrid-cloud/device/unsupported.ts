import { MigrationError } from "../../../../core/error";
import type { VpnTunnelSpec } from "../vpn-spec";

/** What a device cannot express. */
export interface Unsupported {
  /** `HYBRID_VPN_DEVICE_` and the subject: `HYBRID_VPN_DEVICE_DH_GROUP`. */
  readonly code: string;
  /** {@link VpnDevice.name}. */
  readonly device: string;
  /**
   * The tunnel that asks for it.
   * @default - the connection as a whole does
   */
  readonly tunnel?: VpnTunnelSpec;
  /** The property, of the tunnel where one is given: `phase1.dhGroups`. */
  readonly property: string;
  /** What was asked for. Never a secret. */
  readonly received?: unknown;
  /** What the device can do. */
  readonly allowed: string;
  readonly fix: string;
}

/** The error for what a device cannot express. It names the device, the tunnel, and what the device can do. */
export function unsupported(what: Unsupported): MigrationError {
  const { code, device, tunnel, property, received, allowed, fix } = what;
  return new MigrationError({
    code,
    path: tunnel === undefined ? property : `tunnels[${tunnel.number - 1}].${property}`,
    ...(received === undefined ? {} : { received }),
    allowed: `${allowed} on ${device}`,
    fix,
  });
}
