/**
 * ```ts
 * const { waves, crossings } = planWaves({ moves, dependencies, limits: { moves: 20 } });
 * ```
 *
 * The wave planner. Moves that depend on each other in a circle have to move together, and without the circles the rest has an
 * order. So the strongly connected groups of the dependency graph are the units, and waves are filled with the units whose
 * dependencies have moved: low risk first, as far as the limits allow. The same input gives the same waves.
 */
import { admit } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import type { IsoDate } from "../../core/iso-date";
import { compareText } from "../../core/text";
import { waveDays } from "./calendar";
import { Heap } from "./heap";
import { moveRisks, type Move, type MoveDependency, type WaveCalendar, type WaveLimits } from "./move";
import { stronglyConnected } from "./strongly-connected";

/** The largest number of moves in a wave where the caller sets none. */
export const DEFAULT_MOVES_PER_WAVE = 20;

/** The number of units that do not fit after which a wave is closed: keeps the planner linear. */
const MISSES_PER_WAVE = 256;

/** The input of {@link planWaves}. */
export interface WavePlanInput {
  readonly moves: readonly Move[];
  /** The dependencies between the moves. One on anything else is ignored: it stays, or it moves outside the plan. */
  readonly dependencies: readonly MoveDependency[];
  /**
   * Groups of moves that go together whatever the dependencies say: the servers of one application.
   * @default - the dependencies alone decide
   */
  readonly together?: readonly (readonly string[])[];
  /**
   * The limits of a wave.
   * @default - 20 moves a wave, no limit of the window
   */
  readonly limits?: WaveLimits;
  /**
   * The days of the waves.
   * @default - waves have no days
   */
  readonly calendar?: WaveCalendar;
}

/** A group that moves together, in one wave. */
export interface MoveGroup {
  /** The names of its moves, sorted. */
  readonly moves: readonly string[];
}

/** A wave of the wave planner. */
export interface Wave {
  /** The number of the wave, from 1. A number is left out where nothing could move in it. */
  readonly number: number;
  /** The name, `wave-1`, as in the `migration:wave` tag and in a server's `wave`. */
  readonly name: string;
  readonly day?: IsoDate;
  readonly groups: readonly MoveGroup[];
  /** The names of all its moves, sorted. */
  readonly moves: readonly string[];
  /** The sum of the minutes of all cut-overs. */
  readonly minutes: number;
}

/** A dependency whose two ends are in different waves. */
export interface WaveCrossing {
  readonly dependency: MoveDependency;
  readonly fromWave: Wave;
  readonly toWave: Wave;
}

/** A group that exceeds the limits of a wave, and so has a wave for itself. */
export interface OversizedGroup {
  readonly wave: Wave;
  readonly group: MoveGroup;
  /** The limit that is exceeded: the number of moves, or the minutes of the change window. The moves where it is both. */
  readonly exceeds: "moves" | "window";
  /** The limit: a number of moves, or of minutes. */
  readonly limit: number;
  /** The sum of the minutes of its cut-overs. */
  readonly minutes: number;
}

/** A pinned move that the dependencies, another pin or the limits put in a later wave. */
export interface BrokenPin {
  readonly move: string;
  readonly pinnedTo: number;
  readonly wave: Wave;
}

/** The planned waves, with the conflicts that remain. The rules of `wave-rules.ts` turn the conflicts into findings. */
export interface WavePlan {
  readonly waves: readonly Wave[];
  readonly crossings: readonly WaveCrossing[];
  readonly oversized: readonly OversizedGroup[];
  readonly brokenPins: readonly BrokenPin[];
}

interface Unit {
  readonly key: string;
  readonly members: readonly Move[];
  readonly risk: number;
  readonly minutes: number;
  /** The wave it is pinned to, 0 where it is not. */
  readonly pin: number;
  /** The wave of the earliest pin among what depends on it. */
  deadline: number;
  /** The number of units that it still waits for. */
  waiting: number;
  readonly dependants: number[];
}

