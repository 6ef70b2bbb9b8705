/**
 * The type of a text that was read from a file. It is a string for whoever reads it, `name.test("…")` and all, and any string
 * may be given for one, so that an inventory can be written in TypeScript. Its mark is for the lint rule
 * `local/literal-file-text`: no property of a Terraform resource takes such a text but through `literal()`.
 */
import { z } from "zod";
import { withoutSecrets } from "./secret/redact";

declare const fromFile: unique symbol;

/**
 * A text from a file: an inventory, a checklist, a routing. Somebody else may have written it, so it is no code anywhere. A
 * string may be given for it.
 */
export type FileText = string & { readonly [fromFile]?: true };

/**
 * Returns the schema of a text from a file; by itself that of a string. A secret in it is not kept: in its place stands its kind, so
 * that neither a resource nor a report has it, and a rule still sees that it was there.
 */
export function fileText(schema: z.ZodType<string, string> = z.string()): z.ZodType<FileText, string> {
  return schema.check(z.overwrite((text: string) => withoutSecrets(text)));
}
