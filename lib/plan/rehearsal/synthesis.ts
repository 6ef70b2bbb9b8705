/**
 * ```ts
 * const synthesis = synthesize(app); // nothing is validated, nothing is written
 * ```
 *
 * Synthesizes the Terraform of an app in memory, as `app.synth()` would write it: first every stack is prepared, because a
 * reference to another stack adds an output there, and only then aspects run and each stack is rendered. Left out is all that
 * would stop a rehearsal or leave files behind: the validations (a stage may lack its evidence and is rehearsed all the same),
 * the artifacts, and the manifest.
 */
import { TerraformStack, type App } from "cdktf";
import { invokeAspects } from "cdktf/lib/synthesize/synthesizer";
import { sortedEntries } from "../../core/collections";

/** A block of Terraform's JSON. */
export type Block = Readonly<Record<string, unknown>>;

/** A resource, data source or local value of a synthesized app. */
export interface Element {
  /** The stack's path and the address in it: `wave-1/aws_instance.web`, `wave-1/data.aws_ami.linux`, `wave-1/local.name`. */
  readonly address: string;
  readonly stack: string;
  readonly kind: "resource" | "data" | "local";
  /** The Terraform type; empty for a local value. */
  readonly type: string;
  /** The path of the construct that created it; empty where none is known. */
  readonly construct: string;
  /** The configuration, without CDKTF's metadata and without nulls. */
  readonly config: Block;
}

/** A stack of a synthesized app. */
export interface SynthesizedStack {
  readonly path: string;
  /** The expressions of the outputs by name, to which other stacks refer. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The account and region of each provider configuration as comparable text, by its key: `aws`, `aws.virginia`. */
  readonly providers: ReadonlyMap<string, string>;
  /** The old addresses by the new ones, from the `moved` blocks. */
  readonly moved: ReadonlyMap<string, string>;
  /** The addresses that Terraform forgets and does not destroy, from the `removed` blocks with `destroy = false`. */
  readonly forgotten: ReadonlySet<string>;
}

/** The Terraform of an app in memory. */
export interface Synthesis {
  readonly stacks: ReadonlyMap<string, SynthesizedStack>;
  readonly elements: ReadonlyMap<string, Element>;
}

/** Synthesizes the app in memory. Nothing is validated, nothing is written. */
export function synthesize(app: App): Synthesis {
  const stacks = app.node.findAll().filter((each): each is TerraformStack => TerraformStack.isStack(each));
  for (const stack of stacks) stack.prepareStack();
  const synthesized = new Map<string, SynthesizedStack>();
  const elements = new Map<string, Element>();
  for (const stack of stacks) {
    invokeAspects(stack);
    const terraform = block(stack.toTerraform());
    const { path } = stack.node;
    for (const element of elementsOf(path, terraform)) elements.set(element.address, element);
    synthesized.set(path, {
      path,
      outputs: Object.fromEntries(
        Object.entries(block(terraform["output"])).map(([name, it]) => [name, block(it)["value"]]),
      ),
      providers: providersOf(block(terraform["provider"])),
      moved: new Map(
        blocks(terraform["moved"]).map(({ from, to }) => [`${path}/${String(to)}`, `${path}/${String(from)}`]),
      ),
      forgotten: new Set(
        blocks(terraform["removed"])
          .filter(({ lifecycle }) => blocks(lifecycle).some(({ destroy }) => destroy === false))
          .map(({ from }) => `${path}/${String(from)}`),
      ),
    });
  }
  return { stacks: synthesized, elements };
}

function* elementsOf(stack: string, terraform: Block): Iterable<Element> {
  for (const kind of ["resource", "data"] as const) {
    for (const [type, named] of Object.entries(block(terraform[kind]))) {
      for (const [name, raw] of Object.entries(block(named))) {
        const address = `${stack}/${kind === "data" ? "data." : ""}${type}.${name}`;
        const { "//": comment, ...config } = block(raw);
        const construct = block(block(comment)["metadata"])["path"];
        yield {
          address,
          stack,
          kind,
          type,
          construct: typeof construct === "string" ? construct : "",
          config: block(withoutNulls(config)),
        };
      }
    }
  }
  for (const [name, value] of Object.entries(block(terraform["locals"]))) {
    yield { address: `${stack}/local.${name}`, stack, kind: "local", type: "", construct: "", config: { value } };
  }
}

// A provider configuration that works in another place or as somebody else finds none of what it made before.
const PLACE = ["region", "profile", "assume_role", "assume_role_with_web_identity", "allowed_account_ids", "project"];

function providersOf(providers: Block): Map<string, string> {
  const places = new Map<string, string>();
  for (const [name, configurations] of Object.entries(providers)) {
    for (const configuration of blocks(configurations)) {
      const { alias } = configuration;
      const key = typeof alias === "string" ? `${name}.${alias}` : name;
      places.set(key, canonical(Object.fromEntries(PLACE.map((each) => [each, configuration[each]]))));
    }
  }
  return places;
}

/** Returns the value as a block; an empty block where it is none. */
export function block(value: unknown): Block {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Block) : {};
}

/** Returns a block, or a list of blocks, as a list: Terraform's JSON allows both. */
export function blocks(value: unknown): Block[] {
  if (Array.isArray(value)) return value.map(block);
  return value === undefined || value === null ? [] : [block(value)];
}

/** Removes nulls at every depth: for Terraform, null means not set. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== null && each !== undefined)
      .map(([key, each]) => [key, withoutNulls(each)]),
  );
}

/** Serializes the value as JSON that is equal for equal values, whatever the order of their keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(sortedEntries(each as Readonly<Record<string, unknown>>))
      : each,
  );
}
