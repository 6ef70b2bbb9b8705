/** Blocks of a plan's Markdown: folded tables, counts of what is left out, and diagrams (GitHub Flavored Markdown). */
import { folded, markdownTable } from "../../core/markdown";
import { formatNumber } from "../../core/text";

/** The largest number of rows of a table that is not folded. */
const ROWS_SHOWN = 24;

/** Builds a table of the entries, folded where it is long; nothing where there are none. */
export function foldedTable<Entry>(
  title: string,
  entries: readonly Entry[],
  titles: readonly string[],
  cells: (entry: Entry) => readonly string[],
): string[] {
  if (entries.length === 0) return [];
  const body = ["", ...markdownTable(titles, entries.map(cells))];
  return entries.length <= ROWS_SHOWN ? body : folded(`${title} (${entries.length})`, body);
}

/** Builds the line that counts the rows beyond the limit; nothing where there are none. Without a limit all rows are shown. */
export function rowsLeftOut(size: number, limit: number | undefined): string[] {
  if (limit === undefined || size <= limit) return [];
  return ["", `… and ${formatNumber(size - limit)} more.`];
}

/** Builds a block with a Mermaid diagram, which GitHub draws. */
export function mermaidBlock(diagram: string): string[] {
  return ["```mermaid", diagram.trimEnd(), "```"];
}
