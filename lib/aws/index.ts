/**
 * ```ts
 * import { AlarmTopic } from "cdktf-migration-patterns/aws";
 * ```
 *
 * AWS constructs that several patterns and parts share, each of which a stack may use by itself.
 */
export { AlarmTopic, type AlarmTopicProps } from "./alarm-topic";
export { DeploymentPlace } from "./deployment-place";
export { encryptionKey } from "./encryption-key";
export { convertUnit, metricUnits, type MetricUnit } from "./metric-units";
export type { RequiredStatement } from "./required-statements";
export { PrivateBucket, type PrivateBucketProps } from "./private-bucket";
export { HEALTH_CHECK_REGION } from "./region";
export { ServiceRole, type Allow, type ServiceRoleProps } from "./service-role";
