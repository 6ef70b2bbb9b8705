/** The part `parts/validation`: health checks, end-to-end tests, performance comparisons and the evidence of a migration. */
export { HEALTH_CHECK_REGION } from "../../aws/region";
export type { HealthCheckAlarms } from "./alarm-region";
export { AlarmTopic, type AlarmTopicProps } from "../../aws/alarm-topic";
export {
  ApplicationHealthChecks,
  type ApplicationHealthChecksProps,
  type ValidationProps,
} from "./application-health-checks";
export { performanceBaselineSchema, type PerformanceBaseline } from "./baseline";
export { convertUnit, metricUnits, type MetricUnit } from "../../aws/metric-units";
export { Canary, type CanaryProps } from "./canary";
export { CanaryArtifacts, type CanaryArtifactsProps } from "./canary-artifacts";
export { CANARY_RUNTIMES_AS_OF, canaryRuntimeState, type CanaryRuntimeState } from "./canary-runtimes";
export type {
  ArtifactBucket,
  CanaryCode,
  CanaryTest,
  CodeBuildTest,
  EndToEndSpec,
  LambdaTest,
} from "./end-to-end-spec";
export { EndToEndTest, type EndToEndTestProps } from "./end-to-end-test";
export { finalizedEvidence } from "./finalized";
export { alarmStates, finalizedEvidenceSchema, type FinalizedEvidence } from "./finalized-evidence";
export type { RequiredEvidence } from "../../core/stage-evidence";
export * from "./finalized-rules";
export type {
  CalculatedHealthCheck,
  HealthCheckSpec,
  HttpHealthCheck,
  TargetGroupHealthCheck,
  TcpHealthCheck,
} from "./health-check-spec";
export {
  PerformanceValidation,
  performanceThreshold,
  type PerformanceComparison,
  type PerformanceTarget,
  type PerformanceValidationProps,
} from "./performance-validation";
export { Probe, type ProbeProps } from "./probe";
export * from "./rules";
export type { ValidationAlarm, ValidationKind } from "./validation-alarm";
export { ValidationSuite, type ValidationSuiteProps } from "./validation-suite";
