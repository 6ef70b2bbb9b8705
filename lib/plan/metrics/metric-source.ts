/**
 * ```ts
 * const source = requestAvailability({
 *   errors: { namespace: "AWS/ApplicationELB", metricName: "HTTPCode_Target_5XX_Count", statistic: "Sum", dimensions },
 *   requests: { namespace: "AWS/ApplicationELB", metricName: "RequestCount", statistic: "Sum", dimensions },
 * });
 * ```
 *
 * The sources of success metrics. CloudWatch measures some of them; the others somebody has to ask or count, and then the plan
 * names who publishes the value, and the command for it. It never pretends that a value comes by itself.
 */
import { z } from "zod";
import { metricStatistic, metricUnits, type MetricUnit } from "../../aws/metric-units";
import { admit } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import { tokenOr } from "../../core/tokens";

/** The treatments of missing data. Amazon CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data". */
export const missingDataTreatments = ["breaching", "notBreaching", "ignore", "missing"] as const;

/** A treatment of missing data by an alarm: one of {@link missingDataTreatments}. */
export type MissingData = (typeof missingDataTreatments)[number];

/**
 * The frequency at which people, or a pipeline, publish a metric: every minute of a change window, or on an occasion, as after
 * a wave. An alarm evaluates the last minutes of the one, and the last hour of the other.
 */
export type MetricCadence = "minute" | "occasion";

/** A metric of CloudWatch, in the plan's own region. */
export interface CloudWatchMetric {
  /** The namespace: `AWS/ApplicationELB`. */
  readonly namespace: string;
  readonly metricName: string;
  /** The dimensions, at most 30. Values may be tokens. @default - none */
  readonly dimensions?: Readonly<Record<string, string>>;
  /** The statistic: `Average`, `Sum`, `Minimum`, `Maximum`, `SampleCount` or a percentile, like `p95`. */
  readonly statistic: string;
  /**
   * The unit of the data points that count.
   * @default - of any unit
   */
  readonly unit?: MetricUnit;
}

/** The period of an alarm, and the number of periods that it evaluates. */
export interface MetricEvaluation {
  /**
   * The length of one period in seconds: a multiple of 60, at most a day.
   * @default - 60; 3600 for values that people publish on an occasion rather than every minute (`SuccessMetric.cadence`)
   */
  readonly periodSeconds?: number;
  /**
   * The number of consecutive periods that must breach the target.
   * @default - 5; 1 for values that people publish on an occasion
   */
  readonly evaluationPeriods?: number;
}

/** A source of a success metric that is a single metric of CloudWatch. */
export interface CloudWatchSource extends CloudWatchMetric, MetricEvaluation {
  readonly kind: "cloudwatch";
}

/** A source of a success metric that is an expression of CloudWatch metric math over 1 to 10 metrics. */
export interface ExpressionSource extends MetricEvaluation {
  readonly kind: "expression";
  /** The expression: `100 * (1 - errors / requests)`. It must give one time series. At most 2,048 characters. */
  readonly expression: string;
  /** The metrics by their ids in the expression; each id begins with a lower-case letter. */
  readonly metrics: Readonly<Record<string, CloudWatchMetric>>;
  /** A phrase that describes the expression in the report. @default - the expression itself */
  readonly description?: string;
}

/**
 * A source of a success metric whose value somebody, or a pipeline, publishes with `aws cloudwatch put-metric-data`. 0.30 USD
 * a month. An alarm needs a value in as many periods as it evaluates: where a value that is expected every minute comes less
 * often, set `periodSeconds`.
 */
export interface CustomSource extends MetricEvaluation {
  readonly kind: "custom";
  /** The publisher and the occasion: `the service desk, every Monday`. */
  readonly publishedBy: string;
}

/** The source of the value of a success metric. */
export type MetricSource = CloudWatchSource | ExpressionSource | CustomSource;

/** The id of an expression's result in an alarm, which no metric may have. */
export const RESULT_ID = "result";
/**
 * The evaluation of a metric that comes every minute: five minutes, so that one slow minute stops nothing, and an outage is
 * not averaged away by the good hour before it.
 */
const BY_THE_MINUTE = { periodSeconds: 60, evaluationPeriods: 5 } as const;
/**
 * The evaluation of a metric that people publish on an occasion: the last hour; the alarm keeps its state while nothing comes.
 */
