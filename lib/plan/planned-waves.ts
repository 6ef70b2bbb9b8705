/**
 * The waves of a plan. A migration has one stage, so what it moves is cut over together: its servers are one group for the
 * wave planner, whatever the flows between them say, and take the minutes of one cut-over. Servers of no migration yet are
 * planned by themselves, and take none: nobody has said how they are cut over.
 */
import type { Migration } from "../core/migration";
import { MigrationError } from "../core/error";
import type { Inventory } from "../inventory/model";
import type { PlanEntry, PlanWaveSettings } from "./plan-props";
import { phasesOf } from "./runbook/phases";
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
 * @throws MigrationError `PLAN_EXCLUDED`, `PLAN_DEPENDENCY_CIRCLE`, and those of `planWaves`
 */
export function plannedWaves(
  entries: readonly PlanEntry[],
  inventory: Inventory,
  settings: PlanWaveSettings = {},
  construct?: string,
): PlannedWaves {
  const found = inventoryMoves(inventory);
  const foundation = foundationOf(entries);
  const excluded = checkExcluded(settings, found.moves, entries, construct);
  const others = entries.filter(({ migration }) => migration.moves.length === 0 && !foundation.includes(migration));
  const listed = [...found.moves.filter(({ name }) => !excluded.has(name)), ...others.map(moveOf)];
  const known = new Set(listed.map(({ name }) => name));
  const minutes = cutOverMinutes(entries, known);
  const moves = listed.map((move) => ({ ...move, ...minutes.get(move.name) }));
  const dependencies = [
    ...found.dependencies.filter(({ from, to }) => known.has(from) && known.has(to)),
    ...entries.flatMap((entry) => dependenciesOf(entry, known)),
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
 * does in the change window, whatever stage holds now, so that a wave does not change while it is done.
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
      const phases = phasesOf(procedure);
      const minutes = procedure
        .filter((_stage, index) => phases[index] === "cutover")
        .flatMap(({ enter }) => enter)
        .reduce((sum, step) => sum + step.minutes, 0);
      return minutes === 0 ? [] : [[first, { minutes }] as const];
    }),
  );
}

/** The names by which a migration is known to the planner: its servers, or itself. */
export function movesOf(migration: Migration): readonly string[] {
  return migration.moves.length === 0 ? [migration.node.path] : migration.moves;
}

/** In no wave, without servers, and others depend on it, as does everything it depends on itself. In the order of dependency. */
function foundationOf(entries: readonly PlanEntry[]): Migration[] {
  const needed = new Set(entries.flatMap(({ dependsOn = [] }) => dependsOn));
  const candidates = inOrder(entries).filter(
    ({ migration }) => migration.moves.length === 0 && migration.wave === undefined && needed.has(migration),
  );
  const foundation: Migration[] = [];
  for (const { migration, dependsOn = [] } of candidates) {
    if (dependsOn.every((each) => foundation.includes(each))) foundation.push(migration);
  }
  return foundation;
}

/**
 * The entries, each after those it depends on; otherwise as they were given.
 * @throws MigrationError `PLAN_DEPENDENCY_CIRCLE`
 */
export function inOrder(entries: readonly PlanEntry[]): PlanEntry[] {
  const byMigration = new Map(entries.map((entry) => [entry.migration, entry]));
  const ordered = new Set<PlanEntry>();
  const visit = (entry: PlanEntry, path: readonly Migration[]): void => {
    if (ordered.has(entry)) return;
    if (path.includes(entry.migration)) {
      throw new MigrationError({
        code: "PLAN_DEPENDENCY_CIRCLE",
        path: "migrations",
        received: [...path.slice(path.indexOf(entry.migration)), entry.migration]
          .map((each) => each.node.path)
          .join(" → "),
        allowed: "migrations that do not depend on each other in a circle",
        fix: "take away the dependency that is not needed, or make one migration of the two",
      });
    }
    for (const needed of entry.dependsOn ?? []) {
      const next = byMigration.get(needed);
      if (next !== undefined) visit(next, [...path, entry.migration]);
    }
    ordered.add(entry);
  };
  for (const entry of entries) visit(entry, []);
  return [...ordered];
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
function dependenciesOf({ migration, dependsOn = [] }: PlanEntry, known: ReadonlySet<string>): MoveDependency[] {
  // One of a group stands for all of it: they move together.
  const [from] = movesOf(migration).filter((name) => known.has(name));
  if (from === undefined) return [];
  return dependsOn.flatMap((needed) => {
    const [to] = movesOf(needed).filter((name) => known.has(name));
    return to === undefined ? [] : [{ from, to, synchronous: false, label: "declared" }];
  });
}
