/**
 * How fast the application was before it moved, as data with a unit and a time, so that "not slower than before" is a number.
 * A source tool measures milliseconds where CloudWatch has seconds: the threshold is worked out across units of one kind.
 */
import { z } from "zod";
import { metricStatistic, metricUnits } from "../../aws/metric-units";

/** An instant with its zone: `2026-03-01T00:00:00Z`. */
export const instant = z.iso.datetime({
  offset: true,
  error: "must be an instant with its zone, like 2026-03-01T00:00:00Z",
});

/** Checks a {@link PerformanceBaseline}. */
export const performanceBaselineSchema = z
  .strictObject({
    metric: z.string().min(1).describe("What was measured, as its tool calls it"),
    statistic: metricStatistic.describe("What the value is of the measured values"),
    value: z.number().positive().describe("The value, in `unit`"),
    unit: z.enum(metricUnits),
    capturedFrom: instant.describe("When the measurement began"),
    capturedTo: instant.describe("When it ended"),
    source: z.string().min(1).describe("Where the measurement is to be found"),
  })
  .refine((baseline) => Date.parse(baseline.capturedFrom) < Date.parse(baseline.capturedTo), {
    path: ["capturedTo"],
    message: "must be after capturedFrom",
  });

/**
 * What the source was measured at, before the migration.
 *
 * @example
 * { metric: "checkout latency", statistic: "p95", value: 420, unit: "Milliseconds",
 *   capturedFrom: "2026-03-01T00:00:00Z", capturedTo: "2026-03-15T00:00:00Z", source: "APM report 2026-03" }
 */
export type PerformanceBaseline = Readonly<z.infer<typeof performanceBaselineSchema>>;
