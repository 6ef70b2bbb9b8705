/**
 * ```ts
 * resolveDns(routing, { location: { continent: "EU", country: "DE" } }, { down: ["aws"] });
 * ```
 *
 * The evaluator of DNS: the answers of Route 53, as exact shares of the lookups, by the rules of "How Amazon Route 53 chooses records when health
 * checking is configured" (Route 53 Developer Guide): a record without a health check is healthy, always; records of weight
 * 0 are considered only when all others are unhealthy; and when none is healthy, all are taken for healthy. So DNS always
 * answers, and failing over may answer with a place that the intent gave no traffic.
 */
import { admit } from "../../../../core/door/admit";
import { Fraction } from "../fraction";
import type { GeoLocation } from "../dns-intent";
import { mergeShares, type Resolution, type ResolvedShare, type ResolveOptions } from "../resolve";
import type { Routing } from "../routing";
import { compileDns, type DnsPlan, type DnsRecord } from "./plan";

/** The facts that Route 53 knows about a client. */
export interface DnsRequest {
  /** The client's place, for the policy geolocation. @default - a place that Route 53 does not know, which gets the default */
  readonly location?: { readonly continent?: string; readonly country?: string; readonly subdivision?: string };
  /**
   * The destinations from near to far, for the policies latency and geoproximity.
   * @default - the order of the records
   */
  readonly nearest?: readonly string[];
}

/** Returns the answers of Route 53, or undefined where the intent has no DNS. */
export function resolveDns(
  routing: Routing,
  request: DnsRequest = {},
  options: ResolveOptions = {},
): Resolution | undefined {
  admit("resolveDns", { routing, request, options });
  const plan = compileDns(routing);
  return plan === undefined ? undefined : resolvePlan(plan, request, options);
}

/** Returns the answers of Route 53, as {@link resolveDns} does, for a plan that has been compiled. */
export function resolvePlan(plan: DnsPlan, request: DnsRequest = {}, options: ResolveOptions = {}): Resolution {
  const down = new Set(options.down);
  const groups = { A: new Array<DnsRecord>(), AAAA: new Array<DnsRecord>(), CNAME: new Array<DnsRecord>() };
  for (const record of plan.records) groups[record.type].push(record);
  // One group answers a lookup; an address group for IPv6 has the same destinations as that for IPv4, where both exist.
  const records = groups.CNAME.length > 0 ? groups.CNAME : groups.A.length > 0 ? groups.A : groups.AAAA;
  const isUp = (record: DnsRecord): boolean => !isChecked(record) || !down.has(record.destination);
  const { chosen, because } = choose(plan, records, isUp, request);
  const total = chosen.reduce((sum, { part }) => sum + part, 0);
  const dead = [...new Set(records.filter((record) => !isUp(record)).map((record) => record.destination))];
  const shares: ResolvedShare[] = [];
  let unserved = chosen.length === 0 ? Fraction.one : Fraction.zero;
  for (const { record, part } of chosen) {
    const fraction = Fraction.of(part, total);
    // DNS may answer with a destination that is down: nothing checked it, or nothing else is left.
    if (down.has(record.destination)) unserved = unserved.plus(fraction);
    else {
      const insteadOf = dead.filter((name) => name !== record.destination);
      shares.push({ destination: record.destination, fraction, insteadOf });
    }
  }
  return { plane: "dns", decidedBy: plan.policy, because, shares: mergeShares(shares), unserved };
}

/** Returns the destinations that DNS may answer with, reachable or not. Residency is proven over them. */
export function possibleAnswers(plan: DnsPlan, down: readonly string[]): ReadonlySet<string> {
  const isDown = new Set(down);
  const isUp = (record: DnsRecord): boolean => !isChecked(record) || !isDown.has(record.destination);
  const answers = new Set<string>();
  for (const type of ["A", "AAAA", "CNAME"] as const) {
    const records = plan.records.filter((record) => record.type === type);
    for (const request of requests(plan, records)) {
      for (const { record } of choose(plan, records, isUp, request).chosen) answers.add(record.destination);
    }
  }
  return answers;
}

/**
 * Returns requests that between them get every answer: each destination nearest, each located record's own place, and
 * nowhere.
 */
function requests(plan: DnsPlan, records: readonly DnsRecord[]): DnsRequest[] {
  if (plan.policy === "latency" || plan.policy === "geoproximity") {
    return records.map((record) => ({ nearest: [record.destination] }));
  }
  if (plan.policy !== "geolocation") return [{}];
  return [{}, ...records.flatMap((record) => requestFor(record.location))];
}

