export * from "./planned-metric";
export {
  findSuccessMetric,
  successMetricIds,
  successMetrics,
  type SuccessMetric,
  type SuccessMetricId,
} from "./success-metric";
export {
  errorRateChange,
  healthCheckAvailability,
  missingDataTreatments,
  performanceImpact,
  requestAvailability,
  type CloudWatchMetric,
  type CloudWatchSource,
  type CustomSource,
  type MetricEvaluation,
  type ExpressionSource,
  type MeasuredBefore,
  type MetricCadence,
  type MetricSource,
  type MissingData,
} from "./metric-source";
export type { MetricTarget, MetricTargets } from "./resolve-metrics";
export { putMetricDataCommand, type MetricPublication, type ResolvedMetric } from "./planned-success-metric";
export {
  dashboardBody,
  DASHBOARD_LIMITS,
  type Completion,
  type DashboardAlarm,
  type DashboardBody,
  type DashboardOverview,
  type DashboardSpec,
  type DashboardWave,
  type DashboardWidget,
} from "./dashboard-body";
export { SuccessMetrics, type SuccessMetricsProps, type WatchedMigration } from "./success-metrics";
