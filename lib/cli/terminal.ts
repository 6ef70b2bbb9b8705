/**
 * The streams and the environment of the command line. Commands get one passed in and touch no global, so that a
 * test runs them in its own process and looks at what they wrote.
 */
import { DEFAULT_WIDTH } from "../report/text-layout";

/** A stream that text is written to. */
export interface TextStream {
  write(text: string): unknown;
  /** Whether the stream is a terminal. */
  readonly isTTY?: boolean;
  /** The number of columns of the terminal. */
  readonly columns?: number;
}

/** A stream that bytes are read from. */
export interface InputStream extends AsyncIterable<Uint8Array | string> {
  /** Whether the stream is a terminal. */
  readonly isTTY?: boolean;
}

/** The streams and the environment that a command is given. */
export interface Terminal {
  /**
   * Standard input, for commands that read from a pipe.
   * @default - nothing can be read
   */
  readonly stdin?: InputStream;
  /** Standard output: results, and nothing else. */
  readonly stdout: TextStream;
  /** Standard error: errors, progress and notes beside the result. */
  readonly stderr: TextStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const NARROWEST = 40;
const WIDEST = 120;

/**
 * Returns the number of columns for text on standard output: the terminal's, `COLUMNS`, or 100; never so many that lines
 * become hard to read.
 */
export function widthOf({ stdout, env }: Terminal): number {
  // A terminal that does not know its size says 0.
  const columns =
    [stdout.columns, Number.parseInt(env.COLUMNS ?? "", 10)].find((each) => each !== undefined && each > 0) ??
    DEFAULT_WIDTH;
  return Math.min(WIDEST, Math.max(NARROWEST, columns));
}

/**
 * Checks whether text on standard output is coloured.
 *
 * - `--no-color`: never.
 * - `FORCE_COLOR` set: yes, unless it is `0` or `false`. As in Node.js it wins over `NO_COLOR`.
 * - `NO_COLOR` set and not empty: no (no-color.org).
 * - otherwise: on a terminal that is not `dumb`.
 */
export function colorOf({ stdout, env }: Terminal, noColor: boolean): boolean {
  if (noColor) return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if ((env.NO_COLOR ?? "") !== "") return false;
  return stdout.isTTY === true && env.TERM !== "dumb";
}
