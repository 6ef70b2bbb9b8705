/** Reads Terraform's plan of a change of stage: what moves, and what of it should not. */
import { stripVTControlCharacters } from "node:util";
import type { Move, Moves } from "./walks";

/** A resource in `terraform show -json`. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly mode: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
  };
}

const TAGS: ReadonlySet<string> = new Set(["tags", "tags_all", "volume_tags", "tag_specifications"]);

/** What changes beyond tags. */
export function movesOf(changes: readonly ResourceChange[]): ResourceChange[] {
  return changes.filter((each) => each.mode === "managed" && isMove(each));
}

function isMove(change: ResourceChange): boolean {
  const { actions } = change.change;
  if (actions.every((action) => action === "no-op" || action === "read")) return false;
  return !isUpdate(change) || differing(change).length > 0;
}

function isUpdate({ change }: ResourceChange): boolean {
  return change.actions.every((action) => action === "update");
}

/** The attributes that an update changes, tags apart. A block's own tags are tags as well. */
function differing({ change: { before, after } }: ResourceChange): string[] {
  return Object.keys({ ...before, ...after })
    .filter((key) => !TAGS.has(key) && text(before?.[key]) !== text(after?.[key]))
    .sort();
}

function text(value: unknown): string {
  return JSON.stringify([value], (key: string, each: unknown) => (TAGS.has(key) ? undefined : each));
}

/** Why a move is none that any of the tables allows, or undefined. */
export function stray(change: ResourceChange, tables: readonly Moves[]): string | undefined {
  return tables.some((moves) => allows(moves[change.type] ?? [], change)) ? undefined : describe(change);
}

function allows(move: Move, change: ResourceChange): boolean {
  if (move === "comes-and-goes") return true;
  if ("comesAndGoes" in move && move.comesAndGoes.test(change.address)) return true;
  const attributes = "attributes" in move ? move.attributes : move;
  return isUpdate(change) && differing(change).every((attribute) => attributes.includes(attribute));
}

function describe(change: ResourceChange): string {
  const what = isUpdate(change) ? ` (${differing(change).join(", ")})` : "";
  return `${change.change.actions.join("+")} ${change.address}${what}`;
}

/** The moves in a few words. */
export function count(changes: readonly ResourceChange[]): string {
  const counts = new Map<string, number>();
  for (const { type, change } of changes) {
    const key = `${change.actions.join("+")} ${type}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([what, times]) => `${times} × ${what}`).join(", ");
}

/** The resources that a plan in words would change. */
export function changesIn(plan: string): string {
  const text = stripVTControlCharacters(plan);
  const lines = text
    .split("\n")
    .filter((line) => /^\s+# .* (will|must) be|forces replacement|^\s+(~|\+|-|-\/\+) /.test(line));
  return lines.length === 0 ? text : lines.join("\n");
}
