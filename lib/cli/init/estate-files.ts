/** The inventory of a repo: copies of the user's own files, below `estate/`. */
import { readInput } from "../../inventory/input-files";
import * as path from "node:path";
import type { AddedFile } from "../add-files";

/** The inventory files of a repo. */
export interface EstateFiles {
  /** The files and folders as the repo names them, the most trusted first: `estate/export.xlsx`. */
  readonly paths: readonly string[];
  readonly files: readonly AddedFile[];
}

/** The folder of the inventory in a repo. */
export const ESTATE_FOLDER = "estate";

/**
 * Copies inventory files, and of folders those files that are read. Two of one name get a number.
 *
 * @throws MigrationError those of `readInput`
 */
export async function copyEstate(names: readonly string[]): Promise<EstateFiles> {
  const paths: string[] = [];
  const files: AddedFile[] = [];
  for (const name of names) {
    const input = await readInput(name);
    const target = free(`${ESTATE_FOLDER}/${path.basename(path.resolve(name))}`, paths);
    paths.push(target);
    for (const file of input.files) {
      files.push({ name: input.folder ? `${target}/${path.basename(file.name)}` : target, content: file.bytes });
    }
  }
  return { paths, files };
}

/** Returns the path, with a number before its extension where it is taken. Case does not count, as on many file systems. */
function free(wanted: string, taken: readonly string[]): string {
  const { dir, name, ext } = path.posix.parse(wanted);
  const isTaken = (candidate: string): boolean => taken.some((each) => each.toLowerCase() === candidate.toLowerCase());
  let candidate = wanted;
  for (let number = 2; isTaken(candidate); number += 1) candidate = `${dir}/${name}-${number}${ext}`;
  return candidate;
}
