/** YAML with the places of its parts, and bounds on what a hostile text may cost. */
import type { Alias, Document, Pair, YAMLMap } from "yaml";
import type { MigrationError } from "../error";
import { ALIAS_LIMIT, YAML_LIMIT } from "./limits";
import { linesOf, type Lines } from "./lines";
import {
  boundError,
  DUPLICATE_KEY,
  placeOf,
  syntaxError,
  tooDeepError,
  type DocumentPurpose,
  type ParsedDocument,
} from "./model";
import { faultOf, UNKNOWN_ALIAS } from "./yaml-faults";
import { checkNodes, type NodeFault } from "./yaml-nodes";
import { composeYaml } from "./yaml-stream";
import { yaml } from "./yaml";

/**
 * Returns the documents of the text. Where it is to be one, a second is an error; where it may be many, there may be none.
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
    throw boundError(
      purpose.tooLargeCode ?? purpose.code,
      { file },
      {
        received: `${text.length} characters`,
        allowed: `YAML of at most ${YAML_LIMIT} characters`,
        fix: "write it as JSON, or split it into several files",
      },
    );
  }
  const lines = linesOf(text);
  let aliasesLeft = ALIAS_LIMIT;
  return composeYaml({ file, text, lines, purpose, count }).map((document) => {
    const checked = checkNodes(document, aliasesLeft);
    if ("fault" in checked) throw nodeError(file, lines, purpose, checked);
    aliasesLeft -= checked.added;
    let value: unknown;
    try {
      // The parser's own count is of uses, not of size; the size has just been checked.
      value = document.toJS({ maxAliasCount: -1 });
    } catch (cause) {
      throw syntaxError(purpose, { file }, ...faultOf(cause));
    }
    return { value, ...placesIn(document, checked.targets, file, lines) };
  });
}

/** Returns the error for what the walk over the nodes has found. */
function nodeError(file: string, lines: Lines, purpose: DocumentPurpose, { fault, offset }: NodeFault): MigrationError {
  const place = placeOf(file, lines, offset, []);
  switch (fault) {
    case "alias-count":
      return boundError(purpose.aliasesCode ?? purpose.code, place, {
        received: `aliases that add more than ${ALIAS_LIMIT} values`,
        allowed: `aliases that add at most ${ALIAS_LIMIT} values`,
        fix: "write the repeated parts out, or repeat less",
      });
    case "alias-unknown":
      return syntaxError(purpose, place, ...UNKNOWN_ALIAS);
    case "collection-key":
      return syntaxError(purpose, place, "a list or a mapping stands as a key", "write a text as the key, in quotes");
    case "depth":
      return tooDeepError(purpose, place);
    case "duplicate-key":
      return syntaxError(purpose, place, DUPLICATE_KEY);
  }
}

/** The end of a path through a document. */
interface Trail {
  /** The offset of the last step of the path that exists: of its key where it has one, for that is what people look for. */
  readonly offset: number;
  /** The node at the end of the whole path; undefined where it does not exist. */
  readonly node: unknown;
}

function placesIn(
  document: Document.Parsed,
  targets: ReadonlyMap<Alias, unknown>,
  file: string,
  lines: Lines,
): Omit<ParsedDocument, "value"> {
  const { isAlias, isMap, isNode, isScalar, isSeq } = yaml();
  const resolved = (node: unknown): unknown => (isAlias(node) ? targets.get(node) : node);
  const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

  // A mapping may have as many faults as keys, and each fault is looked up.
  const indexes = new Map<YAMLMap, Map<string, Pair>>();
  const pairOf = (map: YAMLMap, key: string): Pair | undefined => {
    let index = indexes.get(map);
    if (index === undefined) {
      index = new Map(map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair]] : [])));
      indexes.set(map, index);
    }
    return index.get(key);
  };

  const follow = (path: readonly PropertyKey[]): Trail => {
    let node: unknown = document.contents;
    let offset = startOf(node) ?? 0;
    for (const step of path) {
      const parent = resolved(node);
      if (isMap(parent)) {
        const pair = pairOf(parent, String(step));
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
