/**
 * Where an alarm has to be. A CloudWatch alarm sees the metrics of its own region alone, publishes to topics of its own
 * region alone, and a composite alarm sees the alarms of its own region alone. Route 53 is global and publishes the metrics
 * of its health checks in us-east-1, wherever the application is: an alarm on them in any other region is created without
 * complaint and never sees a data point.
 *
 * Sources: Amazon Route 53 Developer Guide, "Monitoring health checks using CloudWatch"; CloudWatch User Guide, "Create a
 * composite alarm".
 */
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { MigrationError } from "../../../../core/error";
import { isUnresolved } from "../../../../core/tokens";
import { partitionOf } from "../server-network";

/** The region in which Route 53 publishes the metrics of health checks, in the commercial partition. */
export const HEALTH_CHECK_REGION = "us-east-1";

/** Where the alarms on Route 53 health checks are made, where the stack's own region is another. */
export interface HealthCheckAlarms {
  /** A provider of the region us-east-1, with an alias. */
  readonly provider: AwsProvider;
  /**
   * ARNs of SNS topics in us-east-1. At most 5.
   * @default - a topic of its own in us-east-1, encrypted with a key of its own. About 1 USD a month for the key
   */
  readonly topicArns?: readonly string[];
}

/**
 * The provider of the alarms on Route 53 health checks, or undefined where it is the stack's own.
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

/**
 * Checks that topics can be published to from an alarm of that region. What is not known before Terraform runs passes.
 *
 * @throws MigrationError `ALARM_TOPIC_REGION`, `ALARM_TOPICS`
 */
export function checkTopics(construct: string, path: string, topicArns: readonly string[], region: string): void {
  if (topicArns.length === 0 || topicArns.length > 5) {
    throw new MigrationError({
      code: "ALARM_TOPICS",
      path,
      received: topicArns.length,
      allowed: "1 to 5 topics, as many as an alarm has actions",
      fix: "name a topic, leave the prop out to have one made, or fan out from one topic",
      construct,
    });
  }
  for (const [index, arn] of topicArns.entries()) {
    if (isUnresolved(arn)) continue;
    const parts = /^arn:[^:]+:sns:([^:]+):\d{12}:.+$/.exec(arn);
    if (parts !== null && (isUnresolved(region) || parts[1] === region)) continue;
    throw new MigrationError({
      code: "ALARM_TOPIC_REGION",
      path: `${path}[${index}]`,
      received: arn,
      allowed: isUnresolved(region) ? "the ARN of an SNS topic" : `the ARN of an SNS topic in ${region}`,
      fix: "name a topic of the alarm's own region: CloudWatch publishes to no other",
      construct,
    });
  }
}
