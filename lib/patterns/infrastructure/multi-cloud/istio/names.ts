/**
 * The checks of names, hosts and protocols as Istio reads them: pkg/config/validation/agent/validation.go,
 * pkg/config/labels, pkg/config/protocol.
 */
import { isIP } from "node:net";

const LABEL = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;
const WILDCARD_LABEL = /^(?:\*|(?:\*-?)?[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)$/;
/** The largest length of a DNS name, in characters: RFC 1035. */
const DOMAIN_LIMIT = 255;

/** Checks whether the text is a DNS label of RFC 1123: at most 63 letters, digits and hyphens. */
export function isDnsLabel(text: string): boolean {
  return LABEL.test(text);
}

/** Returns the fault of a fully qualified domain name as a phrase, or undefined. A trailing dot is allowed. */
export function domainFault(domain: string): string | undefined {
  return lengthFault(domain) ?? labelsFault(domain);
}

/** Returns the fault of a name as {@link domainFault} does, but the first label may be, or begin with, a wildcard. */
export function wildcardDomainFault(domain: string): string | undefined {
  const [first = "", ...rest] = domain.split(".");
  const fault = lengthFault(domain);
  if (fault !== undefined) return fault;
  if (!WILDCARD_LABEL.test(first)) return `label "${first}" is not a DNS label`;
  return rest.length === 0 ? undefined : labelsFault(rest.join("."));
}

function lengthFault(domain: string): string | undefined {
  if (domain.length === 0) return "a name must not be empty";
  return domain.length > DOMAIN_LIMIT ? `a name has at most ${DOMAIN_LIMIT} characters` : undefined;
}

function labelsFault(domain: string): string | undefined {
  const labels = domain.split(".");
  const last = labels[labels.length - 1] ?? "";
  if (/^[+-]?\d+$/.test(last)) return `the top-level domain "${last}" must not be a number`;
  const wrong = labels.find((label, index) => !isDnsLabel(label) && !(label === "" && index === labels.length - 1));
  return wrong === undefined ? undefined : `label "${wrong}" is not a DNS label`;
}

/**
 * Checks whether every host that one of the names covers may be covered by the other: equal, or one a wildcard over the
 * other.
 */
export function hostsOverlap(a: string, b: string): boolean {
  const [wildA, wildB] = [a.startsWith("*"), b.startsWith("*")];
  if (wildA && wildB) {
    const [short, long] = a.length <= b.length ? [a, b] : [b, a];
    return long.slice(1).endsWith(short.slice(1));
  }
  if (wildA) return b.endsWith(a.slice(1));
  if (wildB) return a.endsWith(b.slice(1));
  return a === b;
}

/** Checks whether every host that `inner` covers is covered by `outer`. */
export function hostCovers(outer: string, inner: string): boolean {
  if (!outer.startsWith("*")) return outer === inner;
  return (inner.startsWith("*") ? inner.slice(1) : inner).endsWith(outer.slice(1));
}

/**
 * Returns the full name of a service that a manifest of the namespace writes short: `reviews` is
 * `reviews.default.svc.cluster.local`.
 */
export function fullHost(host: string, namespace = "default"): string {
  return host.includes(".") || host.startsWith("*") ? host : `${host}.${namespace}.svc.cluster.local`;
}

/** Checks whether the text is an IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0;
}

/** Checks whether the text is an address, or an address with a prefix length. */
export function isSubnet(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  if (bits === undefined) return isAddress(address);
  const width = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : -1;
  return more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= width;
}

/** Checks whether the value is the number of a port. */
export function isPort(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 65_535;
}

const HTTP = new Set(["HTTP", "HTTP2", "HTTP_PROXY", "GRPC", "GRPC-WEB"]);
const TLS = new Set(["HTTPS", "TLS"]);
const OTHER = new Set(["TCP", "UDP", "MONGO", "REDIS", "MYSQL", "HBONE"]);

/** Checks whether the protocol is one of HTTP. */
export function isHttp(protocol: string): boolean {
  return HTTP.has(protocol.toUpperCase());
}

/** Checks whether the protocol is encrypted. */
export function isTls(protocol: string): boolean {
  return TLS.has(protocol.toUpperCase());
}

/** Checks whether Istio knows the protocol. An empty one is detected from the traffic. */
export function isProtocol(protocol: string): boolean {
  const upper = protocol.toUpperCase();
  return upper === "" || HTTP.has(upper) || TLS.has(upper) || OTHER.has(upper);
}
