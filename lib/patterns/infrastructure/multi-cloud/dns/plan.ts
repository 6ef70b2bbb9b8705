/**
 * ```ts
 * const plan = compileDns(Routing.parse(intent)); // records and health checks, as plain data
 * ```
 *
 * The compiler of a routing to Route 53 records. All records of the plan have the same name and policy, and one set identifier each: the
 * destination's name. From one stage to the next only `weight` changes.
 */
import { isIPv4, isIPv6 } from "node:net";
import { admit } from "../../../../core/door/admit";
import type { FileText } from "../../../../core/file-text";
import type { DnsPolicy, GeoLocation, HealthCheck } from "../dns-intent";
import { dnsDestinations } from "../intent-names";
import type { ResolvedDestination, Routing } from "../routing";

/** A Route 53 record of a group of the same name and policy. */
export interface DnsRecord {
  readonly name: FileText;
  readonly type: "A" | "AAAA" | "CNAME";
  readonly policy: DnsPolicy;
  readonly setIdentifier: string;
  readonly destination: string;
  /** The TTL in seconds. Undefined for an alias, which has its target's. */
  readonly ttlSeconds?: number;
  readonly values?: readonly FileText[];
  readonly alias?: { readonly name: FileText; readonly zoneId: FileText; readonly evaluateTargetHealth: boolean };
  /** Whether the record has the health check of the destination. */
  readonly checked: boolean;
  readonly weight?: number;
  readonly role?: "PRIMARY" | "SECONDARY";
  readonly awsRegion?: FileText;
  readonly location?: "default" | GeoLocation;
  readonly coordinates?: { readonly latitude: number; readonly longitude: number };
  readonly bias?: number;
}

/** The health check of a destination, with its defaults filled in. */
export interface DnsHealthCheck {
  readonly destination: string;
  readonly check: HealthCheck;
  /** The name that is checked, for an endpoint check. */
  readonly fqdn?: FileText;
  readonly ipAddress?: FileText;
  readonly port?: number;
}

/** All records of the name, with their zone and health checks. */
export interface DnsPlan {
  readonly name: FileText;
  readonly zone: { readonly name: FileText; readonly private: boolean };
  readonly policy: DnsPolicy;
  readonly records: readonly DnsRecord[];
  readonly healthChecks: readonly DnsHealthCheck[];
}

/** Compiles the records of the routing; undefined where the intent has no DNS. */
export function compileDns(routing: Routing): DnsPlan | undefined {
  admit("compileDns", { routing });
  const { dns } = routing;
  if (dns === undefined) return undefined;
  const names = dnsDestinations(routing.intent, dns);
  const weights = dnsWeights(routing, names);
  const records = names.flatMap((name, index): DnsRecord[] => {
    const destination = routing.destination(name);
    const { region, dns: target = {} } = destination;
    const awsRegion = target.coordinates === undefined ? (target.awsRegion ?? region) : undefined;
    const located = dns.policy === "latency" || dns.policy === "geoproximity";
    const common = {
      name: dns.name.replace(/\.$/, ""),
      policy: dns.policy,
      destination: name,
      checked: target.healthCheck !== undefined,
      ...(dns.policy === "weighted" ? { weight: weights.get(name) ?? 0 } : {}),
      ...(dns.policy === "failover" ? { role: index === 0 ? ("PRIMARY" as const) : ("SECONDARY" as const) } : {}),
      ...(located && awsRegion !== undefined ? { awsRegion } : {}),
      ...(dns.policy === "geolocation" && target.location !== undefined ? { location: target.location } : {}),
      ...(dns.policy === "geoproximity" && target.coordinates !== undefined ? { coordinates: target.coordinates } : {}),
      ...(dns.policy === "geoproximity" && target.bias !== undefined ? { bias: target.bias } : {}),
    };
    return answers(destination, dns.policy).map((answer) => ({
      ...common,
      setIdentifier: answer.suffix === undefined ? name : `${name}-${answer.suffix}`,
      type: answer.type,
      ...(answer.alias === undefined
        ? { ttlSeconds: dns.ttlSeconds ?? 60, values: answer.values }
        : { alias: answer.alias }),
    }));
  });
  return {
    name: dns.name.replace(/\.$/, ""),
    zone: {
      name: dns.zone.name.replace(/\.$/, ""),
      private: dns.zone.private ?? dns.zone.vpcIds !== undefined,
    },
    policy: dns.policy,
    records,
    healthChecks: names.flatMap((name) => healthCheckOf(routing.destination(name))),
  };
}

