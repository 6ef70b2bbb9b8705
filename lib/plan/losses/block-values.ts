/**
 * Values in a resource's blocks, by the names on the way to them. Read alike from a plan and from synthesized Terraform, where a
 * single block may stand without a list around it, and where what is not known yet is an expression.
 */

/** An attribute's value, with the block it is in. */
export interface PlacedValue {
  /** The block's identity among its siblings; the same before and after. */
  readonly block: string;
  readonly value: unknown;
}

/** A value that is not known before the plan is applied. It looks like an expression, as in synthesized Terraform. */
export const UNKNOWN_VALUE = "${unknown}";

/** Checks whether the value is an expression, or is not known before the plan is applied. */
export function isUnknown(value: unknown): boolean {
  return typeof value === "string" && value.includes("${");
}

/** The attributes by which the blocks of a list are told apart: a set has no order, and a list may lose its first. */
const IDENTITIES = ["device_name", "id", "rule_name", "rule_id", "region_name", "name", "key"];

/** Returns the values of the attribute in all its blocks; a block without it has `undefined`. */
export function valuesAt(config: unknown, path: readonly string[]): PlacedValue[] {
  const [name, ...rest] = path;
  if (name === undefined) return [{ block: "", value: config }];
  const value = member(config, name);
  if (rest.length === 0) return [{ block: "", value }];
  return blocksOf(value).flatMap((inner, index) =>
    valuesAt(inner, rest).map((each) => ({ block: `${identityOf(inner, index)}/${each.block}`, value: each.value })),
  );
}

/** Returns the blocks of a value: those of a list, or the one that stands by itself. */
export function blocksOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter(
    (each): each is Record<string, unknown> => typeof each === "object" && each !== null && !Array.isArray(each),
  );
}

/** Returns the value, or undefined where it is null: a plan writes null for what is not set. */
export function member(config: unknown, name: string): unknown {
  const value =
    typeof config === "object" && config !== null ? (config as Readonly<Record<string, unknown>>)[name] : undefined;
  return value ?? undefined;
}

/** Returns the number that the value is or spells: Terraform writes a list's numbers as text where a type is a map. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** Returns the truth that the value is or spells. */
export function truthOf(value: unknown): boolean | undefined {
  if (value === true || value === "true") return true;
  return value === false || value === "false" ? false : undefined;
}

function identityOf(block: Readonly<Record<string, unknown>>, index: number): string {
  const name = IDENTITIES.find((each) => typeof block[each] === "string" && block[each] !== "");
  return name === undefined ? `#${index}` : `${name}=${String(block[name])}`;
}

/** Returns the values after with {@link UNKNOWN_VALUE} where the plan says that they are known only later. */
export function withUnknown(after: unknown, unknown: unknown): unknown {
  if (unknown === true) return UNKNOWN_VALUE;
  if (typeof unknown !== "object" || unknown === null) return after;
  if (Array.isArray(unknown)) {
    const values: readonly unknown[] = Array.isArray(after) ? after : [];
    const length = Math.max(values.length, unknown.length);
    return Array.from({ length }, (_, index) => withUnknown(values[index], unknown[index]));
  }
  const values = typeof after === "object" && after !== null ? (after as Readonly<Record<string, unknown>>) : {};
  const marks = Object.entries(unknown as Readonly<Record<string, unknown>>);
  // A null prototype: a key of a plan may be called __proto__.
  const merged = Object.assign(Object.create(null) as Record<string, unknown>, values);
  for (const [key, mark] of marks) merged[key] = withUnknown(values[key], mark);
  return merged;
}