const BY_THE_HOUR = { periodSeconds: 3600, evaluationPeriods: 1 } as const;

const text = z.string().min(1).max(255);
const metricShape = {
  namespace: text.regex(/^[^:\s]/, "must not begin with a colon or a space"),
  metricName: text,
  dimensions: z
    .record(text, tokenOr(z.string().min(1).max(1024)))
    .refine((dimensions) => Object.keys(dimensions).length <= 30, "must have at most 30 dimensions")
    .optional(),
  statistic: metricStatistic,
  unit: z.enum(metricUnits).optional(),
};
const evaluationShape = {
  periodSeconds: z.int().min(60).max(86_400).multipleOf(60).optional(),
  evaluationPeriods: z.int().min(1).optional(),
};
const metricId = z
  .string()
  .regex(/^[a-z][A-Za-z0-9_]{0,254}$/, "must begin with a lower-case letter, and go on with letters, digits or _")
  .refine((id) => id !== RESULT_ID, `must not be ${RESULT_ID}, which is the expression's own`);

/**
 * The schema of a {@link MetricSource}. Limits: Amazon CloudWatch API Reference, PutMetricAlarm (a day, or a week from periods
 * of an hour), MetricDataQuery (ids, 10 metrics, 2,048 characters), Dimension (30, 255 and 1,024 characters).
 */
export const metricSourceSchema = z
  .discriminatedUnion(
    "kind",
    [
      z.strictObject({ kind: z.literal("cloudwatch"), ...metricShape, ...evaluationShape }),
      z
        .strictObject({
          kind: z.literal("expression"),
          expression: z.string().min(1).max(2048),
          metrics: z.record(metricId, z.strictObject(metricShape)),
          description: text.optional(),
          ...evaluationShape,
        })
        .refine(({ metrics }) => inRange(Object.keys(metrics).length, 1, 10), {
          path: ["metrics"],
          message: "must be 1 to 10 metrics",
        })
        .refine(
          ({ expression, metrics }) => Object.keys(metrics).every((id) => new RegExp(`\\b${id}\\b`).test(expression)),
          { path: ["metrics"], message: "must each be used in the expression" },
        ),
      z.strictObject({ kind: z.literal("custom"), publishedBy: text, ...evaluationShape }),
    ],
    "must be cloudwatch, expression or custom",
  )
  .refine(rangeFits, {
    path: ["evaluationPeriods"],
    message: "must cover no more than a day, or a week where a period is an hour or longer",
  });

function inRange(value: number, min: number, max: number): boolean {
  return value >= min && value <= max;
}

/** Returns the period and the number of periods with which an alarm evaluates the source of the metric. */
export function evaluationOf(
  source: MetricSource,
  { cadence }: { readonly cadence: MetricCadence },
): Required<MetricEvaluation> {
  const usual = source.kind === "custom" && cadence === "occasion" ? BY_THE_HOUR : BY_THE_MINUTE;
  return {
    periodSeconds: source.periodSeconds ?? usual.periodSeconds,
    evaluationPeriods: source.evaluationPeriods ?? usual.evaluationPeriods,
  };
}

/**
 * Checks whether the evaluated range is within CloudWatch's limit. The cadence of a published metric is not known here, so the
 * default of its period is taken to be the longer one.
 */
function rangeFits(source: {
  readonly kind: MetricSource["kind"];
  readonly periodSeconds?: number | undefined;
  readonly evaluationPeriods?: number | undefined;
}): boolean {
  const usual = source.kind === "custom" ? BY_THE_HOUR : BY_THE_MINUTE;
  const { periodSeconds = usual.periodSeconds, evaluationPeriods = BY_THE_MINUTE.evaluationPeriods } = source;
  return periodSeconds * evaluationPeriods <= (periodSeconds < 3600 ? 86_400 : 604_800);
}

/** Returns the metrics of CloudWatch that the source reads. */
export function sourceMetrics(source: MetricSource): readonly CloudWatchMetric[] {
  if (source.kind === "custom") return [];
  return source.kind === "cloudwatch" ? [source] : Object.values(source.metrics);
}

