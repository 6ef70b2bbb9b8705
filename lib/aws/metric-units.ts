/** The units and statistics of Amazon CloudWatch, and the conversion between units. */
import { z } from "zod";
import { admit } from "../core/door/admit";

/** The units by kind, each with its size in the kind's smallest unit. CloudWatch counts bytes by thousands. */
const UNITS: Readonly<Record<string, readonly [kind: string, factor: number]>> = {
  Microseconds: ["time", 1],
  Milliseconds: ["time", 1e3],
  Seconds: ["time", 1e6],
  Bits: ["data", 1],
  Kilobits: ["data", 1e3],
  Megabits: ["data", 1e6],
  Gigabits: ["data", 1e9],
  Terabits: ["data", 1e12],
  Bytes: ["data", 8],
  Kilobytes: ["data", 8e3],
  Megabytes: ["data", 8e6],
  Gigabytes: ["data", 8e9],
  Terabytes: ["data", 8e12],
  "Bits/Second": ["data rate", 1],
  "Kilobits/Second": ["data rate", 1e3],
  "Megabits/Second": ["data rate", 1e6],
  "Gigabits/Second": ["data rate", 1e9],
  "Terabits/Second": ["data rate", 1e12],
  "Bytes/Second": ["data rate", 8],
  "Kilobytes/Second": ["data rate", 8e3],
  "Megabytes/Second": ["data rate", 8e6],
  "Gigabytes/Second": ["data rate", 8e9],
  "Terabytes/Second": ["data rate", 8e12],
  Percent: ["percent", 1],
  Count: ["count", 1],
  "Count/Second": ["count rate", 1],
  None: ["none", 1],
};

/** The units of Amazon CloudWatch, API Reference, StandardUnit. */
export const metricUnits = [
  "Microseconds",
  "Milliseconds",
  "Seconds",
  "Bits",
  "Kilobits",
  "Megabits",
  "Gigabits",
  "Terabits",
  "Bytes",
  "Kilobytes",
  "Megabytes",
  "Gigabytes",
  "Terabytes",
  "Bits/Second",
  "Kilobits/Second",
  "Megabits/Second",
  "Gigabits/Second",
  "Terabits/Second",
  "Bytes/Second",
  "Kilobytes/Second",
  "Megabytes/Second",
  "Gigabytes/Second",
  "Terabytes/Second",
  "Percent",
  "Count",
  "Count/Second",
  "None",
] as const;

/** A unit of Amazon CloudWatch. */
export type MetricUnit = (typeof metricUnits)[number];

/**
 * The schema of a metric's statistic: `Average`, `Sum`, `Minimum`, `Maximum`, `SampleCount`, or a percentile: `p95`, `p99.9`.
 */
export const metricStatistic = z
  .string()
  .regex(
    /^(SampleCount|Average|Sum|Minimum|Maximum|p(?:\d{1,2}(?:\.\d{1,10})?|100))$/,
    "must be SampleCount, Average, Sum, Minimum, Maximum or a percentile, like p95",
  );

/** Converts the value to another unit of its kind, and returns undefined where the two measure different things. */
export function convertUnit(value: number, from: MetricUnit, to: MetricUnit): number | undefined {
  admit("convertUnit", { value, from, to });
  const [fromKind, fromFactor] = UNITS[from] ?? ["", 0];
  const [toKind, toFactor] = UNITS[to] ?? ["", 1];
  if (fromKind !== toKind) return undefined;
  // Twelve digits: 420 ms are 0.42 s, and not 0.42000000000000004.
  return Number(((value * fromFactor) / toFactor).toPrecision(12));
}
