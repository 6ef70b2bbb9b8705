/**
 * What the rules over a plan ask of a migration. They know no pattern by its name: whether a migration is one of servers, of
 * a service or of a network is told by what it moves, by the traffic of its stages and by what verifies it.
 */
import { listed } from "../../core/words";
import type { Severity } from "../../core/finding";
import type { Stage } from "../../core/stage";
import type { PlannedMigration } from "../plan-document";

/** A transition that raises the share of the traffic. */
export interface Promotion {
  /** Undefined where the first stage carries traffic already. */
  readonly from: Stage | undefined;
  readonly to: Stage;
  /** By how much, above 0, up to 1. */
  readonly rise: number;
}

/** The share of the traffic in the stage, 0 to 1. */
export function trafficOf({ trafficShare = 0 }: Stage): number {
  return trafficShare;
}

/** The transitions that raise the share of the traffic, in order. */
export function promotionsOf({ stages }: PlannedMigration): Promotion[] {
  return stages.flatMap((to, index) => {
    const from = stages[index - 1];
    const rise = trafficOf(to) - (from === undefined ? 0 : trafficOf(from));
    return rise > 0 ? [{ from, to, rise }] : [];
  });
}

/** The largest share of the traffic in any stage: 0 for a migration that never carries any. */
export function fullTrafficOf({ stages }: PlannedMigration): number {
  return stages.reduce((largest, stage) => Math.max(largest, trafficOf(stage)), 0);
}

/** Whether some stage carries a part of the traffic, so that the migration can go in steps. */
export function splitsTraffic(migration: PlannedMigration): boolean {
  const full = fullTrafficOf(migration);
  return migration.stages.some((stage) => trafficOf(stage) > 0 && trafficOf(stage) < full);
}

/**
 * Whether the migration only connects networks: it moves nothing, cannot be done by parts, and all that verifies it looks at
 * whether the two sides reach each other. What uses the connection moves with migrations of its own, which are judged. One
 * that nothing verifies is not taken for a connection: an unknown is not a pass.
 */
export function isConnection(migration: PlannedMigration): boolean {
  return (
    migration.moves.length === 0 &&
    migration.dataMoved.length === 0 &&
    !splitsTraffic(migration) &&
    migration.verifications.length > 0 &&
    migration.verifications.every(({ kind }) => kind === "connectivity")
  );
}

/** Whether users notice when it is wrong: it moves servers, or carries the traffic of a service. */
export function servesUsers(migration: PlannedMigration): boolean {
  return migration.moves.length > 0 || (fullTrafficOf(migration) > 0 && !isConnection(migration));
}

/**
 * Whether production depends on it in the stage that is declared: the stage is, or comes after, the first that carries
 * traffic; after the first stage at all, where none carries any.
 */
export function isInUse(migration: PlannedMigration): boolean {
  const { stages, stage } = migration;
  const now = stages.findIndex(({ name }) => name === stage);
  const first = stages.findIndex((each) => trafficOf(each) > 0);
  return first < 0 ? now > 0 : now >= first;
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
