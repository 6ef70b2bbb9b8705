/** One line on standard error that says how far a long read is. On a terminal only; a log file wants no such line. */
import type { ReadProgress } from "../inventory/reader";
import { printable } from "../core/printable";
import type { Terminal } from "./terminal";

/** Milliseconds before the first line and between two: a read that is short shows none, and a long one does not flicker. */
const INTERVAL = 150;

/** Shows progress until it is ended. */
export class ProgressLine {
  private last: number;
  private shown = false;

  constructor(
    private readonly terminal: Terminal,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.last = now();
  }

  /** The callback for a reader, or undefined where standard error is not a terminal. */
  public get callback(): ReadProgress | undefined {
    if (this.terminal.stderr.isTTY !== true) return undefined;
    return ({ what, done, total }) => {
      const time = this.now();
      if (time - this.last < INTERVAL) return;
      this.last = time;
      this.shown = true;
      const rows = done === 0 ? "" : `: ${done}${total === undefined ? "" : ` of ${total}`} rows`;
      const text = `reading ${printable(what)}${rows}`;
      const columns = this.terminal.stderr.columns ?? 80;
      // Carriage return, the text, and "erase to the end of the line" (ECMA-48 EL). Never so long that it would wrap.
      this.terminal.stderr.write(`\r${text.slice(0, columns - 1)}\u001b[K`);
    };
  }

  /** Removes the line, so that what is printed next begins at the margin. */
  public end(): void {
    if (this.shown) this.terminal.stderr.write("\r\u001b[K");
    this.shown = false;
  }
}
