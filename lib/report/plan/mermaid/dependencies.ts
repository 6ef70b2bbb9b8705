import { formatCount } from "../../../core/text";
import type { PlanDocument } from "../../../plan/plan-document";
import { dependencyGraph, type DependencyGraph, type GraphEdge } from "../dependency-graph";
import { diagram, mermaidText } from "./text";

/**
 * Builds the flowchart of the dependencies, summed up as in the page: what is needed stands above what needs it, in the box
 * of its wave.
 */
export function dependenciesDiagram(document: PlanDocument): string {
  const graph = dependencyGraph(document);
  const left = graph.edgesLeftOut === 0 ? "" : ` ${formatCount(graph.edgesLeftOut, "lighter line")} left out.`;
  return diagram(
    "flowchart BT",
    "What needs what, by wave",
    `${formatCount(graph.nodes.length, "node")} and ${formatCount(graph.edges.length, "line")}. A broken line crosses a wave and is waited for.${left}`,
    graph.nodes.length === 0 ? ['n0["nothing moves"]'] : [...nodes(graph), ...graph.edges.map(edge)],
  );
}

function nodes(graph: DependencyGraph): string[] {
  const line = (index: number): string[] => {
    const node = graph.nodes[index];
    if (node === undefined) return [];
    const label = `${mermaidText(node.label)}${node.moves > 1 ? `<br/>${formatCount(node.moves, "move")}` : ""}`;
    // A subroutine's double frame marks a high risk, as in the page.
    return [node.highRisk ? `n${index}[["${label}"]]` : `n${index}["${label}"]`];
  };
  const indexes = graph.nodes.map((_, index) => index);
  if (graph.level === "wave") return indexes.flatMap(line);
  return graph.bands.flatMap((name, band) => [
    `subgraph b${band}["${mermaidText(name ?? "in no wave")}"]`,
    ...indexes
      .filter((index) => graph.nodes[index]?.band === band)
      .flatMap((index) => line(index).map((text) => `  ${text}`)),
    "end",
  ]);
}

function edge({ from, to, count, waiting }: GraphEdge): string {
  const label = count === 1 ? "" : `|"${count}"|`;
  return `n${from} ${waiting > 0 ? "-.->" : "-->"}${label} n${to}`;
}
