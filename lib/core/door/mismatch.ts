/**
 * The comparison of a value with its shape. It reads each property once, goes no deeper than the shape does, and copies nothing:
 * constructs, and objects that others made, stay what they are.
 */
import { listed } from "../text";
import { UNRESOLVED } from "../refuse";
import { isListToken, isRecordToken } from "../token-text";
import { isUnresolved } from "../unresolved";
import { unreadable } from "./refuse-unreadable";
import type { ListShape, ObjectShape, Shape } from "./shape";
import { typeShape } from "./shapes";

/** The first thing in a value that is not as its shape says. */
export interface Mismatch {
  /** The names and numbers that lead to it; empty where it is the value itself. */
  readonly path: readonly (string | number)[];
  /** Returns what is said of it. Asked for only once it is refused: most of what does not fit is one of several kinds. */
  readonly tell: () => Told;
}

/** The words about a value that is not as its shape says. */
export interface Told {
  /** The value that came, or its kind, since an object's contents may be a secret; undefined where nothing came. */
  readonly received?: unknown;
  readonly allowed: string;
  readonly fix: string;
}

/** The strictness of a comparison. */
export interface Comparison {
  /** Whether a name that an object's shape does not have is refused. */
  readonly strict: boolean;
}

/** Deeper than any input is. Data that has itself in it would never end. */
const DEPTH_LIMIT = 64;
/** Texts that are printed: a stage, a number, a mode. Shorter than a token, and without what a connection string has. */
const WORD = /^[\w .-]{0,24}$/;
/** Names under which no text is printed. */
const SECRET = /pass(?:word|phrase)|secret|token|credential|(?:^|[a-z])key/i;

/** Returns the first mismatch of the value, or undefined where it is as the shape says. */
export function findMismatch(value: unknown, shape: Shape, comparison: Comparison): Mismatch | undefined {
  return compare(value, shape, [], comparison);
}

function compare(value: unknown, given: Shape, path: Path, comparison: Comparison): Mismatch | undefined {
  const shape = resolved(given);
  if (shape === "unknown") return undefined;
  if (path.length > DEPTH_LIMIT) return wrong(value, path, () => `data that is nested at most ${DEPTH_LIMIT} deep`);
  if (typeof shape === "string") return isKind(value, shape) ? undefined : wrong(value, path, () => KINDS[shape]);
  if ("values" in shape) {
    return (shape.values as readonly unknown[]).includes(value) ? undefined : wrong(value, path, () => phrase(shape));
  }
  if ("anyOf" in shape) return compareAny(value, shape.anyOf, path, comparison);
  if ("builtIn" in shape) return isBuiltIn(value, shape.builtIn) ? undefined : wrong(value, path, () => phrase(shape));
  if ("instanceOf" in shape) return compareMembers(value, shape, path, comparison);
  if ("listOf" in shape) return compareList(value, shape, path, comparison);
  if ("tuple" in shape) {
    if (!Array.isArray(value) || value.length !== shape.tuple.length) {
      return wrong(value, path, () => phrase(shape));
    }
    for (const [index, each] of shape.tuple.entries()) {
      const found = compareProperty(value, index, each, path, comparison);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return compareObject(value, shape, path, comparison);
}

/** The way to the value that is looked at. One list for the whole comparison: a copy for each property would cost more than it. */
type Path = (string | number)[];

const KINDS = {
  string: "a string",
  number: "a finite number",
  bigint: "a bigint",
  boolean: "true or false",
  function: "a function",
  undefined: "nothing",
} as const;

function isKind(value: unknown, kind: keyof typeof KINDS): boolean {
  return kind === "number" ? Number.isFinite(value) : typeof value === kind;
}

function isBuiltIn(value: unknown, name: string): boolean {
  if (typeof value === "string") return name === "iterable";
  if (typeof value !== "object" || value === null) return false;
  if (name === "iterable") return Symbol.iterator in value || Symbol.asyncIterator in value;
  if (name === "promise") return "then" in value;
  // A typed array of another realm, which the tests' own is, is no instance of this one's class.
  return Object.prototype.toString.call(value) === `[object ${name}]`;
}

function compareMembers(
  value: unknown,
  shape: { readonly instanceOf: string; readonly members: Readonly<Record<string, Shape>> },
  path: Path,
  comparison: Comparison,
): Mismatch | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) {
    return wrong(value, path, () => phrase(shape));
  }
  for (const name in shape.members) {
    const member = shape.members[name] ?? "unknown";
    if (!(name in value)) return wrong(value, path, () => phrase(shape));
    // What is known only to be there is not read: a getter of a class may compute it.
    const found = member === "unknown" ? undefined : compareProperty(value, name, member, path, comparison);
    if (found !== undefined) return found;
  }
  return undefined;
}

