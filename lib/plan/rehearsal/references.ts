/**
 * ```ts
 * referencesOf("wave-1", { vpc_id: "${aws_vpc.main.id}" }); // [{ path: "vpc_id", target: "wave-1/aws_vpc.main", attribute: "id" }]
 * ```
 *
 * Finds the references between resources. The expression `${aws_instance.web.id}` is the same text before and after the server
 * is replaced, and its value is not: a comparison of texts alone would miss the volume attachment that is replaced with it.
 */
import { block, type Block } from "./stack-terraform";

/** A reference in the configuration of a resource. */
export interface Reference {
  /** The path of the attribute that contains the reference, without indexes. */
  readonly path: string;
  /** The address of the target, with its stack. */
  readonly target: string;
  /** The attribute of the target; absent where the whole object is meant. */
  readonly attribute?: string;
  /** The attribute within `attribute`: the output's name where the target is another stack's state. */
  readonly inner?: string;
}

// data.TYPE.NAME, TYPE.NAME, or local, var and module with a NAME, an index or a splat, an attribute and the one within it.
const ADDRESS =
  /(?<![\w.-])(?:(local|var|module)\.([A-Za-z_][\w-]*)|((?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]+)\.([A-Za-z_][\w-]*))(?:\[[^\]]*\])?(?:\.([A-Za-z_*][\w-]*))?(?:\[[^\]]*\])?(?:\.([A-Za-z_][\w-]*))?/g;

/** Returns the references in a configuration. */
export function referencesOf(stack: string, config: Block): Reference[] {
  const references: Reference[] = [];
  for (const [key, value] of Object.entries(config)) collect(stack, key, value, references);
  return references;
}

/** Returns the references in the value of the attribute at `path`. */
export function referencesIn(stack: string, path: string, value: unknown): Reference[] {
  const references: Reference[] = [];
  collect(stack, path, value, references);
  return references;
}

function collect(stack: string, path: string, value: unknown, into: Reference[]): void {
  if (typeof value === "string") into.push(...expressionReferences(stack, path, value));
  else if (Array.isArray(value)) for (const each of value) collect(stack, path, each, into);
  else for (const [key, each] of Object.entries(block(value))) collect(stack, `${path}.${key}`, each, into);
}

function* expressionReferences(stack: string, path: string, text: string): Iterable<Reference> {
  for (const expression of expressionsIn(text)) {
    for (const match of expression.matchAll(ADDRESS)) {
      const [, prefix, itsName, type, name, attribute, inner] = match;
      const address = prefix === undefined ? `${type ?? ""}.${name ?? ""}` : `${prefix}.${itsName ?? ""}`;
      yield {
        path,
        target: `${stack}/${address}`,
        ...(attribute === undefined || attribute === "*" ? {} : { attribute }),
        ...(inner === undefined ? {} : { inner }),
      };
    }
  }
}

/** Yields what is between each `${` and `}`: literal text may look like an address and is none. */
export function* expressionsIn(text: string): Iterable<string> {
  for (let start = text.indexOf("${"); start >= 0; start = text.indexOf("${", start + 2)) {
    if (text.charAt(start - 1) !== "$") yield text.slice(start + 2, endOfExpression(text, start + 2));
  }
}

/** Returns the place of the `}` that ends the expression which begins at `start`, or the end of the text. */
export function endOfExpression(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}
