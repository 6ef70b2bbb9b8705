/**
 * Divides the resources of a finished migration: what stays, what ends with it, and what of the stack goes along because it
 * refers to what leaves. Nothing that holds data ends, whatever its construct says, and nothing to which something refers that
 * stays: an alarm that a composite alarm gathers cannot be deleted, and AWS says so only on the night.
 */
import { dataHoldingTypes } from "../losses/data-holding-types";
import { referencesOf } from "../rehearsal/references";
import type { Element, Synthesis } from "../rehearsal/stack-terraform";
import { migrationsOf, type AppMigration } from "./app-migrations";
import { handedOverTypes } from "./resource-types";
import { isOpenParameter } from "./secrets";
import type { SynthesizedStackFile } from "../synthesized-app";

/** A resource that its construct calls made for the move alone, and that stays all the same. */
export interface KeptResource {
  readonly address: string;
  /** The reason, a phrase: `it holds logs, which are evidence`. */
  readonly reason: string;
}

/** Something that is left in the code and refers to what leaves it. */
export interface LeftReference {
  /** The path of the stack and the address of what refers. */
  readonly from: string;
  /** The address to which it refers. */
  readonly to: string;
}

/** The division of a stack's resources. All addresses are the stack's own. */
export interface Division {
  /** The elements that are handed over, by their address. */
  readonly stays: ReadonlyMap<string, Element>;
  /** The addresses that stay in the account and leave Terraform, because importing them would put a secret into a state. */
  readonly released: readonly string[];
  /** The addresses that Terraform destroys as the construct goes. */
  readonly ends: readonly string[];
  /** The addresses of {@link stays} that belong to no migration, and refer to what leaves. */
  readonly beside: readonly string[];
  readonly kept: readonly KeptResource[];
  readonly left: readonly LeftReference[];
}

/** Divides the resources. `standing`: whether the record of its stages stays, because others name it. */
export function divide(
  stack: SynthesizedStackFile,
  synthesis: Synthesis,
  migration: AppMigration,
  standing: boolean,
): Division {
  const elements = new Map(
    [...synthesis.elements.values()]
      .filter((each) => each.stack === stack.path)
      .map((each) => [each.address.slice(stack.path.length + 1), each] as const),
  );
  const references = new Map(
    [...elements].map(([address, { config }]) => [
      address,
      referencesOf(stack.path, config).map(({ path, target }) => ({ path, to: target.slice(stack.path.length + 1) })),
    ]),
  );
  const own = new Set([...migration.resources, ...migration.record, ...migration.marks.keys()]);
  const others = new Set(
    migrationsOf(stack)
      .filter(({ app, name }) => app !== migration.app || name !== migration.name)
      .flatMap(({ resources, record: theirs, marks }) => [...resources, ...theirs, ...marks.keys()]),
  );
  const beside = besides(elements, references, own, others);
  const kept: KeptResource[] = [];
  const ends = new Set([...(standing ? [] : migration.record), ...migration.marks.keys()]);
  for (const address of migration.onlyForMove) {
    const holds = dataHoldingTypes[elements.get(address)?.type ?? ""];
    if (holds === undefined) ends.add(address);
    else kept.push({ address, reason: `it holds ${holds}` });
  }
  const leaving = [...own, ...beside];
  for (let changed = true; changed;) {
    changed = false;
    for (const address of leaving.filter((each) => !ends.has(each))) {
      const createdWith = handedOverTypes[elements.get(address)?.type ?? ""]?.createdWith ?? [];
      for (const { path, to } of references.get(address) ?? []) {
        if (createdWith.includes(path) || !ends.delete(to)) continue;
        kept.push({ address: to, reason: `${address} stays and refers to it` });
        changed = true;
      }
    }
  }
  const released = leaving.filter((address) => !ends.has(address) && isSecret(elements.get(address)));
  const stays = leaving
    .filter((address) => !ends.has(address) && !released.includes(address))
    .sort()
    .flatMap((address) => {
      const element = elements.get(address);
      return element?.kind === "resource" ? [[address, element] as const] : [];
    });
  return {
    stays: new Map(stays),
    released: released.sort(),
    ends: [...ends].sort(),
    beside,
    kept,
    left: leftReferences(stack, synthesis, new Set(leaving)),
  };
}

function isSecret(element: Element | undefined): boolean {
  if (element === undefined) return false;
  const { type, config } = element;
  if (type === "aws_ssm_parameter")
    return config["value_wo"] !== undefined || !isOpenParameter({ type, values: config });
  return handedOverTypes[element.type]?.secret === true;
}

/** Returns what of the stack belongs to no migration and refers to what leaves, by itself or by another such resource. */
function besides(
  elements: ReadonlyMap<string, Element>,
  references: ReadonlyMap<string, readonly { readonly to: string }[]>,
  own: ReadonlySet<string>,
  others: ReadonlySet<string>,
): string[] {
  const found = new Set<string>();
  for (let changed = true; changed;) {
    changed = false;
    for (const [address, { kind }] of elements) {
      if (kind !== "resource" || own.has(address) || others.has(address) || found.has(address)) continue;
      if (references.get(address)?.some(({ to }) => own.has(to) || found.has(to)) !== true) continue;
      found.add(address);
      changed = true;
    }
  }
  return [...found].sort();
}

/** Returns what stays in the code of any stack and refers to what leaves: other migrations, and other stacks by an output. */
function leftReferences(
  stack: SynthesizedStackFile,
  synthesis: Synthesis,
  leaving: ReadonlySet<string>,
): LeftReference[] {
  const outputs = new Map<string, string>();
  for (const [name, value] of Object.entries(synthesis.stacks.get(stack.path)?.outputs ?? {})) {
    const to = referencesOf(stack.path, { value }).find(({ target }) =>
      leaving.has(target.slice(stack.path.length + 1)),
    );
    if (to !== undefined) outputs.set(name, to.target.slice(stack.path.length + 1));
  }
  const found = new Map<string, LeftReference>();
  for (const element of synthesis.elements.values()) {
    if (element.kind !== "resource" && element.kind !== "module") continue;
    const address = element.address.slice(element.stack.length + 1);
    if (element.stack === stack.path && leaving.has(address)) continue;
    for (const { target, inner } of referencesOf(element.stack, element.config)) {
      const name = target.slice(element.stack.length + 1);
      const to =
        element.stack === stack.path && leaving.has(name)
          ? name
          : name.startsWith("data.terraform_remote_state.")
            ? outputs.get(inner ?? "")
            : undefined;
      if (to !== undefined) found.set(`${element.address} ${to}`, { from: element.address, to });
    }
  }
  return [...found.values()];
}
