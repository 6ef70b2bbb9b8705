/** What is wrong with how a migration is validated. Looked at in every stage. */
import type { IsoDate } from "../../core/iso-date";
import { defineRule, type Rule } from "../../core/rule";
import { isUnresolved } from "../../core/tokens";
import { CANARY_RUNTIMES_AS_OF, canaryRuntimeState } from "./canary-runtimes";
import type { EndToEndSpec } from "./end-to-end-spec";
import type { HealthCheckSpec } from "./health-check-spec";
import type { PerformanceComparison } from "./performance-validation";

/** What the rules about validation look at. `ValidationSuite.review` makes one. */
export interface ValidationReview {
  /** The suite's path. */
  readonly name: string;
  readonly asOf: IsoDate;
  readonly healthChecks: Readonly<Record<string, HealthCheckSpec>>;
  readonly endToEndTests: Readonly<Record<string, EndToEndSpec>>;
  readonly performance: Readonly<Record<string, PerformanceComparison>>;
}

/** A baseline older than this says little of the application that is moved. Ours, in days. */
export const BASELINE_MAXIMUM_AGE_DAYS = 90;
/** A baseline that covers less than this misses what happens once a week. Ours, in days. */
export const BASELINE_MINIMUM_DAYS = 7;

const DAY_MILLISECONDS = 86_400_000;

/** Nothing asks whether the application is up. */
export const validationWithoutHealthCheck: Rule<ValidationReview> = defineRule<ValidationReview>({
  id: "validation-without-health-check",
  title: "A migration has no health check",
  severity: "warning",
  why: "the catalog's validate_functionality asks for application health checks: without one, users are the first to know",
  remedy: "declare healthChecks: a Route 53 check, or the target group's where a load balancer stands in front",
  *check({ name, healthChecks }) {
    if (Object.keys(healthChecks).length === 0) yield { subject: name, message: "the suite has no health check" };
  },
});

/** Nothing does what a user does. */
export const validationWithoutEndToEnd: Rule<ValidationReview> = defineRule<ValidationReview>({
  id: "validation-without-end-to-end",
  title: "A migration is promoted without an end-to-end test",
  severity: "warning",
  why: "a server that answers a health check may still have lost its database, its licence server or its mail relay",
  remedy:
    "declare endToEndTests: a canary, or the CodeBuild project or Lambda function that tests the application today",
  *check({ name, endToEndTests }) {
    if (Object.keys(endToEndTests).length === 0) yield { subject: name, message: "the suite has no end-to-end test" };
  },
});

/** Nothing is compared with how it was before. */
export const performanceBaselineMissing: Rule<ValidationReview> = defineRule<ValidationReview>({
  id: "performance-baseline-missing",
  title: "A migration has no performance baseline",
  severity: "warning",
  why: 'once the source is stopped nobody can measure it any more, and "it was faster before" cannot be answered',
  remedy: "measure the source over two weeks, and declare performance with what was measured",
  *check({ name, performance }) {
    if (Object.keys(performance).length === 0)
      yield { subject: name, message: "the suite has no performance baseline" };
  },
});

/** A baseline of another time. */
export const performanceBaselineOld: Rule<ValidationReview> = defineRule<ValidationReview>({
  id: "performance-baseline-old",
  title: "A performance baseline is old",
  severity: "warning",
  why: `load and software change: a baseline of more than ${BASELINE_MAXIMUM_AGE_DAYS} days ago is of another application`,
  remedy: "measure the source again before the cut-over",
  *check({ performance, asOf }) {
    for (const [check, { baseline }] of sorted(performance)) {
      const days = Math.floor((Date.parse(`${asOf}T00:00:00Z`) - Date.parse(baseline.capturedTo)) / DAY_MILLISECONDS);
      if (days > BASELINE_MAXIMUM_AGE_DAYS) {
        yield { subject: check, message: `its baseline was measured until ${baseline.capturedTo}, ${days} days ago` };
      }
    }
  },
});

/** A baseline of too short a time. */
export const performanceBaselineShort: Rule<ValidationReview> = defineRule<ValidationReview>({
  id: "performance-baseline-short",
  title: "A performance baseline covers less than a week",
  severity: "warning",
  why: "most applications have a weekly peak, and a baseline that misses it is too good or too bad",
  remedy: `measure the source over at least ${BASELINE_MINIMUM_DAYS} days, the busiest among them`,
  *check({ performance }) {
    for (const [check, { baseline }] of sorted(performance)) {
      const days = (Date.parse(baseline.capturedTo) - Date.parse(baseline.capturedFrom)) / DAY_MILLISECONDS;
      if (days < BASELINE_MINIMUM_DAYS) {
        yield { subject: check, message: `its baseline covers ${Math.round(days * 10) / 10} days` };
      }
    }
  },
});

/** A canary that AWS does not create. */
export const canaryRuntimeDeprecated: Rule<ValidationReview> = defineRule<ValidationReview>({
  id: "canary-runtime-deprecated",
  title: "A canary's runtime is deprecated",
  severity: "blocker",
  why: `no canary can be created on a deprecated runtime (CloudWatch User Guide, "Runtime versions support policy", as of ${CANARY_RUNTIMES_AS_OF})`,
  remedy: "move the script to the newest runtime of its family",
  *check({ endToEndTests, asOf }) {
    for (const [check, test] of sorted(endToEndTests)) {
      if (test.kind !== "canary" || isUnresolved(test.runtimeVersion)) continue;
      const known = canaryRuntimeState(test.runtimeVersion, asOf);
      if (known.state !== "deprecated") continue;
      yield {
        subject: check,
        message: `${test.runtimeVersion} is deprecated since ${known.since}`,
        remedy: `move the script to ${known.newest}`,
      };
    }
  },
});

/** A canary whose runtime this library does not know. */
export const canaryRuntimeUnlisted: Rule<ValidationReview> = defineRule<ValidationReview>({
  id: "canary-runtime-unlisted",
  title: "A canary's runtime is not on the list",
  severity: "warning",
  why: `the list was read on ${CANARY_RUNTIMES_AS_OF}: the runtime is newer, or misspelt, and then the deployment fails`,
  remedy: "check it with aws synthetics describe-runtime-versions",
  *check({ endToEndTests, asOf }) {
    for (const [check, test] of sorted(endToEndTests)) {
      if (test.kind !== "canary" || isUnresolved(test.runtimeVersion)) continue;
      if (canaryRuntimeState(test.runtimeVersion, asOf).state === "unlisted") {
        yield { subject: check, message: `${test.runtimeVersion} is on no list of ${CANARY_RUNTIMES_AS_OF}` };
      }
    }
  },
});

/** The rules about validation. */
export const validationRules: readonly Rule<ValidationReview>[] = [
  validationWithoutHealthCheck,
  validationWithoutEndToEnd,
  performanceBaselineMissing,
  performanceBaselineOld,
  performanceBaselineShort,
  canaryRuntimeDeprecated,
  canaryRuntimeUnlisted,
];

function sorted<Value>(record: Readonly<Record<string, Value>>): (readonly [string, Value])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
