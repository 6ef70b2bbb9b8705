/** The connections of a plan in Markdown: the dependencies between moves, the networks and the links between them. */
import { codeCell, escapeMarkdown, folded, markdownTable } from "../../core/markdown";
import { formatCount, formatNumber } from "../../core/text";
import type { PlanDocument } from "../../plan/plan-document";
import type { MarkdownOptions } from "../assessment-markdown";
import { crossings } from "./cross-wave-dependencies";
import { foldedTable, mermaidBlock, rowsLeftOut } from "./markdown-blocks";

/** Builds the section on dependencies: the diagram, and the dependencies that cross a wave, those that are waited for first. */
export function dependencies(document: PlanDocument, diagram: string, options: MarkdownOptions): string[] {
  const crossing = crossings(document);
  const waiting = crossing.filter(({ synchronous }) => synchronous).length;
  return [
    "",
    "## Dependencies",
    "",
    `${formatCount(document.dependencies.length, "dependency", "dependencies")}; ${formatNumber(crossing.length)} across waves, ${formatNumber(waiting)} of them waited for, at ${document.roundTripMilliseconds} ms more for each call in between.`,
    ...folded("Diagram", ["", ...mermaidBlock(diagram)]),
    ...(crossing.length === 0
      ? []
      : folded(`Across waves (${crossing.length})`, [
          "",
          ...markdownTable(
            ["From", "Needs", "Over", "Is waited for"],
            crossing
              .slice(0, options.limit)
              .map(({ from, to, label, synchronous }) => [
                codeCell(from),
                codeCell(to),
                escapeMarkdown(label),
                synchronous ? "yes" : "no",
              ]),
          ),
          ...rowsLeftOut(crossing.length, options.limit),
        ])),
  ];
}

/** Builds the section on networks: the diagram, the networks and the links. */
export function networks(document: PlanDocument, diagram: string): string[] {
  if (document.networks.length === 0 && document.links.length === 0) return [];
  return [
    "",
    "## Networks",
    "",
    ...mermaidBlock(diagram),
    ...foldedTable("All networks", document.networks, ["Network", "Addresses", "Side"], ({ name, cidr, side }) => [
      codeCell(name),
      codeCell(cidr),
      side,
    ]),
    ...(document.links.length === 0
      ? []
      : folded(`Links (${document.links.length})`, [
          "",
          ...markdownTable(
            ["From", "To", "Link"],
            document.links.map(({ from, to, label }) => [codeCell(from), codeCell(to), escapeMarkdown(label)]),
          ),
        ])),
  ];
}
