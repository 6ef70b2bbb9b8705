/**
 * The dependencies as they can be drawn. Forty servers can be seen one by one; of a thousand only a sum can. So the graph is as
 * fine as it may be and still be read: single moves, the applications of each wave, or the waves. Whatever was summed up or left
 * out is counted, never lost.
 */
import { compareText } from "../../core/text";
import type { PlanDocument, PlannedMove } from "../../plan/plan-document";

/** The level of detail of a graph. */
export type GraphLevel = "move" | "application" | "wave";

/** A node of the graph: a move, an application's share of a wave, or a wave. */
export interface GraphNode {
  readonly label: string;
  /** The number of moves that the node stands for. */
  readonly moves: number;
  /** The index of its wave in {@link DependencyGraph.bands}. */
  readonly band: number;
  /** Whether one of its moves is of high risk. */
  readonly highRisk: boolean;
}

/** An edge of the graph: `from` needs `to`; both are indices in the list of nodes. */
export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  /** The number of dependencies that the edge stands for. */
  readonly count: number;
  /** The number of those dependencies that cross a wave and are waited for. */
  readonly waiting: number;
}

/** The graph of dependencies as it is drawn. */
export interface DependencyGraph {
  readonly level: GraphLevel;
  /** The waves, in order; the last has no name where something moves in none. */
  readonly bands: readonly (string | undefined)[];
  readonly nodes: readonly GraphNode[];
  /** The edges that weigh most, in a stable order. */
  readonly edges: readonly GraphEdge[];
  /** The number of edges that are not drawn. */
  readonly edgesLeftOut: number;
  /** The number of dependencies within one node. */
  readonly inner: number;
  /** The number of dependencies that cross a wave. */
  readonly crossing: number;
  /** The number of dependencies that cross a wave and are waited for. */
  readonly waiting: number;
}

/** The largest number of moves or applications that can be read. */
const NODES_DRAWN = 48;
/** The largest number of lines that can be read. */
const EDGES_DRAWN = 72;
/** The smallest number of waves that is worth a drawing of waves alone. */
const WAVES_WORTH_DRAWING = 3;

const KEYS: Record<GraphLevel, (move: PlannedMove) => string> = {
  move: ({ name }) => name,
  application: ({ wave, application }) => JSON.stringify([wave ?? null, application ?? null]),
  wave: ({ wave }) => JSON.stringify(wave ?? null),
};

/**
 * Sums the dependencies up, as little as possible: to the finest level of which every node and every line can be drawn. Of few
 * waves with many lines the lightest lines are left out instead.
 */
export function dependencyGraph(document: PlanDocument): DependencyGraph {
  const fine = (["move", "application"] as const)
    .map((level) => summedUp(document, level))
    .filter(({ nodes }) => nodes.length <= NODES_DRAWN);
  const whole = fine.find(({ edgesLeftOut }) => edgesLeftOut === 0);
  if (whole !== undefined) return whole;
  const waves = summedUp(document, "wave");
  return waves.nodes.length >= WAVES_WORTH_DRAWING ? waves : (fine.at(-1) ?? waves);
}

function summedUp(document: PlanDocument, level: GraphLevel): DependencyGraph {
  const bands = bandsOf(document);
  const bandOf = new Map(bands.map((band, index) => [band, index]));
  const places = new Map<string, number>();
  const nodes: { label: string; moves: number; band: number; highRisk: boolean }[] = [];
  for (const move of inOrderOfWaves(document.moves, bandOf)) {
    const key = KEYS[level](move);
    const node = nodes[places.get(key) ?? -1];
    if (node === undefined) {
      places.set(key, nodes.length);
      const band = bandOf.get(move.wave) ?? bands.length - 1;
      nodes.push({ label: labelOf(level, move), moves: 1, band, highRisk: move.risk === "high" });
    } else {
      node.moves += 1;
      node.highRisk ||= move.risk === "high";
    }
  }
  return { level, bands, nodes, ...edgesOf(document, level, places) };
}

function labelOf(level: GraphLevel, { name, application, wave }: PlannedMove): string {
  if (level === "move") return name;
  return level === "application" ? (application ?? "without an application") : (wave ?? "in no wave");
}

/** The waves of which something moves, and last those without one. */
function bandsOf({ waves, moves }: PlanDocument): (string | undefined)[] {
  const used = new Set(moves.map(({ wave }) => wave));
  const known = waves.map(({ name }) => name).filter((name) => used.has(name));
  const named = new Set<string | undefined>(known);
  const unknown = [...used].filter((wave) => wave !== undefined && !named.has(wave)).sort();
  return [...known, ...unknown, ...(used.has(undefined) ? [undefined] : [])];
}

function inOrderOfWaves(
  moves: readonly PlannedMove[],
  bandOf: ReadonlyMap<string | undefined, number>,
): readonly PlannedMove[] {
  const band = ({ wave }: PlannedMove): number => bandOf.get(wave) ?? bandOf.size;
  return [...moves].sort(
    (a, b) =>
      band(a) - band(b) ||
      compareText(a.application ?? "\uffff", b.application ?? "\uffff") ||
      compareText(a.name, b.name),
  );
}

function edgesOf(
  { moves, dependencies }: PlanDocument,
  level: GraphLevel,
  places: ReadonlyMap<string, number>,
): Pick<DependencyGraph, "edges" | "edgesLeftOut" | "inner" | "crossing" | "waiting"> {
  const placeOf = new Map(moves.map((move) => [move.name, places.get(KEYS[level](move))]));
  const sums = new Map<string, { from: number; to: number; count: number; waiting: number }>();
  let inner = 0;
  let crossing = 0;
  let waiting = 0;
  for (const { from, to, crosses, synchronous } of dependencies) {
    const waits = crosses && synchronous;
    crossing += crosses ? 1 : 0;
    waiting += waits ? 1 : 0;
    const [a, b] = [placeOf.get(from), placeOf.get(to)];
    if (a === undefined || b === undefined) continue;
    if (a === b) {
      inner += 1;
      continue;
    }
    const key = `${a} ${b}`;
    const sum = sums.get(key) ?? { from: a, to: b, count: 0, waiting: 0 };
    sum.count += 1;
    sum.waiting += waits ? 1 : 0;
    sums.set(key, sum);
  }
  const heaviest = [...sums.values()].sort(
    (a, b) => b.waiting - a.waiting || b.count - a.count || a.from - b.from || a.to - b.to,
  );
  return {
    edges: heaviest.slice(0, EDGES_DRAWN),
    edgesLeftOut: Math.max(0, heaviest.length - EDGES_DRAWN),
    inner,
    crossing,
    waiting,
  };
}
