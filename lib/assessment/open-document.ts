import { readFileSync } from "node:fs";
import { MigrationError } from "../core/error";
import type { InputFile } from "../inventory/reader";

/** A document that somebody has written: its path, or its bytes with the name that errors and findings call it by. */
export type DocumentFile = string | InputFile;

/**
 * The document's bytes. Read at once rather than asynchronously: the documents are small, and an app reads them before it
 * makes its first construct.
 *
 * @throws MigrationError with that code, where the file cannot be read
 */
export function openDocument(file: DocumentFile, code: string): InputFile {
  if (typeof file !== "string") return file;
  try {
    return { name: file, bytes: readFileSync(file) };
  } catch (cause) {
    throw new MigrationError({
      code,
      path: file,
      allowed: "a file that can be read",
      fix: `check the path, which counts from the current folder (${cause instanceof Error ? cause.message : String(cause)})`,
      cause,
    });
  }
}
