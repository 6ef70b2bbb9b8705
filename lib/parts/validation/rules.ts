/** Rules about the validation of a migration, checked in every stage. */
import { sortedEntries } from "../../core/collections";
import type { IsoDate } from "../../core/iso-date";
import { defineRule, type Rule } from "../../core/rule";
import { isUnresolved } from "../../core/tokens";
import { CANARY_RUNTIMES_AS_OF, canaryRuntimeState } from "./canary-runtimes";
import type { EndToEndSpec } from "./end-to-end-spec";
import type { HealthCheckSpec } from "./health-check-spec";
import type { PerformanceComparison } from "./performance-validation";

/** The subject of the rules about validation. `ValidationSuite.review` returns one. */
export interface ValidationReview {
  /** The construct path of the suite. */
  readonly name: string;
  readonly asOf: IsoDate;
  readonly healthChecks: Readonly<Record<string, HealthCheckSpec>>;
  readonly endToEndTests: Readonly<Record<string, EndToEndSpec>>;
  readonly performance: Readonly<Record<string, PerformanceComparison>>;
}

/** The maximum age of a performance baseline in days; an older one says little about the application that is moved. Ours. */
export const BASELINE_MAXIMUM_AGE_DAYS = 90;
/** The minimum time that a performance baseline covers, in days; a shorter one misses the weekly peak. Ours. */
export const BASELINE_MINIMUM_DAYS = 7;

const DAY_MILLISECONDS = 86_400_000;

/** Warns if a validation suite has no health check. */
export const validationWithoutHealthCheck: Rule<ValidationReview> = defineRule<ValidationReview>({
  id: "validation-without-health-check",
  title: "A migration has no health check",
  severity: "warning",
  why: "the catalog's validate_functionality requires application health checks: without one, users are the first to notice a failure",
  remedy: "declare healthChecks: a Route 53 check, or the target group's where a load balancer stands in front",
  *check({ name, healthChecks }) {
    if (Object.keys(healthChecks).length === 0) yield { subject: name, message: "the suite has no health check" };
  },
});

/** Warns if a validation suite has no end-to-end test. */
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

/** Warns if a validation suite has no performance baseline. */
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

/** Warns about a performance baseline that is older than {@link BASELINE_MAXIMUM_AGE_DAYS}. */
export const performanceBaselineOld: Rule<ValidationReview> = defineRule<ValidationReview>({
  id: "performance-baseline-old",
  title: "A performance baseline is old",
  severity: "warning",
  why: `load and software change: a baseline that is more than ${BASELINE_MAXIMUM_AGE_DAYS} days old no longer describes the application`,
  remedy: "measure the source again before the cut-over",
  *check({ performance, asOf }) {
    for (const [check, { baseline }] of sortedEntries(performance)) {
      const days = Math.floor((Date.parse(`${asOf}T00:00:00Z`) - Date.parse(baseline.capturedTo)) / DAY_MILLISECONDS);
      if (days > BASELINE_MAXIMUM_AGE_DAYS) {
        yield { subject: check, message: `the baseline was measured until ${baseline.capturedTo}, ${days} days ago` };
      }
    }
  },
});

/** Warns about a performance baseline that covers less than {@link BASELINE_MINIMUM_DAYS}. */
export const performanceBaselineShort: Rule<ValidationReview> = defineRule<ValidationReview>({
  id: "performance-baseline-short",
  title: "A performance baseline covers less than a week",
  severity: "warning",
  why: "most applications have a weekly peak, and a baseline that misses it is not representative",
  remedy: `measure the source over at least ${BASELINE_MINIMUM_DAYS} days, the busiest among them`,
  *check({ performance }) {
    for (const [check, { baseline }] of sortedEntries(performance)) {
      const days = (Date.parse(baseline.capturedTo) - Date.parse(baseline.capturedFrom)) / DAY_MILLISECONDS;
      if (days < BASELINE_MINIMUM_DAYS) {
        yield { subject: check, message: `the baseline covers ${Math.round(days * 10) / 10} days` };
      }
    }
  },
});

/** Blocks a canary on a deprecated runtime, on which AWS creates no canary. */
export const canaryRuntimeDeprecated: Rule<ValidationReview> = defineRule<ValidationReview>({
  id: "canary-runtime-deprecated",
  title: "A canary's runtime is deprecated",
  severity: "blocker",
  why: `no canary can be created on a deprecated runtime (CloudWatch User Guide, "Runtime versions support policy", as of ${CANARY_RUNTIMES_AS_OF})`,
  remedy: "move the script to the newest runtime of its family",
  *check({ endToEndTests, asOf }) {
    for (const [check, test] of sortedEntries(endToEndTests)) {
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

/** Warns about a canary on a runtime that this library does not know. */
export const canaryRuntimeUnlisted: Rule<ValidationReview> = defineRule<ValidationReview>({
  id: "canary-runtime-unlisted",
  title: "A canary's runtime is unknown to this library",
  severity: "warning",
  why: `the list of runtimes was read on ${CANARY_RUNTIMES_AS_OF}: the runtime is either newer, or misspelt, in which case the deployment fails`,
  remedy: "check the name with aws synthetics describe-runtime-versions",
  *check({ endToEndTests, asOf }) {
    for (const [check, test] of sortedEntries(endToEndTests)) {
      if (test.kind !== "canary" || isUnresolved(test.runtimeVersion)) continue;
      if (canaryRuntimeState(test.runtimeVersion, asOf).state === "unlisted") {
        yield {
          subject: check,
          message: `${test.runtimeVersion} is not on the list of runtimes as of ${CANARY_RUNTIMES_AS_OF}`,
        };
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
