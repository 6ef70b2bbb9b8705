/**
 * The rules about records that Route 53 refuses, or accepts without the intended effect. Facts from the Route 53 Developer Guide and API Reference
 * (ResourceRecordSet); each rule's `why` names the page.
 */
import { defineRule, type Rule } from "../../../../core/rule";
import { isPrivateAddress, type DnsPlan, type DnsRecord } from "./plan";
import { isChecked, placeName } from "./resolve-dns";

/** The largest length of a set identifier, in characters: ResourceRecordSet in the Route 53 API Reference. */
const SET_IDENTIFIER_LIMIT = 128;
/** The largest TTL in seconds that the Developer Guide recommends for records with a health check. */
const CHECKED_TTL_LIMIT = 60;

function subjectOf(record: DnsRecord): string {
  return `${record.name} ${record.type} ${record.setIdentifier}`;
}

/** Reports a set identifier that is missing, too long or used twice. */
export const setIdentifier = defineRule<DnsPlan>({
  id: "route53-set-identifier",
  title: "A set identifier is missing, too long or used twice",
  severity: "blocker",
  why: "records of the same name and type are told apart by their set identifier, 1 to 128 characters (ResourceRecordSet, SetIdentifier)",
  remedy: "give each record an identifier of its own",
  *check({ records }) {
    const seen = new Set<string>();
    for (const record of records) {
      const { setIdentifier: identifier } = record;
      const key = subjectOf(record);
      if (identifier === "" || identifier.length > SET_IDENTIFIER_LIMIT) {
        yield {
          subject: key,
          message: `the identifier has ${identifier.length} characters, and 1 to ${SET_IDENTIFIER_LIMIT} are allowed`,
        };
      }
      if (seen.has(key)) yield { subject: key, message: `the identifier ${identifier} is a duplicate` };
      seen.add(key);
    }
  },
});

/** Reports records of one name with different routing policies. */
export const policyMixed = defineRule<DnsPlan>({
  id: "route53-policy-mixed",
  title: "Records of one name have different routing policies",
  severity: "blocker",
  why: "all records of the same name and type have one routing policy (ResourceRecordSet)",
  remedy: "choose one policy, or give the records names of their own and an alias to each",
  *check({ records }) {
    const policies = new Map<string, DnsRecord>();
    for (const record of records) {
      const key = `${record.name} ${record.type}`;
      const first = policies.get(key);
      if (first === undefined) policies.set(key, record);
      else if (first.policy !== record.policy) {
        yield {
          subject: subjectOf(record),
          message: `${record.policy}, and ${first.setIdentifier} of the same name is ${first.policy}`,
        };
      }
    }
  },
});

/** Reports a weight that is out of range. */
export const weightRange = defineRule<DnsPlan>({
  id: "route53-weight",
  title: "A weight is out of range",
  severity: "blocker",
  why: "a weight is a whole number from 0 to 255 (Values specific for weighted records)",
  remedy: "use weights whose proportions can be written with 0 to 255",
  *check({ records }) {
    for (const record of records) {
      const { weight } = record;
      if (weight === undefined || (Number.isInteger(weight) && weight >= 0 && weight <= 255)) continue;
      yield { subject: subjectOf(record), message: `the weight is ${weight}, and 0 to 255 are allowed` };
    }
  },
});

/** Reports a CNAME at the zone's apex. */
export const apexCname = defineRule<DnsPlan>({
  id: "route53-apex-cname",
  title: "The record at the zone's apex is a CNAME",
  severity: "blocker",
  why: "the apex has NS and SOA records, and a CNAME allows no other record beside it (RFC 1034, section 3.6.2); Route 53 refuses it",
  remedy: "answer with addresses or an alias, or move the name below the apex",
  *check({ records, zone }) {
    for (const record of records) {
      if (record.type !== "CNAME" || record.name !== zone.name) continue;
      yield { subject: subjectOf(record), message: `${record.name} is the zone itself, and the record is a CNAME` };
    }
  },
});

