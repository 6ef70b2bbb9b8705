/**
 * The checks of a VPN connection and its two gateways: one function for each limit that AWS sets. All of them always run.
 */
import { isUnresolved } from "../../../core/tokens";
import { refuse } from "../../../core/refuse";
import { parseAddress } from "../../../network/address";
import { Cidr } from "../../../network/cidr";
import { checkChoice, checkLiteral, type Place } from "./checks";
import * as limits from "./vpn-limits";

/** The kind of gateway that a connection ends at on AWS's side. */
export type GatewayKind = "vpn" | "transit" | "concentrator";

const NAME = /^[A-Za-z][A-Za-z0-9-]{0,31}$/;

/**
 * Checks the name of a connection: device files name interfaces and sections by it.
 * @throws MigrationError `HYBRID_VPN_NAME`
 */
export function checkName(name: string, place: Place): void {
  checkLiteral(name, place);
  if (typeof (name as unknown) === "string" && NAME.test(name)) return;
  refuse({
    code: "HYBRID_VPN_NAME",
    ...place,
    allowed: "a letter, then letters, digits and hyphens, at most 32 characters",
    fix: "set a shorter or plainer name",
    received: name,
  });
}

/**
 * Checks the customer's autonomous system number: 1 to 4,294,967,295, and none of Amazon's own.
 *
 * @throws MigrationError `HYBRID_VPN_CUSTOMER_ASN`
 */
export function checkCustomerAsn(asn: number, place: Place): void {
  checkLiteral(asn, place);
  const { minimum, maximum } = limits.customerAsn;
  if (Number.isInteger(asn) && asn >= minimum && asn <= maximum && !limits.amazonReservedAsns.includes(asn)) return;
  refuse({
    code: "HYBRID_VPN_CUSTOMER_ASN",
    ...place,
    allowed: `a whole number from ${minimum} to ${maximum} other than Amazon's own ${limits.amazonReservedAsns.join(", ")}`,
    fix: "use the number assigned to your network, or a private one from 64512 to 65534",
    received: asn,
  });
}

/**
 * Checks that Amazon's autonomous system number is a private one.
 * @throws MigrationError `HYBRID_VPN_AMAZON_ASN` where it is not
 */
export function checkAmazonAsn(asn: number, place: Place): void {
  checkLiteral(asn, place);
  if (limits.amazonAsns.some(({ minimum, maximum }) => Number.isInteger(asn) && asn >= minimum && asn <= maximum))
    return;
  refuse({
    code: "HYBRID_VPN_AMAZON_ASN",
    ...place,
    allowed: limits.amazonAsns.map(({ minimum, maximum }) => `${minimum}–${maximum}`).join(" or "),
    fix: "choose a private number that no other part of your network uses",
    received: asn,
  });
}

/**
 * Checks that the two autonomous system numbers differ: BGP between equal numbers is internal, and AWS speaks external BGP
 * only.
 *
 * @throws MigrationError `HYBRID_VPN_SAME_ASN`
 */
export function checkAsnsDiffer(customer: number, amazon: number, place: Place): void {
  if (customer !== amazon) return;
  refuse({
    code: "HYBRID_VPN_SAME_ASN",
    ...place,
    allowed: `a number other than ${amazon}, which is Amazon's side`,
    fix: "change the customer gateway's asn or the gateway's amazonSideAsn",
    received: customer,
  });
}

/**
 * Checks that the customer's address is an IPv4 address.
 * @throws MigrationError `HYBRID_VPN_CUSTOMER_ADDRESS` where it is not
 */
export function checkCustomerAddress(address: string, place: Place): void {
  if (isUnresolved(address)) return;
  if (typeof (address as unknown) === "string" && parseAddress(address)?.version === 4) return;
  refuse({
    code: "HYBRID_VPN_CUSTOMER_ADDRESS",
    ...place,
    allowed: "one IPv4 address without a prefix length",
    fix: "write the static address of the device's outside interface, or of the NAT in front of it",
    received: address,
  });
}

/**
 * Checks that an accelerated connection ends at a transit gateway and goes over the internet.
 *
 * @throws MigrationError `HYBRID_VPN_ACCELERATION`
 */
