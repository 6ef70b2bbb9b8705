/**
 * Markdown for a pull request or a wiki (GitHub Flavored Markdown Spec). Names from a user's files are put in code spans and
 * messages are escaped, so that no server can be called something that closes a table or opens an HTML element. Control
 * characters are written as visible escapes everywhere.
 *
 * GitHub and GitLab also act on what is no markup: an address becomes a link (the Spec's 6.9), `@name` notifies a person and
 * `#1` links an issue, which they look for in the text that is shown, so that a backslash before them changes nothing. An empty
 * comment within them does, and shows nothing.
 */
import { printable } from "./printable";

const APART = "<!-- -->";

/**
 * Returns plain text as Markdown text: nothing in it is taken for markup, wherever in a line or in a table it stands, and nothing
 * becomes a link or a mention.
 */
export function escapeMarkdown(text: string): string {
  return printable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_[\]|~#]/g, "\\$&")
    .replace(/^[-+](?=\s|$)/, "\\$&")
    .replace(/^ (?= {3})/, "&#32;")
    .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2")
    .replace(/@(?=[\p{L}\p{N}_-])/gu, `@${APART}`)
    .replace(/\\#(?=\d)/g, `#${APART}`)
    .replace(/\bGH-(?=\d)/gi, (prefix) => `${prefix.slice(0, 2)}${APART}-`)
    .replace(/:(?=\/\/)/g, `:${APART}`)
    .replace(/\b(www|mailto|xmpp)([.:])/gi, `$1${APART}$2`);
}

/** A word, as far as it is not in brackets or quotes. */
const WORD = /[^\s()[\]{}<>&"'“”‘’,;|`*~]+/gu;
/** The signs of a word before which an escape would stand. */
const ESCAPED = /[_@\\#]|:\/\/|^www\./;

/**
 * Returns plain text as Markdown text like {@link escapeMarkdown}, with each word that could not be written as it is in a code span:
 * an address, a channel, a constant with underscores. Who copies it from the file itself has no escape in it.
 */
export function copyableMarkdown(text: string): string {
  // Next to another backtick, that of a span would be part of a longer run.
  if (text.includes("`")) return escapeMarkdown(text);
  let from = 0;
  let markdown = "";
  for (const { 0: found, index } of text.matchAll(WORD)) {
    const word = found.replace(/[.:!?…]+$/, "");
    if (!ESCAPED.test(word) || !/[\p{L}\p{N}]/u.test(word)) continue;
    markdown += escapeMarkdown(text.slice(from, index)) + codeSpan(word);
    from = index + word.length;
  }
  return markdown + escapeMarkdown(text.slice(from));
}

/**
 * Returns a code span that shows exactly the text: its fence is longer than any run of backticks inside (GitHub Flavored
 * Markdown Spec, 6.3).
 */
export function codeSpan(text: string): string {
  const content = printable(text);
  const fence = "`".repeat(longestRun(content) + 1);
  const space = content.startsWith("`") || content.endsWith("`") || content === "" ? " " : "";
  return `${fence}${space}${content}${space}${fence}`;
}

/** Returns a code span for a table, where a row is split at vertical bars before code spans are looked for (the Spec's 4.10). */
export function codeCell(text: string): string {
  return tableCell(codeSpan(text));
}

/** Returns a command as a block of its own, to be copied whole. */
export function codeBlock(command: string, language = "sh"): string[] {
  const fence = "`".repeat(Math.max(2, longestRun(command)) + 1);
  return [`${fence}${language}`, ...command.split("\n").map(printable), fence];
}

/** Returns Markdown that knows nothing of tables as a cell: no vertical bar ends it, no line feed ends its row. */
export function tableCell(markdown: string): string {
  return markdown.replaceAll("|", "\\|").replaceAll("\n", "<br>");
}

/** Returns a table. Titles and cells are Markdown already, of {@link escapeMarkdown}, {@link codeCell} or {@link tableCell}. */
export function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [row(titles), row(titles.map(() => "---")), ...rows.map(row)];
}

/** Returns a section that opens on demand. The empty line before its body is what lets Markdown go on inside of the element. */
export function folded(title: string, body: readonly string[]): string[] {
  return ["", "<details>", `<summary><strong>${title}</strong></summary>`, ...body, "", "</details>"];
}

/** Returns the anchor that GitHub gives a heading of that text. */
export function headingAnchor(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
}

/** Returns the length of the longest run of backticks. */
function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
