import { readFileSync } from "node:fs";
import { MigrationError } from "../core/error";
import type { InputFile } from "../inventory/reader";

/** A document's file: its path, or its bytes with the name by which errors and findings refer to it. */
export type DocumentFile = string | InputFile;

/**
 * Reads the document's bytes, synchronously: the documents are small, and an app reads them before it makes its first
 * construct.
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
      fix: `check the path, which is relative to the current folder (${cause instanceof Error ? cause.message : String(cause)})`,
      cause,
    });
  }
}
