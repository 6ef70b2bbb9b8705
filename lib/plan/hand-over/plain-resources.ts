/**
 * Writes what stays as plain Terraform: the arguments of the synthesized Terraform, where a reference to something that stays is
 * kept, and one to anything else is the value that the state has for it. A value is the same on every plan and can be reviewed; a
 * data source would ask AWS each time, and find something else one day. A secret is never written: its argument is left out and
 * ignored, and what AWS has stays.
 */
import { block, blocks, type Block, type Element } from "../rehearsal/stack-terraform";
import {
  literalText,
  NotWritable,
  referencesOfTemplate,
  rewriteTemplate,
  type Replacement,
  type Traversal,
} from "./expression";
import { isSecretAttribute, isSecretName, isWriteOnly, type Secrets } from "./secrets";
import { holdsSensitive, type StateResource, type TerraformState } from "./terraform-state";

/** An argument that could not be written. */
export interface UnwrittenArgument {
  readonly address: string;
  /** The name of the argument. */
  readonly argument: string;
  /** The reference, or what cannot be handed over. */
  readonly what: string;
}

/** Plain resources, and what they need beside themselves. */
export interface PlainResources {
  /** The resources, by type and name. */
  readonly resource: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly locals: Block;
  readonly variable: Block;
  /** The arguments that are left out because they are secrets. */
  readonly secrets: readonly UnwrittenArgument[];
  /** The arguments whose value is not known. */
  readonly unresolved: readonly UnwrittenArgument[];
  /** The arguments of Terraform's own that no plain resource keeps: provisioners, and the conditions of a lifecycle. */
  readonly dropped: readonly UnwrittenArgument[];
}

/** The subject of {@link plainResources}. */
export interface PlainContext {
  /** The elements that stay, by address. */
  readonly stays: ReadonlyMap<string, Element>;
  /** The stack's Terraform. */
  readonly terraform: Block;
  readonly state: TerraformState;
  readonly secrets: Secrets;
}

/** The arguments that name a resource by the beginning of its name, each with the name: what was made of it holds from now on. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ["name_prefix", "name"],
  ["bucket_prefix", "bucket"],
  ["identifier_prefix", "identifier"],
  ["cluster_identifier_prefix", "cluster_identifier"],
]);

/** Writes the resources. */
export function plainResources(context: PlainContext): PlainResources {
  return new Writer(context).write();
}

class Writer {
  private readonly secrets: UnwrittenArgument[] = [];
  private readonly unresolved: UnwrittenArgument[] = [];
  private readonly dropped: UnwrittenArgument[] = [];
  private readonly locals = new Map<string, unknown>();
  private readonly variables = new Set<string>();

  constructor(private readonly context: PlainContext) {}

  public write(): PlainResources {
    const resource: Record<string, Record<string, Block>> = {};
    for (const [address, { type, config }] of this.context.stays) {
      const name = address.slice(type.length + 1);
      resource[type] = { ...resource[type], [name]: this.resource(address, type, config) };
    }
    const variables = block(this.context.terraform["variable"]);
    return {
      resource,
      locals: Object.fromEntries(this.locals),
      variable: Object.fromEntries([...this.variables].map((name) => [name, withoutComment(variables[name])])),
      secrets: this.secrets,
      unresolved: this.unresolved,
      dropped: this.dropped,
    };
  }

  private resource(address: string, type: string, config: Block): Block {
    const of = this.context.state.resources.get(address);
    const written: Record<string, unknown> = {};
    const ignored: string[] = [];
    const leaveOut = (argument: string, what: string): void => {
      this.secrets.push({ address, argument, what });
      ignored.push(argument);
    };
    for (const [argument, value] of Object.entries(config)) {
      if (argument === "lifecycle" || argument === "depends_on") continue;
      if (argument === "count" || argument === "for_each") {
        this.unresolved.push({ address, argument, what: argument });
        continue;
      }
      if (argument === "provisioner" || argument === "connection") {
        this.dropped.push({ address, argument, what: argument });
        continue;
      }
      if (argument === "provider") {
        written[argument] = value;
        continue;
      }
      if (isWriteOnly(argument)) {
        this.secrets.push({ address, argument, what: "a write-only argument" });
        continue;
      }
      if (this.isSecret(type, argument, value, of)) {
        leaveOut(argument, "a secret");
        continue;
      }
      const name = PREFIXES.get(argument);
      const named = name === undefined ? undefined : of?.values[name];
      if (name !== undefined && typeof named === "string") {
        written[name] = literalText(named);
        continue;
      }
      try {
        written[argument] = this.value(value);
      } catch (error) {
        if (!(error instanceof NotWritable)) throw error;
        const what = describe(error.reference);
        if (error.kind === "secret") leaveOut(argument, what);
        else this.unresolved.push({ address, argument, what });
      }
    }
    const lifecycle = this.lifecycle(address, type, config["lifecycle"], ignored);
    const after = this.dependsOn(config["depends_on"]);
    return {
      ...written,
      ...(Object.keys(lifecycle).length === 0 ? {} : { lifecycle }),
      ...(after.length === 0 ? {} : { depends_on: after }),
    };
  }