function compareList(value: unknown, shape: ListShape, path: Path, comparison: Comparison): Mismatch | undefined {
  if (!Array.isArray(value)) return wrong(value, path, () => phrase(shape));
  const item = resolved(shape.listOf);
  if (item === "unknown") return undefined;
  for (let index = 0; index < value.length; index++) {
    const found = compareProperty(value, index, item, path, comparison);
    if (found !== undefined) return found;
  }
  // Only now: an element may be a getter that throws, which has been found by then.
  if (shape.knownLength === true && isListToken(value)) return ofUnknownLength(path, LIST_OF_UNKNOWN_LENGTH);
  return undefined;
}

function compareObject(value: unknown, shape: ObjectShape, path: Path, comparison: Comparison): Mismatch | undefined {
  // A rule is a function that has its description.
  const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
  if (!isObject || Array.isArray(value)) return wrong(value, path, () => phrase(shape));
  const { required, optional } = shape;
  if (shape.knownLength === true && isRecordToken(value)) return ofUnknownLength(path, RECORD_OF_UNKNOWN_NAMES);
  if (typeof value === "function" || !isLiteral(value)) {
    const isWhole = Object.keys(required).every((name) => name in value);
    return isWhole ? undefined : wrong(value, path, () => phrase(shape));
  }
  for (const name in required) {
    const found = compareProperty(value, name, required[name] ?? "unknown", path, comparison);
    if (found !== undefined) return found;
  }
  for (const name in optional) {
    const found = compareProperty(value, name, optional[name] ?? "unknown", path, comparison, true);
    if (found !== undefined) return found;
  }
  return compareOthers(value, shape, path, comparison);
}

function compareOthers(value: object, shape: ObjectShape, path: Path, comparison: Comparison): Mismatch | undefined {
  const { required, optional, others } = shape;
  if (others === undefined && !comparison.strict) return undefined;
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(required, name) || Object.hasOwn(optional, name)) continue;
    const found =
      others === undefined
        ? unknownName(value, name, shape, path)
        : compareProperty(value, name, others, path, comparison);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Checks whether an object is written as a literal, in whichever realm. One of a class is asked for its members alone. */
