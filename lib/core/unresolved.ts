import type { Token } from "cdktf";

// Loaded at the first question, because the rules ask it and the command line lists rules without CDKTF, which is most of
// what loading anything with it costs.
let loaded: typeof Token | undefined;

function token(): typeof Token {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  loaded ??= (require("cdktf") as typeof import("cdktf")).Token;
  return loaded;
}

/**
 * Checks whether the value is, or anywhere contains, a value that only Terraform will know. Unlike CDKTF's
 * `Token.isUnresolved`, which says false for an array or an object that holds a token, it looks inside.
 */
export function isUnresolved(value: unknown): boolean {
  return containsToken(value, new Set());
}

function containsToken(value: unknown, seen: Set<object>): boolean {
  if (value === undefined || value === null) return false;
  if (token().isUnresolved(value)) return true;
  if (typeof value !== "object" || seen.has(value)) return false;
  seen.add(value);
  const children: unknown[] = Array.isArray(value) ? value : Object.values(value);
  return children.some((child) => containsToken(child, seen));
}