/** Reports a CNAME beside records of other types. */
export const typeMixed = defineRule<DnsPlan>({
  id: "route53-type-mixed",
  title: "A name has a CNAME beside records of other types",
  severity: "blocker",
  why: "a name with a CNAME has no other record (RFC 1034, section 3.6.2); Route 53 refuses the second type",
  remedy: "answer with CNAMEs for all destinations, or with addresses and aliases for all",
  *check({ records, name }) {
    const others = records.filter((record) => record.type !== "CNAME").map((record) => record.setIdentifier);
    const cnames = records.filter((record) => record.type === "CNAME").map((record) => record.setIdentifier);
    if (others.length === 0 || cnames.length === 0) return;
    yield { subject: name, message: `CNAME for ${cnames.join(", ")}, and addresses for ${others.join(", ")}` };
  },
});

/** Reports a record whose destination Route 53 does not check. */
export const unchecked = defineRule<DnsPlan>({
  id: "route53-unchecked",
  title: "Route 53 does not check the health of a destination",
  severity: "warning",
  why: "a record without a health check, and an alias that does not evaluate its target's health, are taken for healthy, always (How Amazon Route 53 chooses records when health checking is configured)",
  remedy: "give the destination a health check, or let the alias evaluate its target's health",
  *check({ records }) {
    for (const record of records) {
      if (isChecked(record)) continue;
      const what =
        record.alias === undefined ? "has no health check" : "is an alias that does not evaluate its target's health";
      if (record.role === "PRIMARY") {
        const message = `the primary ${what}, so the secondary would never be answered`;
        yield { subject: subjectOf(record), severity: "blocker", message };
      } else if (record.role === undefined) {
        yield { subject: subjectOf(record), message: `the record ${what}, so it is answered even when it is down` };
      }
    }
  },
});

/** Reports a TTL that is too long for a failover. */
export const ttlLong = defineRule<DnsPlan>({
  id: "route53-ttl",
  title: "The TTL is longer than recommended beside a health check",
  severity: "warning",
  why: `clients go on to a dead destination until the answer expires; 60 seconds or less are recommended beside a health check (Values specific for weighted records, TTL)`,
  remedy: "set ttlSeconds to 60 or less",
  *check({ records, name }) {
    const ttl = Math.max(0, ...records.filter((record) => record.checked).map((record) => record.ttlSeconds ?? 0));
    if (ttl > CHECKED_TTL_LIMIT) yield { subject: name, message: `answers are kept for ${ttl} seconds` };
  },
});

/** Reports a health check that cannot reach its target. */
export const privateCheck = defineRule<DnsPlan>({
  id: "route53-private-check",
  title: "A health check cannot reach its target",
  severity: "blocker",
  why: "Route 53's health checkers are on the public internet (Configuring failover in a private hosted zone), so the check would fail for ever, and the destination get no traffic",
  remedy: "check a CloudWatch alarm of the destination instead: type CLOUDWATCH_METRIC",
  *check({ healthChecks, records }) {
    for (const { destination, check, fqdn, ipAddress } of healthChecks) {
      if (check.type !== "HTTP" && check.type !== "HTTPS" && check.type !== "TCP") continue;
      if (fqdn === undefined && ipAddress === undefined) {
        yield { subject: destination, message: "the health check has neither a name nor an address" };
        continue;
      }
      // A name that the intent gives is taken to be a public one; else it is that of the records, and has their addresses.
      const named = check.fqdn !== undefined;
      const own = records
        .filter((record) => record.destination === destination)
        .flatMap((record) => record.values ?? []);
      const addresses = ipAddress !== undefined ? [ipAddress] : named ? [] : own;
      const hidden = addresses.find(isPrivateAddress);
      if (hidden !== undefined)
        yield { subject: destination, message: `the health check is to reach ${hidden}, a private address` };
    }
  },
});

