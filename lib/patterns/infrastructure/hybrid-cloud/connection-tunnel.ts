/** The resolution of one tunnel of a connection: its options, the source of its key and its addresses. */
import type { Construct } from "constructs";
import { namePath } from "../../../core/rename";
import { refuse } from "../../../core/refuse";
import type { Cidr } from "../../../network/cidr";
import { propertyOf, type Place } from "./checks";
import type { BoundCustomerGateway } from "./customer-gateway";
import { PreSharedKey } from "./pre-shared-key";
import type { SiteToSiteVpnProps } from "./site-to-site-vpn-props";
import { checkInsideCidr, checkInsideIpv6Cidr } from "./tunnel-checks";
import { resolveTunnel, type ResolvedTunnel } from "./tunnel-options";
import { VpnRegistry } from "./vpn-registry";
import type { InsideAddresses, VpnTunnelSpec } from "./vpn-spec";

/** A resolved tunnel, from which both ends can be written. */
export interface ConnectionTunnel extends ResolvedTunnel {
  readonly number: 1 | 2;
  readonly key: PreSharedKey;
  readonly insideCidr: Cidr;
  readonly insideIpv6Cidr?: Cidr;
}

/**
 * Resolves a tunnel of a connection: its options with their defaults, its key and its inside addresses.
 *
 * @throws MigrationError the codes of `tunnel-checks.ts`, `HYBRID_VPN_PRE_SHARED_KEY_LITERAL`,
 * `HYBRID_VPN_KEY_WITH_CERTIFICATE`, `HYBRID_VPN_INSIDE_IPV6`, `HYBRID_VPN_INSIDE_CIDR_TAKEN`
 */
export function resolveConnectionTunnel(
  scope: Construct,
  number: 1 | 2,
  props: SiteToSiteVpnProps,
  customerGateway: BoundCustomerGateway,
): ConnectionTunnel {
  const place: Place = { path: `tunnel${number}`, construct: scope.node.path };
  const own = props[`tunnel${number}`] ?? {};
  const options = resolveTunnel(props.tunnels ?? {}, own, customerGateway.address !== undefined, place);
  const key: unknown = own.preSharedKey ?? PreSharedKey.amazon();
  if (!(key instanceof PreSharedKey)) {
    // What came may be the key itself: it is not in the message.
    return refuse({
      code: "HYBRID_VPN_PRE_SHARED_KEY_LITERAL",
      ...propertyOf(place, "preSharedKey"),
      allowed: "PreSharedKey.amazon(), PreSharedKey.generated() or PreSharedKey.token()",
      fix: "pass the source of the key, never the key",
    });
  }
  if (customerGateway.usesCertificate && key.source !== "amazon") {
    refuse({
      code: "HYBRID_VPN_KEY_WITH_CERTIFICATE",
      ...propertyOf(place, "preSharedKey"),
      allowed: "no pre-shared key beside a certificate",
      fix: "leave out the key, or the certificate",
    });
  }
  const { insideCidrs } = VpnRegistry.of(scope);
  const owner = tunnelOwner(scope, number);
  const pin = (cidr: Cidr, property: string): Cidr => {
    insideCidrs.pin(cidr, owner, propertyOf(place, property));
    return cidr;
  };
  const insideCidr =
    own.insideCidr === undefined
      ? insideCidrs.ipv4(owner)
      : pin(checkInsideCidr(own.insideCidr, propertyOf(place, "insideCidr")), "insideCidr");
  if (props.insideIpVersion === "ipv6") {
    const insideIpv6Cidr =
      own.insideIpv6Cidr === undefined
        ? insideCidrs.ipv6(owner)
        : pin(checkInsideIpv6Cidr(own.insideIpv6Cidr, propertyOf(place, "insideIpv6Cidr")), "insideIpv6Cidr");
    return { ...options, number, key, insideCidr, insideIpv6Cidr };
  }
  if (own.insideIpv6Cidr !== undefined) {
    refuse({
      code: "HYBRID_VPN_INSIDE_IPV6",
      ...propertyOf(place, "insideIpv6Cidr"),
      allowed: 'an IPv6 block only with insideIpVersion "ipv6"',
      fix: "set insideIpVersion, or leave the block out",
      received: own.insideIpv6Cidr,
    });
  }
  return { ...options, number, key, insideCidr };
}

/**
 * Returns the name of a tunnel as the owner of its inside addresses. The allocator hashes it, so changing it would replace
 * every deployed connection.
 */
export function tunnelOwner(scope: Construct, number: 1 | 2): string {
  return `tunnel ${number} of ${namePath(scope)}`;
}

/** Returns the tunnel as the device sees it. */
export function tunnelSpec(
  tunnel: ConnectionTunnel,
  outsideAddress: string,
  preSharedKey: string | undefined,
  rank: number,
): VpnTunnelSpec {
  const { key: _key, lifecycleControl: _control, insideCidr, insideIpv6Cidr, ...options } = tunnel;
  return {
    ...options,
    outsideAddress,
    ...(preSharedKey === undefined ? {} : { preSharedKey }),
    inside: insideAddresses(insideCidr),
    ...(insideIpv6Cidr === undefined ? {} : { insideIpv6: insideAddresses(insideIpv6Cidr) }),
    rank,
  };
}

/** Returns the two inside addresses of a block: AWS takes its first host, and leaves the second one to the customer. */
function insideAddresses(cidr: Cidr): InsideAddresses {
  return { cidr: cidr.toString(), aws: cidr.addressAt(1), customer: cidr.addressAt(2) };
}
