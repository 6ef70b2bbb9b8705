/**
 * The end of a walk: the migration is handed over with the command line, as its README says. The new module only imports, the old
 * stack only forgets what stays and destroys what was for the move, and both have an empty second plan. Where the walk comes back,
 * the README's own commands take it back.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { Outcome } from "../support/terraform";
import { block, type Block } from "../../lib/plan/rehearsal/stack-terraform";
import { referencesOf } from "../../lib/plan/rehearsal/references";
import type { ResourceChange } from "./plan";

/** What `migration-patterns hand-over --format json` prints. */
export interface HandedOver {
  readonly stack: string;
  readonly imports: readonly { readonly to: string }[];
  readonly settings: readonly { readonly address: string; readonly arguments: readonly string[] }[];
  readonly stateMoves: readonly string[];
  readonly released: readonly string[];
  readonly rewritten: readonly string[];
  readonly ends: readonly string[];
  readonly beside: readonly string[];
}

/** Runs a command in a folder. */
export type Run = (command: string, args: readonly string[]) => Promise<Outcome>;

/** The command line, as it is built. */
export const COMMAND_LINE = path.resolve(__dirname, "../../dist/cli/main.js");

/** What a plan of the new module does beside what the hand-over has said. Empty where it does that and no more. */
export function straysOfImport(changes: readonly ResourceChange[], of: HandedOver): string[] {
  const managed = changes.filter(({ mode }) => mode === "managed");
  const settings = new Map(of.settings.map((each) => [each.address, each.arguments]));
  const strays = managed.flatMap(({ address, change: { actions, before, after } }) => {
    const what = actions.join("+");
    if (what === "no-op") return [];
    const differing = Object.keys({ ...before, ...after }).filter(
      (key) => JSON.stringify([before?.[key]]) !== JSON.stringify([after?.[key]]),
    );
    const said = settings.get(address);
    settings.delete(address);
    const fine = what === "update" && differing.every((each) => said?.includes(each) === true);
    return fine ? [] : [`${what} ${address} (${differing.join(", ")})`];
  });
  const imported = new Set(managed.filter(isImport).map(({ address }) => address));
  return [
    ...strays,
    ...[...settings.keys()].map((address) => `does not change ${address}, as it was said`),
    ...of.imports.filter(({ to }) => !imported.has(to)).map(({ to }) => `does not import ${to}`),
    ...[...imported].filter((each) => !of.imports.some(({ to }) => to === each)).map((each) => `imports ${each}`),
  ];
}

function isImport({ change }: ResourceChange): boolean {
  return (change as { readonly importing?: unknown }).importing !== undefined;
}

/** What a plan of the old stack does beside forgetting what stays and destroying what ends. */
export function straysOfRemoval(changes: readonly ResourceChange[], of: HandedOver): string[] {
  const wanted = new Map<string, string>([
    ...[...of.imports.map(({ to }) => to), ...of.stateMoves, ...of.released].map((each) => [each, "forget"] as const),
    ...of.ends.map((each) => [each, "delete"] as const),
  ]);
  const strays = changes
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ address, change: { actions } }) => {
      const what = actions.join("+");
      const said = wanted.get(address) ?? "no-op";
      wanted.delete(address);
      return what === said ? [] : [`${what} ${address}, and not ${said}`];
    });
  return [...strays, ...[...wanted].map(([address, what]) => `does not ${what} ${address}`)];
}

/** What a plan of the stack with its migration again does beside taking back what was handed over. */
export function straysOfReturn(changes: readonly ResourceChange[], of: HandedOver): string[] {
  const made = new Set([...of.ends, ...of.rewritten]);
  return changes
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ address, change: { actions } }) => {
      const what = actions.join("+");
      const fine = what === "no-op" || what === "update" || (what === "create" && made.has(address));
      return fine ? [] : [`${what} ${address}`];
    });
}

/**
 * Takes what leaves out of the stack's Terraform, as its construct takes it when it is removed from the code: the resources, and
 * whatever data source, local value or output was there for them alone.
 */
export function withoutMigration(terraform: unknown, of: HandedOver): unknown {
  const document = block(terraform);
  const gone = new Set([...of.imports.map(({ to }) => to), ...of.stateMoves, ...of.released, ...of.ends]);
  const others = [
    ...Object.entries(block(document["data"])).flatMap(([type, named]) => addressed(`data.${type}`, named)),
    ...addressed("local", document["locals"]),
    ...addressed("output", document["output"]),
  ];
  for (let size = -1; size !== gone.size;) {
    size = gone.size;
    for (const [address, value] of others) if (refersTo(gone, value)) gone.add(address);
  }
  const kept = (prefix: string, named: unknown): Block =>
    Object.fromEntries(Object.entries(block(named)).filter(([name]) => !gone.has(`${prefix}.${name}`)));
  const byType = (kind: "resource" | "data"): Block =>
    Object.fromEntries(
      Object.entries(block(document[kind]))
        .map(([type, named]) => [type, kept(kind === "data" ? `data.${type}` : type, named)] as const)
        .filter(([, named]) => Object.keys(named).length > 0),
    );
  // Without the migration's own imports, moves and ephemeral values: what they are about is no longer here.
  const { import: _import, moved: _moved, ephemeral: _ephemeral, ...rest } = document;
  const cut = {
    ...rest,
    resource: byType("resource"),
    data: byType("data"),
    locals: kept("local", document["locals"]),
    output: kept("output", document["output"]),
  };
  // Terraform reads an empty block of outputs as one without a name.
  return Object.fromEntries(Object.entries(cut).filter(([, value]) => Object.keys(block(value)).length > 0));
}

function addressed(prefix: string, named: unknown): (readonly [address: string, value: unknown])[] {
  return Object.entries(block(named)).map(([name, value]) => [`${prefix}.${name}`, value]);
}

function refersTo(gone: ReadonlySet<string>, value: unknown): boolean {
  // The record's own queries read the migration's parameters, whose name is in their path.
  if (JSON.stringify(value).includes('"path":"/migration/')) return true;
  return referencesOf("", { value }).some(({ target }) => gone.has(target.slice(1)));
}

/** Writes the stack without the migration, and with the removed blocks. Returns what takes it back. */
export function removeFromStack(folder: string, handedOver: string, of: HandedOver): () => void {
  const file = path.join(folder, "cdk.tf.json");
  const before = readFileSync(file, "utf8");
  writeFileSync(file, JSON.stringify(withoutMigration(JSON.parse(before), of), undefined, 2));
  const removed = path.join(folder, "removed.tf.json");
  writeFileSync(removed, readFileSync(path.join(handedOver, "stack/removed.tf.json"), "utf8"));
  return () => {
    rmSync(removed);
    writeFileSync(file, before);
  };
}

/** The commands under a heading of the hand-over's README: one text for each block, whose lines run in order. */
export function commandsOf(readme: string, heading: string): string[] {
  const [, section = ""] = readme.split(`\n## ${heading}\n`);
  const [own = ""] = section.split("\n## ");
  return [...own.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, commands = ""]) => commands);
}

/** Lets the new module be destroyed, as a user has to who means it: `prevent_destroy` is a literal. */
export function unprotect(module: string): void {
  const file = path.join(module, "main.tf.json");
  writeFileSync(file, readFileSync(file, "utf8").replace(/"prevent_destroy": true/g, '"prevent_destroy": false'));
}
