/**
 * The expiry of objects by the lifecycle of an S3 bucket. A rule that is new, wider or earlier deletes what the bucket holds: S3
 * applies it to objects that exist already (Amazon S3 User Guide, "Managing the lifecycle of objects").
 */
import { blocksOf, isUnknown, member, numberOf } from "./block-values";
import type { InPlaceCut } from "./cut";

/** An expiry of a rule: the attribute's path, and the days after which it deletes. */
interface Expiry {
  readonly attribute: string;
  readonly days: number;
}

const EXPIRIES: readonly (readonly [attribute: string, block: string, days: string])[] = [
  ["rule.expiration", "expiration", "days"],
  ["rule.noncurrent_version_expiration", "noncurrent_version_expiration", "noncurrent_days"],
];

/** Returns the cuts between two lifecycle configurations; an empty one before has no rules. */
export function objectExpiryCuts(before: unknown, after: unknown): InPlaceCut[] {
  const old = new Map(rulesOf(before).map((rule) => [keyOf(rule), expiriesOf(rule)]));
  const found = new Map<string, InPlaceCut>();
  for (const rule of rulesOf(after)) {
    const known = old.get(keyOf(rule)) ?? [];
    for (const { attribute, days } of expiriesOf(rule)) {
      const previous = known.find((each) => each.attribute === attribute);
      if (previous !== undefined && previous.days <= days) continue;
      const effect =
        previous === undefined ? `adds ${attribute}, which deletes objects` : `lowers the days of ${attribute}`;
      found.set(attribute, {
        kind: "retention-cut",
        attributes: [attribute],
        effect,
        certain: !Number.isNaN(days),
        light: false,
      });
    }
  }
  return [...found.values()];
}

function rulesOf(config: unknown): readonly Readonly<Record<string, unknown>>[] {
  return blocksOf(member(config, "rule")).filter((rule) => member(rule, "status") !== "Disabled");
}

/** A rule with another name and the same filter is the same rule; with another filter it is about other objects. */
function keyOf(rule: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([withoutNulls(rule["filter"]), rule["prefix"] ?? ""]);
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls).filter((each) => each !== undefined);
  if (typeof value !== "object") return value;
  const entries = Object.entries(value ?? {})
    .map(([key, inner]): [string, unknown] => [key, withoutNulls(inner)])
    .filter(([, inner]) => inner !== null && inner !== undefined && inner !== "" && inner !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function expiriesOf(rule: Readonly<Record<string, unknown>>): Expiry[] {
  return EXPIRIES.flatMap(([attribute, name, unit]) =>
    blocksOf(member(rule, name)).flatMap((block) => {
      const given = member(block, unit);
      if (isUnknown(given)) return [{ attribute, days: Number.NaN }];
      const days = numberOf(given);
      // A day of the calendar deletes at once when it has come; a rule about delete markers alone deletes no object.
      if (days !== undefined && days > 0) return [{ attribute, days }];
      return typeof member(block, "date") === "string" ? [{ attribute, days: 0 }] : [];
    }),
  );
}
