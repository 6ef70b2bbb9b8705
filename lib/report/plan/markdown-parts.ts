/** Tables, folded parts and diagrams, as GitHub Flavored Markdown has them. */
import { codeSpan, type MarkdownOptions } from "../markdown";
import { grouped } from "./words";

/** As many rows as are shown without being asked for. */
const ROWS_SHOWN = 24;

/** A code span in a table, where a row is split at vertical bars before code spans are looked for (GFM Spec, 4.10). */
export function code(text: string): string {
  return codeSpan(text).replaceAll("|", "\\|");
}

/** A part that opens on demand. The empty line is what lets Markdown go on inside of the element. */
export function fold(title: string, body: readonly string[]): string[] {
  return ["", "<details>", `<summary><strong>${title}</strong></summary>`, ...body, "", "</details>"];
}

/** A table, of cells that are Markdown already. */
export function tableMarkdown(titles: readonly string[], cells: readonly (readonly string[])[]): string[] {
  const row = (texts: readonly string[]): string => `| ${texts.join(" | ")} |`;
  return [row(titles), row(titles.map(() => "---")), ...cells.map(row)];
}

/** A table of what there is any of, folded where it is long. */
export function rows<Entry>(
  title: string,
  entries: readonly Entry[],
  titles: readonly string[],
  cells: (entry: Entry) => readonly string[],
): string[] {
  if (entries.length === 0) return [];
  const body = ["", ...tableMarkdown(titles, entries.map(cells))];
  return entries.length <= ROWS_SHOWN ? body : fold(`${title} (${entries.length})`, body);
}

/** How many there are beyond the limit. */
export function hidden(size: number, { limit = size }: MarkdownOptions): string[] {
  return size > limit ? ["", `… and ${grouped(size - limit)} more.`] : [];
}

/** A diagram, which GitHub draws. */
export function mermaid(diagram: string): string[] {
  return ["```mermaid", diagram.trimEnd(), "```"];
}
