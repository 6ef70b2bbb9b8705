/** The catalog's three categories of success metrics. */
export const metricCategories = ["technical", "business", "operational"] as const;

/** A category of success metrics: one of {@link metricCategories}. */
export type MetricCategory = (typeof metricCategories)[number];

/** A success metric of a plan, as the report shows it. */
export interface PlannedMetric {
  /** The id of one of the catalog's metrics, in kebab case: `system-availability`. */
  readonly id: string;
  /** The title as the catalog prints it: `System availability during migration`. */
  readonly title: string;
  readonly category: MetricCategory;
  /** The source of the value, as a phrase. */
  readonly source: string;
  /**
   * Whether CloudWatch measures it.
   * @default - false: somebody publishes it
   */
  readonly measured?: boolean;
  /** The unit of the target: `%`, `minutes`, `points of 5`. */
  readonly unit: string;
  readonly target: number;
  /** The side of the target on which values are good. */
  readonly direction: "at-least" | "at-most";
  /**
   * The name of the metric's SLO alarm.
   * @default - it has none
   */
  readonly alarm?: string;
}
