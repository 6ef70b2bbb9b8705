/**
 * A value that Terraform will only know later is a token, and code that inspects it by accident goes wrong silently: a
 * number token plus one prints the original, a sliced string token is corrupted, a list token has length 1. So nothing in
 * the library looks into a value before it has asked {@link isUnresolved}, and every schema of a prop that may be a token
 * goes through {@link tokenOr}.
 */
import { Token } from "cdktf";
import { z } from "zod";

/**
 * Whether the value is, or anywhere contains, a value that only Terraform will know. Unlike CDKTF's
 * `Token.isUnresolved`, which says false for an array or an object that holds a token, it looks inside.
 */
export function isUnresolved(value: unknown): boolean {
  return containsToken(value, new Set());
}

function containsToken(value: unknown, seen: Set<object>): boolean {
  if (value === undefined || value === null) return false;
  if (Token.isUnresolved(value)) return true;
  if (typeof value !== "object" || seen.has(value)) return false;
  seen.add(value);
  const children: unknown[] = Array.isArray(value) ? value : Object.values(value);
  return children.some((child) => containsToken(child, seen));
}

/**
 * The schema, for a prop that may be a token: a token passes unseen, anything else is checked by `schema`, whose messages
 * and paths are kept. (A plain zod union would reduce every failure to "Invalid input".)
 */
export function tokenOr<Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema>, z.input<Schema>> {
  return z.unknown().transform((value, context): z.output<Schema> => {
    if (isUnresolved(value)) return value as z.output<Schema>;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      context.issues.push({ ...issue, input: value } as (typeof context.issues)[number]);
    }
    return z.NEVER;
  }) as unknown as z.ZodType<z.output<Schema>, z.input<Schema>>;
}
