/** The one place of the library that opens inventory files. Everything after it works on bytes. */
import { readdir, readFile, stat } from "node:fs/promises";
import * as path from "node:path";
import { MigrationError } from "../core/error";
import type { InputFile } from "./reader";

/** The largest file that is read, in bytes. Our own limit: a workbook of 10,000 virtual machines has about a tenth of it. */
export const FILE_LIMIT = 256 * 1024 * 1024;
/** The largest size of all files that one call reads, in bytes. Our own limit. */
export const TOTAL_LIMIT = 1024 * 1024 * 1024;
/** The largest number of files that are read from one folder. Our own limit; an RVTools export has some 30 tabs. */
export const FOLDER_LIMIT = 1000;

/** The extensions of inventory files. Others in the same folder, a README for example, are passed over. */
const EXTENSIONS = new Set([".csv", ".tsv", ".txt", ".xlsx", ".yaml", ".yml", ".json"]);

/** The files at a path: one file, or a folder's files by name. */
export interface Input {
  readonly files: readonly InputFile[];
  readonly folder: boolean;
}

/**
 * Reads the file at that path, or the folder's files (not those of its subfolders) in the order of their names.
 *
 * @throws MigrationError `INVENTORY_FILE_NOT_FOUND`, `INVENTORY_FILE_UNREADABLE`, `INVENTORY_FILE_TOO_LARGE`,
 * `INVENTORY_FOLDER_EMPTY`
 */
export async function readInput(name: string): Promise<Input> {
  const found = await guarded(name, () => stat(name));
  if (!found.isDirectory()) return { files: [await readOne(name, TOTAL_LIMIT)], folder: false };
  const entries = await guarded(name, () => readdir(name, { withFileTypes: true }));
  const names = entries
    .filter((entry) => !entry.isDirectory() && isOurs(entry.name))
    .map((entry) => entry.name)
    .sort();
  if (names.length === 0) {
    throw new MigrationError({
      code: "INVENTORY_FOLDER_EMPTY",
      path: name,
      received: `a folder with ${entries.length} entries`,
      allowed: `a folder with ${[...EXTENSIONS].join(", ")} files`,
      fix: "name the folder of the export, or the file itself",
    });
  }
  if (names.length > FOLDER_LIMIT)
    throw tooLarge(name, `${names.length} files`, `a folder of at most ${FOLDER_LIMIT} files`);
  const files: InputFile[] = [];
  let left = TOTAL_LIMIT;
  for (const entry of names) {
    const file = await readOne(path.join(name, entry), left);
    left -= file.bytes.byteLength;
    files.push(file);
  }
  return { files, folder: true };
}

/**
 * Checks whether a file's name is that of an inventory file: neither a hidden file nor the lock that a spreadsheet program
 * leaves beside an open one.
 */
function isOurs(name: string): boolean {
  return !name.startsWith(".") && !name.startsWith("~$") && EXTENSIONS.has(path.extname(name).toLowerCase());
}

async function readOne(name: string, left: number): Promise<InputFile> {
  const { size, isFile } = await guarded(name, async () => {
    const found = await stat(name);
    return { size: found.size, isFile: found.isFile() };
  });
  if (!isFile) {
    throw new MigrationError({
      code: "INVENTORY_FILE_UNREADABLE",
      path: name,
      received: "a device, a pipe or a folder",
      allowed: "a regular file",
      fix: "write the inventory to a file and name that",
    });
  }
  const limit = Math.min(FILE_LIMIT, left);
  if (size > limit) throw tooLarge(name, `${size} bytes`, `at most ${limit} bytes`);
  return { name, bytes: await guarded(name, () => readFile(name)) };
}

function tooLarge(name: string, received: string, allowed: string): MigrationError {
  return new MigrationError({
    code: "INVENTORY_FILE_TOO_LARGE",
    path: name,
    received,
    allowed,
    fix: "export fewer servers at once and give several files",
  });
}

async function guarded<Result>(name: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? "unknown";
    if (reason === "ENOENT" || reason === "ENOTDIR") {
      throw new MigrationError({
        code: "INVENTORY_FILE_NOT_FOUND",
        path: name,
        fix: "there is no such file or folder: check the path, which is relative to the current folder",
        cause,
      });
    }
    throw new MigrationError({
      code: "INVENTORY_FILE_UNREADABLE",
      path: name,
      received: reason,
      allowed: "a file that this user may read",
      fix: "check the permissions of the file and of the folders above it",
      cause,
    });
  }
}
