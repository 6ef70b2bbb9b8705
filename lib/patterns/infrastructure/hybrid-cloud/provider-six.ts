/**
 * The options that only version 6 of the AWS provider has. They are written through overrides, so that this package compiles against both
 * versions; whether the provider in use has it is read off the generated class, without I/O.
 */
import {
  VpnConnection,
  VpnConnectionTunnel1LogOptionsCloudwatchLogOptionsOutputReference as LogOptions,
} from "@cdktf/provider-aws/lib/vpn-connection";
import { MigrationError } from "../../../core/error";
import type { Place } from "./checks";

/** The options that need version 6, and the attribute whose presence proves it. */
const attributes = {
  tunnelBandwidth: [VpnConnection, "tunnelBandwidth"],
  vpnConcentratorId: [VpnConnection, "vpnConcentratorId"],
  presharedKeyStorage: [VpnConnection, "presharedKeyStorage"],
  bgpLogs: [LogOptions, "bgpLogEnabled"],
} as const;

/** An option that the AWS provider has from version 6 on. */
export type ProviderSixOption = keyof typeof attributes;

/** Checks whether the provider's classes have the option. */
export function providerHas(option: ProviderSixOption): boolean {
  const [resource, attribute] = attributes[option];
  return attribute in resource.prototype;
}

/** Checks that the provider has the option. @throws MigrationError `HYBRID_VPN_PROVIDER_VERSION` where it is too old for it */
export function checkProviderHas(option: ProviderSixOption, place: Place, has = providerHas): void {
  if (has(option)) return;
  throw new MigrationError({
    code: "HYBRID_VPN_PROVIDER_VERSION",
    ...place,
    allowed: "this option only with version 6 of the AWS provider",
    fix: "install @cdktf/provider-aws 21 or later, or leave the option out",
  });
}
