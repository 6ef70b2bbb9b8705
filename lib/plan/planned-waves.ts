/**
 * The waves of a plan. A migration has one stage, so what it moves is cut over together: its servers are one group for the
 * wave planner, whatever the flows between them say, and take the minutes of one cut-over. Servers without a migration are
 * planned individually and take no minutes, because their cut-over is not defined yet.
 */
import type { Migration } from "../core/migration";
import { MigrationError } from "../core/error";
import { windowMinutes } from "../core/runbook-step";
import type { Inventory } from "../inventory/model";
import { byIdentity, neededBy, type MigrationsByIdentity } from "./needs";
import type { PlanEntry, PlanWaveSettings } from "./plan-props";
import { workPartsOf } from "./runbook/wave-work";
import { inventoryMoves } from "./waves/inventory-moves";
import type { Move, MoveDependency, MoveRisk, WaveLimits } from "./waves/move";
import { planWaves, type WavePlan } from "./waves/plan-waves";

/** The waves of a plan, with the moves and dependencies that they were planned from. */
export interface PlannedWaves {
  readonly plan: WavePlan;
  readonly moves: readonly Move[];
  readonly dependencies: readonly MoveDependency[];
  /** The connections that the waves rely on: done before the first wave, in this order. */
  readonly foundation: readonly Migration[];
}

/**
 * Plans the waves of the entries' migrations and of all other servers of the inventory. A wave lasts as long as its change
 * window, unless the limits say otherwise.
 *
 * @throws MigrationError `PLAN_EXCLUDED`, and those of `planWaves`
 */
export function plannedWaves(
  entries: readonly PlanEntry[],
  inventory: Inventory,
  settings: PlanWaveSettings = {},
  construct?: string,
): PlannedWaves {
  const found = inventoryMoves(inventory);
  const foundation = foundationOf(entries);
  const identities = byIdentity(entries.map(({ migration }) => migration));
  const excluded = checkExcluded(settings, found.moves, entries, construct);
  const others = entries.filter(({ migration }) => migration.moves.length === 0 && !foundation.includes(migration));
  const listed = [...found.moves.filter(({ name }) => !excluded.has(name)), ...others.map(moveOf)];
  const known = new Set(listed.map(({ name }) => name));
  const minutes = cutOverMinutes(entries, known);
  const risks = declaredRisks(entries);
  const moves = listed.map((move) => ({ ...move, ...risks.get(move.name), ...minutes.get(move.name) }));
  const dependencies = [
    ...found.dependencies.filter(({ from, to }) => known.has(from) && known.has(to)),
    ...entries.flatMap(({ migration }) => dependenciesOf(migration, identities, known)),
  ];
  const plan = planWaves({
    moves,
    dependencies,
    together: [
      ...found.together.map((names) => names.filter((name) => known.has(name))).filter((names) => names.length > 1),
      ...entries
        .map(({ migration }) => migration.moves.filter((name) => known.has(name)))
        .filter((names) => names.length > 1),
    ],
    limits: limitsOf(settings),
    ...(settings.calendar === undefined ? {} : { calendar: settings.calendar }),
  });
  return { plan, moves, dependencies, foundation };
}

function limitsOf({ limits, window, windows = {} }: PlanWaveSettings): WaveLimits {
  return {
    ...(window === undefined ? {} : { windowMinutes: window.minutes }),
    windows: Object.fromEntries(Object.entries(windows).map(([wave, { minutes }]) => [wave, minutes])),
    ...limits,
  };
}

/**
 * Returns the minutes of the cut-over of each migration, under one of its moves, because they are cut over together. It counts
 * all that the runbook does in the change window, whatever the current stage, so that a wave does not change while it is done.
 * Waiting after the last step needs no window.
 */
function cutOverMinutes(
  entries: readonly PlanEntry[],
  known: ReadonlySet<string>,
): ReadonlyMap<string, Pick<Move, "minutes">> {
  return new Map(
    entries.flatMap(({ migration }) => {
      const first = moveNames(migration).find((name) => known.has(name));
      if (first === undefined) return [];
      const { procedure } = migration;
      const parts = workPartsOf(procedure);
      const minutes = windowMinutes(
        procedure.filter((_stage, index) => parts[index] === "cutover").flatMap(({ enter }) => enter),
      );
      return minutes === 0 ? [] : [[first, { minutes }] as const];
    }),
  );
}

