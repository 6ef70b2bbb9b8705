/** What the three kinds of validation have in common: a check has a name, and alarms that say whether it holds. */
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { z } from "zod";
import { cut } from "../../core/construct-ids";

/** The catalog's three kinds of `validate_functionality`. */
export type ValidationKind = "health" | "end-to-end" | "performance";

/** An alarm that says whether a check holds. */
export interface ValidationAlarm {
  readonly kind: ValidationKind;
  /** The check's name, as the user wrote it. */
  readonly check: string;
  /** The alarm's name, known before Terraform runs: evidence names it. */
  readonly alarmName: string;
  readonly alarmArn: string;
  readonly alarm: CloudwatchMetricAlarm;
  /** Whether it publishes to a topic. */
  readonly notifies: boolean;
  /** True for an alarm on a Route 53 health check, which is in us-east-1. */
  readonly inHealthCheckRegion: boolean;
}

/** How the alarms of a construct behave. */
export interface AlarmSettings {
  /** What alarm names begin with, unique in the account and region. */
  readonly name: string;
  readonly topicArns: readonly string[];
  readonly enabled: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** The most characters of an alarm's name: Amazon CloudWatch API Reference, PutMetricAlarm. */
const ALARM_NAME_LIMIT = 255;

/** A name that alarms can begin with, short enough for what follows it. */
export const validationName = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,100}$/, "must be 1 to 100 letters, digits, _ or -, known before Terraform runs");

/** The name of a check, a key of the props. */
export const checkName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/,
    "must be 1 to 63 letters, digits, _ or -, and begin with a letter or digit",
  );

/** Makes an alarm of a check. `what` tells several alarms of one check apart. */
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
