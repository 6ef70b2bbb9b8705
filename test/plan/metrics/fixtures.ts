/** Stacks, migrations and alarms for the tests of the success metrics. */
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import type { Verification } from "../../../lib/core/verification";
import {
  SuccessMetrics,
  type CloudWatchMetric,
  type SuccessMetricsProps,
  type WatchedMigration,
} from "../../../lib/plan/metrics";

export const HOME = "eu-central-1";

export type Json = Record<string, unknown>;

const dimensions = { LoadBalancer: "app/shop/0123456789abcdef" };
export const errors: CloudWatchMetric = {
  namespace: "AWS/ApplicationELB",
  metricName: "HTTPCode_Target_5XX_Count",
  statistic: "Sum",
  dimensions,
};
export const requests: CloudWatchMetric = {
  namespace: "AWS/ApplicationELB",
  metricName: "RequestCount",
  statistic: "Sum",
  dimensions,
};
export const responseTime: CloudWatchMetric = {
  namespace: "AWS/ApplicationELB",
  metricName: "TargetResponseTime",
  statistic: "p95",
  dimensions,
};

export function newStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "aws", { region: HOME });
  return stack;
}

/** A migration with as many alarms, made in the stack so that their ARNs are references. */
export function migrationWith(
  scope: Construct,
  name: string,
  alarms: number,
  over: { readonly region?: string } = {},
): WatchedMigration {
  const home = new Construct(scope, name);
  const verifications = Array.from({ length: alarms }, (_, index): Verification => {
    const alarmName = `${name}-check-${index + 1}`;
    const alarm = new CloudwatchMetricAlarm(home, `check-${index + 1}`, {
      alarmName,
      comparisonOperator: "LessThanThreshold",
      evaluationPeriods: 1,
      metricName: "HealthyHostCount",
      namespace: "AWS/ApplicationELB",
      statistic: "Minimum",
      period: 60,
      threshold: 1,
    });
    return {
      kind: "health-check",
      name: `check ${index + 1}`,
      alarm: { name: alarmName, arn: alarm.arn, notifies: true, ...over },
    };
  });
  return { path: home.node.path, title: name, verifications };
}

/** Success metrics of a plan called shop, with what `over` says. */
export function metricsOf(over: Partial<SuccessMetricsProps> = {}, stack = newStack()): SuccessMetrics {
  return new SuccessMetrics(stack, "metrics", { name: "shop", region: HOME, migrations: [], ...over });
}

/** The resources of that type, by their Terraform names. */
export function synthesized(stack: TerraformStack, type: string): Record<string, Json> {
  const { resource = {} } = JSON.parse(Testing.synth(stack, true)) as {
    resource?: Record<string, Record<string, Json>>;
  };
  return resource[type] ?? {};
}
