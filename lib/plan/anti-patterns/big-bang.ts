/**
 * The rules of the catalog's anti-pattern *Big Bang Migration*: too large a share of the estate or of the traffic at once, or
 * no intermediate stage. They also enforce its best practice *start with low-risk migrations*: where everything moves at once,
 * nothing can go first.
 */
import { defineRule, type Rule } from "../../core/rule";
import type { Stage } from "../../core/stage";
import { percent } from "../../core/text";
import { formatShare, smallestShare } from "../../core/traffic-share";
import type { PlannedMigration } from "../plan-document";
import type { PlanReview, PlanThresholds } from "./plan-review";
import { exceeds, fullTrafficOf, isConnection, promotionsOf, splitsTraffic, trafficOf } from "./exposure";

const BETTER = "use an incremental migration pattern like Strangler Fig or Parallel Run";

/** The rule about waves with too large a share of the estate. Estates below `smallestEstateServers` are exempt. */
export const bigBangWave: Rule<PlanReview> = defineRule<PlanReview>({
  id: "big-bang-wave",
  title: "One wave moves too large a share of the estate",
  severity: "blocker",
  why: "Big Bang Migration: when the wave fails the whole system fails, the downtime is as long as all moves together, and there is too much to roll back in one night",
  remedy: `split the wave, the least risky servers first, by a lower limit of moves per wave; where an application is too large to be split, ${BETTER}`,
  *check({ document: { estate, waves }, thresholds }) {
    if (estate.servers < thresholds.smallestEstateServers) return;
    for (const { name, estateShare } of waves) {
      if (!exceeds(estateShare, thresholds.largestWaveShare)) continue;
      const servers = Math.round(estateShare * estate.servers);
      const what =
        servers >= estate.servers
          ? `all ${estate.servers} servers of the estate`
          : `${servers} of the estate's ${estate.servers} servers, ${percent(estateShare)},`;
      yield {
        subject: name,
        message: `it moves ${what} at once, and a wave may move at most ${percent(thresholds.largestWaveShare)}`,
      };
    }
  },
});

/**
 * The rule about steps that move too large a share of the traffic from one stage to the next.
 *
 * - A migration that can split its traffic, because some stage carries a part of it or leaves it to a controller, is judged by
 *   the step.
 * - One that moves servers and switches them at once is judged by the step times its share of the estate, in estates of at
 *   least `smallestEstateServers`.
 * - Any other that switches at once is not judged: it cannot do otherwise, and a stage that tests the target precedes it.
 * - A connection is not judged: it is up before anything uses it, and the migrations that use it are judged themselves.
 *
 * A range of a controller is entered at its `from` and left at its `to`: the steps between are the controller's own.
 *
 * A step that another rule reports is not reported again: a migration without an intermediate stage
 * ({@link bigBangNoIntermediateStage}), and servers whose whole wave is too large ({@link bigBangWave}).
 */
export const bigBangTrafficStep: Rule<PlanReview> = defineRule<PlanReview>({
  id: "big-bang-traffic-step",
  title: "One step moves too large a share of the traffic",
  severity: "blocker",
  why: "Big Bang Migration: a fault that occurs only under load hits most users at once, and rolling back is a change as large as the one that failed",
  remedy: `add stages with smaller shares between the two; where the pattern cannot split its traffic, move fewer servers with it, or ${BETTER}`,
  *check({ document, thresholds }) {
    const { servers } = document.estate;
    const tooLarge = new Set(
      document.waves
        .filter(({ estateShare }) => exceeds(estateShare, thresholds.largestWaveShare))
        .map(({ name }) => name),
    );
    for (const migration of document.migrations) {
      if (isConnection(migration) || allAtOnce(migration, thresholds) !== undefined) continue;
      const atOnce = !splitsTraffic(migration);
      if (atOnce && migration.moves.length === 0) continue;
      if (atOnce && (servers < thresholds.smallestEstateServers || tooLarge.has(migration.wave ?? ""))) continue;
      const weight = atOnce ? migration.moves.length / servers : 1;
      for (const { from, to, rise } of promotionsOf(migration)) {
        if (!exceeds(rise * weight, thresholds.largestTrafficStep)) continue;
        const transition = from === undefined ? `entering ${to.name}` : `going from ${from.name} to ${to.name}`;
        const what = atOnce
          ? `the traffic of ${migration.moves.length} of the estate's ${servers} servers at once, ${percent(rise * weight)}`
          : `${percent(rise)} of the traffic at once`;
        const limit = `a step may move at most ${percent(thresholds.largestTrafficStep)}`;
        yield { subject: migration.path, message: `${transition} moves ${what}, and ${limit}` };
      }
    }
  },
});

/**
 * The rule about migrations without an intermediate stage.
 *
 * - A blocker where all of the traffic comes, and no earlier stage tests the target on purpose (the phase `try`) or carries a
 *   part of it.
 * - A warning where the first stage carries a part of it: the steps are there, but no stage precedes the first users.
 * - A migration that carries no share of the traffic, such as one of a schema, is exempt, and so is a connection.
 *
 * Whether the intermediate stage verifies anything is checked by `testing-promotion-unverified`.
 */
export const bigBangNoIntermediateStage: Rule<PlanReview> = defineRule<PlanReview>({
  id: "big-bang-no-intermediate-stage",
  title: "There is no intermediate stage between no traffic and full traffic",
  severity: "blocker",
  why: "Big Bang Migration: an all-or-nothing deployment is tested by its users, and the first sign of a fault is a complete failure",
  remedy: `add a stage in which the target runs without production traffic and is verified, and stages that raise the traffic step by step; or ${BETTER}`,
  *check({ document, thresholds }) {
    for (const migration of document.migrations) {
      const [first] = migration.stages;
      if (first === undefined || isConnection(migration)) continue;
      const full = allAtOnce(migration, thresholds);
      if (trafficOf(first) > 0) {
        yield {
          subject: migration.path,
          message: `its first stage, ${first.name}, already carries ${formatShare(first.trafficShare)} of the traffic: there is no stage in which the target runs without production traffic`,
          severity: full === undefined ? "warning" : "blocker",
        };
      } else if (full !== undefined) {
        yield {
          subject: migration.path,
          message: `${full.name} carries ${formatShare(full.trafficShare)} of the traffic, and no earlier stage tests the target or carries a part of the traffic`,
        };
      }
    }
  },
});

/** Returns the stage with which the full traffic comes, if that exceeds one step and no intermediate stage precedes it. */
function allAtOnce(migration: PlannedMigration, { largestTrafficStep }: PlanThresholds): Stage | undefined {
  const { stages } = migration;
  const full = fullTrafficOf(migration);
  if (!exceeds(full, largestTrafficStep)) return undefined;
  // A range begins below its end: the controller's steps are parts.
  const at = stages.findIndex(({ trafficShare }) => smallestShare(trafficShare) === full);
  const between = stages.slice(0, at).some((stage) => stage.phase === "try" || trafficOf(stage) > 0);
  return at < 0 || between ? undefined : stages[at];
}

/** The rules of the anti-pattern Big Bang Migration. */
export const bigBangRules: readonly Rule<PlanReview>[] = [bigBangWave, bigBangTrafficStep, bigBangNoIntermediateStage];
