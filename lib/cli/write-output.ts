/** `--output FILE`: a reader of the file sees the old content or the new one, never half of it. */
import { statSync } from "node:fs";
import { MigrationError } from "../core/error";
import { withoutSecrets } from "../core/secret/redact";
import { writeRemedy, writeWholeFile } from "../core/whole-file";
import type { Terminal } from "./terminal";

/**
 * Writes the result to the file, or to standard output where none was named.
 *
 * @throws MigrationError `CLI_OUTPUT` where the file cannot be written
 */
export function deliver(terminal: Terminal, file: string | undefined, text: string): void {
  if (file === undefined) {
    terminal.stdout.write(text);
    return;
  }
  try {
    refuseFolder(file);
    writeWholeFile(file, withoutSecrets(text, { words: false }));
  } catch (error) {
    if (error instanceof MigrationError) throw error;
    throw new MigrationError({
      code: "CLI_OUTPUT",
      path: "--output",
      received: file,
      allowed: "a file in a folder that exists and may be written",
      fix: writeRemedy(error),
      cause: error,
    });
  }
}

function refuseFolder(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  throw new MigrationError({
    code: "CLI_OUTPUT",
    path: "--output",
    received: file,
    allowed: "a file",
    fix: "name a file in that folder",
  });
}
