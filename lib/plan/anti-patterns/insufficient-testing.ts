/**
 * The catalog's anti-pattern *Insufficient Testing*: a stage is promoted on hope. What is asked depends on what a migration
 * is: a connection of networks has no users to walk through it, and only what moves data has data to compare.
 *
 * Promoting with no verification at all blocks. The kinds that are missing are warnings, because a verification does not
 * say which part of the migration it covers, and a test outside the stack is as good.
 */
import { count } from "../../core/words";
import { defineRule, type Rule } from "../../core/rule";
import type { VerificationKind } from "../../core/verification";
import type { PlannedMigration } from "../plan-document";
import type { PlanReview } from "./plan-review";
import { enumerated, onceInUse, promotionsOf, servesUsers, trafficOf } from "./surface";

const BETTER = "implement comprehensive testing at each migration phase";

function has({ verifications }: PlannedMigration, kind: VerificationKind): boolean {
  return verifications.some((verification) => verification.kind === kind);
}

/** What of the migration users notice, as the beginning of a sentence. */
function exposure({ moves }: PlannedMigration): string {
  return moves.length === 0 ? "it carries the traffic of a service" : `it moves ${count(moves.length, "server")}`;
}

/**
 * Production comes to depend on a stage, or on more of it, and nothing verifies the migration. A blocker once it does, a warning
 * before. A connection is asked too: whether its tunnels are up is the least that somebody has to see.
 */
export const testingPromotionUnverified: Rule<PlanReview> = defineRule<PlanReview>({
  id: "testing-promotion-unverified",
  title: "A stage is promoted without any verification",
  severity: "blocker",
  why: "Insufficient Testing: whether the target is compatible, fast enough and right is unknown when users are sent there; a warning while nobody depends on the migration",
  remedy: `give the migration verifications, at the least one that says whether it answers: ${BETTER}`,
  *check({ document }) {
    for (const migration of document.migrations) {
      const promotions = promotionsOf(migration);
      const [first] = promotions;
      if (first === undefined || migration.verifications.length > 0) continue;
      const raising = promotions.filter(({ from, to }) => trafficOf(to) > (from === undefined ? 0 : trafficOf(from)));
      const what =
        raising.length === 0
          ? `production depends on it from ${first.to.name} on`
          : `${enumerated(raising.map(({ to }) => to.name))} ${raising.length === 1 ? "raises" : "raise"} its share of the traffic`;
      yield {
        subject: migration.path,
        message: `${what}, and nothing verifies it`,
        severity: onceInUse(migration),
      };
    }
  },
});

/**
 * No performance baseline: nothing compares a promoted stage with what was before. Asked of migrations that move servers or
 * carry the traffic of a service. Whether the plan as a whole has numbers of before and after is `pitfall-no-benchmark`.
 */
export const testingNoPerformanceBaseline: Rule<PlanReview> = defineRule<PlanReview>({
  id: "testing-no-performance-baseline",
  title: "No stage is compared with a performance baseline",
  severity: "warning",
  why: "Insufficient Testing: performance degradation that nobody compares with the source is found by users, when the source is gone",
  remedy: `measure the source before the move, and add a performance comparison to the migration: ${BETTER}`,
  *check({ document }) {
    for (const migration of document.migrations) {
      if (!servesUsers(migration) || has(migration, "performance-comparison")) continue;
      const message = `${exposure(migration)}, and no performance comparison says whether users are served as fast as before`;
      yield { subject: migration.path, message };
    }
  },
});

/** No end-to-end check. Asked of migrations that move servers or carry the traffic of a service. */
export const testingNoEndToEnd: Rule<PlanReview> = defineRule<PlanReview>({
  id: "testing-no-end-to-end",
  title: "No end-to-end test covers the migration",
  severity: "warning",
  why: "Insufficient Testing: unknown compatibility issues are between the parts, and each part's own health check passes while a user's way through them fails",
  remedy: `add an end-to-end test of what users do most, run in every stage: ${BETTER}`,
  *check({ document }) {
    for (const migration of document.migrations) {
      if (!servesUsers(migration) || has(migration, "end-to-end-test")) continue;
      const message = `${exposure(migration)}, and no end-to-end test walks the way of a user`;
      yield { subject: migration.path, message };
    }
  },
});

/**
 * No data comparison. Asked of migrations that move data. A warning: data that is copied block by block with its server is
 * compared by hand, and a part that moves data row by row or file by file has blockers of its own.
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
      const message = `it moves the data of ${enumerated(dataMoved)}, and no data comparison says whether all of it arrived`;
      yield { subject: path, message };
    }
  },
});

/** Insufficient Testing. */
export const insufficientTestingRules: readonly Rule<PlanReview>[] = [
  testingPromotionUnverified,
  testingNoPerformanceBaseline,
  testingNoEndToEnd,
  testingNoDataComparison,
];
