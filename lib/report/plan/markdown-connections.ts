/** What is connected with what, in Markdown: the dependencies between what moves, the networks and the links between them. */
import type { PlanDocument } from "../../plan/plan-document";
import { escapeMarkdown, type MarkdownOptions } from "../markdown";
import { crossings } from "./crossings";
import { code, fold, hidden, mermaid, rows, tableMarkdown } from "./markdown-parts";
import { counted, grouped } from "./words";

/** The diagram, and the dependencies that cross a wave, those that are waited for first. */
export function dependencies(document: PlanDocument, diagram: string, options: MarkdownOptions): string[] {
  const crossing = crossings(document);
  const waiting = crossing.filter(({ synchronous }) => synchronous).length;
  return [
    "",
    "## Dependencies",
    "",
    `${counted(document.dependencies.length, "dependency", "dependencies")}; ${grouped(crossing.length)} across waves, ${grouped(waiting)} of them waited for, at ${document.roundTripMilliseconds} ms more for each call in between.`,
    ...fold("Diagram", ["", ...mermaid(diagram)]),
    ...(crossing.length === 0
      ? []
      : fold(`Across waves (${crossing.length})`, [
          "",
          ...tableMarkdown(
            ["From", "Needs", "Over", "Is waited for"],
            crossing
              .slice(0, options.limit)
              .map(({ from, to, label, synchronous }) => [
                code(from),
                code(to),
                escapeMarkdown(label),
                synchronous ? "yes" : "no",
              ]),
          ),
          ...hidden(crossing.length, options),
        ])),
  ];
}

/** The diagram, the networks and the links. */
export function networks(document: PlanDocument, diagram: string): string[] {
  if (document.networks.length === 0 && document.links.length === 0) return [];
  return [
    "",
    "## Networks",
    "",
    ...mermaid(diagram),
    ...rows("All networks", document.networks, ["Network", "Addresses", "Side"], ({ name, cidr, side }) => [
      code(name),
      code(cidr),
      side,
    ]),
    ...(document.links.length === 0
      ? []
      : fold(`Links (${document.links.length})`, [
          "",
          ...tableMarkdown(
            ["From", "To", "Link"],
            document.links.map(({ from, to, label }) => [code(from), code(to), escapeMarkdown(label)]),
          ),
        ])),
  ];
}
