/**
 * The performance baseline: a measurement of the application before it moves, with its unit and time, so that "not slower
 * than before" is a number. A source tool measures milliseconds where CloudWatch has seconds: the threshold is worked out
 * across units of one kind.
 */
import { z } from "zod";
import { metricStatistic, metricUnits } from "../../aws/metric-units";

/** The schema of an instant with its time zone: `2026-03-01T00:00:00Z`. */
export const instantSchema = z.iso.datetime({
  offset: true,
  error: "must be an instant with its zone, like 2026-03-01T00:00:00Z",
});

/** The schema of a {@link PerformanceBaseline}. */
export const performanceBaselineSchema = z
  .strictObject({
    metric: z.string().min(1).describe("The name of the metric in the tool that measured it"),
    statistic: metricStatistic.describe("The statistic of the measured values, such as p95 or Average"),
    value: z.number().positive().describe("The value, in `unit`"),
    unit: z.enum(metricUnits),
    capturedFrom: instantSchema.describe("The start of the measurement"),
    capturedTo: instantSchema.describe("The end of the measurement"),
    source: z.string().min(1).describe("The document or tool that contains the measurement"),
  })
  .refine((baseline) => Date.parse(baseline.capturedFrom) < Date.parse(baseline.capturedTo), {
    path: ["capturedTo"],
    message: "must be after capturedFrom",
  });

/**
 * A measurement of the source before the migration, with which the target is compared.
 *
 * @example
 * { metric: "checkout latency", statistic: "p95", value: 420, unit: "Milliseconds",
 *   capturedFrom: "2026-03-01T00:00:00Z", capturedTo: "2026-03-15T00:00:00Z", source: "APM report 2026-03" }
 */
export type PerformanceBaseline = Readonly<z.infer<typeof performanceBaselineSchema>>;
