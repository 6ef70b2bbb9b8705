/** Files that are added to a folder: all of them, or none, and never over one that is there. */
import {
  copyFileSync,
  constants,
  linkSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { MigrationError } from "../core/error";
import { withoutSecrets } from "../core/secret/redact";
import { count } from "../core/text";
import { writeRemedy } from "../core/whole-file";

/** A file to add: its path below the folder, with slashes, and its content. */
export interface AddedFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/**
 * Refuses a folder in which one of the files exists already, or in which something that is no folder stands where a file's folder
 * would be.
 *
 * @throws MigrationError `CLI_FILE_EXISTS`, which names all of them; `CLI_OUTPUT` where the folder is a file
 */
export function refuseExisting(folder: string, names: readonly string[]): void {
  const found = kindOf(folder);
  if (found === undefined) return;
  if (found !== "folder") throw refused(folder, "it is a file: name a folder, or one that does not exist yet");
  const taken = new Set(names.flatMap((name) => obstacle(folder, name) ?? []));
  if (taken.size === 0) return;
  throw new MigrationError({
    code: "CLI_FILE_EXISTS",
    path: "DIR",
    received: folder,
    allowed: "a folder that has none of the files that are written",
    fix: `${count(taken.size, "file is", "files are")} there already, and nothing was written: name another folder, or move them away`,
    details: [...taken],
  });
}

/**
 * Adds the files. A folder that does not exist yet appears with all of them at once; into one that exists they are put when all are
 * written. On failure nothing is left.
 *
 * @throws MigrationError `CLI_FILE_EXISTS`, `CLI_OUTPUT`
 */
export function addFiles(folder: string, files: readonly AddedFile[]): void {
  refuseExisting(
    folder,
    files.map(({ name }) => name),
  );
  const target = path.resolve(folder);
  const isNew = kindOf(target) === undefined;
  const staging = isNew
    ? path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`)
    : path.join(target, `.migration-patterns.${process.pid}.tmp`);
  const undo: (() => void)[] = [];
  try {
    makeFolder(path.dirname(staging), undo);
    undo.push(() => {
      rmSync(staging, { recursive: true, force: true });
    });
    for (const { name, content } of files) {
      const file = path.join(staging, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, typeof content === "string" ? withoutSecrets(content, { words: false }) : content);
    }
    if (isNew) {
      renameSync(staging, target);
      return;
    }
    for (const { name } of files) {
      const file = path.join(target, name);
      makeFolder(path.dirname(file), undo);
      putInPlace(path.join(staging, name), file);
      undo.push(() => {
        rmSync(file, { force: true });
      });
    }
    rmSync(staging, { recursive: true, force: true });
  } catch (error) {
    for (const step of undo.reverse()) attempt(step);
    if (error instanceof MigrationError) throw error;
    throw refused(folder, writeRemedy(error), error);
  }
}

/** Returns what stands where the file would be, by its path below the folder; undefined where nothing does. */
function obstacle(folder: string, name: string): string | undefined {
  const parts = name.split("/");
  for (let length = 1; length < parts.length; length += 1) {
    const parent = parts.slice(0, length).join("/");
    const found = kindOf(path.join(folder, parent));
    if (found === undefined) return undefined;
    if (found !== "folder") return parent;
  }
  return kindOf(path.join(folder, name)) === undefined ? undefined : name;
}

/** Returns what is at the path. A symbolic link counts as a folder where it leads to one, and else as a file. */
function kindOf(place: string): "folder" | "file" | undefined {
  try {
    if (statSync(place, { throwIfNoEntry: false })?.isDirectory() === true) return "folder";
    return lstatSync(place, { throwIfNoEntry: false }) === undefined ? undefined : "file";
  } catch {
    // Below a file, or of a name that no file can have: nothing is there, and writing says why nothing can be.
    return undefined;
  }
}

/** Makes a folder with those above it, and remembers how to remove what was made. */
function makeFolder(folder: string, undo: (() => void)[]): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = first; ; made = path.join(made, path.relative(made, folder).split(path.sep)[0] ?? "")) {
    const place = made;
    // Not with its content: what somebody else has put there meanwhile stays.
    undo.push(() => {
      rmdirSync(place);
    });
    if (made === folder) return;
  }
}

/** Puts a finished file in its place, and fails where one is there by now. */
function putInPlace(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw error;
    // A file system without links.
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  }
}

function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // What cannot be undone is no second error: the first one is reported.
  }
}

function refused(folder: string, fix: string, cause?: unknown): MigrationError {
  return new MigrationError({
    code: "CLI_OUTPUT",
    path: "DIR",
    received: folder,
    allowed: "a folder that may be written",
    fix,
    ...(cause === undefined ? {} : { cause }),
  });
}