/** Describes the source as a phrase without tokens: dimensions are left out. */
export function describeSource(
  source: MetricSource,
  published: { readonly namespace: string; readonly metricName: string },
): string {
  switch (source.kind) {
    case "custom":
      return `${published.namespace} ${published.metricName}, published by ${source.publishedBy}`;
    case "cloudwatch":
      return `${source.namespace} ${source.metricName}, ${source.statistic}`;
    case "expression": {
      const names = new Set(
        Object.values(source.metrics).map(({ namespace, metricName }) => `${namespace} ${metricName}`),
      );
      return `${source.description ?? source.expression}, from ${[...names].join(" and ")}`;
    }
  }
}

/** A metric with its value at the source before the migration. */
export interface MeasuredBefore {
  readonly metric: CloudWatchMetric;
  /** The value before the migration, above 0, in the metric's own unit. */
  readonly baseline: number;
}

/**
 * Builds the source of the system availability as the share of requests without a server error, in percent. A period without a
 * request has no value.
 */
export function requestAvailability(
  of: { readonly errors: CloudWatchMetric; readonly requests: CloudWatchMetric } & MetricEvaluation,
): ExpressionSource {
  admit("requestAvailability", { of });
  const { errors, requests, ...evaluation } = of;
  return {
    kind: "expression",
    expression: "100 * (1 - FILL(errors, 0) / requests)",
    metrics: { errors, requests },
    description: "the share of requests without an error",
    ...evaluation,
  };
}

/**
 * Builds the source of the system availability as the share of Route 53's health checkers that find an endpoint healthy, in
 * percent. Route 53 publishes it in us-east-1 alone, so it is of use to a plan in that region; elsewhere use
 * {@link requestAvailability}.
 *
 * Source: Amazon Route 53 Developer Guide, "Monitoring health checks using CloudWatch".
 */
export function healthCheckAvailability(healthCheckId: string): CloudWatchSource {
  admit("healthCheckAvailability", { healthCheckId });
  return {
    kind: "cloudwatch",
    namespace: "AWS/Route53",
    metricName: "HealthCheckPercentageHealthy",
    dimensions: { HealthCheckId: healthCheckId },
    statistic: "Average",
  };
}

/**
 * Builds the source of the error rate changes: the share of requests with a server error less the share before the migration,
 * in percentage points.
 *
 * @throws MigrationError `METRIC_BASELINE`
 */
export function errorRateChange(
  of: {
    readonly errors: CloudWatchMetric;
    readonly requests: CloudWatchMetric;
    /** The share before the migration, in percent: 0 to 100. */
    readonly baselinePercent: number;
  } & MetricEvaluation,
): ExpressionSource {
  admit("errorRateChange", { of });
  const { errors, requests, baselinePercent, ...evaluation } = of;
  if (!(baselinePercent >= 0 && baselinePercent <= 100)) {
    throw new MigrationError({
      code: "METRIC_BASELINE",
      path: "baselinePercent",
      received: String(baselinePercent),
      allowed: "a number from 0 to 100",
      fix: "write the share of requests that ended in an error before the migration, in percent",
    });
  }
  return {
    kind: "expression",
    expression: `100 * FILL(errors, 0) / requests - ${baselinePercent}`,
    metrics: { errors, requests },
    description: `the share of requests with an error less the ${baselinePercent} % before`,
    ...evaluation,
  };
}

/**
 * Builds the source of the performance impact: the percentage by which the response time is longer, or the throughput smaller,
 * than before the migration, whichever is worse.
 *
 * @throws MigrationError `METRIC_BASELINE`
 */
export function performanceImpact(
  of: { readonly responseTime: MeasuredBefore; readonly throughput: MeasuredBefore } & MetricEvaluation,
): ExpressionSource {
  admit("performanceImpact", { of });
  const { responseTime, throughput, ...evaluation } = of;
  for (const [name, { baseline }] of Object.entries({ responseTime, throughput })) {
    if (baseline > 0 && Number.isFinite(baseline)) continue;
    throw new MigrationError({
      code: "METRIC_BASELINE",
      path: `${name}.baseline`,
      received: String(baseline),
      allowed: "a finite number above 0",
      fix: "write what was measured before the migration, in the unit of the metric",
    });
  }
  const slower = `100 * (response / ${responseTime.baseline} - 1)`;
  const less = `100 * (1 - throughput / ${throughput.baseline})`;
  return {
    kind: "expression",
    expression: `IF(${slower} > ${less}, ${slower}, ${less})`,
    metrics: { response: responseTime.metric, throughput: throughput.metric },
    description: `the worse of response time against ${responseTime.baseline} and throughput against ${throughput.baseline}`,
    ...evaluation,
  };
}
