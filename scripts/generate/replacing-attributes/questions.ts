/**
 * The questions to the provider: for each attribute that code may set, resources whose state and code differ in that attribute
 * and in nothing else.
 */
import { blockOf, valueOf, wrapped, type BlockSchema, type Filling, type ResourceSchema, type Value } from "./schema";

/** What the code does with the attribute: gives it another value, no longer gives it, or gives it where it had none. */
export type How = "changed" | "removed" | "added";

/** A resource whose plan says whether a change of one attribute replaces it. */
export interface Question {
  readonly type: string;
  /** The names from the resource down to the attribute. */
  readonly path: readonly string[];
  readonly how: How;
  /** The resource as the state has it. */
  readonly state: Value;
  /** The resource as the code has it. */
  readonly code: Readonly<Record<string, Value>>;
  /** Returns the same question about a resource that also has these attributes, before and after. */
  with(companions: readonly string[]): Question;
}

/**
 * An expression that Terraform cannot know before it applies, of whatever type is asked for. The provider compares it with the
 * state and finds it changed, and validates it no further: no value has to be invented that it would accept.
 */
const UNKNOWN = "${jsondecode(timestamp())}";

/** Attributes that are Terraform's, or of every resource. */
const GENERAL = new Set(["id", "timeouts", "tags", "tags_all"]);

/** Returns all questions about a resource type. */
export function questionsOf(type: string, schema: ResourceSchema): Question[] {
  return pathsOf(schema.block).flatMap((path) => {
    const how: How[] = isRequired(schema.block, path) ? ["changed"] : ["changed", "removed", "added"];
    return how.flatMap((each) =>
      // A value that is the provider's own default is not removed by leaving it out, and so there are two.
      (each === "removed" ? ([1, 0] as const) : ([1] as const)).map((filling) =>
        question(type, schema, path, each, filling),
      ),
    );
  });
}

/** Returns the paths of what code may set: attributes, attributes of blocks, and blocks that have none. */
function pathsOf(schema: BlockSchema, above: readonly string[] = []): string[][] {
  const attributes = Object.entries(schema.attributes ?? {})
    .filter(
      ([, { optional, required, write_only: writeOnly }]) => (optional ?? required) === true && writeOnly !== true,
    )
    .map(([name]) => name);
  return [
    ...attributes.filter((name) => above.length > 0 || !GENERAL.has(name)).map((name) => [...above, name]),
    ...Object.entries(schema.block_types ?? {})
      .filter(([name]) => above.length > 0 || !GENERAL.has(name))
      .flatMap(([name, { block }]) => {
        const inner = above.length < 5 ? pathsOf(block, [...above, name]) : [];
        return inner.length > 0 || isGivenByProvider(block) ? inner : [[...above, name]];
      }),
  ];
}

/** Checks whether the block has attributes and all of them are the provider's: one in the code crashes some of its types. */
function isGivenByProvider({ attributes = {}, block_types: nested = {} }: BlockSchema): boolean {
  const own = Object.values(attributes);
  return own.length > 0 && Object.keys(nested).length === 0 && own.every(({ computed }) => computed === true);
}

function isRequired(schema: BlockSchema, [name = "", ...rest]: readonly string[]): boolean {
  const nested = schema.block_types?.[name];
  if (nested === undefined) return schema.attributes?.[name]?.required === true;
  return (nested.min_items ?? 0) > 0 && (rest.length === 0 || isRequired(nested.block, rest));
}

function question(
  type: string,
  schema: ResourceSchema,
  path: readonly string[],
  how: How,
  filling: Filling,
  companions: readonly string[] = [],
): Question {
  const state = { ...stateOf(schema.block, how === "added" ? undefined : path, filling) };
  const code = codeOf(schema.block, path, how);
  for (const name of companions) {
    const nested = schema.block.block_types?.[name];
    const attribute = schema.block.attributes?.[name];
    if (nested !== undefined) state[name] = wrapped(nested.nesting_mode, stateOf(nested.block, undefined, 1));
    if (attribute !== undefined && attribute.write_only !== true) state[name] = valueOf(attribute, 1);
    code[name] = nested === undefined ? UNKNOWN : [codeOf(nested.block, [], how)];
  }
  // What differs because it has to be said, but is not asked about, is taken from the state.
  const ignored = Object.keys(code).filter((name) => name !== path[0]);
  return {
    type,
    path,
    how,
    state: { ...state, id: "resource" },
    code: ignored.length === 0 ? code : { ...code, lifecycle: { ignore_changes: ignored } },
    with: (more) => question(type, schema, path, how, filling, [...companions, ...more]),
  };
}

/** Returns a block of the state: what is required, and what is asked about. */
function stateOf(schema: BlockSchema, path: readonly string[] | undefined, filling: Filling): Record<string, Value> {
  const [asked, ...rest] = path ?? [];
  const named: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(schema.attributes ?? {}))
    if (attribute.required === true || name === asked) named[name] = valueOf(attribute, name === asked ? filling : 1);
  for (const [name, { block, nesting_mode: nesting, min_items: minimum = 0 }] of Object.entries(
    schema.block_types ?? {},
  ))
    if (minimum > 0 || name === asked)
      named[name] = wrapped(nesting, stateOf(block, name === asked ? rest : [], filling));
  return blockOf(schema, named);
}

/** Returns a block of the code: what is required, and what is asked about unless it is removed. */
function codeOf(schema: BlockSchema, path: readonly string[], how: How): Record<string, Value> {
  const [asked, ...rest] = path;
  const code: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(schema.attributes ?? {}))
    if (attribute.required === true || (name === asked && how !== "removed")) code[name] = UNKNOWN;
  for (const [name, { block, min_items: minimum = 0 }] of Object.entries(schema.block_types ?? {})) {
    // The last attribute of a block goes with its block, unless the block has to stay.
    const stays = name === asked && (how !== "removed" || hasOthers(block, rest));
    // Of a block of which several are required all say the same.
    if (minimum > 0 || stays)
      code[name] = Array.from({ length: Math.max(minimum, 1) }, () => codeOf(block, name === asked ? rest : [], how));
  }
  return code;
}

/** Checks whether the block says anything beside what is asked about. */
function hasOthers(schema: BlockSchema, [asked]: readonly string[]): boolean {
  return Object.entries(schema.attributes ?? {}).some(([name, { required }]) => required === true && name !== asked);
}
