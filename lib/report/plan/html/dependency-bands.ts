/**
 * The drawing of a graph with a band for each wave, the first on top: what is needed stands above what needs it, so in a
 * sound plan every line leads upward. The drawing is always as wide as a page and as high as it has to be.
 */
import { formatCount, formatNumber } from "../../../core/text";
import { coordinate, figure, shortenedName } from "../../html/figure";
import { markup, type Markup } from "../../html/markup";
import type { DependencyGraph, GraphEdge, GraphNode } from "../dependency-graph";

const WIDTH = 720;
const GUTTER = 92;
const PER_ROW = 4;
const NODE_WIDTH = 146;
const NODE_HEIGHT = 30;
const COLUMN = (WIDTH - GUTTER) / PER_ROW;
const ROW = 52;
const BAND_PADDING = 18;
const LABEL_CHARACTERS = 20;

interface Placed {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
}

interface Band {
  readonly name: string;
  readonly moves: number;
  readonly top: number;
  readonly height: number;
}

/** Draws a graph of moves or applications. */
export function dependencyBands(graph: DependencyGraph): Markup {
  const { bands, placed, height } = layOut(graph);
  const unit = graph.level === "move" ? "one thing that moves" : "the part of an application that moves in the wave";
  const leftOut = graph.edgesLeftOut;
  return figure({
    id: "graph",
    title: "What needs what, by wave",
    description: `${formatCount(graph.nodes.length, "node")} in ${formatCount(bands.length, "wave")}; ${formatCount(graph.edges.length, "line")} between them. The dependencies across waves are listed below the drawing.`,
    width: WIDTH,
    height,
    content: [bands.map(drawBand), graph.edges.map((edge) => drawEdge(edge, placed)), placed.map(drawNode)],
    legend: markup`Each box is ${unit}, in the band of its wave; a line leads up to what it needs. <span class="key waits">Broken lines</span> cross a wave and are waited for. A double frame is a high risk.${
      graph.inner > 0 ? ` ${formatNumber(graph.inner)} dependencies are within a box.` : ""
    }${leftOut > 0 ? ` ${formatNumber(leftOut)} lighter lines are left out.` : ""}`,
  });
}

function layOut(graph: DependencyGraph): { bands: Band[]; placed: Placed[]; height: number } {
  const placed: Placed[] = [];
  const neighbours = new Map<number, number[]>();
  for (const { from, to } of graph.edges) {
    const [lower, upper] = from > to ? [from, to] : [to, from];
    const same = neighbours.get(lower);
    if (same === undefined) neighbours.set(lower, [upper]);
    else same.push(upper);
  }
  const indexes = graph.nodes.map((_, index) => index);
  let top = 0;
  const bands = graph.bands.map((name, band): Band => {
    const own = indexes.filter((index) => graph.nodes[index]?.band === band);
    // Below what it needs, as far as that has a place already: short lines cross less.
    const middle = (index: number): number => {
      const above = (neighbours.get(index) ?? []).flatMap((each) => {
        const at = placed[each];
        return at === undefined ? [] : [at.x];
      });
      return above.length === 0 ? WIDTH / 2 : above.reduce((sum, x) => sum + x, 0) / above.length;
    };
    const rows = layersOf(own, graph.edges).reduce((before, layer) => {
      const ordered = layer
        .map((index) => ({ index, middle: middle(index) }))
        .sort((a, b) => a.middle - b.middle || a.index - b.index);
      ordered.forEach(({ index }, position) => {
        const node = graph.nodes[index];
        if (node === undefined) return;
        const row = Math.floor(position / PER_ROW);
        const inRow = Math.min(PER_ROW, ordered.length - row * PER_ROW);
        const shift = ((PER_ROW - inRow) * COLUMN) / 2;
        placed[index] = {
          node,
          x: GUTTER + shift + (position % PER_ROW) * COLUMN + COLUMN / 2,
          y: top + BAND_PADDING + (before + row) * ROW + NODE_HEIGHT / 2,
        };
      });
      return before + Math.ceil(ordered.length / PER_ROW);
    }, 0);
    const height = rows * ROW - (ROW - NODE_HEIGHT) + 2 * BAND_PADDING;
    const moves = own.reduce((sum, index) => sum + (graph.nodes[index]?.moves ?? 0), 0);
    const result = { name: name ?? "in no wave", moves, top, height };
    top += height;
    return result;
  });
  return { bands, placed, height: top };
}

