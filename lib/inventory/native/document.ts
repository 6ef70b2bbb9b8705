/**
 * `parseDocument("estate.yaml", text)` gives the value of a YAML or JSON text and, for any path into it, the line and
 * character where the user wrote it. Text that cannot be read ends in a coded error with its place; what stands in the file
 * is never part of a message, because people keep secrets in such files.
 */
import { isAlias, isMap, isNode, isScalar, LineCounter, parseDocument as parseYaml } from "yaml";
import type { Document, Range, YAMLError } from "yaml";
import { MigrationError } from "../../core/error";
import { formatLocation, type Location } from "../../core/location";
import { addedByAliases } from "./alias-weight";
import { scanJson, type DocumentPath } from "./json-scan";

/** A document that could be read. */
export interface ParsedDocument {
  readonly value: unknown;
  /** The place of the value at that path, or of the nearest thing around it that the file has. */
  locate(path: DocumentPath): Location;
  /** The unquoted scalar at that path as it is written: `22.10`, which as a number would be 22.1. */
  literal(path: DocumentPath): string | undefined;
}

/**
 * The largest YAML text that is read, in characters. Our own limit: the parser keeps a node for every value, some 100 bytes
 * of memory for each of the text. JSON has no such tree, and no limit but the file's.
 */
export const YAML_LIMIT = 8 * 1024 * 1024;

/** How many values aliases may add to what the file itself says. Our own limit, against the "billion laughs". */
export const ALIAS_LIMIT = 1_000_000;

/**
 * Reads the text as JSON, or else as one YAML 1.2 document with merge keys (`<<`).
 *
 * @throws MigrationError `INVENTORY_DOCUMENT_SYNTAX`, `INVENTORY_DOCUMENT_ALIASES`, `INVENTORY_DOCUMENT_TOO_LARGE`
 */
export function parseDocument(file: string, text: string): ParsedDocument {
  return parseJson(file, text) ?? parseYamlText(file, text);
}

function parseJson(file: string, text: string): ParsedDocument | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // A YAML document may start with a bracket too, and its parser knows where the fault is.
    return undefined;
  }
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
  const place = (offset: number, path: DocumentPath): Location => placeOf(file, lines, offset, path);
  // The places of the list's items are kept; whatever is deeper is looked for from there.
  const shallow = new Map<string, number>();
  scanJson(text, 0, (path, offset, duplicateKey) => {
    if (duplicateKey)
      throw syntaxError(place(offset, path), "the key stands twice in the same mapping", "keep one of the two");
    if (path.length <= 2) shallow.set(JSON.stringify(path), offset);
    return true;
  });
  const offsetOf = (path: DocumentPath): number => {
    const depth = Math.min(path.length, 2);
    let offset = shallow.get(JSON.stringify(path.slice(0, depth)));
    if (offset === undefined) return depth === 0 ? 0 : offsetOf(path.slice(0, depth - 1));
    const rest = path.slice(depth);
    let reached = 0;
    if (rest.length > 0) {
      scanJson(text, offset, (at, found) => {
        if (at.length > reached && at.every((step, index) => step === rest[index])) {
          reached = at.length;
          offset = found;
        }
        return reached < rest.length;
      });
    }
    return offset;
  };
  return { value, locate: (path) => place(offsetOf(path), path), literal: () => undefined };
}

