import { readDocument } from "../core/document/document";
import type { ParsedDocument } from "../core/document/model";
import { MigrationError } from "../core/error";
import { openDocument, type DocumentFile } from "./open-document";

/** A document that has been read, with the name by which messages refer to it. */
export interface NamedDocument extends ParsedDocument {
  readonly name: string;
}

/**
 * Reads a document that must not be empty.
 *
 * @param code the error's code where the file is no such document
 * @param what the document that is expected, as a phrase: `a checklist in YAML or JSON`
 * @throws MigrationError `code`
 */
export function readNonEmptyDocument(source: DocumentFile, code: string, what: string): NamedDocument {
  const { name, bytes } = openDocument(source, code);
  const document = readDocument({ name, content: bytes }, { code, allowed: what });
  if (document.value === null || document.value === undefined) {
    throw new MigrationError({ code, path: name, allowed: what, fix: "the file is empty; write the document" });
  }
  return { name, ...document };
}
