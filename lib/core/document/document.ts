/**
 * ```ts
 * const { value, locate } = readDocument({ name: "checklist.yaml", content: bytes }, { code: "…", allowed: "a checklist" });
 * locate(["licences", 0]); // { file: "checklist.yaml", line: 12, character: 5, path: "licences[0]" }
 * ```
 *
 * The value of a YAML or JSON text and, for any path into it, the line and character where the user wrote it. Text that
 * cannot be read ends in a coded error with its place; what stands in the file is never part of a message, because people
 * keep secrets in such files. The code is the caller's, for only the caller knows what the file was to be.
 */
import { MigrationError } from "../error";
import { readJson } from "./json-text";
import { DOCUMENT_LIMIT } from "./limits";
import { boundError, type DocumentPurpose, type ParsedDocument } from "./model";
import { readYaml } from "./yaml-text";

/** A document to read: a text, or bytes that must be UTF-8. */
export interface DocumentSource {
  /** The file as the user named it. */
  readonly name: string;
  readonly content: string | Uint8Array;
}

/**
 * Reads the text as JSON, or else as one YAML 1.2 document with merge keys (`<<`). The value of an empty text is `null`.
 *
 * @throws MigrationError with the purpose's codes
 */
export function readDocument(source: DocumentSource, purpose: DocumentPurpose): ParsedDocument {
  const text = textOf(source, purpose);
  const document = readJson(source.name, text, purpose) ?? readYaml(source.name, text, purpose, "one")[0];
  return document ?? { value: null, locate: () => ({ file: source.name }), literal: () => undefined };
}

/**
 * Reads the text as JSON, or else as a stream of YAML documents, of which those without content are left out.
 *
 * @throws MigrationError with the purpose's codes
 */
export function readDocuments(source: DocumentSource, purpose: DocumentPurpose): ParsedDocument[] {
  const text = textOf(source, purpose);
  const json = readJson(source.name, text, purpose);
  const documents = json === undefined ? readYaml(source.name, text, purpose, "many") : [json];
  return documents.filter(({ value }) => value !== null && value !== undefined);
}

function textOf({ name, content }: DocumentSource, { code, allowed, tooLargeCode = code }: DocumentPurpose): string {
  if (content.length > DOCUMENT_LIMIT) {
    throw boundError(
      tooLargeCode,
      { file: name },
      {
        received: `${content.length} ${typeof content === "string" ? "characters" : "bytes"}`,
        allowed: `at most ${DOCUMENT_LIMIT} of them`,
        fix: "split it into several files",
      },
    );
  }
  if (typeof content === "string") return content.replace(/^\uFEFF/, "");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch (cause) {
    throw new MigrationError({ code, path: name, allowed, fix: "save the file as UTF-8", cause });
  }
}
