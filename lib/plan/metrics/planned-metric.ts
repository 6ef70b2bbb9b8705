/** The catalog's three groups of success metrics. */
export const metricCategories = ["technical", "business", "operational"] as const;

/** The catalog's three groups of success metrics. */
export type MetricCategory = (typeof metricCategories)[number];

/** A success metric, as the report shows it. */
export interface PlannedMetric {
  /** `system-availability`: one of the catalog's, in kebab case. */
  readonly id: string;
  /** As the catalog prints it: `System availability during migration`. */
  readonly title: string;
  readonly category: MetricCategory;
  /** Where the number comes from, as a phrase. */
  readonly source: string;
  /**
   * Whether CloudWatch measures it.
   * @default - false: somebody publishes it
   */
  readonly measured?: boolean;
  /** `%`, `minutes`, `points of 5`. */
  readonly unit: string;
  readonly target: number;
  /** On which side of the target it is good. */
  readonly direction: "at-least" | "at-most";
  /**
   * The name of its SLO alarm.
   * @default - it has none
   */
  readonly alarm?: string;
}