function isLiteral(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function compareProperty(
  owner: object,
  name: string | number,
  shape: Shape,
  path: Path,
  comparison: Comparison,
  isOptional = false,
): Mismatch | undefined {
  let value: unknown;
  try {
    value = (owner as Readonly<Record<string | number, unknown>>)[name];
  } catch (error) {
    return {
      path: [...path, name],
      tell: () => ({ received: unreadable(error), allowed: phrase(shape), fix: "pass the value itself" }),
    };
  }
  if (value === undefined && isOptional) return undefined;
  path.push(name);
  const found = compare(value, shape, path, comparison);
  path.pop();
  if (found === undefined || !isOptional || found.path.length > path.length + 1) return found;
  return {
    path: found.path,
    tell: () => {
      const told = found.tell();
      return { ...told, fix: `${told.fix}, or leave it out` };
    },
  };
}

/**
 * Compares with each shape. Where none fits, the answer is that of the one which is meant: which has the same values as the
 * object where both name a kind, or which fits the furthest.
 */
function compareAny(
  value: unknown,
  shapes: readonly Shape[],
  path: Path,
  comparison: Comparison,
): Mismatch | undefined {
  let best: Mismatch | undefined;
  let bestScore = 0;
  for (const shape of shapes) {
    const found = compare(value, shape, path, comparison);
    if (found === undefined) return undefined;
    const score = found.path.length > path.length ? 1 + likeness(value, shape, comparison) : 0;
    if (score < bestScore) continue;
    // Two that fit as well say different things of it: then it is said of the whole.
    best = score === bestScore && !samePlace(best, found) ? undefined : found;
    bestScore = score;
  }
  return best ?? wrong(value, path, () => phrase({ anyOf: shapes }));
}

function samePlace(one: Mismatch | undefined, other: Mismatch): boolean {
  return one !== undefined && one.path.join("\n") === other.path.join("\n");
}

/** Returns how much of an object the shape has, and how much is as it says: what names a kind counts before everything else. */
function likeness(value: unknown, given: Shape, comparison: Comparison): number {
  const shape = resolved(given);
  if (typeof shape !== "object" || typeof value !== "object" || value === null) return 0;
  if ("listOf" in shape || "tuple" in shape) return Array.isArray(value) ? 1 : 0;
  if (!("required" in shape)) return 0;
  const known = { ...shape.optional, ...shape.required };
  let score = 0;
  for (const name of Object.keys(value)) {
    const property = Object.hasOwn(known, name) ? known[name] : shape.others;
    // What must be absent is not meant by what is there.
    if (property === undefined || property === "undefined") continue;
    score += 1;
    if (compareProperty(value, name, property, [], comparison) !== undefined) continue;
    const kind = resolved(property);
    score += typeof kind === "object" && "values" in kind ? 100 : 1;
  }
  return score;
}

const LIST_OF_UNKNOWN_LENGTH: Told = {
  received: "a list that only Terraform knows",
  allowed: "a list whose length is known at synthesis; its elements may be tokens",
  fix: "name each element, like [Fn.element(list, 0), Fn.element(list, 1)]: a resource is made of each",
};

const RECORD_OF_UNKNOWN_NAMES: Told = {
  received: "a map that only Terraform knows",
  allowed: "an object whose names are known at synthesis; its values may be tokens",
  fix: 'write its names, like { app: Fn.lookup(map, "app", "") }: the addresses of resources are made of them',
};

function ofUnknownLength(path: Path, told: Told): Mismatch {
  return { path: [...path], tell: () => told };
}

function unknownName(owner: object, name: string, shape: ObjectShape, path: Path): Mismatch | undefined {
  try {
    if ((owner as Readonly<Record<string, unknown>>)[name] === undefined) return undefined;
  } catch {
    // It cannot be read, and is not wanted either.
  }
  const names = [...Object.keys(shape.required), ...Object.keys(shape.optional)];
  return {
    path: [...path, name],
    tell: () => ({
      received: "a name that is not known here",
      allowed: names.length === 0 ? "no name at all" : listed(names),
      fix: "correct the name, or leave it out",
    }),
  };
}

function wrong(value: unknown, way: Path, phraseOf: () => string): Mismatch {
  const path = [...way];
  return { path, tell: () => toldOf(value, path, phraseOf()) };
}

function toldOf(value: unknown, path: Mismatch["path"], allowed: string): Told {
  if (value === undefined) return { allowed, fix: "add it: it is missing" };
  if (isToken(value)) {
    return {
      received: UNRESOLVED,
      allowed: `${allowed} that is known at synthesis`,
      fix: "write the value itself: it must be known at synthesis",
    };
  }
  return { received: received(value, path), allowed, fix: "correct the value" };
}

function isToken(value: unknown): boolean {
  try {
    return isUnresolved(value);
  } catch {
    // It has a property that cannot be read.
    return false;
  }
}

/**
 * Returns what a message says of a value: a number, a word; of everything else its kind. A text that stands where something else
 * belongs may be a connection string with its password.
 */
function received(value: unknown, path: Mismatch["path"]): unknown {
  if (value === null || typeof value === "boolean" || Number.isFinite(value)) return value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "string") return isWord(value, path) ? value : "a string";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function isWord(text: string, path: Mismatch["path"]): boolean {
  return WORD.test(text) && !path.some((name) => typeof name === "string" && SECRET.test(name));
}

/** Returns the shape in words. */
function phrase(given: Shape): string {
  const shape = resolved(given);
  if (shape === "unknown") return "any value";
  if (typeof shape === "string") return KINDS[shape];
  if ("values" in shape) {
    const values = shape.values.map((value) => (typeof value === "string" ? value : String(value)));
    return values.length === 1 ? (values[0] ?? "") : `one of ${values.join(", ")}`;
  }
  if ("anyOf" in shape) return [...new Set(shape.anyOf.map((each) => phrase(each)))].join(", or ");
  if ("builtIn" in shape) return BUILT_IN_PHRASES[shape.builtIn] ?? `a ${shape.builtIn}`;
  if ("instanceOf" in shape) {
    const name = shape.instanceOf.replace(/^I(?=[A-Z])/, "");
    return `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;
  }
  if ("listOf" in shape) return "a list";
  if ("tuple" in shape) return `a list of ${shape.tuple.length}`;
  const required = Object.keys(shape.required);
  const names = required.length > 0 ? required : Object.keys(shape.optional);
  if (names.length === 0) return "an object";
  return required.length > 0 ? `an object with ${listed(names)}` : `an object that may have ${listed(names)}`;
}

const BUILT_IN_PHRASES: Readonly<Record<string, string>> = {
  Error: "an Error",
  iterable: "something to iterate over",
  promise: "a promise",
  Uint8Array: "bytes",
};

type Resolved = Exclude<Shape, { readonly named: string }>;

function resolved(shape: Shape): Resolved {
  let found = shape;
  while (typeof found === "object" && "named" in found) found = typeShape(found.named);
  return found;
}
