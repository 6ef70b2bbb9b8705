/**
 * Handling of tokens. A value that Terraform will only know later is a token, and code that inspects it by accident goes
 * wrong silently: a number token plus one prints the original, a sliced string token is corrupted, a list token has length 1.
 * So nothing in the library looks into a value before it has asked {@link isUnresolved}, and every schema of a prop that may
 * be a token goes through {@link tokenOr}.
 */
import { z } from "zod";
import { isListToken } from "./token-text";
import { isUnresolved } from "./unresolved";

export { isUnresolved };

/**
 * Returns the schema for a prop that may be a token: a token passes unseen, anything else is checked by `schema`, whose
 * messages and paths are kept. (A plain zod union would reduce every failure to "Invalid input".)
 */
export function tokenOr<Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema>, z.input<Schema>> {
  return unless(isUnresolved, schema);
}

/**
 * Returns the schema for a list that may be a token as a whole, like an output of another state: it goes as it is to one argument
 * of Terraform. Its length is not known, so nothing that makes a resource of each element may take it.
 */
export function listTokenOr<Schema extends z.ZodArray>(schema: Schema): z.ZodType<z.output<Schema>, z.input<Schema>> {
  return unless((value) => Array.isArray(value) && isListToken(value), schema);
}

function unless<Schema extends z.ZodType>(
  passes: (value: unknown) => boolean,
  schema: Schema,
): z.ZodType<z.output<Schema>, z.input<Schema>> {
  return z.unknown().transform((value, context): z.output<Schema> => {
    if (passes(value)) return value as z.output<Schema>;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      context.issues.push({ ...issue, input: value } as (typeof context.issues)[number]);
    }
    return z.NEVER;
  }) as unknown as z.ZodType<z.output<Schema>, z.input<Schema>>;
}
