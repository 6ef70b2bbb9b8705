/**
 * The checks of a specification that every device of this folder makes before it writes a file. A device of your own may call them too.
 */
import { MigrationError } from "../../../../core/error";
import { Cidr } from "../../../../network/cidr";
import type { VpnSpec, VpnTunnelSpec } from "../vpn-spec";
import { checkValues } from "./spec-values";
import { unsupported } from "./unsupported";

const NAME = /^[A-Za-z][A-Za-z0-9-]{0,31}$/;

/** A tunnel that has a pre-shared key. */
export interface KeyedTunnel extends VpnTunnelSpec {
  readonly preSharedKey: string;
}

/** A specification that has passed {@link checkSpec}. */
export interface CheckedSpec extends VpnSpec {
  readonly customerGateway: { readonly address: string };
  readonly tunnels: readonly [KeyedTunnel] | readonly [KeyedTunnel, KeyedTunnel];
}

/**
 * Checks that a specification has everything that a device's files need, and returns it.
 *
 * @throws MigrationError
 * - `HYBRID_VPN_DEVICE_NAME`: the name cannot name a section of a configuration file
 * - `HYBRID_VPN_DEVICE_NETWORK`: a network is not a CIDR block of the address family inside the tunnels
 * - `HYBRID_VPN_DEVICE_SECRET`: a pre-shared key is a literal, which would be written to disk at synthesis
 * - `HYBRID_VPN_DEVICE_CERTIFICATE`: there is no pre-shared key, or no address of the customer gateway to know it by
 * - `HYBRID_VPN_DEVICE_IKE_VERSION`: the tunnel does not accept IKEv2
 * - those of {@link checkValues}: a value is not what it claims to be
 */
export function checkSpec(device: string, spec: VpnSpec): CheckedSpec {
  checkValues(device, spec);
  if (!NAME.test(spec.name)) {
    throw new MigrationError({
      code: "HYBRID_VPN_DEVICE_NAME",
      path: "name",
      received: spec.name,
      allowed: "a letter, then letters, digits and hyphens, at most 32 characters",
      fix: "give the connection a shorter or plainer name: it names sections of the device's files",
    });
  }
  checkNetworks(spec, "onPremisesNetworks");
  checkNetworks(spec, "awsNetworks");
  const { address } = spec.customerGateway;
  if (address === undefined) {
    throw unsupported({
      code: "HYBRID_VPN_DEVICE_CERTIFICATE",
      device,
      property: "customerGateway.address",
      allowed: "a customer gateway known by its address and a pre-shared key",
      fix: "give the customer gateway an address, or configure the device from the generic device's description",
    });
  }
  const [first, second] = spec.tunnels;
  const one = keyed(device, first);
  return {
    ...spec,
    customerGateway: { address },
    tunnels: second === undefined ? [one] : [one, keyed(device, second)],
  };
}

function checkNetworks(spec: VpnSpec, property: "onPremisesNetworks" | "awsNetworks"): void {
  spec[property].forEach((network, index) => {
    const cidr = Cidr.tryParse(network);
    if (cidr !== undefined && `ipv${cidr.version}` === spec.insideIpVersion) return;
    throw new MigrationError({
      code: "HYBRID_VPN_DEVICE_NETWORK",
      path: `${property}[${index}]`,
      received: network,
      allowed: `a CIDR block of the address family inside the tunnels, ${spec.insideIpVersion}`,
      fix: "write the block itself, and leave blocks of the other family to a connection of that family",
    });
  });
}

function keyed(device: string, tunnel: VpnTunnelSpec): KeyedTunnel {
  const { preSharedKey } = tunnel;
  if (preSharedKey === undefined) {
    throw unsupported({
      code: "HYBRID_VPN_DEVICE_CERTIFICATE",
      device,
      tunnel,
      property: "preSharedKey",
      allowed: "authentication by pre-shared key",
      fix: "use a pre-shared key, or configure the device from the generic device's description",
    });
  }
  if (!tunnel.ikeVersions.includes("ikev2")) {
    throw unsupported({
      code: "HYBRID_VPN_DEVICE_IKE_VERSION",
      device,
      tunnel,
      property: "ikeVersions",
      received: tunnel.ikeVersions,
      allowed: "ikev2",
      fix: "accept ikev2 on the tunnel",
    });
  }
  return { ...tunnel, preSharedKey };
}

/**
 * Checks the specification for a device that carries only IPv4, and all of it, through a tunnel.
 *
 * @throws MigrationError `HYBRID_VPN_DEVICE_INSIDE_IP_VERSION`, `HYBRID_VPN_DEVICE_TRAFFIC_SELECTORS`
 */
export function requireIpv4RouteBased(device: string, spec: VpnSpec): void {
  if (spec.insideIpVersion !== "ipv4") {
    throw unsupported({
      code: "HYBRID_VPN_DEVICE_INSIDE_IP_VERSION",
      device,
      property: "insideIpVersion",
      received: spec.insideIpVersion,
      allowed: "ipv4",
      fix: "use the strongSwan device, or configure the device from the generic device's description",
    });
  }
  const { onPremises, aws } = spec.trafficSelectors;
  if (onPremises !== "0.0.0.0/0" || aws !== "0.0.0.0/0") {
    throw unsupported({
      code: "HYBRID_VPN_DEVICE_TRAFFIC_SELECTORS",
      device,
      property: "trafficSelectors",
      received: spec.trafficSelectors,
      allowed: "0.0.0.0/0 on both sides, with routes to steer the traffic,",
      fix: "leave the connection's network CIDRs at their default",
    });
  }
}
