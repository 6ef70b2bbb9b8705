/**
 * Text in a Mermaid diagram. Mermaid has no escape that every diagram honours: its entity codes are found with regular
 * expressions before the diagram is parsed, and its lexers (`gantt.jison`, `stateDiagram.jison` and `flow.jison` in its
 * sources) look for some words anywhere in a line. So what could be syntax is replaced by what looks like it. A diagram is
 * there to be looked at; the exact names are in the tables. Ids are always ours.
 */
import { printable } from "../../../core/printable";
import { shortened } from "../../html/figure";

const LOOKALIKES: Readonly<Record<string, string>> = {
  '"': "'",
  "`": "'",
  "<": "‹",
  ">": "›",
  "{": "(",
  "}": ")",
  "[": "(",
  "]": ")",
  "#": "♯",
  ";": ",",
  ":": "∶",
  "|": "¦",
  "\\": "⧵",
  "&": "+",
};

/** The largest number of characters in a node. */
const CHARACTERS = 48;

/** Returns the text on one line, without anything that Mermaid takes for syntax; never empty. */
export function mermaidText(text: string, characters: number = CHARACTERS): string {
  const safe = printable(text)
    .replace(/["`<>{}[\]#;:|\\&]/g, (character) => LOOKALIKES[character] ?? character)
    .replace(/%{2,}/g, "%")
    .replace(/-{2,}/g, "-")
    // Flowcharts and state diagrams take the whole line for this statement, wherever in it the two words are.
    .replace(/direction\s+(?=TB|BT|RL|LR)/gi, "direction-")
    .trim();
  return safe === "" ? "–" : shortened(safe, characters);
}

/** Builds a diagram from its kind, its description for screen readers, and its lines. Ends with a line feed. */
export function diagram(kind: string, title: string, description: string, lines: readonly string[]): string {
  return [
    kind,
    `  accTitle: ${mermaidText(title, 120)}`,
    `  accDescr: ${mermaidText(description, 400)}`,
    ...lines.map((line) => `  ${line}`),
    "",
  ].join("\n");
}
