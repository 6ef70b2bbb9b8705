/**
 * `npm run generate -- ordered-attributes`: asks the real AWS provider, through Terraform, in which attributes of the types in
 * `replacingAttributes` the order of plain values counts, and writes `lib/plan/rehearsal/ordered-attributes.ts`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { sortedEntries } from "../../lib/core/collections";
import { compareText } from "../../lib/core/text";
import { replacingAttributes } from "../../lib/plan/rehearsal/replacing-attributes";
import { root } from "./folders";
import { Provider } from "./replacing-attributes/answers";
import type { BlockSchema } from "./replacing-attributes/schema";

const FILE = "lib/plan/rehearsal/ordered-attributes.ts";

/** Writes the table; returns the exit code. */
export async function writeOrderedAttributes(): Promise<number> {
  const { schemas } = await Provider.start();
  const lines = sortedEntries(replacingAttributes).flatMap(([type]) => {
    const schema = schemas[type];
    const names = schema === undefined ? [] : [...orderedIn("", schema.block)].sort(compareText);
    return names.length === 0 ? [] : [`  ${type}: ${JSON.stringify(names.join(" "))},\n`];
  });
  const file = path.join(root, FILE);
  const table = `= {\n${lines.join("")}};`;
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(/= \{\n[\s\S]*?\n\};/, () => table),
  );
  process.stdout.write(`wrote ${FILE}: ${lines.length} types\n`);
  return 0;
}

/** Yields the paths of the arguments that are lists of a primitive type. */
function* orderedIn(prefix: string, { attributes = {}, block_types: nested = {} }: BlockSchema): Iterable<string> {
  for (const [name, { type, optional, required }] of Object.entries(attributes)) {
    const isArgument = optional === true || required === true;
    if (isArgument && Array.isArray(type) && type[0] === "list" && typeof type[1] === "string") yield prefix + name;
  }
  for (const [name, { block }] of Object.entries(nested)) yield* orderedIn(`${prefix}${name}.`, block);
}
