/**
 * The region of alarms on Route 53 health checks. A CloudWatch alarm sees the metrics of its own region alone, publishes
 * to topics of its own region alone, and a composite alarm sees the alarms of its own region alone. Route 53 is global and
 * publishes the metrics of its health checks in us-east-1, wherever the application is: an alarm on them in any other
 * region is created without complaint and never sees a data point.
 *
 * Sources: Amazon Route 53 Developer Guide, "Monitoring health checks using CloudWatch"; CloudWatch User Guide, "Create a
 * composite alarm".
 */
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { MigrationError } from "../../core/error";
import { isUnresolved } from "../../core/tokens";
import { HEALTH_CHECK_REGION, partitionOf } from "../../aws/region";

/** The provider and topics in us-east-1 for alarms on Route 53 health checks, for a stack in another region. */
export interface HealthCheckAlarms {
  /** An AWS provider for the region us-east-1, with an alias. */
  readonly provider: AwsProvider;
  /**
   * ARNs of the SNS topics in us-east-1 that are notified. At most 5.
   * @default - a topic of its own in us-east-1, encrypted with a key of its own. About 1 USD a month for the key
   */
  readonly topicArns?: readonly string[];
  /**
   * ARN, id or alias of an existing customer-managed KMS key in us-east-1 for the topic that is made, which is left as it is: see
   * `kmsKeyId` of the construct. Not together with `topicArns`.
   * @default - a key of its own
   */
  readonly kmsKeyId?: string;
}

/**
 * Returns the provider of the alarms on Route 53 health checks, or undefined if it is the stack's own.
 *
 * @throws MigrationError `HEALTH_CHECK_ALARM_REGION` where the alarms would be in another region than the metrics,
 * `HEALTH_CHECK_PARTITION` outside the commercial partition
 */
export function healthCheckProvider(
  construct: string,
  region: string,
  alarms: HealthCheckAlarms | undefined,
): AwsProvider | undefined {
  if (!isUnresolved(region) && partitionOf(region) !== "aws") {
    throw new MigrationError({
      code: "HEALTH_CHECK_PARTITION",
      path: "checks",
      received: region,
      allowed: "Route 53 health checks in the commercial partition",
      fix: "use checks of the kind target-group",
      construct,
    });
  }
  if (alarms === undefined) {
    if (region === HEALTH_CHECK_REGION) return undefined;
    throw new MigrationError({
      code: "HEALTH_CHECK_ALARM_REGION",
      path: "healthCheckAlarms",
      received: region,
      allowed: `alarms on Route 53 health checks in ${HEALTH_CHECK_REGION}, where Route 53 publishes their metrics`,
      fix: `pass healthCheckAlarms with a provider whose alias is of ${HEALTH_CHECK_REGION}`,
      construct,
    });
  }
  const given = alarms.provider.region;
  if (!isUnresolved(given) && given !== HEALTH_CHECK_REGION) {
    throw new MigrationError({
      code: "HEALTH_CHECK_ALARM_REGION",
      path: "healthCheckAlarms.provider",
      received: given ?? "no region, so the environment's",
      allowed: `a provider of ${HEALTH_CHECK_REGION}, where Route 53 publishes the metrics of health checks`,
      fix: `set the provider's region to ${HEALTH_CHECK_REGION}`,
      construct,
    });
  }
  return alarms.provider;
}
