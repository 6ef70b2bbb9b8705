/**
 * Reads YAML or JSON (which is YAML) and remembers where everything stands, so that whatever is wrong in it can be said
 * with line and column. Hostile files end in a coded error like careless ones: size and aliases are bounded.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Document, type Node } from "yaml";
import { MigrationError } from "../core/error";
import { formatLocation, type Location } from "../core/location";
import { formatPath } from "../core/props";
import type { InputFile } from "../inventory/reader";
import { lowerFirst } from "./invalid";

/** Larger documents are refused: nobody has written them by hand. */
const SIZE_LIMIT_BYTES = 16 * 1024 * 1024;

/** How many nodes aliases may stand for: enough for shared blocks, too few for a bomb. */
const ALIAS_LIMIT = 1_000;

/** A document and its places. */
export interface ReadDocument {
  readonly value: unknown;
  /** The place of the value at that path, or of the nearest thing around it that is there. */
  readonly locate: (path: readonly PropertyKey[]) => Location;
}

/**
 * Reads one document.
 *
 * @param code the error's code where the file is no such document
 * @param what what the file should be, as a phrase: `a checklist in YAML or JSON`
 * @throws MigrationError `code`
 */
export function readDocument(file: InputFile, code: string, what: string): ReadDocument {
  const fail = (place: string, fix: string, cause?: unknown): MigrationError =>
    new MigrationError({ code, path: place, allowed: what, fix, ...(cause === undefined ? {} : { cause }) });

  if (file.bytes.byteLength > SIZE_LIMIT_BYTES) {
    throw fail(file.name, `the file has ${file.bytes.byteLength} bytes, and at most ${SIZE_LIMIT_BYTES} are read`);
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(file.bytes);
  } catch (error) {
    throw fail(file.name, "save the file as UTF-8", error);
  }
  const lineCounter = new LineCounter();
  const placeAt = (offset: number): Location => {
    const { line, col } = lineCounter.linePos(offset);
    return line === 0 ? { file: file.name } : { file: file.name, line, character: col };
  };

  const parsed = parseDocuments(text, lineCounter, (error) => fail(file.name, "correct the file's syntax", error));
  const [document, second] = parsed;
  if (document === undefined || document.contents === null)
    throw fail(file.name, "the file is empty; write the document");
  const [syntaxError] = document.errors;
  if (syntaxError !== undefined) {
    throw fail(
      formatLocation(placeAt(syntaxError.pos[0])),
      `correct the syntax: ${lowerFirst(syntaxError.message)}`,
      syntaxError,
    );
  }
  if (second !== undefined) {
    throw fail(formatLocation(placeAt(second.range[0])), "the file has more than one document; keep one for each file");
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: ALIAS_LIMIT });
  } catch (error) {
    throw fail(file.name, "write out what the aliases stand for: there are too many, or one has no anchor", error);
  }
  return {
    value,
    locate: (path) => ({
      ...placeAt(offsetOf(document, path)),
      ...(path.length === 0 ? {} : { path: formatPath(path) }),
    }),
  };
}

function parseDocuments(
  text: string,
  lineCounter: LineCounter,
  fail: (error: unknown) => MigrationError,
): Document.Parsed[] {
  try {
    const parsed = parseAllDocuments(text, { lineCounter, prettyErrors: false, strict: true, uniqueKeys: true });
    // For an empty stream the parser gives an array of its own kind, without documents.
    return [...parsed] as Document.Parsed[];
  } catch (error) {
    throw fail(error);
  }
}

/** The offset of the deepest part of the path that is there: of a key where it has one, which is where people look. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  let node: Node | null | undefined = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : undefined) === String(part));
      if (pair === undefined) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value as Node | null;
    } else if (isSeq(node) && typeof part === "number") {
      node = node.items[part] as Node | undefined;
      if (node === undefined) return offset;
      offset = node.range?.[0] ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}
