import { rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { afterAll } from "@jest/globals";
import { run } from "../../lib/cli/run";
import type { InputStream, Terminal, TextStream } from "../../lib/cli/terminal";
import { makeTemporaryFolder } from "../support/temporary-folder";

class Capture implements TextStream {
  public text = "";

  constructor(
    public readonly isTTY: boolean,
    public readonly columns: number | undefined,
  ) {}

  public write(text: string): void {
    this.text += text;
  }
}

/** The surroundings of a command line. */
export interface Surroundings {
  readonly tty?: boolean;
  readonly env?: Terminal["env"];
  readonly stdin?: InputStream;
}

/** The surroundings that a test wants: a pipe, or a terminal of 80 columns. */
export function captured(options: Surroundings = {}) {
  const tty = options.tty ?? false;
  const columns = tty ? 80 : undefined;
  return {
    ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
    stdout: new Capture(tty, columns),
    stderr: new Capture(tty, columns),
    env: options.env ?? {},
  };
}

/** What came of a command line. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process. */
export async function cli(args: readonly string[], options: Surroundings = {}): Promise<Outcome> {
  const terminal = captured(options);
  const status = await run(args, terminal);
  return { status, stdout: terminal.stdout.text, stderr: terminal.stderr.text };
}

/** A folder for the files of one test file, deleted after its tests. */
export function temporaryFolder(): {
  readonly folder: string;
  /** The path of a file in it, written where a content is given. */
  readonly file: (name: string, content?: string) => string;
} {
  const folder = makeTemporaryFolder("migration-patterns");
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    file: (name, content) => {
      const file = path.join(folder, name);
      if (content !== undefined) writeFileSync(file, content);
      return file;
    },
  };
}
