/** The helpers that the importer's files share: reporting unsupported fields, and parsing durations. */
import type { Json } from "./manifest";
import type { ManifestObservation } from "./manifest-rule";

/** A callback that reports a field of a manifest that an intent does not support. */
export type Refuse = (observation: ManifestObservation) => void;

/** Reports every field of an object that is not among the known ones. */
export function refuseUnknownFields(
  object: Json,
  known: readonly string[],
  at: readonly (string | number)[],
  refuse: Refuse,
): void {
  for (const field of Object.keys(object)) {
    if (!known.includes(field))
      refuse({ path: [...at, field], message: "is not supported by an intent, and is left out" });
  }
}

/** Parses a Go duration into milliseconds. */
export function readDuration(value: unknown): number | undefined {
  if (typeof value !== "string") return undefined;
  const units: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
  let total: number | undefined;
  for (const [, number = "0", unit = "ms"] of value.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)) {
    total = (total ?? 0) + Number(number) * (units[unit] ?? 1);
  }
  return total === undefined ? undefined : Math.round(total);
}
