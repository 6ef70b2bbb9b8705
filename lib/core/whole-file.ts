import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";

/**
 * Writes the text so that a reader of the file sees the old content or the new one, never half of it: to a temporary file
 * beside it, which then takes its name. On failure the temporary file is removed and the old content stays.
 *
 * - A symbolic link stays a link, and what it points to is written.
 * - A device or a pipe, `/dev/null` for one, is written to and never replaced by a file.
 *
 * @throws the error of the operating system
 */
export function writeWholeFile(file: string, text: string): void {
  const existing = statSync(file, { throwIfNoEntry: false });
  if (existing?.isFile() === false) {
    writeFileSync(file, text);
    return;
  }
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

/** Returns what to do about an error of writing, in a phrase: `the disk is full: make room and try again`. */
export function writeRemedy(error: unknown): string {
  const { code, message } = (
    typeof error === "object" && error !== null ? error : {}
  ) as Partial<NodeJS.ErrnoException>;
  return REMEDIES.get(code ?? "") ?? message ?? String(error);
}

const REMEDIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ENOENT: "there is no such folder: create it first",
    ENOTDIR: "a part of the path is a file and not a folder",
    EISDIR: "a folder has this name: remove it or choose another name",
    EACCES: "this user may not write there",
    EPERM: "this user may not write there",
    EROFS: "the file system is read-only",
    ENOSPC: "the disk is full: make room and try again",
    EDQUOT: "this user's share of the disk is full: make room and try again",
    EFBIG: "the file is larger than this user may write: raise the limit (ulimit -f) and try again",
  }),
);
