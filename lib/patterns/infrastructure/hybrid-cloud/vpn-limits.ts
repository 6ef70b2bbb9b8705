/**
 * The limits that AWS sets on a Site-to-Site VPN, as numbers in one place, so that a check, its message and its test cannot disagree.
 *
 * Sources: EC2 API reference, `VpnTunnelOptionsSpecification` (tunnel options) and `CreateCustomerGateway`; Site-to-Site VPN
 * user guide, "Tunnel options", "Customer gateway options", "Tunnel initiation options" and "Quotas"; the documentation of
 * `aws_vpn_connection` in the Terraform AWS provider.
 */
import { Cidr } from "../../../network/cidr";

/** A range of whole numbers, both ends included. */
export interface Range {
  readonly minimum: number;
  readonly maximum: number;
}

/** The lifetime of phase 1, in seconds. Phase 2 must also end before phase 1. */
export const phase1LifetimeSeconds: Range = { minimum: 900, maximum: 28_800 };
/** The lifetime of phase 2, in seconds. */
export const phase2LifetimeSeconds: Range = { minimum: 900, maximum: 3_600 };
/** The smallest rekey margin, in seconds; the largest is half of the phase 2 lifetime. */
export const REKEY_MARGIN_MINIMUM_SECONDS = 60;
/** The random widening of the rekey margin, in per cent. */
export const rekeyFuzzPercent: Range = { minimum: 0, maximum: 100 };
/** The replay window, in packets. */
export const replayWindowPackets: Range = { minimum: 64, maximum: 2_048 };
/** The smallest dead-peer timeout, in seconds. AWS states no upper end. */
export const DPD_TIMEOUT_MINIMUM_SECONDS = 30;

/** The pattern of a pre-shared key: 8 to 64 letters, digits, points and underscores, the first of them no zero. */
export const preSharedKeyPattern = /^[A-Za-z1-9._][A-Za-z0-9._]{7,63}$/;

/** The pool of IPv4 addresses inside the tunnels. */
export const insidePool = Cidr.parse("169.254.0.0/16");
/** The prefix length of the inside IPv4 addresses. */
export const INSIDE_PREFIX_LENGTH = 30;
/** The blocks of the pool that AWS reserves: metadata, time and DNS services live in 169.254.169.252/30. */
export const insideReserved: readonly Cidr[] = [
  "169.254.0.0/30",
  "169.254.1.0/30",
  "169.254.2.0/30",
  "169.254.3.0/30",
  "169.254.4.0/30",
  "169.254.5.0/30",
  "169.254.169.252/30",
].map((text) => Cidr.parse(text));

/**
 * The block of the pool that is used only where it is pinned: in it EC2, ECS and EKS answer instances and containers (time at
 * 169.254.169.123, task credentials at 169.254.170.2). A device that is itself an EC2 instance would lose them.
 */
export const insideAvoided = Cidr.parse("169.254.168.0/21");

/** The pool of IPv6 addresses inside the tunnels. */
export const insideIpv6Pool = Cidr.parse("fd00::/8");
/** The prefix length of the inside IPv6 addresses. */
export const INSIDE_IPV6_PREFIX_LENGTH = 126;

/** The versions of IKE that AWS speaks. */
export const ikeVersions = ["ikev1", "ikev2"] as const;
/** The encryption algorithms of both phases. */
export const encryptionAlgorithms = ["AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16"] as const;
/** The integrity algorithms of both phases. */
export const integrityAlgorithms = ["SHA1", "SHA2-256", "SHA2-384", "SHA2-512"] as const;
/** The Diffie-Hellman groups of phase 1. */
export const phase1DhGroups = [2, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24] as const;
/** The Diffie-Hellman groups of phase 2. */
export const phase2DhGroups = [2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24] as const;
/** The actions of AWS when the other side is silent. */
export const dpdTimeoutActions = ["clear", "none", "restart"] as const;
/** The initiators of the negotiation: `add` for the device, `start` for AWS. */
export const startupActions = ["add", "start"] as const;

/** The autonomous system numbers of a customer gateway. */
export const customerAsn: Range = { minimum: 1, maximum: 4_294_967_295 };
/** The largest number that `bgp_asn` of a customer gateway takes; a larger one goes into `bgp_asn_extended`. */
export const BGP_ASN_MAXIMUM = 2_147_483_647;
/** Amazon's own autonomous system numbers: 7224 everywhere, the others each in one region. */
export const amazonReservedAsns: readonly number[] = [7224, 9059, 10124, 17943];
/** The autonomous system numbers that may be chosen for Amazon's side: the private numbers of RFC 6996, of both sizes. */
export const amazonAsns: readonly Range[] = [
  { minimum: 64_512, maximum: 65_534 },
  { minimum: 4_200_000_000, maximum: 4_294_967_294 },
];
/** The autonomous system number that AWS takes for its side by default. */
export const AMAZON_DEFAULT_ASN = 64_512;
/** The default autonomous system number of a customer gateway, from the catalog's example. */
export const CUSTOMER_DEFAULT_ASN = 65_000;

/** The hold time of BGP: seconds without a keepalive after which AWS drops a session. */
export const BGP_HOLD_TIME_SECONDS = 30;

/** The default quota of VPN connections on one virtual private gateway; AWS raises it on request. */
export const CONNECTIONS_PER_VPN_GATEWAY = 10;
/**
 * The largest number of routes that a connection to a virtual private gateway learns, and that one propagates to a route
 * table; not adjustable.
 */
export const ROUTES_PER_VPN_GATEWAY = 100;
