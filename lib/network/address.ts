/**
 * Single IP addresses as numbers, and back: `parseAddress("10.0.0.5")` is `{ version: 4, value: 167772165n }`.
 *
 * Parsing is left to `ip-address`; what it forgives and Terraform does not (leading zeros, zone identifiers, an IPv4 address
 * inside an IPv6 one) is refused before.
 */
import { Address4, Address6 } from "ip-address";
import { admit } from "../core/door/admit";

/** The version of the Internet Protocol. */
export type IpVersion = 4 | 6;

/** Returns the number of bits of an address of the version. */
export function addressBits(version: IpVersion): 32 | 128 {
  admit("addressBits", { version });
  return version === 4 ? 32 : 128;
}

/** An address as a number. */
export interface IpAddress {
  readonly version: IpVersion;
  readonly value: bigint;
}

// Octets without leading zeros: some libraries read 010 as octal 8, others as 10, and a route must not depend on which.
const IPV4 = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/;
const IPV6 = /^[0-9a-fA-F:]{2,39}$/;

/**
 * Parses an address, and returns undefined where the text is not exactly one IPv4 or IPv6 address: no prefix length, no zone,
 * no white space, no leading zeros in IPv4, no IPv4 notation in IPv6.
 */
export function parseAddress(text: string): IpAddress | undefined {
  admit("parseAddress", { text });
  try {
    if (IPV4.test(text)) return { version: 4, value: new Address4(text).bigInt() };
    if (IPV6.test(text)) return { version: 6, value: new Address6(text).bigInt() };
  } catch {
    // `ip-address` throws for what has the right characters and is no address: 10.0.0.300, 1:::2.
  }
  return undefined;
}

/** Formats the address as text: dotted decimal for IPv4, the canonical form of RFC 5952 for IPv6. */
export function formatAddress(version: IpVersion, value: bigint): string {
  admit("formatAddress", { version, value });
  if (version === 6) return Address6.fromBigInt(value).correctForm();
  const number = Number(value);
  return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
}