function parseYamlText(file: string, text: string): ParsedDocument {
  if (text.length > YAML_LIMIT) {
    throw new MigrationError({
      code: "INVENTORY_DOCUMENT_TOO_LARGE",
      path: file,
      received: `${text.length} characters`,
      allowed: `YAML of at most ${YAML_LIMIT} characters`,
      fix: "write the inventory as JSON, or split it into several files",
    });
  }
  const lines = new LineCounter();
  let document: Document.Parsed;
  try {
    document = parseYaml(text, { lineCounter: lines, prettyErrors: false, logLevel: "error", merge: true });
  } catch (cause) {
    throw syntaxError({ file }, faultOf(cause), "write the document with less nesting");
  }
  const [error] = document.errors;
  if (error !== undefined)
    throw syntaxError(placeOf(file, lines, error.pos[0], []), SYNTAX_FAULTS[error.code] ?? OTHER_FAULT);
  let value: unknown;
  try {
    if (addedByAliases(document.contents, ALIAS_LIMIT) > ALIAS_LIMIT) throw aliasError(file);
    // The parser's own count is of uses, not of size; the size has just been checked.
    value = document.toJS({ maxAliasCount: -1 });
  } catch (cause) {
    if (cause instanceof MigrationError) throw cause;
    throw syntaxError({ file }, faultOf(cause), "declare every anchor (&name) before the alias (*name) that uses it");
  }
  const nodeAt = (path: DocumentPath): unknown => {
    const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
    return isAlias(node) ? node.resolve(document) : node;
  };
  return {
    value,
    locate: (path) => {
      for (let length = path.length; length >= 0; length -= 1) {
        const range = rangeOf(path.slice(0, length), nodeAt);
        if (range !== undefined) return placeOf(file, lines, range[0], path);
      }
      return { file };
    },
    literal: (path) => {
      const node = nodeAt(path);
      return isScalar(node) && (typeof node.value === "number" || typeof node.value === "boolean")
        ? node.source
        : undefined;
    },
  };
}

/** Where the value at the path stands: with its key where it has one, for that is what people look for. */
function rangeOf(path: DocumentPath, nodeAt: (path: DocumentPath) => unknown): Range | undefined {
  const key = path.at(-1);
  const parent = typeof key === "string" ? nodeAt(path.slice(0, -1)) : undefined;
  const pair = isMap(parent)
    ? parent.items.find((each) => isScalar(each.key) && String(each.key.value) === key)
    : undefined;
  const node = pair === undefined ? nodeAt(path) : pair.key;
  return isNode(node) ? (node.range ?? undefined) : undefined;
}

function placeOf(file: string, lines: LineCounter, offset: number, path: DocumentPath): Location {
  const { line, col } = lines.linePos(offset);
  return {
    file,
    ...(line > 0 ? { line, character: Math.max(col, 1) } : {}),
    ...(path.length === 0 ? {} : { path: formatDocumentPath(path) }),
  };
}

/** The path as people write it: `servers[3].disks[0].capacityMiB`. */
export function formatDocumentPath(path: DocumentPath): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

/** What each of the parser's error codes means to whoever wrote the file. Its own messages quote the text. */
const SYNTAX_FAULTS: Readonly<Partial<Record<YAMLError["code"], string>>> = {
  BAD_ALIAS: "an alias or anchor has no valid name",
  BAD_DQ_ESCAPE: "a double-quoted text has an escape that YAML does not know",
  BAD_INDENT: "the indentation fits neither the lines above nor a deeper level",
  BAD_SCALAR_START: "a plain text starts with a character that must be quoted",
  BLOCK_AS_IMPLICIT_KEY: "a nested mapping stands on one line, often because a text with a colon is not quoted",
  BLOCK_IN_FLOW: "an indented block stands inside brackets",
  DUPLICATE_KEY: "the key stands twice in the same mapping",
  KEY_OVER_1024_CHARS: "a key is longer than 1,024 characters",
  MISSING_CHAR: "a bracket, a quote, a comma or a colon is missing",
  MULTILINE_IMPLICIT_KEY: "a key goes over more than one line, often because a colon or a quote is missing",
  MULTIPLE_DOCS: "the file has more than one document (a second ---)",
  TAB_AS_INDENT: "a tab is used to indent, which YAML does not allow",
};

const OTHER_FAULT = "the text is not valid YAML or JSON";

function faultOf(cause: unknown): string {
  if (cause instanceof RangeError) return "the document is nested too deeply";
  return cause instanceof ReferenceError ? "an alias names no anchor before it, or one that contains it" : OTHER_FAULT;
}

function aliasError(file: string): MigrationError {
  return new MigrationError({
    code: "INVENTORY_DOCUMENT_ALIASES",
    path: file,
    allowed: `aliases that add at most ${ALIAS_LIMIT} values`,
    fix: "write the repeated parts out, or repeat less",
  });
}

function syntaxError(place: Location, fault: string, fix = "correct the text at that place"): MigrationError {
  return new MigrationError({
    code: "INVENTORY_DOCUMENT_SYNTAX",
    path: formatLocation(place),
    allowed: "one YAML or JSON document",
    fix: `${fault}: ${fix}`,
  });
}
