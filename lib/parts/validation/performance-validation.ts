/**
 * ```ts
 * new PerformanceValidation(this, "performance", {
 *   region: "eu-central-1",
 *   comparisons: {
 *     checkout: {
 *       baseline: { metric: "checkout latency", statistic: "p95", value: 420, unit: "Milliseconds", … },
 *       target: { namespace: "AWS/ApplicationELB", metricName: "TargetResponseTime", unit: "Seconds",
 *                 dimensions: { LoadBalancer: balancer.arnSuffix } },
 *       worse: "higher", ratio: 1.2,
 *     },
 *   },
 * });
 * ```
 *
 * The catalog's `performance_validation`: alarms that fire if the target performs worse than the source did, by more than
 * a given ratio.
 */
import { Construct } from "constructs";
import { z } from "zod";
import { convertUnit, metricStatistic, metricUnits, type MetricUnit } from "../../aws/metric-units";
import { admit, admitConstruct } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import { parseProps } from "../../core/props";
import { constructId, defaultName } from "../../core/construct-ids";
import { namePath } from "../../core/rename";
import { topicsOrNew, type AlarmTopic } from "../../aws/alarm-topic";
import { topicKey, type ValidationProps } from "./application-health-checks";
import { performanceBaselineSchema, type PerformanceBaseline } from "./baseline";
import { checkName, validationAlarm, validationName, type ValidationAlarm } from "./validation-alarm";

/** The CloudWatch metric of the target that is compared with the baseline. */
export interface PerformanceTarget {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** The unit in which the target's metric is published. The baseline is converted to it. */
  readonly unit: MetricUnit;
  /** @default - the baseline's statistic */
  readonly statistic?: string;
}

/** A comparison of a metric of the target with the baseline that was measured at the source. */
export interface PerformanceComparison {
  /** The measurement of the source. */
  readonly baseline: PerformanceBaseline;
  readonly target: PerformanceTarget;
  /**
   * The direction in which the metric gets worse.
   *
   * - `higher`: latency, errors: worse is above baseline × ratio, and the ratio is 1 or more.
   * - `lower`: throughput: worse is below baseline × ratio, and the ratio is above 0 and at most 1.
   */
  readonly worse: "higher" | "lower";
  /** The tolerance as a ratio to the baseline: 1.2 allows a fifth more. */
  readonly ratio: number;
  /** The length of a period in seconds: a multiple of 60. @default 300 */
  readonly periodSeconds?: number;
  /** The number of consecutive periods that must be worse before the alarm fires. @default 3 */
  readonly evaluationPeriods?: number;
}

/** Properties of a {@link PerformanceValidation}. */
export interface PerformanceValidationProps extends ValidationProps {
  /** The comparisons, by name. A name is part of the Terraform address. */
  readonly comparisons: Readonly<Record<string, PerformanceComparison>>;
}

const comparisonSchema = z
  .strictObject({
    baseline: performanceBaselineSchema,
    target: z.strictObject({
      namespace: z.string().min(1).max(255),
      metricName: z.string().min(1).max(255),
      dimensions: z.record(z.string(), z.string().min(1)),
      unit: z.enum(metricUnits),
      statistic: metricStatistic.optional(),
    }),
    worse: z.enum(["higher", "lower"]),
    ratio: z.number().positive(),
    periodSeconds: z.int().min(60).max(86_400).multipleOf(60).optional(),
    evaluationPeriods: z.int().min(1).optional(),
  })
  .refine(({ worse, ratio }) => (worse === "higher" ? ratio >= 1 : ratio <= 1), {
    path: ["ratio"],
    message: "must be 1 or more where higher is worse, and 1 or less where lower is worse: the source itself must pass",
  })
  .refine(
    ({ periodSeconds = 300, evaluationPeriods = 3 }) =>
      periodSeconds * evaluationPeriods <= (periodSeconds < 3600 ? 86_400 : 604_800),
    {
      path: ["evaluationPeriods"],
      message: "must cover no more than a day, or a week where a period is an hour or longer",
    },
  );

const schema = z
  .record(checkName, comparisonSchema)
  .refine((comparisons) => Object.keys(comparisons).length > 0, "must have at least one comparison");