/** Reports a calculated health check that cannot be calculated. */
export const calculatedCheck = defineRule<DnsPlan>({
  id: "route53-calculated-check",
  title: "A calculated health check is invalid",
  severity: "blocker",
  why: "it counts the health checks of other destinations: with more wanted than there are it is never healthy, with 0 always (Values that you specify when you create or update health checks)",
  remedy: "count destinations that have a health check of their own, and want 1 to as many",
  *check({ healthChecks }) {
    const checked = new Map(healthChecks.map(({ destination, check }) => [destination, check.type]));
    for (const { destination, check } of healthChecks) {
      if (check.type !== "CALCULATED") continue;
      for (const name of check.of) {
        const type = checked.get(name);
        if (type === undefined) yield { subject: destination, message: `it counts ${name}, which has no health check` };
        if (type === "CALCULATED")
          yield { subject: destination, message: `it counts ${name}, which is calculated itself` };
      }
      if (check.atLeast < 1 || check.atLeast > check.of.length) {
        yield { subject: destination, message: `at least ${check.atLeast} of ${check.of.length} are wanted` };
      }
    }
  },
});

/** Reports geolocation records of which none is the default. */
export const geolocationDefault = defineRule<DnsPlan>({
  id: "route53-geolocation-default",
  title: "No geolocation record is the default",
  severity: "warning",
  why: "addresses that Route 53 cannot place, and places without a record, get no answer unless one record is the default (Geolocation routing)",
  remedy: 'give one destination the location "default"',
  *check({ policy, records, name }) {
    if (policy !== "geolocation" || records.some((record) => record.location === "default")) return;
    yield { subject: name, message: "no record is the default" };
  },
});

/** Reports two records for the same region, place or role. */
export const selectorDuplicate = defineRule<DnsPlan>({
  id: "route53-selector-duplicate",
  title: "Two records have the same region, place or role",
  severity: "blocker",
  why: "Route 53 allows one record for each region, place or role of the same name and type (ResourceRecordSet)",
  remedy: "give each destination a region or place of its own",
  *check({ records, policy }) {
    if (policy === "geoproximity") return;
    const seen = new Map<string, DnsRecord>();
    for (const record of records) {
      const place = record.location === undefined ? undefined : placeName(record.location);
      const selector = record.awsRegion ?? place ?? record.role;
      if (selector === undefined) continue;
      const key = `${record.type} ${selector}`;
      const first = seen.get(key);
      if (first !== undefined) {
        yield { subject: subjectOf(record), message: `${selector} is already that of ${first.setIdentifier}` };
      } else seen.set(key, record);
    }
  },
});

/** Reports a multivalue record that is not an address. */
export const multivalueType = defineRule<DnsPlan>({
  id: "route53-multivalue-type",
  title: "A multivalue record is not an address",
  severity: "blocker",
  why: "multivalue answer records are addresses: neither CNAME nor alias is allowed (Values specific for multivalue answer records)",
  remedy: "give the destination addresses, or choose another policy",
  *check({ records, policy }) {
    if (policy !== "multivalue") return;
    for (const record of records) {
      if (record.alias !== undefined || record.type === "CNAME") {
        yield {
          subject: subjectOf(record),
          message: `the record is ${record.alias === undefined ? "a CNAME" : "an alias"}`,
        };
      }
    }
  },
});

/** Reports a weighted or latency record with several values. */
export const severalValues = defineRule<DnsPlan>({
  id: "route53-several-values",
  title: "A weighted or latency record has several values",
  severity: "warning",
  why: "the API Reference allows one value in a weighted or latency record (ResourceRecordSet, Weight and Region); a health check of the destination would also stand for all addresses alike",
  remedy: "make each address a destination of its own, or put them behind one name",
  *check({ records }) {
    for (const record of records) {
      const count = record.values?.length ?? 0;
      if (count < 2 || (record.policy !== "weighted" && record.policy !== "latency")) continue;
      yield { subject: subjectOf(record), message: `the record has ${count} values` };
    }
  },
});

/** All rules about Route 53 records. */
export const dnsRules: readonly Rule<DnsPlan>[] = [
  setIdentifier,
  policyMixed,
  weightRange,
  apexCname,
  typeMixed,
  unchecked,
  ttlLong,
  privateCheck,
  calculatedCheck,
  geolocationDefault,
  selectorDuplicate,
  multivalueType,
  severalValues,
];
