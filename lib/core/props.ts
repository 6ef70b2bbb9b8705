import type { IConstruct } from "constructs";
import { z } from "zod";
import { MigrationError } from "./error";
import { lowerFirst } from "./text";

/** Formats a zod path as people write it: `["tunnels", 0, "insideCidr"]` is `tunnels[0].insideCidr`. */
export function formatPath(path: readonly PropertyKey[]): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else text += text === "" ? String(part) : `.${String(part)}`;
  }
  return text;
}

/**
 * Checks the props of a construct, and returns them parsed.
 *
 * @param prop the prop that is checked, where it is not all of them
 * @throws MigrationError with `code`. `path` is that of the first thing wrong; the message lists all of them, because
 * whoever has three props wrong should not need three runs to find out.
 */
export function parseProps<Schema extends z.ZodType>(
  construct: IConstruct,
  code: string,
  schema: Schema,
  props: unknown,
  prop?: string,
): z.output<Schema> {
  const result = schema.safeParse(props);
  if (result.success) return result.data;
  const [first, ...others] = result.error.issues.map((issue) => ({
    path: formatPath([...(prop === undefined ? [] : [prop]), ...issue.path]) || "props",
    message: lowerFirst(issue.message),
  }));
  const rest = others.map((issue) => `; also ${issue.path}: ${issue.message}`).join("");
  throw new MigrationError({
    code,
    path: first?.path ?? "props",
    fix: `${first?.message ?? "invalid"}${rest}`,
    construct: construct.node.path,
    cause: result.error,
  });
}