/**
 * Groups the moves into waves. Every move is in exactly one wave; no dependency points to a later wave; no wave holds more
 * than the limits allow, but for a single group that is larger than they are.
 *
 * @throws MigrationError `WAVE_MOVE_DUPLICATE`, `WAVE_LIMITS`, `WAVE_PIN`, `WAVE_TOGETHER`, `WAVE_CALENDAR`
 */
export function planWaves(question: WavePlanInput): WavePlan {
  admit("planWaves", { question });
  const limits = checkLimits(question.limits ?? {});
  const { units, unitOf } = makeUnits(question);
  const placed = fill(units, limits);
  const days = question.calendar === undefined ? [] : waveDays(question.calendar, placed.length);
  const waves = placed.map(({ number, indices }, position) => makeWave(number, indices, units, days[position]));
  const waveOfUnit = new Map<number, Wave>();
  placed.forEach(({ indices }, position) => {
    const wave = waves[position];
    if (wave !== undefined) for (const index of indices) waveOfUnit.set(index, wave);
  });
  const waveOf = (name: string): Wave | undefined => {
    const unit = unitOf.get(name);
    return unit === undefined ? undefined : waveOfUnit.get(unit);
  };
  return {
    waves,
    crossings: question.dependencies.flatMap((dependency) => {
      const [fromWave, toWave] = [waveOf(dependency.from), waveOf(dependency.to)];
      if (fromWave === undefined || toWave === undefined || fromWave === toWave) return [];
      return [{ dependency, fromWave, toWave }];
    }),
    oversized: units.flatMap((unit, index) => {
      const wave = waveOfUnit.get(index);
      return wave === undefined ? [] : oversized(unit, wave, limits);
    }),
    brokenPins: question.moves.flatMap((move) => {
      const wave = waveOf(move.name);
      if (wave === undefined || move.pinnedTo === undefined || move.pinnedTo === wave.number) return [];
      return [{ move: move.name, pinnedTo: move.pinnedTo, wave }];
    }),
  };
}

interface Limits {
  readonly moves: number;
  readonly windowMinutes: number | undefined;
  readonly windows: Readonly<Record<string, number>>;
  readonly lanes: number;
}

function windowOf(wave: string, { windows, windowMinutes }: Limits): number | undefined {
  return windows[wave] ?? windowMinutes;
}

/** The load of a wave that is being filled: the number of moves, and the minutes that each lane is busy. */
interface Load {
  readonly moves: number;
  readonly lanes: readonly number[];
}

/**
 * Returns the load with the unit added, or undefined where it does not fit. Every cut-over goes to the lane that is free
 * first, so that whatever is reported to fit into the window has a schedule that does.
 */
function add(unit: Unit, load: Load, limits: Limits, window: number | undefined): Load | undefined {
  const moves = load.moves + unit.members.length;
  if (moves > limits.moves) return undefined;
  if (window === undefined || unit.minutes === 0) return { ...load, moves };
  const lanes = [...load.lanes];
  for (const { minutes = 0 } of unit.members) {
    const free = lanes.indexOf(Math.min(...lanes));
    const busy = (lanes[free] ?? 0) + minutes;
    if (busy > window) return undefined;
    lanes[free] = busy;
  }
  return { moves, lanes };
}

function emptyLoad(limits: Limits): Load {
  return { moves: 0, lanes: Array.from({ length: limits.lanes }, () => 0) };
}

function oversized(unit: Unit, wave: Wave, limits: Limits): OversizedGroup[] {
  const window = windowOf(wave.name, limits);
  const found = { wave, group: group(unit), minutes: unit.minutes };
  if (unit.members.length > limits.moves) return [{ ...found, exceeds: "moves", limit: limits.moves }];
  if (window === undefined || add(unit, emptyLoad(limits), limits, window) !== undefined) return [];
  return [{ ...found, exceeds: "window", limit: window }];
}