/**
 * Returns the threshold of a comparison's alarm in the target's unit; undefined if the units measure different quantities.
 */
export function performanceThreshold(comparison: PerformanceComparison): number | undefined {
  admit("performanceThreshold", { comparison });
  const { baseline, target, ratio } = comparison;
  const value = convertUnit(baseline.value, baseline.unit, target.unit);
  return value === undefined ? undefined : Number((value * ratio).toPrecision(12));
}

/**
 * Alarms that compare the target with the source: 0.10 USD a month each.
 *
 * @throws MigrationError `PERFORMANCE_COMPARISONS`, `PERFORMANCE_UNIT`, `VALIDATION_NAME`, `ALARM_TOPIC_REGION`,
 * `ALARM_TOPICS`, `ALARM_TOPIC_KMS_KEY_ID`
 */
export class PerformanceValidation extends Construct {
  /** The alarms, in the order of the comparisons' names. */
  public readonly alarms: readonly ValidationAlarm[];
  /** The thresholds in the target's unit, by the comparison's name. */
  public readonly thresholds: Readonly<Record<string, number>>;
  /** The comparisons as given in the props, by name. */
  public readonly comparisons: Readonly<Record<string, PerformanceComparison>>;
  /** The topic of the alarms, if this construct creates it. */
  public readonly topic?: AlarmTopic;

  constructor(scope: Construct, id: string, props: PerformanceValidationProps) {
    admitConstruct("PerformanceValidation", scope, id, props);
    super(scope, id);
    parseProps(this, "PERFORMANCE_COMPARISONS", schema, props.comparisons, "comparisons");
    const name = parseProps(this, "VALIDATION_NAME", validationName, props.name ?? defaultName(namePath(this)), "name");
    const tags = props.tags ?? {};
    const { region, comparisons } = props;
    const { topicArns, topic } = topicsOrNew(this, "topic", props.topicArns, {
      name,
      region,
      ...topicKey(props),
      tags,
    });
    if (topic !== undefined) this.topic = topic;
    const settings = { name, topicArns, enabled: props.enabled ?? true, tags };
    const scopeOfComparisons = new Construct(this, "comparisons");
    const thresholds: Record<string, number> = {};
    const alarms: ValidationAlarm[] = [];
    for (const check of Object.keys(comparisons).sort()) {
      const comparison = comparisons[check];
      if (comparison === undefined) continue;
      const { baseline, target, worse, ratio } = comparison;
      const threshold = performanceThreshold(comparison);
      if (threshold === undefined) {
        throw new MigrationError({
          code: "PERFORMANCE_UNIT",
          path: `comparisons.${check}.target.unit`,
          received: target.unit,
          allowed: `a unit of the same kind as the baseline's, ${baseline.unit}`,
          fix: "compare metrics that measure the same thing, or correct the unit",
          construct: this.node.path,
        });
      }
      thresholds[check] = threshold;
      const statistic = target.statistic ?? baseline.statistic;
      alarms.push(
        validationAlarm(
          new Construct(scopeOfComparisons, constructId(check)),
          "alarm",
          settings,
          { kind: "performance", check },
          {
            alarmDescription:
              `${check}: ${statistic} is worse than ${ratio} times the source's ${baseline.value} ${baseline.unit}, measured ${baseline.capturedFrom} to ${baseline.capturedTo}`.slice(
                0,
                1024,
              ),
            namespace: target.namespace,
            metricName: target.metricName,
            dimensions: { ...target.dimensions },
            ...(statistic.startsWith("p") ? { extendedStatistic: statistic } : { statistic }),
            period: comparison.periodSeconds ?? 300,
            evaluationPeriods: comparison.evaluationPeriods ?? 3,
            comparisonOperator: worse === "higher" ? "GreaterThanThreshold" : "LessThanThreshold",
            threshold,
            // No traffic is neither good nor bad: the alarm says INSUFFICIENT_DATA, which is not OK where evidence is asked for.
            treatMissingData: "missing",
          },
        ),
      );
    }
    this.comparisons = comparisons;
    this.thresholds = thresholds;
    this.alarms = alarms;
  }
}
