/** `--output DIR`: a folder that is complete, or is not there. */
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { MigrationError } from "../core/error";
import { withoutSecrets } from "../core/secret/redact";
import { writeRemedy } from "../core/whole-file";

/** A file of a folder: its relative path, and its text. */
export interface FolderFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Refuses a folder in which there is something already: it may be a state.
 *
 * @throws MigrationError `CLI_OUTPUT`
 */
export function refuseFullFolder(folder: string): void {
  let found: readonly string[];
  try {
    found = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw refused(folder, writeRemedy(error), error);
  }
  if (found.length > 0) throw refused(folder, "it is not empty: name another one, or remove it first");
}

/**
 * Writes the files into the folder: under another name beside it first, which is then renamed. On failure nothing is left.
 *
 * @throws MigrationError `CLI_OUTPUT`
 */
export function writeFolder(folder: string, files: readonly FolderFile[]): void {
  refuseFullFolder(folder);
  const target = path.resolve(folder);
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`);
  try {
    for (const { name, text } of files) {
      const file = path.join(temporary, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, withoutSecrets(text, { words: false }));
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw refused(folder, writeRemedy(error), error);
  }
}

function refused(folder: string, fix: string, cause?: unknown): MigrationError {
  return new MigrationError({
    code: "CLI_OUTPUT",
    path: "--output",
    received: folder,
    allowed: "a folder that does not exist yet, or is empty, and may be written",
    fix,
    ...(cause === undefined ? {} : { cause }),
  });
}
