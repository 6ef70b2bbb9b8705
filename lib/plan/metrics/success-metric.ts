/**
 * ```ts
 * findSuccessMetric("system-availability")?.target; // 99.9
 * ```
 *
 * The catalog's thirteen success metrics, as data. The catalog gives their names and no more: the exact definitions and the
 * targets are this library's proposal. The comment on each gives the reason; a plan sets its own targets.
 */
import { admit } from "../../core/door/admit";
import type { MetricCategory } from "./planned-metric";
import type { MetricCadence, MissingData } from "./metric-source";

/** The ids of the catalog's success metrics, in the catalog's order. */
export const successMetricIds = [
  "migration-completion-rate",
  "system-availability",
  "performance-impact",
  "error-rate-changes",
  "rollback-execution-time",
  "customer-impact-score",
  "revenue-protection",
  "time-to-value-realization",
  "stakeholder-satisfaction",
  "team-efficiency",
  "knowledge-transfer-effectiveness",
  "post-migration-support-requirements",
  "documentation-completeness",
] as const;

/** The id of one of the catalog's success metrics. */
export type SuccessMetricId = (typeof successMetricIds)[number];

/** A success metric of the catalog, as this library defines it. */
export interface SuccessMetric {
  readonly id: SuccessMetricId;
  /** The title as the catalog prints it. */
  readonly title: string;
  readonly category: MetricCategory;
  /** The unit of the target: `%`, `minutes`, `points of 5`. */
  readonly unit: string;
  /** The definition of the value, as a sentence without a final period. */
  readonly definition: string;
  /** The publisher where a plan names no source: a role and an occasion. */
  readonly publishedBy: string;
  readonly target: number;
  /** The side of the target on which values are good. The target itself is good. */
  readonly direction: "at-least" | "at-most";
  /** The range of its values, where both ends are fixed: a gauge needs them. @default - open */
  readonly scale?: { readonly min: number; readonly max: number };
  /** The name in CloudWatch, including the unit where CloudWatch has none for it. */
  readonly metricName: string;
  readonly cloudWatchUnit: "Percent" | "Count" | "None";
  /** Whether it has an alarm by default. */
  readonly alarm: boolean;
  /** Whether its alarm stops the migration, besides notifying people. */
  readonly stops: boolean;
  /** The frequency at which it is published. */
  readonly cadence: MetricCadence;
  /** The treatment of missing data where CloudWatch measures it. Published values keep their last value. */
  readonly missingData: MissingData;
}

const percent = { unit: "%", scale: { min: 0, max: 100 }, cloudWatchUnit: "Percent" } as const;
/** The settings of metrics that people publish after a survey or a count: notify only; the last value holds until the next. */
const published = { alarm: true, stops: false, cadence: "occasion", missingData: "ignore" } as const;

