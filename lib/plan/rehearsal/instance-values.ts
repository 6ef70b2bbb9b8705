/**
 * The attributes that take their values from `for_each` (Terraform documentation, the for_each meta-argument). The expression
 * `${each.value.size}` is the same text before and after the map of `for_each` changes, and its value is not.
 */
import { expressionsIn } from "./references";
import { block, canonical, type Block } from "./synthesis";

/** An attribute whose value changes with `for_each`. */
export interface InstanceChange {
  readonly path: string;
  /** Whether the values are in the code, and differ for an instance that stays. */
  readonly certain: boolean;
}

// each.value, or an attribute of it by its name alone.
const EACH = /(?<![\w.-])each\.(key|value)\b((?:\.[A-Za-z_][\w-]*)*)(\[?)/g;

/** Returns the attributes whose values change because the map of `for_each` does, for the instances that stay. */
export function changedByInstances(before: Block, after: Block): InstanceChange[] {
  const [old, young] = [before["for_each"], after["for_each"]];
  if (old === undefined || young === undefined || canonical(old) === canonical(young)) return [];
  const literal = isLiteralMap(old) && isLiteralMap(young);
  return [...eachIn("", after)].flatMap(([path, members]): InstanceChange[] => {
    if (!literal) return [{ path, certain: false }];
    const differs = Object.entries(block(young)).some(([key, value]) => {
      const previous = block(old)[key];
      return previous !== undefined && canonical(memberOf(previous, members)) !== canonical(memberOf(value, members));
    });
    return differs ? [{ path, certain: true }] : [];
  });
}

/** Returns the paths of the attributes that take their values from `for_each`. */
export function instancePaths(config: Block): string[] {
  return [...new Set([...eachIn("", config)].map(([path]) => path))];
}

/** Yields the path of each attribute that refers to `each.value`, with the names of the members that it takes of it. */
function* eachIn(path: string, value: unknown): Iterable<[path: string, members: readonly string[]]> {
  if (typeof value === "string") {
    for (const expression of expressionsIn(value)) {
      for (const [, what, members = "", index] of expression.matchAll(EACH)) {
        // An instance's key is its identity: it stays.
        if (what === "value") yield [path, index === "[" ? [] : members.split(".").slice(1)];
      }
    }
  } else if (Array.isArray(value)) {
    for (const each of value) yield* eachIn(path, each);
  } else {
    for (const [key, each] of Object.entries(block(value))) {
      if (path !== "" || key !== "for_each") yield* eachIn(path === "" ? key : `${path}.${key}`, each);
    }
  }
}

function isLiteralMap(value: unknown): boolean {
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  return isMap && !canonical(value).includes("${");
}

function memberOf(value: unknown, members: readonly string[]): unknown {
  return members.reduce<unknown>((inner, name) => block(inner)[name], value);
}
