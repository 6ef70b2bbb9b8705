/** One tunnel of a connection with everything decided: its options, its key's source and its addresses. */
import type { Construct } from "constructs";
import type { Cidr } from "../../../network/cidr";
import { at, refuse, type Place } from "./checks";
import type { BoundCustomerGateway } from "./customer-gateway";
import { PreSharedKey } from "./pre-shared-key";
import type { SiteToSiteVpnProps } from "./site-to-site-vpn-props";
import { checkInsideCidr, checkInsideIpv6Cidr } from "./tunnel-checks";
import { resolveTunnel, type ResolvedTunnel } from "./tunnel-options";
import { VpnRegistry } from "./vpn-registry";
import type { InsideAddresses, VpnTunnelSpec } from "./vpn-spec";

/** A tunnel that both ends can be written from. */
export interface ConnectionTunnel extends ResolvedTunnel {
  readonly number: 1 | 2;
  readonly key: PreSharedKey;
  readonly insideCidr: Cidr;
  readonly insideIpv6Cidr?: Cidr;
}

/**
 * @throws MigrationError the codes of `tunnel-checks.ts`, `HYBRID_VPN_PRE_SHARED_KEY_LITERAL`, `HYBRID_VPN_KEY_WITH_CERTIFICATE`,
 * `HYBRID_VPN_INSIDE_IPV6`, `HYBRID_VPN_INSIDE_CIDR_TAKEN`
 */
export function decideTunnel(
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
    return refuse(
      "HYBRID_VPN_PRE_SHARED_KEY_LITERAL",
      at(place, "preSharedKey"),
      "PreSharedKey.amazon(), PreSharedKey.generated() or PreSharedKey.token()",
      "pass where the key comes from, never the key",
    );
  }
  if (customerGateway.usesCertificate && key.source !== "amazon") {
    refuse(
      "HYBRID_VPN_KEY_WITH_CERTIFICATE",
      at(place, "preSharedKey"),
      "no pre-shared key beside a certificate",
      "leave out the key, or the certificate",
    );
  }
  const { insideCidrs } = VpnRegistry.of(scope);
  const owner = tunnelOwner(scope, number);
  const pin = (cidr: Cidr, property: string): Cidr => {
    insideCidrs.pin(cidr, owner, at(place, property));
    return cidr;
  };
  const insideCidr =
    own.insideCidr === undefined
      ? insideCidrs.ipv4(owner)
      : pin(checkInsideCidr(own.insideCidr, at(place, "insideCidr")), "insideCidr");
  if (props.insideIpVersion === "ipv6") {
    const insideIpv6Cidr =
      own.insideIpv6Cidr === undefined
        ? insideCidrs.ipv6(owner)
        : pin(checkInsideIpv6Cidr(own.insideIpv6Cidr, at(place, "insideIpv6Cidr")), "insideIpv6Cidr");
    return { ...options, number, key, insideCidr, insideIpv6Cidr };
  }
  if (own.insideIpv6Cidr !== undefined) {
    refuse(
      "HYBRID_VPN_INSIDE_IPV6",
      at(place, "insideIpv6Cidr"),
      'an IPv6 block only with insideIpVersion "ipv6"',
      "set insideIpVersion, or leave the block out",
      own.insideIpv6Cidr,
    );
  }
  return { ...options, number, key, insideCidr };
}

/** Who has a tunnel's inside addresses. The allocator hashes it, so changing it would replace every deployed connection. */
export function tunnelOwner(scope: Construct, number: 1 | 2): string {
  return `tunnel ${number} of ${scope.node.path}`;
}

/** The tunnel as the device sees it. */
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

/** AWS takes the first host of the block for itself and leaves the second one to the customer. */
function insideAddresses(cidr: Cidr): InsideAddresses {
  return { cidr: cidr.toString(), aws: cidr.addressAt(1), customer: cidr.addressAt(2) };
}