/** Returns the names of the migration's moves in the wave planner: its servers, or the migration itself where it has none. */
export function moveNames(migration: Migration): readonly string[] {
  return migration.moves.length === 0 ? [migration.node.path] : migration.moves;
}

/**
 * Returns the connections that are in no wave, in the order of dependency: they are built before anything uses them, whether
 * a migration declares a dependency on them or not. A connection that depends on something in a wave is in a wave itself;
 * migrations of another app are outside the plan's order.
 */
function foundationOf(entries: readonly PlanEntry[]): Migration[] {
  const known = byIdentity(entries.map(({ migration }) => migration));
  const foundation: Migration[] = [];
  for (const { migration } of dependencyOrder(entries)) {
    const { role, wave, moves } = migration;
    if (role !== "connection" || wave !== undefined || moves.length > 0) continue;
    if (neededBy(migration, known).every((each) => foundation.includes(each))) foundation.push(migration);
  }
  return foundation;
}

/**
 * Returns the entries, each after those it depends on; otherwise as they were given. Where they depend on each other in a
 * circle, which is a blocker of the migrations themselves, the one that is met first comes after the others.
 */
export function dependencyOrder(entries: readonly PlanEntry[]): PlanEntry[] {
  const byMigration = new Map(entries.map((entry) => [entry.migration, entry]));
  const known = byIdentity([...byMigration.keys()]);
  const met = new Set<PlanEntry>();
  const ordered: PlanEntry[] = [];
  const visit = (entry: PlanEntry): void => {
    if (met.has(entry)) return;
    met.add(entry);
    for (const needed of neededBy(entry.migration, known)) {
      const next = byMigration.get(needed);
      if (next !== undefined) visit(next);
    }
    ordered.push(entry);
  };
  entries.forEach(visit);
  return ordered;
}

function checkExcluded(
  { excluded = [] }: PlanWaveSettings,
  moves: readonly Move[],
  entries: readonly PlanEntry[],
  construct: string | undefined,
): ReadonlySet<string> {
  const known = new Set(moves.map(({ name }) => name));
  const moved = new Map(entries.flatMap(({ migration }) => migration.moves.map((name) => [name, migration] as const)));
  excluded.forEach(({ name }, index) => {
    const migration = moved.get(name);
    if (known.has(name) && migration === undefined) return;
    throw new MigrationError({
      code: "PLAN_EXCLUDED",
      path: `waves.excluded[${index}].name`,
      received: name,
      allowed: "a server of the inventory that migrates and that no migration of the plan moves",
      fix:
        migration === undefined
          ? "correct the name, or leave it out: a server that retires or stays is in no wave anyway"
          : `take it out of ${migration.node.path}, or do not exclude it`,
      ...(construct === undefined ? {} : { construct }),
    });
  });
  return new Set(excluded.map(({ name }) => name));
}

function moveOf({ migration, risk }: PlanEntry): Move {
  const number = /^wave-(\d{1,4})$/.exec(migration.wave ?? "")?.[1];
  return {
    name: migration.node.path,
    risk: risk ?? riskOf(migration.profile.risk),
    ...(number === undefined || Number(number) < 1 ? {} : { pinnedTo: Number(number) }),
  };
}

/** Returns the declared risk of each server that a migration with a risk moves. */
function declaredRisks(entries: readonly PlanEntry[]): ReadonlyMap<string, Pick<Move, "risk">> {
  return new Map(
    entries.flatMap(({ migration, risk }) =>
      risk === undefined ? [] : migration.moves.map((name) => [name, { risk }] as const),
    ),
  );
}

/** Maps the catalog's risk levels, which are ranges, to the planner's three. */
function riskOf(level: string | undefined): MoveRisk {
  if (level === undefined || level === "Medium") return "medium";
  return level.startsWith("Low") ? "low" : "high";
}

/** Returns the dependencies of the migration's moves on those of the migrations it needs; the foundation is there already. */
function dependenciesOf(
  migration: Migration,
  identities: MigrationsByIdentity,
  known: ReadonlySet<string>,
): MoveDependency[] {
  // One of a group stands for all of it: they move together.
  const [from] = moveNames(migration).filter((name) => known.has(name));
  if (from === undefined) return [];
  return neededBy(migration, identities).flatMap((needed) => {
    const [to] = moveNames(needed).filter((name) => known.has(name));
    return to === undefined ? [] : [{ from, to, synchronous: false, label: "declared" }];
  });
}
