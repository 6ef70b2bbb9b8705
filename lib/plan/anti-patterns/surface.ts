/**
 * What the rules over a plan ask of a migration. They know no pattern by its name, and guess nothing: what a migration is says
 * its role, what a stage means says its phase.
 *
 * Where a controller moves the share of a stage between two ends, each question takes the worse one: what is exposed, what is
 * in use and what would be lost are asked of the largest share. Entering such a stage, the deployment itself raises the share to
 * the range's `from`, and the rest is the controller's own steps, which are not one step of the plan; leaving it forward rises
 * from the range's `to`, because the controller has to have moved it there first.
 */
import { listed } from "../../core/words";
import type { Severity } from "../../core/finding";
import { isServing, type Stage } from "../../core/stage";
import { largestShare, smallestShare } from "../../core/traffic-share";
import type { PlannedMigration } from "../plan-document";

/** A transition after which production depends on more of the target than before. */
export interface Promotion {
  /** Undefined where the first stage carries traffic already. */
  readonly from: Stage | undefined;
  readonly to: Stage;
  /** By how much the transition itself raises the share of the traffic, 0 to 1: 0 where a controller does, or none is counted. */
  readonly rise: number;
}

/** Returns the largest share of the traffic in the stage, 0 to 1. */
export function trafficOf({ trafficShare }: Stage): number {
  return largestShare(trafficShare);
}

/** Returns the promotions in order: into the first stage that serves, and into each that may carry more traffic. */
export function promotionsOf({ stages }: PlannedMigration): Promotion[] {
  return stages.flatMap((to, index) => {
    const from = stages[index - 1];
    const before = largestShare(from?.trafficShare);
    const begins = isServing(to) && (from === undefined || !isServing(from));
    if (!begins && trafficOf(to) <= before) return [];
    return [{ from, to, rise: Math.max(0, smallestShare(to.trafficShare) - before) }];
  });
}

/** Returns the largest share of the traffic in any stage: 0 for a migration that never carries any. */
export function fullTrafficOf({ stages }: PlannedMigration): number {
  return stages.reduce((largest, stage) => Math.max(largest, trafficOf(stage)), 0);
}

/** Checks whether the migration can split its traffic: some stage carries a part of it, or leaves it to a controller. */
export function splitsTraffic(migration: PlannedMigration): boolean {
  const full = fullTrafficOf(migration);
  return migration.stages.some((stage) => {
    const share = trafficOf(stage);
    return typeof stage.trafficShare === "object" || (share > 0 && share < full);
  });
}

/** Checks whether the migration connects networks. What uses the connection moves with migrations of its own, which are judged. */
export function isConnection({ role }: PlannedMigration): boolean {
  return role === "connection";
}

/** Checks whether users notice when it is wrong: it moves servers, or carries the traffic of a service. */
export function servesUsers(migration: PlannedMigration): boolean {
  if (migration.role === "connection" || migration.role === "guard") return false;
  return migration.moves.length > 0 || fullTrafficOf(migration) > 0;
}

/** Checks whether production depends on it in the stage that is declared. */
export function isInUse({ stages, stage }: PlannedMigration): boolean {
  return stages.some((each) => each.name === stage && isServing(each));
}

/**
 * The severity of what can still be made good while nobody depends on the migration: a warning until then, so that the first
 * stages, in which one rehearses and tries out, can be deployed; a blocker for the promotion itself. Nothing that comes true
 * merely because time passes may have it: going back must not be blocked on the night it is needed.
 */
export function onceInUse(migration: PlannedMigration): Severity {
  return isInUse(migration) ? "blocker" : "warning";
}

/** Whether an alarm of one of its verifications tells somebody. */
export function hasAlarmThatNotifies({ verifications }: PlannedMigration): boolean {
  return verifications.some(({ alarm, notifies }) => alarm !== undefined && notifies);
}

/** Whether `value` is above `limit` by more than the error of binary fractions: 0.7 - 0.2 is not above 0.5. */
export function exceeds(value: number, limit: number): boolean {
  return value - limit > 1e-9;
}

/** `a`, `a and b`, `a, b, c and 4 more`. */
export function enumerated(names: readonly string[], shown = 3): string {
  if (names.length <= shown) return listed(names);
  return listed([...names.slice(0, shown), `${names.length - shown} more`]);
}