  private isSecret(type: string, argument: string, value: unknown, of: StateResource | undefined): boolean {
    if (type === "aws_ssm_parameter") return false;
    const named = isSecretName(argument) && typeof value === "string";
    return named || holdsSensitive(of?.sensitive[argument]) || this.context.secrets.has(value);
  }

  private value(value: unknown): unknown {
    if (typeof value === "string") return rewriteTemplate(value, (reference) => this.replace(reference));
    if (Array.isArray(value)) return value.map((each) => this.value(each));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.value(each)]));
  }

  private replace(reference: Traversal): Replacement {
    const { address } = reference;
    if (this.context.stays.has(address)) return { kind: "keep" };
    const [first = "", second = ""] = address.split(".");
    if (first === "var") {
      this.variables.add(second);
      return { kind: "keep" };
    }
    if (first === "local") return this.local(second);
    if (first === "module") return { kind: "unknown" };
    // Ephemeral values are secrets, whatever they are called.
    if (first === "ephemeral") return { kind: "secret" };
    return this.known(reference);
  }

  private local(name: string): Replacement {
    const locals = block(this.context.terraform["locals"]);
    if (!(name in locals)) return { kind: "unknown" };
    if (!this.locals.has(name)) {
      this.locals.set(name, null);
      this.locals.set(name, this.value(locals[name]));
    }
    return { kind: "keep" };
  }

  /** Returns the value that the state has. Words that only look like an address are left as they are. */
  private known({ address, steps, open }: Traversal): Replacement {
    const [first, ...rest] = steps;
    // An instance of a data source with for_each is known by its key.
    const key = typeof first === "string" ? `["${first}"]` : `[${String(first)}]`;
    const { resources } = this.context.state;
    const instance = resources.get(`${address}${key}`);
    const found = instance ?? resources.get(address);
    const path = instance === undefined ? steps : rest;
    const [attribute] = path;
    if (found === undefined) return this.isElement(address) ? { kind: "unknown" } : { kind: "keep" };
    if (typeof attribute !== "string" || open) return { kind: "unknown" };
    let value: unknown = found.values;
    for (const step of path) {
      if (typeof value !== "object" || value === null || !(step in value)) return { kind: "unknown" };
      value = (value as Record<string | number, unknown>)[step];
    }
    if (isSecretAttribute(found, attribute) || this.context.secrets.has(value)) return { kind: "secret" };
    return { kind: "value", value };
  }

  private isElement(address: string): boolean {
    const [kind, type = "", name = ""] = address.startsWith("data.")
      ? address.split(".")
      : ["resource", ...address.split(".")];
    return block(block(this.context.terraform[kind ?? ""])[type])[name] !== undefined;
  }

  /** Keeps what protects a resource and what is ignored; its conditions are those of the migration. */
  private lifecycle(address: string, type: string, given: unknown, ignored: readonly string[]): Block {
    const [{ precondition, postcondition, replace_triggered_by: triggers, ignore_changes: changes, ...others } = {}] =
      blocks(given);
    for (const [argument, value] of Object.entries({ precondition, postcondition })) {
      if (value !== undefined) this.dropped.push({ address, argument, what: `lifecycle.${argument}` });
    }
    const kept = this.dependsOn(triggers);
    const named = (Array.isArray(changes) ? changes : []).map(String);
    const all = changes === "all" ? "all" : [...named, ...ignored];
    return {
      ...others,
      ...(kept.length === 0 ? {} : { replace_triggered_by: kept }),
      ...(all.length === 0 ? {} : { ignore_changes: all }),
    };
  }

  /** Returns the addresses of those that stay. */
  private dependsOn(value: unknown): string[] {
    if (!Array.isArray(value)) return [];
    return value.filter((each): each is string => {
      if (typeof each !== "string") return false;
      const [reference] = referencesOfTemplate(each.includes("${") ? each : `\${${each}}`);
      return reference !== undefined && this.context.stays.has(reference.address);
    });
  }
}

function describe({ address, steps }: Traversal): string {
  return [address, ...steps].join(".");
}

function withoutComment(value: unknown): Block {
  const { "//": _comment, ...rest } = block(value);
  return rest;
}
