/**
 * The rules of the catalog's anti-pattern *Insufficient Testing*: promotions without tests. The tests that are expected depend
 * on the migration: a connection of networks has no user journeys, and only a migration that moves data has data to compare.
 *
 * Promoting with no verification at all blocks. The kinds that are missing are warnings, because a verification does not
 * say which part of the migration it covers, and a test outside the stack is as good.
 */
import { defineRule, type Rule } from "../../core/rule";
import { count, shortList } from "../../core/text";
import type { VerificationKind } from "../../core/verification";
import type { PlannedMigration } from "../plan-document";
import type { PlanReview } from "./plan-review";
import { severityOnceInUse, promotionsOf, servesUsers, trafficOf } from "./exposure";

const BETTER = "implement comprehensive testing at each migration phase";

function has({ verifications }: PlannedMigration, kind: VerificationKind): boolean {
  return verifications.some((verification) => verification.kind === kind);
}

/** Returns the beginning of a sentence that says why users notice the migration. */
function exposure({ moves }: PlannedMigration): string {
  return moves.length === 0 ? "it carries the traffic of a service" : `it moves ${count(moves.length, "server")}`;
}

/**
 * The rule about promotions without any verification: production comes to depend on a stage, or on more of it, and nothing
 * verifies the migration. A blocker once production depends on it, a warning before. It applies to connections too: at the
 * least, the state of the tunnels has to be verified.
 */
export const testingPromotionUnverified: Rule<PlanReview> = defineRule<PlanReview>({
  id: "testing-promotion-unverified",
  title: "A stage is promoted without any verification",
  severity: "blocker",
  why: "Insufficient Testing: when users are sent to the target, it is unknown whether it is compatible, fast enough and correct; a warning while nobody depends on the migration",
  remedy: `add verifications to the migration, at least one that checks whether it responds: ${BETTER}`,
  *check({ document }) {
    for (const migration of document.migrations) {
      const promotions = promotionsOf(migration);
      const [first] = promotions;
      if (first === undefined || migration.verifications.length > 0) continue;
      const raising = promotions.filter(({ from, to }) => trafficOf(to) > (from === undefined ? 0 : trafficOf(from)));
      const what =
        raising.length === 0
          ? `production depends on it from ${first.to.name} on`
          : `${shortList(
              raising.map(({ to }) => to.name),
              4,
            )} ${raising.length === 1 ? "raises" : "raise"} its share of the traffic`;
      yield {
        subject: migration.path,
        message: `${what}, and no verification is configured`,
        severity: severityOnceInUse(migration),
      };
    }
  },
});

/**
 * The rule about missing performance comparisons, for migrations that move servers or carry the traffic of a service. Whether
 * the plan as a whole measures performance before and after is checked by `pitfall-no-benchmark`.
 */
export const testingNoPerformanceBaseline: Rule<PlanReview> = defineRule<PlanReview>({
  id: "testing-no-performance-baseline",
  title: "No comparison with a performance baseline is configured",
  severity: "warning",
  why: "Insufficient Testing: performance degradation that is not compared with the source is found by users, when the source is gone",
  remedy: `measure the source before the move, and add a performance comparison to the migration: ${BETTER}`,
  *check({ document }) {
    for (const migration of document.migrations) {
      if (!servesUsers(migration) || has(migration, "performance-comparison")) continue;
      const message = `${exposure(migration)}, and no performance comparison with the source is configured`;
      yield { subject: migration.path, message };
    }
  },
});

/** The rule about missing end-to-end tests, for migrations that move servers or carry the traffic of a service. */
export const testingNoEndToEnd: Rule<PlanReview> = defineRule<PlanReview>({
  id: "testing-no-end-to-end",
  title: "No end-to-end test is configured",
  severity: "warning",
  why: "Insufficient Testing: unknown compatibility issues lie between the components, and each component's own health check passes while a user journey across them fails",
  remedy: `add an end-to-end test of the most frequent user journeys, run in every stage: ${BETTER}`,
  *check({ document }) {
    for (const migration of document.migrations) {
      if (!servesUsers(migration) || has(migration, "end-to-end-test")) continue;
      const message = `${exposure(migration)}, and no end-to-end test is configured`;
      yield { subject: migration.path, message };
    }
  },
});

/**
 * The rule about missing data comparisons, for migrations that move data. A warning: data that is copied block by block with
 * its server is compared by hand, and a part that moves data row by row or file by file has blockers of its own.
 */
export const testingNoDataComparison: Rule<PlanReview> = defineRule<PlanReview>({
  id: "testing-no-data-comparison",
  title: "Moved data is not compared with its source",
  severity: "warning",
  why: "Insufficient Testing: data corruption is silent, and spreads into every backup that is taken after it",
  remedy: `compare rows, files or checksums on both sides before traffic is raised: ${BETTER}`,
  *check({ document }) {
    for (const migration of document.migrations) {
      const { path, dataMoved } = migration;
      if (dataMoved.length === 0 || has(migration, "data-comparison")) continue;
      const message = `it moves the data of ${shortList(dataMoved, 4)}, and no data comparison is configured`;
      yield { subject: path, message };
    }
  },
});

/** The rules of the anti-pattern Insufficient Testing. */
export const insufficientTestingRules: readonly Rule<PlanReview>[] = [
  testingPromotionUnverified,
  testingNoPerformanceBaseline,
  testingNoEndToEnd,
  testingNoDataComparison,
];
