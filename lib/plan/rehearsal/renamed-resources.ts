/**
 * Resources that are gone from the code under one address and new in it under another: a construct's id, a server's name or its
 * stack has changed. Terraform knows nothing of that, and destroys the one and creates the other.
 */
import { groupBy } from "../../core/collections";
import { providerArguments } from "./meta-arguments";
import { TAGS } from "./rehearsal";
import { block, canonical, type Element } from "./synthesis";

/** Returns the new address of each removed resource that is configured as exactly one added resource of its type is. */
export function renamedResources(removed: readonly Element[], added: readonly Element[]): Map<string, string> {
  const candidates = groupBy(added, likeness);
  const rivals = groupBy(removed, likeness);
  const renamed = new Map<string, string>();
  for (const [key, [one, ...others]] of rivals) {
    const [candidate, ...more] = candidates.get(key) ?? [];
    if (candidate !== undefined && others.length + more.length === 0) renamed.set(one.address, candidate.address);
  }
  return renamed;
}

/** Returns the type and configuration as text; not the tags, which often hold the name, nor to what else it refers. */
function likeness({ type, config }: Element): string {
  return `${type} ${canonical(comparable(providerArguments(config)))}`;
}

function comparable(value: unknown): unknown {
  if (typeof value === "string") return value.includes("${") ? "${}" : value;
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(block(value))
      .filter(([key]) => !TAGS.test(key))
      .map(([key, each]) => [key, comparable(each)]),
  );
}
