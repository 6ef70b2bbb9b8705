import { readDocument } from "../core/document/document";
import type { ParsedDocument } from "../core/document/model";
import { MigrationError } from "../core/error";
import { openDocument, type DocumentFile } from "./open-document";

/** A document that somebody has written, and the name that messages call it by. */
export interface WrittenDocument extends ParsedDocument {
  readonly name: string;
}

/**
 * Reads one document.
 *
 * @param code the error's code where the file is no such document
 * @param what what the file should be, as a phrase: `a checklist in YAML or JSON`
 * @throws MigrationError `code`
 */
export function readWritten(source: DocumentFile, code: string, what: string): WrittenDocument {
  const { name, bytes } = openDocument(source, code);
  const document = readDocument({ name, content: bytes }, { code, allowed: what });
  if (document.value === null || document.value === undefined) {
    throw new MigrationError({ code, path: name, allowed: what, fix: "the file is empty; write the document" });
  }
  return { name, ...document };
}
