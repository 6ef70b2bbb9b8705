/**
 * The catalog's anti-pattern *Big Bang Migration*: too much at once, of the estate or of the traffic, or with nothing between
 * before and after. They also enforce its best practice *start with low-risk migrations*: where everything moves at once,
 * nothing can go first.
 */
import { count, percent } from "../../core/words";
import { defineRule, type Rule } from "../../core/rule";
import type { PlannedMigration } from "../plan-document";
import type { PlanReview, PlanThresholds } from "./plan-review";
import { exceeds, fullTrafficOf, isConnection, promotionsOf, splitsTraffic, trafficOf } from "./surface";

const BETTER = "use an incremental migration pattern like Strangler Fig or Parallel Run";

/** Too large a share of the estate in one wave. Estates below `smallestEstateServers` are not asked. */
export const bigBangWave: Rule<PlanReview> = defineRule<PlanReview>({
  id: "big-bang-wave",
  title: "One wave moves too large a share of the estate",
  severity: "blocker",
  why: "Big Bang Migration: when the wave fails the whole system fails, the downtime is as long as all moves together, and there is too much to roll back in the night",
  remedy: `split the wave, the least risky servers first, by a smaller limit of moves a wave; where an application is too large to be split, ${BETTER}`,
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
 * Too large a share of the traffic from one stage to the next.
 *
 * - A migration that carries parts of the traffic, or moves no servers, is judged by the step.
 * - One that moves servers and switches them at once is judged by the step times its share of the estate, in estates of at
 *   least `smallestEstateServers`.
 * - One that only connects networks is not judged: it is up before anything uses it, and what uses it is judged itself.
 *
 * What another rule says of the same step is not said again: a migration without a stage between
 * ({@link bigBangNoIntermediateStage}), and servers whose whole wave is too large ({@link bigBangWave}).
 */
export const bigBangTrafficStep: Rule<PlanReview> = defineRule<PlanReview>({
  id: "big-bang-traffic-step",
  title: "One step moves too large a share of the traffic",
  severity: "blocker",
  why: "Big Bang Migration: a fault that shows under load only is met by most users at once, and going back is a change as large as the one that failed",
  remedy: `put stages with smaller shares between the two; where the pattern cannot split its traffic, move fewer servers with it, or ${BETTER}`,
  *check({ document, thresholds }) {
    const { servers } = document.estate;
    const tooLarge = new Set(
      document.waves
        .filter(({ estateShare }) => exceeds(estateShare, thresholds.largestWaveShare))
        .map(({ name }) => name),
    );
    for (const migration of document.migrations) {
      if (isConnection(migration) || isAllAtOnce(migration, thresholds)) continue;
      const atOnce = migration.moves.length > 0 && !splitsTraffic(migration);
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
 * Nothing between before and after.
 *
 * - A blocker where the full traffic comes with the first stage, or with the second and the first carries none.
 * - A warning where the first stage carries a part of it: the steps are there, but nothing stands before the first users come.
 *
 * Whether the stage between verifies anything is asked by `testing-promotion-unverified`.
 */
export const bigBangNoIntermediateStage: Rule<PlanReview> = defineRule<PlanReview>({
  id: "big-bang-no-intermediate-stage",
  title: "There is no stage between nothing and all of the traffic",
  severity: "blocker",
  why: "Big Bang Migration: an all-or-nothing deployment is tested by its users, and the first that is seen of a fault is a complete failure",
  remedy: `add a stage in which the target stands without production traffic and is verified, and stages that raise the traffic by parts; or ${BETTER}`,
  *check({ document, thresholds }) {
    for (const migration of document.migrations) {
      const [first, second] = migration.stages;
      if (first === undefined) continue;
      const early = trafficOf(first);
      if (early > 0) {
        const atOnce = isAllAtOnce(migration, thresholds);
        yield {
          subject: migration.path,
          message: `its first stage, ${first.name}, already carries ${percent(early)} of the traffic: in no stage does the target stand while nobody depends on it`,
          severity: atOnce ? "blocker" : "warning",
        };
      } else if (second !== undefined && isAllAtOnce(migration, thresholds)) {
        yield {
          subject: migration.path,
          message: `${second.name}, which follows the first of its ${count(migration.stages.length, "stage")}, carries ${percent(trafficOf(second))} of the traffic: no stage between them tries the target out`,
        };
      }
    }
  },
});

/** Whether the full traffic, if that is more than one step may move, comes with no stage before it but one without any. */
function isAllAtOnce(migration: PlannedMigration, { largestTrafficStep }: PlanThresholds): boolean {
  const full = fullTrafficOf(migration);
  const at = migration.stages.findIndex((stage) => trafficOf(stage) === full);
  const [first] = migration.stages;
  if (first === undefined || !exceeds(full, largestTrafficStep)) return false;
  return at === 0 || (at === 1 && trafficOf(first) === 0);
}

/** Big Bang Migration. */
export const bigBangRules: readonly Rule<PlanReview>[] = [bigBangWave, bigBangTrafficStep, bigBangNoIntermediateStage];
