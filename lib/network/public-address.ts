import { parseAddress } from "./address";
import { Cidr } from "./cidr";

/**
 * The blocks that cannot be reached from the internet, nor by Route 53's health checkers: local, private, shared,
 * benchmarking, multicast and reserved blocks (IANA IPv4 and IPv6 Special-Purpose Address Registries; Amazon Route 53 API
 * Reference, HealthCheckConfig).
 */
const NOT_PUBLIC = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
  "::/127",
  "fc00::/7",
  "fe80::/10",
  "ff00::/8",
].map((block) => Cidr.parse(block));

/** Checks whether the text is one IPv4 or IPv6 address that can be reached from the internet. */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text);
  return (
    address !== undefined &&
    !NOT_PUBLIC.some((block) => block.version === address.version && block.containsAddress(text))
  );
}
