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

/** What changes. */
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

/** The attributes that an update changes. */
function differing({ change: { before, after } }: ResourceChange): string[] {
  return Object.keys({ ...before, ...after })
    .filter((key) => text(before?.[key]) !== text(after?.[key]))
    .sort();
}

function text(value: unknown): string {
  return JSON.stringify([value]);
}

/** Whether it is a parameter in which a migration's stage is recorded. */
export function isRecord({ address, type }: ResourceChange): boolean {
  return type === "aws_ssm_parameter" && /_record_(declared|reached)_[0-9A-F]{8}$/.test(address);
}

/** What a parameter of a stage record may change. */
const RECORDED: Moves = { aws_ssm_parameter: ["has_value_wo", "insecure_value", "value_wo", "version"] };

/** The stages that the plan would record: `declared test -> cutover`. */
export function recordedIn(changes: readonly ResourceChange[]): string[] {
  return changes.filter(isRecord).map(({ address, change: { before, after } }) => {
    const which = /_record_(declared|reached)_/.exec(address)?.[1] ?? "";
    return `${which} ${String(before?.["insecure_value"])} -> ${String(after?.["insecure_value"])}`;
  });
}

/** Why a move is none that any of the tables allows, or undefined. */
export function stray(change: ResourceChange, tables: readonly Moves[]): string | undefined {
  const allowing = isRecord(change) ? [RECORDED] : tables;
  return allowing.some((moves) => allows(moves[change.type] ?? [], change)) ? undefined : describe(change);
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
