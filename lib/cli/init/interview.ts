/** Questions in a terminal, and the lines that answer them. Questions go to standard error: standard output is for the result. */
import { isMigrationError, MigrationError } from "../../core/error";
import type { InputStream, Terminal } from "../terminal";

/** Returns an interview where somebody can be asked: at a terminal, both to write to and to read from. */
export function interviewAt(terminal: Terminal): Interview | undefined {
  const { stderr } = terminal;
  // Standard input last: to look at it keeps a process alive whose pipe nobody closes.
  if (stderr.isTTY !== true) return undefined;
  const { stdin } = terminal;
  return stdin?.isTTY === true ? new Interview(stdin, stderr) : undefined;
}

/** A series of questions. */
export class Interview {
  private readonly lines: AsyncGenerator<string, undefined>;

  constructor(
    stdin: InputStream,
    private readonly output: { write(text: string): unknown },
  ) {
    this.lines = linesOf(stdin);
  }

  /** Prints a line. */
  public say(text: string): void {
    this.output.write(`${text}\n`);
  }

  /**
   * Asks until the answer is one. An empty answer is the fallback.
   *
   * @throws MigrationError `CLI_NO_ANSWER` where the input ends
   */
  public async ask<Value>(question: string, fallback: string, read: (answer: string) => Value | Promise<Value>) {
    for (;;) {
      this.output.write(`${question}${fallback === "" ? "" : ` [${fallback}]`}: `);
      const { value, done } = await this.lines.next();
      if (done === true) throw ended();
      const answer = value.trim();
      try {
        return await read(answer === "" ? fallback : answer);
      } catch (error) {
        if (!isMigrationError(error)) throw error;
        this.say(error.message);
      }
    }
  }

  /** Ends the interview: what else is typed is not for this program. */
  public async end(): Promise<void> {
    await this.lines.return(undefined);
  }
}

async function* linesOf(stream: InputStream): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const parts = (rest + (typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true }))).split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) yield line.replace(/\r$/, "");
  }
  if (rest !== "") yield rest;
  return undefined;
}

function ended(): MigrationError {
  return new MigrationError({
    code: "CLI_NO_ANSWER",
    path: "standard input",
    fix: "it ended before the last question, and nothing was written: answer all questions, or give the options that --help lists",
  });
}
