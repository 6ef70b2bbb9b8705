/** What the parts of the importer share: saying what an intent cannot, and reading durations. */
import type { Json } from "./manifest";
import type { ManifestObservation } from "./manifest-rule";

/** Reports a part of a manifest that an intent cannot say. */
export type Refuse = (observation: ManifestObservation) => void;

/** Reports every field that is not among those which can be said. */
export function rest(object: Json, known: readonly string[], at: readonly (string | number)[], refuse: Refuse): void {
  for (const field of Object.keys(object)) {
    if (!known.includes(field)) refuse({ path: [...at, field], message: "has no place in an intent, and is left out" });
  }
}

/** Milliseconds of a Go duration. */
export function readDuration(value: unknown): number | undefined {
  if (typeof value !== "string") return undefined;
  const units: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
  let total: number | undefined;
  for (const [, number = "0", unit = "ms"] of value.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)) {
    total = (total ?? 0) + Number(number) * (units[unit] ?? 1);
  }
  return total === undefined ? undefined : Math.round(total);
}