interface Answer {
  readonly type: DnsRecord["type"];
  readonly values?: readonly string[];
  readonly alias?: DnsRecord["alias"];
  readonly suffix?: string;
}

function answers(destination: ResolvedDestination, policy: DnsPolicy): Answer[] {
  const { addresses, alias, cname } = destination.dns ?? {};
  if (alias !== undefined) {
    return [{ type: "A", alias: { ...alias, evaluateTargetHealth: alias.evaluateTargetHealth ?? true } }];
  }
  if (addresses === undefined) return [{ type: "CNAME", values: [cname ?? destination.host] }];
  const v6 = addresses.filter((address) => isIPv6(address));
  // A token of an address that Terraform will know later is taken for IPv4: Elastic IP addresses are.
  const v4 = addresses.filter((address) => !isIPv6(address));
  const groups: Answer[] = [];
  for (const [type, values] of [["A", v4] as const, ["AAAA", v6] as const]) {
    if (values.length === 0) continue;
    // A multivalue record holds one value, so that the health of each address is looked at by itself.
    if (policy === "multivalue" && values.length > 1) {
      values.forEach((value, index) => groups.push({ type, values: [value], suffix: String(index) }));
    } else groups.push({ type, values });
  }
  return groups;
}

/**
 * Returns the weights of the default route, in lowest terms where they would pass Route 53's 255: 300 and 700 become 3 and 7. The
 * rules report those that do not fit even so.
 */
function dnsWeights(routing: Routing, names: readonly string[]): Map<string, number> {
  const own = routing.dns?.weights;
  if (own !== undefined) return new Map(names.map((name) => [name, own[name] ?? 0]));
  const shares = new Map(routing.defaultRoute.shares.map((share) => [share.destination, share.weight]));
  const weights = names.map((name) => shares.get(name) ?? 0);
  const divisor = weights.some((weight) => weight > 255) ? weights.reduce(greatestCommonDivisor, 0) || 1 : 1;
  return new Map(names.map((name, index) => [name, (weights[index] ?? 0) / divisor]));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function healthCheckOf(destination: ResolvedDestination): DnsHealthCheck[] {
  const check = destination.dns?.healthCheck;
  if (check === undefined) return [];
  if (check.type !== "HTTP" && check.type !== "HTTPS" && check.type !== "TCP") {
    return [{ destination: destination.name, check }];
  }
  const { location, host, dns: { addresses, cname } = {} } = destination;
  const port = check.port ?? (check.type === "HTTP" ? 80 : check.type === "HTTPS" ? 443 : (destination.port ?? 443));
  // The checkers are outside the mesh, where the name of a Kubernetes service means nothing.
  const name = check.fqdn ?? cname ?? (location === "external" ? host : undefined);
  const ipAddress = check.ipAddress ?? (name === undefined ? addresses?.[0] : undefined);
  return [
    {
      destination: destination.name,
      check,
      port,
      ...(name === undefined || (check.type === "TCP" && ipAddress !== undefined) ? {} : { fqdn: name }),
      ...(ipAddress === undefined ? {} : { ipAddress }),
    },
  ];
}

/** Checks whether the text is an address that only a private network can reach: RFC 1918, RFC 6598, link-local, ULA. */
export function isPrivateAddress(address: string): boolean {
  if (isIPv6(address)) return /^f[cd]|^fe[89ab]/i.test(address);
  if (!isIPv4(address)) return false;
  const [a = 0, b = 0] = address.split(".").map(Number);
  return (
    a === 10 ||
    a === 127 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128)
  );
}