/** Fills wave after wave with the ready units in the order of their priority, as long as they fit. */
function fill(units: readonly Unit[], limits: Limits): { number: number; indices: number[] }[] {
  const ready = new Heap<number>((a, b) => comparePriority(unitAt(units, a), unitAt(units, b)));
  const pinned: number[] = [];
  const offer = (index: number, wave: number): void => {
    if (unitAt(units, index).pin > wave) pinned.push(index);
    else ready.push(index);
  };
  units.forEach((unit, index) => {
    if (unit.waiting === 0) offer(index, 1);
  });
  const waves: { number: number; indices: number[] }[] = [];
  for (let number = 1; ready.size > 0 || pinned.length > 0; number++) {
    // Nothing but pinned units are left over: go on to the first wave that one of them waits for.
    if (ready.size === 0) number = Math.max(number, Math.min(...pinned.map((index) => unitAt(units, index).pin)));
    for (const index of pinned.splice(0)) offer(index, number);
    const indices: number[] = [];
    const aside: number[] = [];
    let load = emptyLoad(limits);
    const window = windowOf(nameOf(number), limits);
    for (let index = ready.pop(); index !== undefined; index = ready.pop()) {
      const unit = unitAt(units, index);
      const filled = add(unit, load, limits, window);
      if (filled === undefined && indices.length > 0) {
        aside.push(index);
        if (aside.length >= MISSES_PER_WAVE) break;
        continue;
      }
      indices.push(index);
      for (const dependant of unit.dependants) {
        const waiter = unitAt(units, dependant);
        waiter.waiting--;
        if (waiter.waiting === 0) offer(dependant, number);
      }
      // A unit that this wave cannot hold alone has it for itself: waiting for a longer window is what a pin says.
      if (filled === undefined) break;
      load = filled;
      if (load.moves >= limits.moves) break;
    }
    for (const index of aside) ready.push(index);
    if (indices.length > 0) waves.push({ number, indices });
  }
  return waves;
}

/** Orders units by the earliest pin among their dependants, then by risk, then by name. */
function comparePriority(a: Unit, b: Unit): number {
  if (a.deadline !== b.deadline) return a.deadline < b.deadline ? -1 : 1;
  if (a.risk !== b.risk) return a.risk - b.risk;
  return compareText(a.key, b.key);
}

function makeUnits({ moves, dependencies, together = [] }: WavePlanInput): {
  units: Unit[];
  unitOf: ReadonlyMap<string, number>;
} {
  const position = new Map<string, number>();
  moves.forEach((move, index) => {
    if (position.has(move.name)) {
      throw new MigrationError({
        code: "WAVE_MOVE_DUPLICATE",
        path: `moves[${index}].name`,
        received: move.name,
        allowed: "each name once",
        fix: "rename one of the two, or leave one out",
      });
    }
    if (move.pinnedTo !== undefined && (!Number.isInteger(move.pinnedTo) || move.pinnedTo < 1)) {
      throw new MigrationError({
        code: "WAVE_PIN",
        path: `moves[${index}].pinnedTo`,
        received: move.pinnedTo,
        allowed: "a wave's number, a whole number from 1",
        fix: "correct the number or leave it out",
      });
    }
    position.set(move.name, index);
  });
  const edges: number[][] = moves.map(() => []);
  for (const { from, to } of dependencies) {
    const [a, b] = [position.get(from), position.get(to)];
    if (a !== undefined && b !== undefined && a !== b) edges[a]?.push(b);
  }
  together.forEach((names, index) => {
    const known = names.map((name) => position.get(name) ?? unknownTogether(name, index));
    // A ring: everybody reaches everybody, with one edge each.
    known.forEach((from, at) => {
      const to = known[(at + 1) % known.length];
      if (to !== undefined && to !== from) edges[from]?.push(to);
    });
  });
  return linkUnits(moves, edges);
}

function unknownTogether(name: string, index: number): never {
  throw new MigrationError({
    code: "WAVE_TOGETHER",
    path: `together[${index}]`,
    received: name,
    allowed: "names of moves",
    fix: "correct the name, or add the move",
  });
}

