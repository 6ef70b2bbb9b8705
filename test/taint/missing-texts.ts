/** The texts that a schema allows and a sample lacks, so that a new field of the schema is missed here, and not in a plan. */

/** A JSON schema, as far as texts are looked for in it. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
}

/** Returns the places of the schema's texts that none of the values has: `servers[].rack`. */
export function missingTexts(schema: unknown, values: readonly unknown[], place = ""): string[] {
  const {
    type,
    properties,
    additionalProperties,
    items,
    enum: listed,
    const: fixed,
    format,
    ...rest
  } = schema as Schema;
  const branches = [...(rest.anyOf ?? []), ...(rest.oneOf ?? []), ...(rest.allOf ?? [])];
  if (branches.length > 0) return branches.flatMap((branch) => missingTexts(branch, values, place));
  // What must be one of a few words, or a date, holds no other text.
  if (listed !== undefined || fixed !== undefined || format !== undefined) return [];
  if (type === "string") return values.some((value) => typeof value === "string") ? [] : [place];
  if (items !== undefined) {
    return missingTexts(
      items,
      values.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [])),
      `${place}[]`,
    );
  }
  const objects = values.filter(
    (value): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value),
  );
  const missing = Object.entries(properties ?? {}).flatMap(([name, each]) => {
    // Which schema and which reason there is nothing: neither is of the estate, and an item has either evidence or a reason.
    if (name === "$schema" || name === "none") return [];
    const found = objects.flatMap((object) => (name in object ? [object[name]] : []));
    return missingTexts(each, found, place === "" ? name : `${place}.${name}`);
  });
  if (typeof additionalProperties !== "object") return missing;
  return [...missing, ...missingTexts(additionalProperties, objects.flatMap(Object.values), `${place}.*`)];
}
