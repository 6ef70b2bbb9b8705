/** The alarms of validation checks, common to health checks, end-to-end tests and performance comparisons. */
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { z } from "zod";
import { cut } from "../../core/construct-ids";

/** A kind of check of the catalog's `validate_functionality`. */
export type ValidationKind = "health" | "end-to-end" | "performance";

/** A CloudWatch alarm that fires if a check fails. */
export interface ValidationAlarm {
  readonly kind: ValidationKind;
  /** The name of the check, as given in the props. */
  readonly check: string;
  /** The name of the alarm, known before Terraform runs, because evidence refers to it. */
  readonly alarmName: string;
  readonly alarmArn: string;
  readonly alarm: CloudwatchMetricAlarm;
  /** Whether the alarm publishes to a topic. */
  readonly notifies: boolean;
  /** Whether the alarm is on a Route 53 health check, and so in us-east-1. */
  readonly inHealthCheckRegion: boolean;
}

/** Settings common to all alarms of a validation construct. */
export interface AlarmSettings {
  /** The prefix of the alarms' names, unique in the account and region. */
  readonly name: string;
  readonly topicArns: readonly string[];
  readonly enabled: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** The longest name of an alarm in characters: Amazon CloudWatch API Reference, PutMetricAlarm. */
const ALARM_NAME_LIMIT = 255;

/** The schema of a prefix of alarm names, short enough for the suffixes. */
export const validationName = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,100}$/, "must be 1 to 100 letters, digits, _ or -, known before Terraform runs");

/** The schema of a check's name, which is a key of the props. */
export const checkName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/,
    "must be 1 to 63 letters, digits, _ or -, and begin with a letter or digit",
  );

/** Creates an alarm of a check. `what` tells several alarms of one check apart. */
export function validationAlarm(
  scope: Construct,
  id: string,
  settings: AlarmSettings,
  of: { readonly kind: ValidationKind; readonly check: string; readonly what?: string },
  config: Omit<CloudwatchMetricAlarmConfig, "alarmName" | "provider"> & { readonly provider?: AwsProvider | undefined },
  inHealthCheckRegion = false,
): ValidationAlarm {
  const { provider, ...rest } = config;
  const suffix = of.what === undefined ? "" : `-${of.what}`;
  const alarmName = cut(`${settings.name}-${of.kind}-${of.check}${suffix}`, ALARM_NAME_LIMIT);
  const topics = [...settings.topicArns];
  const alarm = new CloudwatchMetricAlarm(scope, id, {
    ...rest,
    ...(provider === undefined ? {} : { provider }),
    alarmName,
    alarmActions: topics,
    okActions: topics,
    actionsEnabled: settings.enabled,
    tags: { ...settings.tags },
  });
  return {
    kind: of.kind,
    check: of.check,
    alarmName,
    alarmArn: alarm.arn,
    alarm,
    notifies: topics.length > 0,
    inHealthCheckRegion,
  };
}
