/**
 * ```ts
 * attributeChanges({ ebs: [{ size: 8 }] }, { ebs: [{ size: 9 }] }); // [{ path: "ebs.size", how: "changed" }]
 * ```
 *
 * The differences between two configurations of one resource, as paths of attributes. A path has no indexes: whether a provider
 * can change an attribute in place does not depend on the block it is in.
 */
import { compareText } from "../../core/text";
import { block, canonical, type Block } from "./synthesis";

/** An attribute that differs between two configurations. */
export interface AttributeChange {
  /** The path of the attribute: `instance_type`, `root_block_device.volume_size`. */
  readonly path: string;
  /** The kind of change; `reordered` where a list of plain values has the same values in another order. */
  readonly how: "added" | "removed" | "changed" | "reordered";
}

/** Returns the attributes that differ, each path and kind of change once, sorted. */
export function attributeChanges(before: Block, after: Block): AttributeChange[] {
  const found = new Map<string, AttributeChange>();
  for (const change of blockChanges("", before, after)) found.set(`${change.path} ${change.how}`, change);
  return [...found.entries()].sort(([a], [b]) => compareText(a, b)).map(([, change]) => change);
}

function* blockChanges(prefix: string, before: Block, after: Block): Iterable<AttributeChange> {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    yield* valueChanges(prefix === "" ? key : `${prefix}.${key}`, before[key], after[key]);
  }
}

function* valueChanges(path: string, before: unknown, after: unknown): Iterable<AttributeChange> {
  if (canonical(before) === canonical(after)) return;
  if (before === undefined) yield* leaves(path, after, "added");
  else if (after === undefined) yield* leaves(path, before, "removed");
  else if (holdsBlocks(before) && holdsBlocks(after)) yield* listChanges(path, listOf(before), listOf(after));
  else yield { path, how: sameValues(before, after) ? "reordered" : "changed" };
}

function sameValues(before: unknown, after: unknown): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  const [old, young] = [before, after].map((list) => list.map(canonical).sort(compareText).join());
  return old === young;
}

/**
 * Compares two lists of blocks. Blocks that are in both are set aside first, so that one that is removed does not make all
 * after it look changed.
 */
function* listChanges(path: string, before: readonly Block[], after: readonly Block[]): Iterable<AttributeChange> {
  const kept = new Map<string, number>();
  for (const each of after) kept.set(canonical(each), (kept.get(canonical(each)) ?? 0) + 1);
  const gone = before.filter((each) => !take(kept, canonical(each)));
  const fresh = after.filter((each) => take(kept, canonical(each)));
  for (let index = 0; index < Math.max(gone.length, fresh.length); index += 1) {
    const old = gone[index];
    const young = fresh[index];
    if (old !== undefined && young !== undefined) yield* blockChanges(path, old, young);
    else if (old !== undefined) yield* leaves(path, old, "removed");
    else yield* leaves(path, young, "added");
  }
}

function take(counts: Map<string, number>, key: string): boolean {
  const left = counts.get(key) ?? 0;
  if (left > 0) counts.set(key, left - 1);
  return left > 0;
}

function* leaves(path: string, value: unknown, how: "added" | "removed"): Iterable<AttributeChange> {
  if (!holdsBlocks(value)) {
    yield { path, how };
    return;
  }
  let empty = true;
  for (const each of listOf(value)) {
    for (const [key, inner] of Object.entries(each)) {
      empty = false;
      yield* leaves(`${path}.${key}`, inner, how);
    }
  }
  if (empty) yield { path, how };
}

/** Checks whether the value is a block or a list of blocks. A list of anything else is a plain value. */
function holdsBlocks(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every((each) => isBlock(each));
  return isBlock(value);
}

function isBlock(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): Block[] {
  return Array.isArray(value) ? value.map(block) : [block(value)];
}
