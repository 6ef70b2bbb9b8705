/**
 * A success metric of a plan: the catalog's definition with the plan's own target and source. Everything that is shown, alarmed
 * or published is derived from this one record, so that the dashboard's line, the alarm's threshold and the report's target
 * cannot differ.
 */
import type { CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { admit } from "../../core/door/admit";
import {
  describeSource,
  evaluationOf,
  RESULT_ID,
  type CloudWatchMetric,
  type MetricSource,
  type MissingData,
} from "./metric-source";
import type { PlannedMetric } from "./planned-metric";
import type { SuccessMetric } from "./success-metric";

/** A success metric with the plan's target and source. */
export interface ResolvedMetric {
  readonly metric: SuccessMetric;
  readonly source: MetricSource;
  readonly unit: string;
  readonly target: number;
  readonly missingData: MissingData;
  /** The namespace in which the plan's own metrics are published. */
  readonly namespace: string;
  /** The name of the metric's alarm. @default - it has none */
  readonly alarmName?: string;
}

/** Instructions for publishing a metric by hand or by a pipeline. */
export interface MetricPublication {
  readonly id: SuccessMetric["id"];
  readonly title: string;
  /** The publisher and the occasion. */
  readonly publishedBy: string;
  /** The command that publishes a value. `VALUE` stands for the number, where it is not known. */
  readonly command: string;
}

/** Returns the metric as the report shows it. */
export function plannedMetric(resolved: ResolvedMetric): PlannedMetric {
  const { metric, source, unit, target, alarmName } = resolved;
  return {
    id: metric.id,
    title: metric.title,
    category: metric.category,
    source: describeSource(source, { namespace: resolved.namespace, metricName: metric.metricName }),
    ...(source.kind === "custom" ? {} : { measured: true }),
    unit,
    target,
    direction: metric.direction,
    ...(alarmName === undefined ? {} : { alarm: alarmName }),
  };
}

/** Returns the metric of CloudWatch that a source reads or publishes; undefined for an expression. */
export function singleMetric(resolved: ResolvedMetric): CloudWatchMetric | undefined {
  const { metric, source } = resolved;
  if (source.kind === "expression") return undefined;
  if (source.kind === "cloudwatch") return source;
  return { namespace: resolved.namespace, metricName: metric.metricName, statistic: "Average" };
}

/** Builds the part of the alarm's configuration that depends on the metric. */
export function alarmConfig(
  resolved: ResolvedMetric,
): Omit<CloudwatchMetricAlarmConfig, "alarmName" | "alarmActions" | "okActions" | "tags"> {
  const { metric, source, target, unit, missingData } = resolved;
  const { periodSeconds, evaluationPeriods } = evaluationOf(source, metric);
  const side = metric.direction === "at-least" ? "below" : "above";
  const common = {
    alarmDescription: `${metric.title} is ${side} ${target} ${unit}: ${metric.definition}`.slice(0, 1024),
    comparisonOperator: metric.direction === "at-least" ? "LessThanThreshold" : "GreaterThanThreshold",
    threshold: target,
    evaluationPeriods,
    treatMissingData: missingData,
  };
  const single = singleMetric(resolved);
  if (single !== undefined) {
    return {
      ...common,
      namespace: single.namespace,
      metricName: single.metricName,
      ...(single.dimensions === undefined ? {} : { dimensions: { ...single.dimensions } }),
      ...(single.statistic.startsWith("p") ? { extendedStatistic: single.statistic } : { statistic: single.statistic }),
      ...(single.unit === undefined ? {} : { unit: single.unit }),
      period: periodSeconds,
    };
  }
  const { expression, metrics } = source as Extract<MetricSource, { kind: "expression" }>;
  return {
    ...common,
    metricQuery: [
      { id: RESULT_ID, expression, label: metric.title, returnData: true },
      ...Object.entries(metrics).map(([id, each]) => ({
        id,
        returnData: false,
        metric: {
          namespace: each.namespace,
          metricName: each.metricName,
          ...(each.dimensions === undefined ? {} : { dimensions: { ...each.dimensions } }),
          stat: each.statistic,
          ...(each.unit === undefined ? {} : { unit: each.unit }),
          period: periodSeconds,
        },
      })),
    ],
  };
}

/**
 * Builds the command that publishes a value. CloudWatch accepts none for a namespace of AWS, so it is of use for the plan's own
 * metrics alone.
 */
export function putMetricDataCommand(of: {
  readonly namespace: string;
  readonly metric: SuccessMetric;
  /** The region in which the value is published. @default - the region of the profile that runs the command */
  readonly region?: string;
  /** The value. @default - the word VALUE, to be replaced */
  readonly value?: number;
}): string {
  admit("putMetricDataCommand", { of });
  const { namespace, metric, region, value } = of;
  return [
    "aws cloudwatch put-metric-data",
    ...(region === undefined ? [] : [`--region ${region}`]),
    `--namespace ${namespace}`,
    `--metric-name ${metric.metricName}`,
    `--unit ${metric.cloudWatchUnit}`,
    `--value ${value ?? "VALUE"}`,
  ].join(" ");
}
