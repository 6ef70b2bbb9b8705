import { readFile, stat } from "node:fs/promises";
import { MigrationError } from "../core/error";
import type { InputFile } from "../inventory/reader";
import { fileRemedy } from "./file-remedies";

/**
 * Reads a document that somebody has written: a checklist, waivers. A pipe is read too, so that
 * `--waivers <(generate)` works; a device, which may never end, is not.
 *
 * @throws MigrationError `CLI_INPUT_FILE`
 */
export async function documentFile(option: string, name: string): Promise<InputFile> {
  const refuse = (fix: string, cause?: unknown): MigrationError =>
    new MigrationError({
      code: "CLI_INPUT_FILE",
      path: option,
      received: name,
      allowed: "a file that can be read",
      fix,
      ...(cause === undefined ? {} : { cause }),
    });
  try {
    const found = await stat(name);
    if (found.isFile() || found.isFIFO()) return { name, bytes: await readFile(name) };
  } catch (cause) {
    throw refuse(fileRemedy(cause), cause);
  }
  throw refuse("name a file, and neither a folder nor a device");
}