export function checkAcceleration(accelerated: boolean, kind: GatewayKind, privateIp: boolean, place: Place): void {
  if (!accelerated || (kind === "transit" && !privateIp)) return;
  refuse({
    code: "HYBRID_VPN_ACCELERATION",
    ...place,
    allowed: "true only on a transit gateway and over the internet",
    fix: "leave acceleration out, or end the connection at a transit gateway without privateIp",
    received: accelerated,
  });
}

/**
 * Checks the inside IP version.
 * @throws MigrationError `HYBRID_VPN_INSIDE_IPV6` on a virtual private gateway, which carries IPv4 only
 */
export function checkInsideIpVersion(version: string, kind: GatewayKind, place: Place): void {
  checkLiteral(version, place);
  if (version === "ipv4" || (version === "ipv6" && kind !== "vpn")) return;
  refuse({
    code: "HYBRID_VPN_INSIDE_IPV6",
    ...place,
    allowed: kind === "vpn" ? "ipv4, because a virtual private gateway carries no IPv6" : "ipv4 or ipv6",
    fix: "end the connection at a transit gateway, or carry IPv4",
    received: version,
  });
}

/** Checks that a private IP VPN ends at a transit gateway. @throws MigrationError `HYBRID_VPN_PRIVATE_IP` where it does not */
export function checkPrivateIp(privateIp: boolean, kind: GatewayKind, place: Place): void {
  if (!privateIp || kind === "transit") return;
  refuse({
    code: "HYBRID_VPN_PRIVATE_IP",
    ...place,
    allowed: "a transit gateway, whose Direct Connect attachment carries the tunnels",
    fix: "leave privateIp out, or end the connection at a transit gateway",
  });
}

/** Parses CIDR blocks of one IP version. @throws MigrationError `HYBRID_VPN_NETWORKS`, or that of `Cidr.parse` */
export function checkNetworks(networks: readonly string[], version: 4 | 6, place: Place): Cidr[] {
  checkLiteral(networks, place);
  if (!Array.isArray(networks) || networks.length === 0) {
    refuse({
      code: "HYBRID_VPN_NETWORKS",
      ...place,
      allowed: `at least one IPv${version} block`,
      fix: "list the networks of that side",
      received: networks,
    });
  }
  return networks.map((text: string, index) => {
    const cidr = Cidr.parse(text, `${place.path}[${index}]`);
    if (cidr.version === version) return cidr;
    return refuse({
      code: "HYBRID_VPN_NETWORKS",
      ...place,
      path: `${place.path}[${index}]`,
      allowed: `an IPv${version} block, because the tunnels carry IPv${version}`,
      fix: "leave the block out, or make a second connection for the other version",
      received: text,
    });
  });
}

/**
 * Checks the bandwidth of the tunnels: those of 5 Gbit/s end at a transit gateway, and are not accelerated.
 *
 * @throws MigrationError `HYBRID_VPN_TUNNEL_BANDWIDTH`
 */
export function checkTunnelBandwidth(bandwidth: string, kind: GatewayKind, accelerated: boolean, place: Place): void {
  checkChoice("HYBRID_VPN_TUNNEL_BANDWIDTH", bandwidth, ["standard", "large"], place);
  if (bandwidth === "standard" || (kind === "transit" && !accelerated)) return;
  refuse({
    code: "HYBRID_VPN_TUNNEL_BANDWIDTH",
    ...place,
    allowed: "large only on a transit gateway and without acceleration",
    fix: "leave it out, or end the connection at a transit gateway",
    received: bandwidth,
  });
}

/**
 * Checks load sharing: only a transit gateway sends over several tunnels at once, and only over those with BGP (VPC connectivity options
 * whitepaper, "Transit Gateway and Site-to-Site VPN").
 *
 * @throws MigrationError `HYBRID_VPN_LOAD_SHARING`
 */
export function checkLoadSharing(shared: boolean, kind: GatewayKind, routing: "static" | "bgp", place: Place): void {
  if (!shared || (kind !== "vpn" && routing === "bgp")) return;
  refuse({
    code: "HYBRID_VPN_LOAD_SHARING",
    ...place,
    allowed: "true only with BGP on a transit gateway",
    fix: "leave it out, and the second tunnel takes over when the first is gone",
    received: shared,
  });
}
