/** Text in columns: wrapping, and the few colours of a terminal. Nothing here knows whether there is a terminal. */

/** Options for the layout of text. */
export interface LayoutOptions {
  /**
   * The columns of a line. A word that is longer, a path for example, is not broken.
   * @default 100
   */
  readonly width?: number;
  /**
   * Whether ANSI colours are written.
   * @default false
   */
  readonly color?: boolean;
  /**
   * The largest number of findings of each rule that are shown; the others are counted.
   * @default - all
   */
  readonly limit?: number;
}

/** The default width of a report, in columns. */
export const DEFAULT_WIDTH = 100;

/**
 * Returns the width of a text, in code points without colours: a name in any script is about as wide as it has of them,
 * which is enough to wrap by.
 */
function characters(text: string): number {
  return Array.from(text.replace(/\u001b\[\d+m/g, "")).length;
}

/** Breaks a paragraph at spaces. The first line is indented by `first`, the others by `rest`. */
export function wrap(text: string, width: number, first: string, rest: string = first): string[] {
  const lines: string[] = [];
  let line = first;
  let length = characters(first);
  let empty = true;
  for (const word of text.split(" ")) {
    const size = characters(word);
    if (!empty && length + 1 + size > width) {
      lines.push(line);
      line = rest;
      length = characters(rest);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    length += empty ? size : size + 1;
    empty = false;
  }
  lines.push(line);
  return lines;
}

/** Pads the text with spaces to `width` characters. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - characters(text)));
}

/** The styles of a report. */
export type Style = "red" | "yellow" | "green" | "cyan" | "bold" | "dim";

// SGR parameters of ECMA-48. Only the eight colours that every terminal theme sets to something readable.
const SGR: Record<Style, readonly [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

/** A function that colours text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** Returns a {@link Paint} that colours, or one that does not. */
export function painter(color: boolean): Paint {
  if (!color) return (_style, text) => text;
  return (style, text) => `\u001b[${SGR[style][0]}m${text}\u001b[${SGR[style][1]}m`;
}
