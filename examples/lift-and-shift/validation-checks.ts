/** The validation checks of the application. */
import type { ValidationSuiteProps } from "cdktf-migration-patterns/parts/validation";

/** The checks that the application works at the target, and that it is not slower than before it moved. */
export const validationChecks: Pick<ValidationSuiteProps, "healthChecks" | "endToEndTests" | "performance"> = {
  healthChecks: { site: { kind: "https", domainName: "www.booking.example", path: "/health" } },
  endToEndTests: {
    journey: {
      kind: "canary",
      code: { bucket: "booking-canary-scripts", key: "journey.zip" },
      handler: "journey.handler",
      runtimeVersion: "syn-nodejs-puppeteer-17.0",
    },
  },
  performance: {
    journey: {
      baseline: {
        metric: "time from search to confirmation",
        statistic: "p95",
        value: 6.2,
        unit: "Seconds",
        capturedFrom: "2026-10-19T00:00:00Z",
        capturedTo: "2026-11-16T00:00:00Z",
        source: "APM report of 2026-11-16",
      },
      target: {
        namespace: "CloudWatchSynthetics",
        metricName: "Duration",
        dimensions: { CanaryName: "booking-journey" },
        unit: "Milliseconds",
      },
      worse: "higher",
      ratio: 1.2,
    },
  },
};