/**
 * Returns requests from the place of a geolocation record. A country's continent is not known here, so it is asked from
 * each.
 */
function requestFor(location: DnsRecord["location"]): DnsRequest[] {
  if (location === undefined || location === "default") return [];
  if ("continent" in location) return [{ location }];
  return ["AF", "AN", "AS", "EU", "NA", "OC", "SA"].map((continent) => ({ location: { ...location, continent } }));
}

/** Checks whether Route 53 notices when the record's destination is down. */
export function isChecked(record: DnsRecord): boolean {
  return record.checked || record.alias?.evaluateTargetHealth === true;
}

interface Choice {
  readonly chosen: readonly { readonly record: DnsRecord; readonly part: number }[];
  readonly because: string;
}

function choose(
  plan: DnsPlan,
  records: readonly DnsRecord[],
  isUp: (record: DnsRecord) => boolean,
  request: DnsRequest,
): Choice {
  const healthy = records.filter(isUp);
  const none = healthy.length === 0 && records.length > 0;
  const alive = none ? records : healthy;
  const note = none ? "no record is healthy, so all are taken for healthy" : undefined;
  switch (plan.policy) {
    case "weighted":
      return weighted(alive, note);
    case "failover": {
      const primary = alive.find((record) => record.role === "PRIMARY");
      const answer = primary ?? alive[0];
      const why = primary === undefined ? "the primary is unhealthy" : "the primary is healthy";
      return { chosen: answer === undefined ? [] : [{ record: answer, part: 1 }], because: note ?? why };
    }
    case "latency":
    case "geoproximity": {
      const rank = (record: DnsRecord): number => {
        const index = request.nearest?.indexOf(record.destination) ?? -1;
        return index === -1 ? records.length : index;
      };
      const [first] = [...alive].sort((a, b) => rank(a) - rank(b));
      return {
        chosen: first === undefined ? [] : [{ record: first, part: 1 }],
        because: note ?? "the nearest healthy record",
      };
    }
    case "geolocation":
      return geolocation(records, isUp, request);
    case "multivalue":
      // Up to eight records are returned, at random; a client that takes any of them gets each alike.
      return { chosen: alive.map((record) => ({ record, part: 1 })), because: note ?? "any healthy record" };
  }
}

function weighted(alive: readonly DnsRecord[], note: string | undefined): Choice {
  const heavy = alive.filter((record) => (record.weight ?? 0) > 0);
  if (heavy.length > 0) {
    return {
      chosen: heavy.map((record) => ({ record, part: record.weight ?? 0 })),
      because: note ?? "by the weights of the healthy records",
    };
  }
  return {
    chosen: alive.map((record) => ({ record, part: 1 })),
    because: note ?? "only records of weight 0 are healthy, and they share equally",
  };
}

/**
 * Returns the most exact record for the place, then the next larger place while that is unhealthy, then the default. Where none of
 * those that apply is healthy, the most exact one is answered all the same; where none applies, there is no answer.
 */
function geolocation(records: readonly DnsRecord[], isUp: (record: DnsRecord) => boolean, request: DnsRequest): Choice {
  const applying = records
    .map((record) => ({ record, exactness: exactness(record.location, request.location) }))
    .filter(({ exactness: score }) => score >= 0)
    .sort((a, b) => b.exactness - a.exactness);
  const answer = applying.find(({ record }) => isUp(record)) ?? applying[0];
  if (answer === undefined) return { chosen: [], because: "no record for this place, and no default" };
  const place = answer.record.location;
  const because = answer === applying[0] ? `the record for ${placeName(place)}` : `fell back to ${placeName(place)}`;
  return { chosen: [{ record: answer.record, part: 1 }], because };
}

function exactness(of: DnsRecord["location"], place: DnsRequest["location"]): number {
  if (of === "default") return 0;
  if (of === undefined || place === undefined) return -1;
  if ("continent" in of) return of.continent === place.continent ? 1 : -1;
  if (of.country !== place.country) return -1;
  if (of.subdivision === undefined) return 2;
  return of.subdivision === place.subdivision ? 3 : -1;
}

/** Returns the place as people write it: `country DE`. */
export function placeName(location: "default" | GeoLocation | undefined): string {
  if (location === undefined || location === "default") return "the default";
  if ("continent" in location) return `continent ${location.continent}`;
  return location.subdivision === undefined
    ? `country ${location.country}`
    : `country ${location.country}, subdivision ${location.subdivision}`;
}