function linkUnits(
  moves: readonly Move[],
  edges: readonly (readonly number[])[],
): { units: Unit[]; unitOf: ReadonlyMap<string, number> } {
  const components = stronglyConnected(edges);
  const unitOfMove = new Int32Array(moves.length);
  components.forEach((members, unit) => {
    for (const member of members) unitOfMove[member] = unit;
  });
  const units = components.map((members): Unit => makeUnit(members.flatMap((index) => moves[index] ?? [])));
  const linked = new Set<number>();
  edges.forEach((targets, from) => {
    for (const to of targets) {
      const [dependant, dependency] = [unitOfMove[from] ?? 0, unitOfMove[to] ?? 0];
      const link = dependant * units.length + dependency;
      if (dependant === dependency || linked.has(link)) continue;
      linked.add(link);
      unitAt(units, dependant).waiting++;
      unitAt(units, dependency).dependants.push(dependant);
    }
  });
  // Components come dependencies first, so going backwards every dependant's deadline is known before its dependency's.
  for (let index = units.length - 1; index >= 0; index--) {
    const unit = unitAt(units, index);
    for (const dependant of unit.dependants) {
      unit.deadline = Math.min(unit.deadline, unitAt(units, dependant).deadline);
    }
  }
  const unitOf = new Map(moves.map((move, index) => [move.name, unitOfMove[index] ?? 0]));
  return { units, unitOf };
}

function makeUnit(members: readonly Move[]): Unit {
  const sorted = [...members].sort((a, b) => compareText(a.name, b.name));
  const pins = sorted.flatMap((move) => (move.pinnedTo === undefined ? [] : [move.pinnedTo]));
  const pin = pins.length === 0 ? 0 : Math.max(...pins);
  return {
    key: sorted[0]?.name ?? "",
    members: sorted,
    risk: Math.max(...sorted.map((move) => moveRisks.indexOf(move.risk))),
    minutes: sorted.reduce((sum, move) => sum + (move.minutes ?? 0), 0),
    pin,
    deadline: pin === 0 ? Number.POSITIVE_INFINITY : pin,
    waiting: 0,
    dependants: [],
  };
}

function makeWave(number: number, indices: readonly number[], units: readonly Unit[], day: IsoDate | undefined): Wave {
  const chosen = indices.map((index) => unitAt(units, index));
  return {
    number,
    name: nameOf(number),
    ...(day === undefined ? {} : { day }),
    groups: chosen.map(group),
    moves: chosen.flatMap((unit) => unit.members.map((move) => move.name)).sort(),
    minutes: chosen.reduce((sum, unit) => sum + unit.minutes, 0),
  };
}

function nameOf(number: number): string {
  return `wave-${number}`;
}

function group(unit: Unit): MoveGroup {
  return { moves: unit.members.map((move) => move.name) };
}

function checkLimits({ moves = DEFAULT_MOVES_PER_WAVE, windowMinutes, windows = {}, lanes = 1 }: WaveLimits): Limits {
  const refuse = (path: string, received: unknown, allowed: string): never => {
    throw new MigrationError({
      code: "WAVE_LIMITS",
      path,
      received,
      allowed,
      fix: "correct the limit or leave it out",
    });
  };
  if (!Number.isInteger(moves) || moves < 1) refuse("limits.moves", moves, "a whole number from 1");
  if (!Number.isInteger(lanes) || lanes < 1) refuse("limits.lanes", lanes, "a whole number from 1");
  if (windowMinutes !== undefined && !(windowMinutes > 0)) refuse("limits.windowMinutes", windowMinutes, "more than 0");
  for (const [wave, minutes] of Object.entries(windows)) {
    if (!(minutes > 0)) refuse(`limits.windows["${wave}"]`, minutes, "more than 0");
  }
  return { moves, windowMinutes, windows, lanes };
}

/** Returns the unit at the index, which comes from the same list, so that the unit is always there. */
function unitAt(units: readonly Unit[], index: number): Unit {
  return units[index] as Unit;
}
