/** YAML with the places of its parts, and bounds on what a hostile text may cost. */
import type { Document, LineCounter } from "yaml";
import { MigrationError } from "../error";
import { addedByAliases } from "./alias-weight";
import { placeOf, syntaxError, type DocumentPurpose, type ParsedDocument } from "./model";
import { faultOf, OTHER_FAULT, SYNTAX_FAULTS } from "./yaml-faults";
import { yaml } from "./yaml";

/**
 * The largest YAML text that is read, in characters. Our own limit: the parser keeps a node for every value, some 100 bytes
 * of memory for each of the text. JSON has no such tree, and no limit but the file's.
 */
export const YAML_LIMIT = 8 * 1024 * 1024;

/** How many values aliases may add to what the file itself says. Our own limit, against the "billion laughs". */
export const ALIAS_LIMIT = 1_000_000;

/**
 * The documents of the text. Where it is to be one, a second is an error; where it may be many, there may be none.
 *
 * @throws MigrationError with the purpose's codes
 */
export function readYaml(
  file: string,
  text: string,
  purpose: DocumentPurpose,
  count: "one" | "many",
): ParsedDocument[] {
  if (text.length > YAML_LIMIT) {
    throw new MigrationError({
      code: purpose.tooLargeCode ?? purpose.code,
      path: file,
      received: `${text.length} characters`,
      allowed: `YAML of at most ${YAML_LIMIT} characters`,
      fix: "write it as JSON, or split it into several files",
    });
  }
  const lines = new (yaml().LineCounter)();
  let aliasesLeft = ALIAS_LIMIT;
  return parse(file, text, purpose, count, lines).map((document) => {
    const [error] = document.errors;
    if (error !== undefined) {
      throw syntaxError(purpose, placeOf(file, lines, error.pos[0], []), SYNTAX_FAULTS[error.code] ?? OTHER_FAULT);
    }
    let value: unknown;
    try {
      aliasesLeft -= addedByAliases(document.contents, aliasesLeft);
      if (aliasesLeft < 0) throw aliasError(file, purpose);
      // The parser's own count is of uses, not of size; the size has just been checked.
      value = document.toJS({ maxAliasCount: -1 });
    } catch (cause) {
      if (cause instanceof MigrationError) throw cause;
      throw syntaxError(purpose, { file }, ...faultOf(cause));
    }
    return { value, ...placesIn(document, file, lines) };
  });
}

function parse(
  file: string,
  text: string,
  purpose: DocumentPurpose,
  count: "one" | "many",
  lineCounter: LineCounter,
): Document.Parsed[] {
  const options = { lineCounter, prettyErrors: false, logLevel: "error", merge: true, uniqueKeys: true } as const;
  try {
    if (count === "one") return [yaml().parseDocument(text, options)];
    // For an empty stream the parser gives an array of its own kind, without documents.
    return [...yaml().parseAllDocuments(text, options)] as Document.Parsed[];
  } catch (cause) {
    throw syntaxError(purpose, { file }, ...faultOf(cause));
  }
}

/** Where a path leads. */
interface Trail {
  /** Where the last step that is there stands: at its key where it has one, for that is what people look for. */
  readonly offset: number;
  /** What the whole path leads to. */
  readonly node: unknown;
}

function placesIn(document: Document.Parsed, file: string, lines: LineCounter): Omit<ParsedDocument, "value"> {
  const { isAlias, isMap, isNode, isScalar, isSeq } = yaml();
  // The parser looks through the whole document for an anchor.
  const anchored = new Map<unknown, unknown>();
  const resolved = (node: unknown): unknown => {
    if (!isAlias(node)) return node;
    if (!anchored.has(node)) anchored.set(node, node.resolve(document));
    return anchored.get(node);
  };
  const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

  const follow = (path: readonly PropertyKey[]): Trail => {
    let node: unknown = document.contents;
    let offset = startOf(node) ?? 0;
    for (const step of path) {
      const parent = resolved(node);
      if (isMap(parent)) {
        const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
        if (pair === undefined) return { offset, node: undefined };
        offset = startOf(pair.key) ?? offset;
        node = pair.value;
      } else {
        const item: unknown = isSeq(parent) && typeof step === "number" ? parent.items[step] : undefined;
        if (item === undefined) return { offset, node: undefined };
        offset = startOf(item) ?? offset;
        node = item;
      }
    }
    return { offset, node };
  };

  return {
    locate: (path) => placeOf(file, lines, follow(path).offset, path),
    literal: (path) => {
      const node = resolved(follow(path).node);
      const plain = isScalar(node) && (typeof node.value === "number" || typeof node.value === "boolean");
      return plain ? node.source : undefined;
    },
  };
}

function aliasError(file: string, { code, aliasesCode = code }: DocumentPurpose): MigrationError {
  return new MigrationError({
    code: aliasesCode,
    path: file,
    allowed: `aliases that add at most ${ALIAS_LIMIT} values`,
    fix: "write the repeated parts out, or repeat less",
  });
}
