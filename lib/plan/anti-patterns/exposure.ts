/**
 * The exposure of a migration to production traffic, as the rules over a plan need it. It is derived from the migration's role
 * and the phases of its stages, never from a pattern's name.
 *
 * Where a controller moves the share of a stage between two ends, the worse one counts: exposure, use and possible loss are
 * derived from the largest share. Entering such a stage, the deployment itself raises the share to the range's `from`, and the
 * rest is the controller's own steps, which are not one step of the plan; leaving it forward rises from the range's `to`,
 * because the controller has to have moved it there first.
 */
import type { Severity } from "../../core/finding";
import { isServing, type Stage } from "../../core/stage";
import { largestShare, smallestShare } from "../../core/traffic-share";
import { hasAlarm, type PlannedMigration } from "../plan-document";

/** A transition after which production depends on more of the target than before. */
export interface Promotion {
  /** The stage before; undefined where the first stage carries traffic already. */
  readonly from: Stage | undefined;
  readonly to: Stage;
  /** The rise of the traffic share by the transition itself, 0 to 1: 0 where a controller raises it, or none is counted. */
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

/**
 * Checks whether the migration connects networks. What uses the connection moves with migrations of its own, which are judged.
 */
export function isConnection({ role }: PlannedMigration): boolean {
  return role === "connection";
}

/** Checks whether users notice a fault of the migration: it moves servers, or carries the traffic of a service. */
export function servesUsers(migration: PlannedMigration): boolean {
  if (migration.role === "connection" || migration.role === "guard") return false;
  return migration.moves.length > 0 || fullTrafficOf(migration) > 0;
}

/** Checks whether production depends on the migration in its declared stage. */
export function isInUse({ stages, stage }: PlannedMigration): boolean {
  return stages.some((each) => each.name === stage && isServing(each));
}

/**
 * Returns the severity of a defect that can be corrected while nobody depends on the migration: a warning until then, so that
 * the first stages, for rehearsals and tests, can be deployed; a blocker for the promotion itself. It is not for defects that
 * arise merely with time: a rollback must not be blocked on the night it is needed.
 */
export function severityOnceInUse(migration: PlannedMigration): Severity {
  return isInUse(migration) ? "blocker" : "warning";
}

/** Checks whether an alarm of one of the migration's verifications notifies somebody. */
export function hasAlarmThatNotifies({ verifications }: PlannedMigration): boolean {
  return verifications.some((verification) => hasAlarm(verification) && verification.notifies);
}

/** Checks whether `value` exceeds `limit` by more than the error of binary fractions: 0.7 - 0.2 is not above 0.5. */
export function exceeds(value: number, limit: number): boolean {
  return value - limit > 1e-9;
}
