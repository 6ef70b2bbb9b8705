/**
 * The drawing of a graph of waves, one below the other, with an arc from each to those it needs: of a thousand servers this
 * is what can be read, and it stays one line a wave.
 */
import { formatCount, formatNumber } from "../../../core/text";
import { coordinate, figure, shortenedName } from "../../html/figure";
import { markup, type Markup } from "../../html/markup";
import type { DependencyGraph, GraphEdge, GraphNode } from "../dependency-graph";

const WIDTH = 720;
/** The height of a wave's line: narrower where there are many. */
const ROW = { few: 34, many: 20 } as const;
const FEW = 16;
const TOP = 8;
const NAME_END = 104;
const BAR_START = 116;
const BAR_WIDTH = 120;
const AXIS = 290;
const REACH = WIDTH - AXIS - 32;
/** Arcs arrive a little above the line of a wave, and leave a little below it. */
const APART = 4;

/** Draws a graph of waves. */
export function dependencyArcs(graph: DependencyGraph): Markup {
  const most = Math.max(1, ...graph.nodes.map(({ moves }) => moves));
  const heaviest = Math.max(1, ...graph.edges.map(({ count }) => count));
  const leftOut = graph.edgesLeftOut;
  const row = rowOf(graph);
  const height = graph.nodes.length * row;
  const middle = (index: number): number => TOP + index * row + row / 2;
  return figure({
    id: "graph",
    title: "Which waves need which",
    description: `${formatCount(graph.nodes.length, "wave")} and ${formatCount(graph.edges.length, "arc")} between them. The dependencies across waves are listed below the drawing.`,
    width: WIDTH,
    height: TOP * 2 + height,
    content: [
      graph.edges.map((edge) => drawArc(edge, middle(edge.from), middle(edge.to), height, heaviest)),
      graph.nodes.map((node, index) => drawWave(node, middle(index), most)),
    ],
    legend: markup`Each line is a wave, its bar as long as what moves in it; an arc leads up to a wave that it needs, and is as thick as it has dependencies. <span class="key waits">Broken arcs</span> have some that are waited for. ${formatNumber(graph.inner)} dependencies are within a wave.${
      leftOut > 0 ? ` ${formatNumber(leftOut)} lighter arcs are left out.` : ""
    }`,
  });
}

function rowOf(graph: DependencyGraph): number {
  return graph.nodes.length <= FEW ? ROW.few : ROW.many;
}

function drawWave({ label, moves }: GraphNode, y: number, most: number): Markup {
  const length = coordinate(Math.max(2, (BAR_WIDTH * moves) / most));
  return markup`<g><title>${label}: ${formatCount(moves, "move")}</title><text class="end mono" x="${NAME_END}" y="${y}" dy="4">${shortenedName(label, 13)}</text><rect class="bar" x="${BAR_START}" y="${y - 5}" width="${length}" height="10" rx="2"/><text class="small quiet" x="${coordinate(BAR_START + Number(length) + 8)}" y="${y}" dy="4">${moves}</text><circle class="dot" cx="${AXIS}" cy="${y}" r="3"/></g>
`;
}

function drawArc({ count, waiting }: GraphEdge, from: number, to: number, height: number, heaviest: number): Markup {
  const [start, end] = [from + APART, to - APART];
  // The outermost point of such a curve is three quarters of the way to its control points.
  const furthest = Math.min(REACH, 60 + height * 0.55) / 0.75;
  const reach = coordinate(AXIS + 24 + (furthest - 24) * Math.sqrt(Math.abs(from - to) / height));
  const width = coordinate(0.75 + (1.25 * count) / heaviest);
  return markup`<g class="edge${waiting > 0 ? " waits" : ""}" stroke-width="${width}"><path d="M${AXIS + 6} ${start}C${reach} ${start} ${reach} ${end} ${AXIS + 6} ${end}"/><path class="head" d="M${AXIS + 6} ${end}l5 -3m-5 3l5 3"/></g>
`;
}
