/** Props that a validation suite takes, in stacks with a provider of each region. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import type {
  CanaryTest,
  FinalizedEvidence,
  HealthCheckSpec,
  PerformanceComparison,
} from "../../../lib/parts/validation";

export const HOME = "eu-central-1";

/** A stack in eu-central-1 with a second provider of us-east-1. */
export function stackWithProviders(): { readonly stack: TerraformStack; readonly usEast1: AwsProvider } {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "aws", { region: HOME });
  const usEast1 = new AwsProvider(stack, "us-east-1", { region: "us-east-1", alias: "us_east_1" });
  return { stack, usEast1 };
}

export const web: HealthCheckSpec = { kind: "https", domainName: "shop.example.com", path: "/health" };
export const database: HealthCheckSpec = { kind: "tcp", domainName: "db.example.com", port: 5432 };
export const balancer: HealthCheckSpec = {
  kind: "target-group",
  targetGroupArnSuffix: "targetgroup/web/0123456789abcdef",
  loadBalancerArnSuffix: "app/front/0123456789abcdef",
};

export const checkout: CanaryTest = {
  kind: "canary",
  code: { bucket: "scripts", key: "checkout.zip", version: "1" },
  handler: "checkout.handler",
  runtimeVersion: "syn-nodejs-puppeteer-17.0",
};

export const latency: PerformanceComparison = {
  baseline: {
    metric: "checkout latency",
    statistic: "p95",
    value: 420,
    unit: "Milliseconds",
    capturedFrom: "2026-01-01T00:00:00Z",
    capturedTo: "2026-01-14T00:00:00Z",
    source: "APM report",
  },
  target: {
    namespace: "AWS/ApplicationELB",
    metricName: "TargetResponseTime",
    dimensions: { LoadBalancer: "app/front/0123456789abcdef" },
    unit: "Seconds",
  },
  worse: "higher",
  ratio: 1.2,
};

/** Evidence of one alarm, observed for four days. */
export function evidenceOf(...alarmNames: readonly string[]): FinalizedEvidence {
  return {
    validation: alarmNames.map((alarmName) => ({
      alarmName,
      state: "OK",
      observedFrom: "2026-02-01T00:00:00Z",
      observedTo: "2026-02-05T00:00:00Z",
    })),
    bakeHours: 96,
    signOff: { name: "A. Owner", role: "application owner", day: "2026-02-06" },
    restorePoint: {
      kind: "backup-recovery-point",
      reference: "arn:aws:backup:eu-central-1:123456789012:recovery-point:1",
      takenAt: "2026-02-05T00:00:00Z",
      restoreTestedOn: "2026-02-05",
    },
  };
}
