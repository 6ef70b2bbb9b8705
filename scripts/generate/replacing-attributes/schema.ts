/** The provider's published schema, as `terraform providers schema -json` prints it, and values that fit it. */

/** The type of an attribute: `"string"`, `["list", "string"]`, `["object", { … }]`. */
export type AttributeType = string | readonly [string, AttributeType | Readonly<Record<string, AttributeType>>];

/** An attribute of a block. */
export interface AttributeSchema {
  readonly type?: AttributeType;
  readonly nested_type?: {
    readonly nesting_mode: string;
    readonly attributes: Readonly<Record<string, AttributeSchema>>;
  };
  readonly optional?: boolean;
  readonly required?: boolean;
  readonly computed?: boolean;
  readonly write_only?: boolean;
}

/** A block, or a whole resource. */
export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, AttributeSchema>>;
  readonly block_types?: Readonly<Record<string, NestedBlockSchema>>;
}

/** A block within a block. */
export interface NestedBlockSchema {
  readonly nesting_mode: string;
  readonly min_items?: number;
  readonly block: BlockSchema;
}

/** The schema of a resource type, with the version of the state that it writes. */
export interface ResourceSchema {
  readonly version: number;
  readonly block: BlockSchema;
}

/** A value of Terraform's JSON. */
export type Value = null | string | number | boolean | readonly Value[] | { readonly [name: string]: Value };

/** A filling for values that mean nothing: a number, from which text and truth are derived too. */
export type Filling = 0 | 1;

/** Returns a value of the type. */
export function valueOf({ type, nested_type: nested }: AttributeSchema, filling: Filling): Value {
  if (nested !== undefined) {
    const one = Object.fromEntries(
      Object.entries(nested.attributes).map(([name, attribute]) => [
        name,
        attribute.write_only === true ? null : valueOf(attribute, filling),
      ]),
    );
    return wrapped(nested.nesting_mode, one);
  }
  return type === undefined ? null : valueOfType(type, filling);
}

function valueOfType(type: AttributeType, filling: Filling): Value {
  if (typeof type === "string") {
    if (type === "bool") return filling === 1;
    return type === "number" ? filling + 1 : `value-${String(filling)}`;
  }
  const [kind, inner] = type;
  if (kind === "object") {
    const members = Object.entries(inner as Readonly<Record<string, AttributeType>>);
    return Object.fromEntries(members.map(([name, member]) => [name, valueOfType(member, filling)]));
  }
  return wrapped(kind, valueOfType(inner as AttributeType, filling));
}

/** Returns the value within the collection of that kind; `single`, `group` and `object` are none. */
export function wrapped(kind: string, value: Value): Value {
  if (kind === "list" || kind === "set") return [value];
  return kind === "map" ? { key: value } : value;
}

/** Returns a block of a state in which everything that is not named has no value. */
export function blockOf(schema: BlockSchema, named: Readonly<Record<string, Value>>): Record<string, Value> {
  const absent = (nesting: string): Value =>
    nesting === "list" || nesting === "set" ? [] : nesting === "map" ? {} : null;
  return {
    ...Object.fromEntries(Object.keys(schema.attributes ?? {}).map((name) => [name, null])),
    ...Object.fromEntries(
      Object.entries(schema.block_types ?? {}).map(([name, { nesting_mode: nesting }]) => [name, absent(nesting)]),
    ),
    ...named,
  };
}