/** The catalog's success metrics, in the catalog's order. */
export const successMetrics: readonly SuccessMetric[] = [
  {
    // All that is planned is to be done. It stays below its target until the last day, so an alarm on it would only say that
    // the migration is not over: it has none.
    id: "migration-completion-rate",
    title: "Migration completion rate",
    category: "technical",
    ...percent,
    definition: "Migrations of the plan that have reached their last stage, as a share of all of them",
    publishedBy: "the pipeline, after each deployment",
    target: 100,
    direction: "at-least",
    metricName: "MigrationCompletionRate",
    alarm: false,
    stops: false,
    cadence: "occasion",
    missingData: "ignore",
  },
  {
    // 99.9 % is 43 minutes in 30 days: about one short cut-over. Silence is breaching: a system of which nothing is heard is
    // not known to be available.
    id: "system-availability",
    title: "System availability during migration",
    category: "technical",
    ...percent,
    definition:
      "Requests, or health checks, that were answered without an error of the server, as a share of all of them",
    publishedBy: "the monitoring of the source or the target, every minute of a change window",
    target: 99.9,
    direction: "at-least",
    metricName: "SystemAvailability",
    alarm: true,
    stops: true,
    cadence: "minute",
    missingData: "breaching",
  },
  {
    // A tenth is about what differs between two ordinary days: below it nobody can tell the move from the weather. Silence
    // is unknown: without requests nothing is slow, and whether there should be any is a matter of the availability.
    id: "performance-impact",
    title: "Performance impact (response time, throughput)",
    category: "technical",
    unit: "% worse",
    definition:
      "How much longer a response takes, or how much less goes through, than before the migration, whichever is worse",
    publishedBy: "the load test or the monitoring, every minute of a change window",
    target: 10,
    direction: "at-most",
    metricName: "PerformanceImpact",
    cloudWatchUnit: "Percent",
    alarm: true,
    stops: true,
    cadence: "minute",
    missingData: "missing",
  },
  {
    // One request more in a hundred is what a service desk hears of. Silence is good: load balancers publish a count of
    // errors only where there were any.
    id: "error-rate-changes",
    title: "Error rate changes",
    category: "technical",
    unit: "percentage points",
    definition: "The share of requests that end in an error of the server, less the share before the migration",
    publishedBy: "the monitoring, every minute of a change window",
    target: 1,
    direction: "at-most",
    metricName: "ErrorRateChanges",
    cloudWatchUnit: "Percent",
    alarm: true,
    stops: true,
    cadence: "minute",
    missingData: "notBreaching",
  },
  {
    // Half an hour leaves time to decide and to check within a window of a few hours. It stops the migration, because a way
    // back that takes longer than planned is not the one that was approved.
    id: "rollback-execution-time",
    title: "Rollback execution time",
    category: "technical",
    unit: "minutes",
    definition: "From the decision to go back until the verifications hold again, at the last rehearsal or rollback",
    publishedBy: "the migration lead, after each rehearsal and each rollback",
    target: 30,
    direction: "at-most",
    metricName: "RollbackExecutionMinutes",
    cloudWatchUnit: "None",
    alarm: true,
    stops: true,
    cadence: "occasion",
    missingData: "ignore",
  },
  {
    // 1 is that it was noticed, which is what a change window is announced for.
    id: "customer-impact-score",
    title: "Customer impact score",
    category: "business",
    unit: "points of 5",
    definition:
      "The worst that any group of customers met with: 0 nothing, 1 noticed it, 2 slower, 3 a part did not work, 4 nothing worked, 5 lost data or money",
    publishedBy: "the service desk, after each wave",
    target: 1,
    direction: "at-most",
    scale: { min: 0, max: 5 },
    metricName: "CustomerImpactScore",
    cloudWatchUnit: "None",
    ...published,
  },
  {
    // Two in a hundred is within what one ordinary week differs from the next.
    id: "revenue-protection",
    title: "Revenue protection",
    category: "business",
    unit: "%",
    definition: "Revenue in the week after a wave, as a share of the revenue in the week before it",
    publishedBy: "the finance department, a week after each wave",
    target: 98,
    direction: "at-least",
    metricName: "RevenueProtection",
    cloudWatchUnit: "Percent",
    ...published,
  },
  {
    // A quarter of a year is when a business case is next looked at.
    id: "time-to-value-realization",
    title: "Time to value realization",
    category: "business",
    unit: "days",
    definition: "From the cut-over of a wave to the first benefit of its business case that is measured",
    publishedBy: "the sponsor, when the benefit is measured",
    target: 90,
    direction: "at-most",
    metricName: "TimeToValueDays",
    cloudWatchUnit: "None",
    ...published,
  },
  {
    // The answer "satisfied" on the usual scale of 5.
    id: "stakeholder-satisfaction",
    title: "Stakeholder satisfaction",
    category: "business",
    unit: "points of 5",
    definition: "The mean of the stakeholders' answers, 1 very dissatisfied to 5 very satisfied",
    publishedBy: "the migration lead, from a survey after each wave",
    target: 4,
    direction: "at-least",
    scale: { min: 1, max: 5 },
    metricName: "StakeholderSatisfaction",
    cloudWatchUnit: "None",
    ...published,
  },
  {
    // A fifth more than planned is what plans usually keep in reserve. More than 100 is possible, and good.
    id: "team-efficiency",
    title: "Team efficiency",
    category: "operational",
    unit: "%",
    definition: "The effort that was planned for a wave, as a share of the effort that it took",
    publishedBy: "the migration lead, after each wave",
    target: 80,
    direction: "at-least",
    metricName: "TeamEfficiency",
    cloudWatchUnit: "Percent",
    ...published,
  },
  {
    // One task in ten may still need a question: fewer than that, and the operators are left alone with what they cannot do.
    id: "knowledge-transfer-effectiveness",
    title: "Knowledge transfer effectiveness",
    category: "operational",
    ...percent,
    definition:
      "Tasks of operations that the operators have done without help, as a share of those that were handed over",
    publishedBy: "the operations lead, at each handover",
    target: 90,
    direction: "at-least",
    metricName: "KnowledgeTransferEffectiveness",
    ...published,
  },
  {
    // One request a day of the working week: what an operations team takes on beside its work.
    id: "post-migration-support-requirements",
    title: "Post-migration support requirements",
    category: "operational",
    unit: "requests a week",
    definition: "Requests to the service desk in a week that are due to the migration",
    publishedBy: "the service desk, every week",
    target: 5,
    direction: "at-most",
    metricName: "PostMigrationSupportRequests",
    cloudWatchUnit: "Count",
    ...published,
  },
  {
    // What is not written down when a wave is handed over is not written down later.
    id: "documentation-completeness",
    title: "Documentation completeness",
    category: "operational",
    ...percent,
    definition:
      "Migrations that were handed over with their runbook, network diagram and inventory up to date, as a share of those handed over",
    publishedBy: "the operations lead, at each handover",
    target: 100,
    direction: "at-least",
    metricName: "DocumentationCompleteness",
    ...published,
  },
];

const byId: ReadonlyMap<string, SuccessMetric> = new Map(successMetrics.map((metric) => [metric.id, metric]));

/** Returns the metric with the given id, or undefined where the catalog has none. */
export function findSuccessMetric(id: string): SuccessMetric | undefined {
  admit("findSuccessMetric", { id });
  return byId.get(id);
}
