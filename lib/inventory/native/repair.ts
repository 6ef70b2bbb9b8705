/**
 * Repairs a value that a schema refuses: `repair(serverSchema, value)` keeps the parts that pass and reports the others. One
 * misspelt key must not cost a server, and a server without a name must not cost the file: so the refused parts are taken
 * out, smallest first, until the rest passes. What was taken out is reported with its path in the value as it was given.
 */
import type { z } from "zod";
import type { DocumentPath } from "../../core/document/model";
import { lowerFirst } from "../../core/text";

/** A part that was taken out, and the reason. */
export interface Removal {
  readonly path: DocumentPath;
  /** The reason as a phrase, without the value itself. */
  readonly reason: string;
}

/** The result of {@link repair}. */
export type Repaired<Value> =
  | { readonly value: Value; readonly removed: readonly Removal[] }
  | { readonly value: undefined; readonly removed: readonly Removal[]; readonly refused: Removal };

/** A function that returns the text of a scalar that was read as a number where a text is wanted: `version: 22.10`. */
export type Literal = (path: DocumentPath) => string | undefined;

/**
 * The number of attempts: parts are taken out as single values, then as whole items of lists; a value that still fails then
 * is refused.
 */
const ROUNDS = 3;

/** Applies the schema to the value, and takes out what it refuses. */
export function repair<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  literal: Literal,
): Repaired<z.output<Schema>> {
  const edits = new Edits();
  const removals = new Map<string, Removal>();
  for (let round = 1; ; round += 1) {
    const { edited, origin } = edits.apply(value);
    const result = schema.safeParse(edited, { reportInput: false });
    if (result.success) return { value: result.data, removed: [...removals.values()] };
    let progress = false;
    for (const issue of result.error.issues) {
      for (const fault of faultsOf(issue)) {
        const path = origin(fault.path);
        // Nothing behind a key means the same as no key.
        if (valueAt(value, path) === null && edits.remove(path)) {
          progress = true;
          continue;
        }
        const text = fault.wantsText ? literal(path) : undefined;
        if (text !== undefined && edits.replace(path, text)) {
          progress = true;
          continue;
        }
        const target = round === 1 ? path : enclosingItem(path);
        // A required value that was refused is now missing: it goes with its item, and the first reason is the true one.
        const earlier = removals.get(JSON.stringify(path));
        const reason = earlier?.reason ?? fault.reason;
        if (round > 1) removals.delete(JSON.stringify(path));
        if (round === ROUNDS || target === undefined || target.length === 0) {
          return { value: undefined, removed: [...removals.values()], refused: { path, reason } };
        }
        if (edits.remove(target)) {
          progress = true;
          const inside = `is refused, because its ${relative(path, target)} ${reason}`;
          removals.set(JSON.stringify(target), {
            path: target,
            reason: target.length === path.length ? reason : inside,
          });
        }
      }
    }
    if (!progress && round > 1) {
      const [issue] = result.error.issues;
      return {
        value: undefined,
        removed: [...removals.values()],
        refused: { path: origin(plain(issue?.path ?? [])), reason: phrase(issue?.message ?? "") },
      };
    }
  }
}

interface Fault {
  readonly path: DocumentPath;
  readonly reason: string;
  readonly wantsText: boolean;
}

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  const path = plain(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...path, key], reason: "is not a key of the format", wantsText: false }));
  }
  return [
    { path, reason: phrase(issue.message), wantsText: issue.code === "invalid_type" && issue.expected === "string" },
  ];
}

/** Turns zod's sentence into a phrase that follows a path. */
function phrase(message: string): string {
  if (message.endsWith("received undefined")) return "is missing";
  return `is refused: ${lowerFirst(message)}`;
}

function plain(path: readonly PropertyKey[]): (string | number)[] {
  return path.map((step) => (typeof step === "number" ? step : String(step)));
}

function valueAt(value: unknown, path: DocumentPath): unknown {
  return path.reduce<unknown>(
    (node, step) =>
      typeof node === "object" && node !== null && Object.hasOwn(node, step)
        ? (node as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );
}

/** Returns the path up to and with its last index, which is the item of a list that the value is in. */
function enclosingItem(path: DocumentPath): DocumentPath | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    if (typeof path[length - 1] === "number") return path.slice(0, length);
  }
  return undefined;
}

function relative(path: DocumentPath, base: DocumentPath): string {
  return path.slice(base.length).map(String).join(".");
}

/** Changes to a value that is itself never changed, addressed by paths in the original. */
class Edits {
  private readonly removals = new Set<string>();
  private readonly replacements = new Map<string, string>();

  public remove(path: DocumentPath): boolean {
    const key = JSON.stringify(path);
    if (this.removals.has(key)) return false;
    this.removals.add(key);
    return true;
  }

  public replace(path: DocumentPath, text: string): boolean {
    const key = JSON.stringify(path);
    if (this.replacements.has(key)) return false;
    this.replacements.set(key, text);
    return true;
  }

  /**
   * Returns the value with the changes made, and a function that maps a path in it to one in the original: indexes shift
   * where items were removed.
   */
  public apply(value: unknown): { edited: unknown; origin: (path: DocumentPath) => DocumentPath } {
    if (this.removals.size === 0 && this.replacements.size === 0) return { edited: value, origin: (path) => path };
    const kept = new Map<string, readonly number[]>();
    const copy = (node: unknown, path: DocumentPath): unknown => {
      const key = JSON.stringify(path);
      const replacement = this.replacements.get(key);
      if (replacement !== undefined) return replacement;
      if (typeof node !== "object" || node === null) return node;
      if (Array.isArray(node)) {
        const indexes = [...node.keys()].filter((index) => !this.removals.has(JSON.stringify([...path, index])));
        kept.set(key, indexes);
        return indexes.map((index) => copy(node[index], [...path, index]));
      }
      return Object.fromEntries(
        Object.entries(node)
          .filter(([name]) => !this.removals.has(JSON.stringify([...path, name])))
          .map(([name, child]) => [name, copy(child, [...path, name])]),
      );
    };
    const origin = (path: DocumentPath): DocumentPath => {
      const original: (string | number)[] = [];
      for (const step of path) {
        const indexes = typeof step === "number" ? kept.get(JSON.stringify(original)) : undefined;
        original.push(typeof step === "number" ? (indexes?.[step] ?? step) : step);
      }
      return original;
    };
    return { edited: copy(value, []), origin };
  }
}
