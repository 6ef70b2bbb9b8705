/** A case as Terraform's JSON, and where in it the given ids stand. */
import { Testing } from "cdktf";
import { newStack, type ExistingCase } from "./existing-case";
import { Given, GIVEN, type Way } from "./given";
import type { Places } from "./places";

type Json = Readonly<Record<string, unknown>>;
type Named = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** What a case makes. */
export interface Made {
  /** The types of the resources, but of those that stand for what exists. */
  readonly types: readonly string[];
  /** The attributes in which each id stands: `aws_flow_log.log_destination`. */
  readonly places: Places;
  /** The places of every count and for_each, which Terraform has to know before it plans. */
  readonly counted: readonly string[];
}

/** Synthesizes a case with all validations. */
export function synthesizeCase({ make }: ExistingCase, way: Way): Made {
  const stack = newStack();
  const given = new Given(stack, way);
  make(stack, given);
  const json = JSON.parse(Testing.synth(stack, true)) as { readonly resource: Named };
  const { resource } = json;
  const own = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named)
      .filter(([name]) => !name.startsWith(`${GIVEN}_`))
      .map(([, attributes]): [string, Json] => [type, attributes]),
  );
  const found: Record<string, string[]> = {};
  for (const [name, needle] of given.texts) {
    const attributes = own.flatMap(([type, each]) => attributesWith(each, needle, type));
    // Of a resource that is there for another, like the VPC of a subnet.
    if (attributes.length > 0) found[name] = [...new Set(attributes)].sort();
  }
  return {
    types: [...new Set(own.map(([type]) => type))].sort(),
    places: found,
    counted: [...new Set(keysIn(json, "").filter((place) => /\.(?:count|for_each)$/.test(place)))],
  };
}

/** Returns the paths of the texts in a value that have the needle in them; without the numbers of lists. */
function attributesWith(value: unknown, needle: string, place: string): string[] {
  if (typeof value === "string") {
    const inner = needle.replace(/^\$\{|\}$/g, "");
    const isPart = value.includes(needle) || (needle.startsWith("${") && value.includes(inner));
    return isPart ? [place] : [];
  }
  if (Array.isArray(value)) return value.flatMap((each: unknown) => attributesWith(each, needle, place));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => attributesWith(each, needle, `${place}.${name}`));
}

/** Returns the paths of all keys of a value: section, type and attribute, without the names of resources. */
function keysIn(value: unknown, place: string, depth = 0): string[] {
  if (Array.isArray(value)) return value.flatMap((each: unknown) => keysIn(each, place, depth));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => {
    const path = depth === 2 ? place : `${place}.${name}`;
    return [path, ...keysIn(each, path, depth + 1)];
  });
}
