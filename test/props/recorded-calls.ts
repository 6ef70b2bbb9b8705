/**
 * Valid calls of the package's public functions and constructs, recorded at its door while the examples are synthesized, and how
 * each is made again.
 */
import * as path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { callShape } from "../../lib/core/door/shapes";
import { sourceOf, subpathTargets } from "../support/subpaths";

/** A call that was made, with its arguments by their names. */
export interface RecordedCall {
  readonly called: string;
  readonly given: Readonly<Record<string, unknown>>;
}

type Callable = (...given: unknown[]) => unknown;

const root = path.join(__dirname, "../..");

/** Returns what the package exports, by the name under which its shape is kept. */
export function exportedCallables(): Map<string, Callable> {
  const found = new Map<string, Callable>();
  for (const [subpath, target] of subpathTargets(root)) {
    // It extends the `expect` of vitest, and is refused outside of it.
    if (subpath === "./testing/vitest") continue;
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const room = require(path.join(root, sourceOf(target.default))) as Record<string, unknown>;
    for (const [name, value] of Object.entries(room)) {
      if (typeof value !== "function") continue;
      const callable = value as Callable & { readonly id?: unknown };
      found.set(typeof callable.id === "string" ? callable.id : name, callable);
      for (const method of Object.getOwnPropertyNames(callable)) {
        const own: unknown = (callable as unknown as Record<string, unknown>)[method];
        if (typeof own !== "function" || callShape(`${name}.${method}`) === undefined) continue;
        found.set(`${name}.${method}`, (own as Callable).bind(callable));
      }
    }
  }
  return found;
}

/** Checks whether what is called is made with a scope and an id. */
function isConstruct(called: string): boolean {
  return callShape(called)?.arguments[0]?.name === "scope";
}

let made = 0;

/**
 * Makes a call again: a part of a migration beside itself, any other construct in a stack of its own, with an id that nothing has.
 */
export function callAgain(callables: ReadonlyMap<string, Callable>, { called, given }: RecordedCall): unknown {
  const callable = callables.get(called);
  const call = callShape(called);
  if (callable === undefined || call === undefined) throw new Error(`${called} is not exported`);
  const values = call.arguments.map(({ name }) => given[name]);
  const Class = callable as unknown as new (...values: unknown[]) => unknown;
  if (!isConstruct(called)) return isClass(callable) ? new Class(...values) : callable(...values);
  const [scope, id, ...others] = values;
  const isPart = Class.prototype instanceof (callables.get("MigrationPart") ?? Object);
  made += 1;
  const freshId = typeof id === "string" && id !== "" ? `${id}-${made}` : id;
  return new Class(Construct.isConstruct(scope) && !isPart ? freshStack() : scope, freshId, ...others);
}

function isClass(callable: Callable): boolean {
  return Function.prototype.toString.call(callable).startsWith("class");
}

/** Checks whether everything that a call needs was recorded: what is parsed elsewhere goes through no door. */
export function isWhole({ called, given }: RecordedCall): boolean {
  return (callShape(called)?.arguments ?? []).every(({ name, optional }) => optional === true || name in given);
}

function freshStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  return stack;
}
