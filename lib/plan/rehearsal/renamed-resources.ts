/**
 * Resources that are gone from the code under one address and new in it under another: a construct's id, a server's name or its
 * stack has changed. Terraform knows nothing of that, and destroys the one and creates the other. They are known by their
 * configuration, or, where names in it are made of the construct's path, by a whole construct that is elsewhere.
 */
import { groupBy } from "../../core/collections";
import { providerArguments } from "./meta-arguments";
import { TAGS, type RenamedConstruct } from "./rehearsal";
import { block, canonical, type Element } from "./synthesis";

/** A resource under its new address. */
export interface RenamedResource {
  readonly address: string;
  /** The construct with which it was renamed; absent where it is one resource that is configured alike. */
  readonly construct?: RenamedConstruct;
}

/**
 * Returns the new address of each removed resource: that in the place of the construct which was renamed, or of the one added
 * resource of its type that is configured as it is.
 */
export function renamedResources(removed: readonly Element[], added: readonly Element[]): Map<string, RenamedResource> {
  const renamed = new Map<string, RenamedResource>();
  const candidates = groupBy(added, likeness);
  const rivals = groupBy(removed, likeness);
  for (const [key, [one, ...others]] of rivals) {
    const [candidate, ...more] = candidates.get(key) ?? [];
    if (candidate !== undefined && others.length + more.length === 0) {
      renamed.set(one.address, { address: candidate.address });
    }
  }
  const places = groupBy(added, (each) => placeOf(each));
  for (const construct of renamedConstructs(removed, added, places)) {
    for (const each of below(removed, construct.from)) {
      const [young] = places.get(placeOf(each, construct)) ?? [];
      if (young !== undefined) renamed.set(each.address, { address: young.address, construct });
    }
  }
  return renamed;
}

/** The number of new constructs that are tried for one that is gone: a fleet is of thousands that look alike from below. */
const CANDIDATES = 4;

/** Returns the constructs of which everything that is gone, at least two resources, is new elsewhere in the same stack. */
function renamedConstructs(
  removed: readonly Element[],
  added: readonly Element[],
  places: ReadonlyMap<string, readonly Element[]>,
): RenamedConstruct[] {
  const byEnd = new Map<string, Element[]>();
  for (const each of added) {
    for (const end of endsOf(each)) byEnd.set(end, [...(byEnd.get(end) ?? []), each].slice(0, CANDIDATES + 1));
  }
  const tried = new Map<string, RenamedConstruct>();
  for (const each of removed) {
    const likely =
      endsOf(each)
        .map((end) => byEnd.get(end) ?? [])
        .find(({ length }) => length > 0) ?? [];
    for (const young of likely.length > CANDIDATES ? [] : likely) {
      const { from, to } = movedPlace(each.construct, young.construct);
      tried.set(`${from} ${to}`, { from, to });
    }
  }
  const whole = [...tried.values()].filter((construct) => {
    const own = below(removed, construct.from);
    return own.length > 1 && own.every((each) => places.has(placeOf(each, construct)));
  });
  // Two new places for one construct are none: which of them it is nobody can say.
  return whole.filter(({ from }) => whole.filter((other) => other.from === from).length === 1);
}

/** Returns the ends of a construct's path with stack and type, the longest first; not the whole path. */
function endsOf({ stack, type, construct }: Element): string[] {
  const ids = construct.split("/");
  return ids.slice(1).map((_id, index) => `${stack} ${type} ${ids.slice(index + 1).join("/")}`);
}

/** Returns what is left of two paths without their common end: the paths of a construct that was renamed. */
export function movedPlace(before: string, after: string): RenamedConstruct {
  const [from, to] = [before.split("/"), after.split("/")];
  while (from.length > 1 && to.length > 1 && from.at(-1) === to.at(-1)) {
    from.pop();
    to.pop();
  }
  return { from: from.join("/"), to: to.join("/") };
}

function below(elements: readonly Element[], path: string): Element[] {
  return elements.filter(({ construct }) => construct.startsWith(`${path}/`));
}

function placeOf({ type, construct }: Element, { from, to }: RenamedConstruct = { from: "", to: "" }): string {
  return `${type} ${to}${construct.slice(from.length)}`;
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
