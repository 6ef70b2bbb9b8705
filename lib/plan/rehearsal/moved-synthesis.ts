/**
 * ```ts
 * const { elements } = movedSynthesis(before, after); // `before`, with the addresses that its elements have in `after`
 * ```
 *
 * Carries out the `moved` blocks of the later synthesis in the earlier one, as Terraform does in the state before it plans: of a
 * renamed construct every address is another, and in each expression that refers to one too, but no value is. Data sources,
 * locals and outputs are in no `moved` block, since they are in no state. They are found again by the construct that was moved,
 * or by what they are.
 */
import { groupBy } from "../../core/collections";
import { movedPlace } from "./renamed-resources";
import { remoteStateName } from "./stack-terraform";
import { block, canonical, type Block, type Element, type Synthesis, type SynthesizedStack } from "./synthesis";

/** Returns the earlier synthesis in the addresses of the later one. */
export function movedSynthesis(before: Synthesis, after: Synthesis): Synthesis {
  const addresses = movedAddresses(before, after);
  if (addresses.size === 0) return before;
  for (const [old, young] of movedData(before, after, addresses)) addresses.set(old, young);
  let moved = new Readdressing(addresses).synthesis(before);
  // A local may refer to a local: once round for each that does.
  for (let found = alikes(moved, after); found.size > 0; found = alikes(moved, after)) {
    moved = new Readdressing(found).synthesis(moved);
  }
  return moved;
}

/** Returns the new addresses by the old ones. What has the new address already stays, and so does the other: as in Terraform. */
function movedAddresses(before: Synthesis, after: Synthesis): Map<string, string> {
  const found = new Map<string, string>();
  for (const { moved } of after.stacks.values()) {
    for (const young of moved.keys()) {
      if (before.elements.has(young) || !after.elements.has(young)) continue;
      const seen = new Set([young]);
      let old = moved.get(young);
      // A block may lead to another, and each of them is one that a state may not need.
      for (; old !== undefined && !before.elements.has(old) && !seen.has(old); old = moved.get(old)) seen.add(old);
      if (old !== undefined && before.elements.has(old)) found.set(old, young);
    }
  }
  return found;
}

/** Returns the new addresses of the data sources below the constructs that were moved. */
function* movedData(
  before: Synthesis,
  after: Synthesis,
  addresses: ReadonlyMap<string, string>,
): Iterable<readonly [string, string]> {
  const places = movedPlaces(before, after, addresses);
  const added = new Map<string, Element>();
  for (const each of after.elements.values()) {
    if (each.kind === "data" && !before.elements.has(each.address)) added.set(`${each.type} ${each.construct}`, each);
  }
  for (const { kind, type, construct, address } of before.elements.values()) {
    if (kind !== "data" || after.elements.has(address)) continue;
    for (const [from, to] of places) {
      if (!construct.startsWith(`${from}/`)) continue;
      const young = added.get(`${type} ${to}${construct.slice(from.length)}`);
      if (young !== undefined) yield [address, young.address];
    }
  }
}

/** Returns the paths that constructs had, with those that they have. */
function movedPlaces(
  before: Synthesis,
  after: Synthesis,
  addresses: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const [old, young] of addresses) {
    const { from, to } = movedPlace(
      before.elements.get(old)?.construct ?? "",
      after.elements.get(young)?.construct ?? "",
    );
    places.set(from, to);
  }
  return places;
}

/** Returns the new addresses of locals, and the new names of outputs, whose value exactly one new one has. */
function alikes(before: Synthesis, after: Synthesis): Map<string, string> {
  const found = new Map<string, string>();
  const pair = (
    olds: readonly (readonly [string, unknown])[],
    youngs: readonly (readonly [string, unknown])[],
  ): void => {
    const candidates = groupBy(youngs, ([, value]) => canonical(value));
    for (const [value, [old, ...rivals]] of groupBy(olds, ([, each]) => canonical(each))) {
      const [young, ...others] = candidates.get(value) ?? [];
      if (young !== undefined && rivals.length + others.length === 0) found.set(old[0], young[0]);
    }
  };
  for (const [path, { outputs }] of after.stacks) {
    const earlier = before.stacks.get(path)?.outputs ?? NONE;
    const only = (these: Block, those: Block): [string, unknown][] =>
      Object.entries(these)
        .filter(([name]) => !(name in those))
        .map(([name, value]) => [`${path}/output.${name}`, value]);
    const locals = (these: Synthesis, those: Synthesis): [string, unknown][] =>
      [...these.elements.values()]
        .filter(({ kind, stack, address }) => kind === "local" && stack === path && !those.elements.has(address))
        .map(({ address, config }) => [address, config["value"]]);
    pair(only(earlier, outputs), only(outputs, earlier));
    pair(locals(before, after), locals(after, before));
  }
  return found;
}

const NONE: Block = {};
const ADDRESS = /(?<![\w.-])((?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]+|local|module)\.([A-Za-z_][\w-]*)/g;
const STATE = /(data\.terraform_remote_state\.)([A-Za-z_][\w-]*)\.outputs\.([A-Za-z_][\w-]*)/g;
/** Of Terraform's own arguments, some are addresses without being expressions. */
const IS_ADDRESS = /^(?:(?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]+|module)\.[A-Za-z_][\w-]*(?:[.[]|$)/;

/** The new addresses, with their stacks, by the old ones; an output's is `stack/output.NAME`. */
class Readdressing {
  constructor(private readonly addresses: ReadonlyMap<string, string>) {}

  public synthesis({ stacks, elements }: Synthesis): Synthesis {
    return {
      stacks: new Map([...stacks].map(([path, stack]) => [path, this.stack(stack, stacks)])),
      elements: new Map(
        [...elements.values()].map((each) => {
          const address = this.addresses.get(each.address) ?? each.address;
          return [address, { ...each, address, config: block(this.value(each.config, each.stack, stacks)) }];
        }),
      ),
    };
  }

  private stack(stack: SynthesizedStack, stacks: Synthesis["stacks"]): SynthesizedStack {
    const outputs = Object.entries(stack.outputs).map(([name, value]) => [
      this.local(`${stack.path}/`, `output.${name}`).slice("output.".length),
      this.value(value, stack.path, stacks),
    ]);
    return { ...stack, outputs: Object.fromEntries(outputs) as Block };
  }

  private value(value: unknown, stack: string, stacks: Synthesis["stacks"]): unknown {
    if (typeof value === "string") return this.text(value, stack, stacks);
    if (Array.isArray(value)) return value.map((each) => this.value(each, stack, stacks));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.value(each, stack, stacks)]));
  }

  private text(text: string, stack: string, stacks: Synthesis["stacks"]): string {
    if (!text.includes("${") && !IS_ADDRESS.test(text)) return text;
    return text
      .replace(ADDRESS, (address) => this.local(`${stack}/`, address))
      .replace(STATE, (whole, data: string, name: string, output: string) => {
        const other = [...stacks.keys()].find((path) => name === remoteStateName(path));
        if (other === undefined) return whole;
        return `${data}${name}.outputs.${this.local(`${other}/`, `output.${output}`).slice("output.".length)}`;
      });
  }

  /** Returns the new address within the stack. */
  private local(prefix: string, address: string): string {
    return (this.addresses.get(prefix + address) ?? prefix + address).slice(prefix.length);
  }
}