/** Within a band too, what is needed stands above what needs it. Whatever needs each other in a circle shares the last row. */
function layersOf(band: readonly number[], edges: readonly GraphEdge[]): number[][] {
  const needs = new Map(band.map((index) => [index, 0]));
  const neededBy = new Map<number, number[]>();
  for (const { from, to } of edges) {
    const count = needs.get(from);
    if (count === undefined || !needs.has(to)) continue;
    needs.set(from, count + 1);
    neededBy.set(to, [...(neededBy.get(to) ?? []), from]);
  }
  const layers: number[][] = [];
  let layer = band.filter((index) => needs.get(index) === 0);
  const left = new Set(band);
  while (layer.length > 0) {
    layers.push(layer);
    for (const index of layer) left.delete(index);
    const next = new Set<number>();
    for (const index of layer.flatMap((each) => neededBy.get(each) ?? [])) {
      const count = (needs.get(index) ?? 0) - 1;
      needs.set(index, count);
      if (count === 0) next.add(index);
    }
    layer = [...next].sort((a, b) => a - b);
  }
  return left.size === 0 ? layers : [...layers, [...left]];
}

function drawBand({ name, moves, top, height }: Band, index: number): Markup {
  return markup`<rect class="band${index % 2 === 0 ? " odd" : ""}" x="0" y="${top}" width="${WIDTH}" height="${height}"/><text class="strong" x="10" y="${top + 26}">${shortenedName(name, 12)}</text><text class="small quiet" x="10" y="${top + 43}">${formatCount(moves, "move")}</text>
`;
}

function drawNode({ node, x, y }: Placed): Markup {
  const [left, top] = [x - NODE_WIDTH / 2, y - NODE_HEIGHT / 2];
  const suffix = node.moves > 1 ? ` × ${node.moves}` : "";
  const label = `${shortenedName(node.label, LABEL_CHARACTERS - suffix.length)}${suffix}`;
  return markup`<g><title>${node.label}${suffix}</title>${
    node.highRisk
      ? markup`<rect class="node" x="${coordinate(left - 3)}" y="${coordinate(top - 3)}" width="${NODE_WIDTH + 6}" height="${NODE_HEIGHT + 6}" rx="6"/>`
      : ""
  }<rect class="node" x="${coordinate(left)}" y="${coordinate(top)}" width="${NODE_WIDTH}" height="${NODE_HEIGHT}" rx="4"/><text class="middle mono" x="${coordinate(x)}" y="${coordinate(y)}" dy="4">${label}</text></g>
`;
}

function drawEdge({ from, to, count, waiting }: GraphEdge, placed: readonly Placed[]): Markup {
  const [a, b] = [placed[from], placed[to]];
  if (a === undefined || b === undefined) return markup``;
  const half = NODE_HEIGHT / 2 + 4;
  // Within a row, over the top; else from the top of one to the bottom of the other.
  const level = a.y === b.y;
  const up = a.y > b.y;
  const startY = a.y - (level || up ? half : -half);
  const endY = b.y + (level || !up ? -half : half);
  const bend = level ? 20 : Math.max(18, Math.abs(startY - endY) / 2);
  const [controlA, controlB] = level
    ? [startY - bend, endY - bend]
    : [startY + (up ? -bend : bend), endY + (up ? bend : -bend)];
  const head = level || !up ? `l-4 -7m4 7l4 -7` : `l-4 7m4 -7l4 7`;
  const width = coordinate(Math.min(4, 1 + Math.log2(count) / 2));
  const [ax, bx] = [coordinate(a.x), coordinate(b.x)];
  return markup`<g class="edge${waiting > 0 ? " waits" : ""}" stroke-width="${width}"><path d="M${ax} ${coordinate(startY)}C${ax} ${coordinate(controlA)} ${bx} ${coordinate(controlB)} ${bx} ${coordinate(endY)}"/><path class="head" d="M${bx} ${coordinate(endY)}${head}"/></g>
`;
}
