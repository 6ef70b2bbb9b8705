/** `--output FILE`: a reader of the file sees the old content or the new one, never half of it. */
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync, type Stats } from "node:fs";
import * as path from "node:path";
import { MigrationError } from "../core/error";
import type { Terminal } from "./terminal";

/** What to do about the errors of the operating system that a user can do something about. */
const REMEDIES: Readonly<Partial<Record<string, string>>> = {
  ENOENT: "there is no such folder: create it first",
  ENOTDIR: "a part of the path is a file and not a folder",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
};

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
    writeAtomically(file, text);
  } catch (error) {
    if (error instanceof MigrationError) throw error;
    throw new MigrationError({
      code: "CLI_OUTPUT",
      path: "--output",
      received: file,
      allowed: "a file in a folder that exists and may be written",
      fix:
        REMEDIES[(error as NodeJS.ErrnoException).code ?? ""] ??
        (error instanceof Error ? error.message : String(error)),
      cause: error,
    });
  }
}

function writeAtomically(file: string, text: string): void {
  const existing = statIfThere(file);
  if (existing?.isDirectory() === true) {
    throw new MigrationError({
      code: "CLI_OUTPUT",
      path: "--output",
      received: file,
      allowed: "a file",
      fix: "name a file in that folder",
    });
  }
  // A device or a pipe, /dev/null for one, must be written to and never be replaced by a file.
  if (existing?.isFile() === false) {
    writeFileSync(file, text);
    return;
  }
  // Through a symbolic link, so that the link stays a link.
  const target = existing === undefined ? file : realpathSync(file);
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, text);
    if (existing !== undefined) chmodSync(temporary, existing.mode);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function statIfThere(file: string): Stats | undefined {
  return statSync(file, { throwIfNoEntry: false });
}
