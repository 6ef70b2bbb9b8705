/**
 * Text as Markdown. What comes from an inventory or from a pattern may hold anything: a character that would be markup is
 * escaped in prose, and shown as it is in code. Control characters are written as escapes everywhere.
 */
import { printable } from "../../core/printable";

/** Text that reads as it was written, wherever in a line it stands (CommonMark 0.31.2, Backslash escapes). */
export function prose(text: string): string {
  return printable(text)
    .replace(/[\\`*[\]<>~]/g, "\\$&")
    .replace(/&(?=[#A-Za-z0-9]+;)/g, "\\&")
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "\\_")
    .replace(/^(#|[-+](?=\s|$))/, "\\$1")
    .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2");
}

/** A name or a short command within a line: `` `web-01` ``. */
export function code(text: string): string {
  const shown = printable(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  const pad = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** A command in a block of its own, to be copied whole. */
export function codeBlock(command: string, language = "sh"): string[] {
  const lines = command.split("\n").map(printable);
  const longest = Math.max(2, ...(command.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence];
}

/** A table. Cells are Markdown already; a pipe would end one, in code as well (GitHub Flavored Markdown, Tables). */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(" | ")} |`;
  return [row(headers), row(headers.map(() => "---")), ...rows.map(row)];
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", "<br>");
}

/** As GitHub makes it of a heading. */
export function anchor(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
}
