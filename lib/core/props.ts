import type { IConstruct } from "constructs";
import { z } from "zod";
import { MigrationError } from "./error";
import { formatPath } from "./format-path";
import { lowerFirst, upperSnake } from "./text";

/**
 * Checks the props of a construct, and returns them parsed.
 *
 * @param code the code of the error; one that ends in `_PROPS` has the name of the prop instead: `DATABASE_MOVE_ENGINE`
 * @param prop the prop that is checked, where it is not all of them
 * @throws MigrationError with the code. `path` is that of the first thing wrong; the message lists all of them, because
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
  const [setting] = result.error.issues[0]?.path ?? [];
  const rest = others.map((issue) => `; also ${issue.path}: ${issue.message}`).join("");
  throw new MigrationError({
    code: setting === undefined ? code : code.replace(/_PROPS$/, `_${upperSnake(String(setting))}`),
    path: first?.path ?? "props",
    fix: `${first?.message ?? "invalid"}${rest}`,
    construct: construct.node.path,
    cause: result.error,
  });
}
