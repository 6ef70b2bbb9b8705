/** Checks a plan's settings of the success metrics, and merges them with the definitions of the catalog and this library. */
import type { IConstruct } from "constructs";
import { z } from "zod";
import { refuseUnreadable } from "../../core/door/refuse-unreadable";
import { MigrationError } from "../../core/error";
import { parseProps } from "../../core/props";
import { isUnresolved } from "../../core/tokens";
import { HEALTH_CHECK_REGION } from "../../aws/region";
import {
  sourceMetrics,
  metricSourceSchema,
  missingDataTreatments,
  type MetricSource,
  type MissingData,
} from "./metric-source";
import type { ResolvedMetric } from "./planned-success-metric";
import {
  findSuccessMetric,
  successMetricIds,
  successMetrics,
  type SuccessMetric,
  type SuccessMetricId,
} from "./success-metric";

/** A plan's settings for one success metric. */
export interface MetricTarget {
  /** The target: a finite number, within the metric's scale if any. @default - the library's proposal, see `successMetrics` */
  readonly target?: number;
  /**
   * The source of the value.
   * @default - `custom`: published by the role that `successMetrics` names
   */
  readonly source?: MetricSource;
  /**
   * The unit of source and target, where it is another than the catalog's: `seconds`.
   * @default - the catalog's
   */
  readonly unit?: string;
  /**
   * Whether the metric has an alarm: 0.10 USD a month for each metric that the alarm reads.
   * @default - true, except for the migration completion rate, which is below its target until the last day
   */
  readonly alarm?: boolean;
  /**
   * The treatment of missing data.
   * - `breaching`, `notBreaching`: missing data counts as bad, or as good.
   * - `ignore`: the alarm keeps its state.
   * - `missing`: the state is unknown, and the alarm goes to INSUFFICIENT_DATA.
   * @default - `ignore` where people publish the metric; otherwise the treatment of `successMetrics`
   */
  readonly missingData?: MissingData;
}

/** A plan's settings for the success metrics, by their ids. */
export type MetricTargets = Readonly<Partial<Record<SuccessMetricId, MetricTarget>>>;

const targetSchema = z.strictObject({
  // Checked by itself, with an error of its own.
  target: z.unknown().optional(),
  source: metricSourceSchema.optional(),
  unit: z.string().min(1).max(40).optional(),
  alarm: z.boolean().optional(),
  missingData: z.enum(missingDataTreatments).optional(),
});

/**
 * Returns all success metrics with the plan's settings applied, in the catalog's order.
 *
 * @throws MigrationError `METRIC_UNKNOWN`, `METRIC_SOURCE`, `METRIC_SOURCE_REGION`, `METRIC_TARGET`
 */
export function resolveMetrics(
  construct: IConstruct,
  given: {
    readonly name: string;
    readonly namespace: string;
    readonly region: string;
    readonly targets: MetricTargets;
  },
): ResolvedMetric[] {
  const { targets } = given;
  for (const id of Object.keys(targets)) {
    if (findSuccessMetric(id) !== undefined) continue;
    throw new MigrationError({
      code: "METRIC_UNKNOWN",
      path: "targets",
      received: id,
      allowed: `one of ${successMetricIds.join(", ")}`,
      fix: "name one of the catalog's success metrics",
      construct: construct.node.path,
    });
  }
  refuseUnreadable("METRIC_SOURCE", given.targets, ["targets"]);
  return successMetrics.map((metric) => resolve(construct, metric, given));
}

function resolve(
  construct: IConstruct,
  metric: SuccessMetric,
  given: {
    readonly name: string;
    readonly namespace: string;
    readonly region: string;
    readonly targets: MetricTargets;
  },
): ResolvedMetric {
  const { [metric.id]: over = {} } = given.targets;
  parseProps(construct, "METRIC_SOURCE", z.strictObject({ targets: z.record(z.string(), targetSchema) }), {
    targets: { [metric.id]: over },
  });
  const source = over.source ?? { kind: "custom", publishedBy: metric.publishedBy };
  checkRegion(construct, metric, source, given.region);
  return {
    metric,
    source,
    unit: over.unit ?? metric.unit,
    target: checkedTarget(construct, metric, over),
    missingData: over.missingData ?? (source.kind === "custom" ? "ignore" : metric.missingData),
    namespace: given.namespace,
    ...((over.alarm ?? metric.alarm) ? { alarmName: `${given.name}-${metric.id}` } : {}),
  };
}

function checkedTarget(construct: IConstruct, metric: SuccessMetric, over: MetricTarget): number {
  const target = over.target ?? metric.target;
  const scale = over.unit === undefined || over.unit === metric.unit ? metric.scale : undefined;
  const within = scale === undefined || (target >= scale.min && target <= scale.max);
  if (typeof target === "number" && Number.isFinite(target) && !isUnresolved(target) && within) return target;
  throw new MigrationError({
    code: "METRIC_TARGET",
    path: `targets.${metric.id}.target`,
    // A token, and what JSON has no word for, as text.
    received: String(target),
    allowed:
      scale === undefined
        ? "a finite number that is known before Terraform runs"
        : `a number from ${scale.min} to ${scale.max}, known before Terraform runs`,
    fix: `write the target in ${over.unit ?? metric.unit}, or leave it out for ${metric.target} ${metric.unit}`,
    construct: construct.node.path,
  });
}

/** Checks the region of the source. Route 53 publishes in us-east-1 alone: an alarm elsewhere never sees a data point. */
function checkRegion(construct: IConstruct, metric: SuccessMetric, source: MetricSource, region: string): void {
  if (isUnresolved(region) || region === HEALTH_CHECK_REGION) return;
  if (!sourceMetrics(source).some(({ namespace }) => namespace === "AWS/Route53")) return;
  throw new MigrationError({
    code: "METRIC_SOURCE_REGION",
    path: `targets.${metric.id}.source`,
    received: `AWS/Route53 in ${region}`,
    allowed: `metrics of ${region}; Route 53 publishes its own in ${HEALTH_CHECK_REGION}`,
    fix: "measure the requests at the load balancer, with requestAvailability()",
    construct: construct.node.path,
  });
}
