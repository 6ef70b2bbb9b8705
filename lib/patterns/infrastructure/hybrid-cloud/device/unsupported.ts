import { MigrationError } from "../../../../core/error";
import type { VpnTunnelSpec } from "../vpn-spec";

/** An option of a specification that a device cannot express. */
export interface Unsupported {
  /** The error code, `HYBRID_VPN_DEVICE_` and the subject: `HYBRID_VPN_DEVICE_DH_GROUP`. */
  readonly code: string;
  /** The device's {@link VpnDevice.name}. */
  readonly device: string;
  /**
   * The tunnel that has the option.
   * @default - the connection as a whole has it
   */
  readonly tunnel?: VpnTunnelSpec;
  /** The path of the property, in the tunnel where one is given: `phase1.dhGroups`. */
  readonly property: string;
  /** The value of the option. Never a secret. */
  readonly received?: unknown;
  /** The values that the device supports, for the message. */
  readonly allowed: string;
  readonly fix: string;
}

/** Returns the error for an option that a device cannot express. It names the device, the tunnel, and the supported values. */
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
