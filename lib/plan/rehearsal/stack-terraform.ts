/**
 * The Terraform of an app as the rehearsal and the hand-over read it: its elements, and what each stack says of them. Pure: the
 * command line reads a synthesized app without loading CDKTF.
 */
import { sortedEntries } from "../../core/collections";

/** A block of Terraform's JSON. */
export type Block = Readonly<Record<string, unknown>>;

/** A resource, data source, module call, variable or local value of a synthesized app. */
export interface Element {
  /** The stack's path and the address in it: `wave-1/aws_instance.web`, `wave-1/data.aws_ami.linux`, `wave-1/var.size`. */
  readonly address: string;
  readonly stack: string;
  readonly kind: "resource" | "data" | "module" | "variable" | "local";
  /** The Terraform type; empty for what has none. */
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
  /** The backend, or HCP Terraform's workspaces, as comparable text. */
  readonly backend: string;
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

/** The Terraform of one stack, as JSON. */
export interface StackTerraform {
  /** The path of the stack in the tree. */
  readonly path: string;
  /** The parsed content of its `cdk.tf.json`. */
  readonly terraform: unknown;
}

/** Returns the name of CDKTF's data source through which one stack reads another's outputs. */
export function remoteStateName(stack: string): string {
  return `cross-stack-reference-input-${stack.replace(/[^A-Za-z0-9_-]/g, "")}`;
}

/** Returns the synthesis that the Terraform of the stacks is. */
export function synthesisOf(stacks: readonly StackTerraform[]): Synthesis {
  const synthesized = new Map<string, SynthesizedStack>();
  const elements = new Map<string, Element>();
  for (const { path, terraform: document } of stacks) {
    const terraform = block(document);
    for (const element of elementsOf(path, terraform)) elements.set(element.address, element);
    synthesized.set(path, {
      path,
      outputs: Object.fromEntries(
        Object.entries(block(terraform["output"])).map(([name, it]) => [name, block(it)["value"]]),
      ),
      backend: backendOf(block(terraform["terraform"])),
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
  const common = { stack, type: "", construct: "" };
  for (const [name, value] of Object.entries(block(terraform["locals"]))) {
    yield { ...common, address: `${stack}/local.${name}`, kind: "local", config: { value } };
  }
  for (const [name, { default: value }] of namedBlocks(terraform["variable"])) {
    yield { ...common, address: `${stack}/var.${name}`, kind: "variable", config: { value } };
  }
  for (const [name, raw] of namedBlocks(terraform["module"])) {
    const { "//": _comment, ...config } = raw;
    yield { ...common, address: `${stack}/module.${name}`, kind: "module", config: block(withoutNulls(config)) };
  }
}

function namedBlocks(value: unknown): [string, Block][] {
  return Object.entries(block(value)).map(([name, each]) => [name, block(each)]);
}

function backendOf({ backend, cloud }: Block): string {
  if (cloud !== undefined) return canonical(withoutNulls({ cloud }));
  // The path of a local state begins with the folder in which the app was synthesized, which says nothing about the state.
  const { local, ...others } = block(backend);
  const { path: file } = block(local);
  const name = typeof file === "string" ? file.replace(/^.*[\\/]/, "") : "";
  return canonical(withoutNulls(local === undefined ? others : { local: name }));
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

/** Returns a block, or a list of blocks, as a list: Terraform's JSON allows both, and a list for the body of each block. */
export function blocks(value: unknown): Block[] {
  if (Array.isArray(value)) return value.flat().map(block);
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
