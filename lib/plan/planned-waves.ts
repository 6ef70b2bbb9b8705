/**
 * The waves of a plan. A migration has one stage, so what it moves is cut over together: its servers are one group for the
 * wave planner, whatever the flows between them say, and take the minutes of one cut-over. Servers of no migration yet are
 * planned by themselves, and take none: nobody has said how they are cut over.
 */
import type { Migration } from "../core/migration";
import { MigrationError } from "../core/error";
import { windowMinutes } from "../core/runbook-step";
import type { Inventory } from "../inventory/model";
import { byIdentity, neededBy, type MigrationsByIdentity } from "./needs";
import type { PlanEntry, PlanWaveSettings } from "./plan-props";
import { workPartsOf } from "./runbook/work-parts";
import { inventoryMoves } from "./waves/inventory-moves";
import type { Move, MoveDependency, MoveRisk, WaveLimits } from "./waves/move";
import { planWaves, type WavePlan } from "./waves/plan-waves";

/** The waves, with what they were made of. */
export interface PlannedWaves {
  readonly plan: WavePlan;
  readonly moves: readonly Move[];
  readonly dependencies: readonly MoveDependency[];
  /** What the waves stand on: done before the first of them, in this order. */
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
  const moves = listed.map((move) => ({ ...move, ...minutes.get(move.name) }));
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
 * What the cut-over of each migration takes, by one of its moves, because they are cut over together: all that the runbook
 * does in the change window, whatever stage holds now, so that a wave does not change while it is done. What is waited for
 * after the last of it needs no window.
 */
function cutOverMinutes(
  entries: readonly PlanEntry[],
  known: ReadonlySet<string>,
): ReadonlyMap<string, Pick<Move, "minutes">> {
  return new Map(
    entries.flatMap(({ migration }) => {
      const first = movesOf(migration).find((name) => known.has(name));
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

/** The names by which a migration is known to the planner: its servers, or itself. */
export function movesOf(migration: Migration): readonly string[] {
  return migration.moves.length === 0 ? [migration.node.path] : migration.moves;
}

/**
 * Returns the connections that are in no wave, in the order of dependency: they stand before anything uses them, whether a
 * migration says that it waits for them or not. One that waits for something in a wave is in a wave itself; what another app
 * has stands outside the plan's order.
 */
function foundationOf(entries: readonly PlanEntry[]): Migration[] {
  const known = byIdentity(entries.map(({ migration }) => migration));
  const foundation: Migration[] = [];
  for (const { migration } of inOrder(entries)) {
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
export function inOrder(entries: readonly PlanEntry[]): PlanEntry[] {
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

/** The catalog's risk levels, which are ranges, as the planner's three. */
function riskOf(level: string | undefined): MoveRisk {
  if (level === undefined || level === "Medium") return "medium";
  return level.startsWith("Low") ? "low" : "high";
}

/** Each thing that the migration moves needs each thing that the others move; those of the foundation are there already. */
function dependenciesOf(
  migration: Migration,
  identities: MigrationsByIdentity,
  known: ReadonlySet<string>,
): MoveDependency[] {
  // One of a group stands for all of it: they move together.
  const [from] = movesOf(migration).filter((name) => known.has(name));
  if (from === undefined) return [];
  return neededBy(migration, identities).flatMap((needed) => {
    const [to] = movesOf(needed).filter((name) => known.has(name));
    return to === undefined ? [] : [{ from, to, synchronous: false, label: "declared" }];
  });
}
