/**
 * Terraform's own arguments of a resource (Terraform documentation, meta-arguments): the provider never sees them. They decide
 * the number of instances and the operations that Terraform may do, whatever the type of the resource.
 */
import { block, blocks, canonical, type Block } from "./synthesis";

const META = ["lifecycle", "depends_on", "provider", "count", "for_each", "connection", "provisioner"];

/** Returns the arguments that the provider sees: all but Terraform's own. */
export function providerArguments(config: Block): Block {
  return Object.fromEntries(Object.entries(config).filter(([key]) => !META.includes(key)));
}

/** Checks whether the configuration has `prevent_destroy`: Terraform then refuses to destroy the resource. */
export function preventsDestroy(config: Block): boolean {
  return blocks(config["lifecycle"]).some((lifecycle) => lifecycle["prevent_destroy"] === true);
}

/** Returns the expressions of `replace_triggered_by`. */
export function replacementTriggers(config: Block): string[] {
  return blocks(config["lifecycle"])
    .flatMap(({ replace_triggered_by: triggers }) => (Array.isArray(triggers) ? triggers.map(String) : []))
    .map((text) => (text.includes("${") ? text : `\${${text}}`));
}

/** Returns a predicate that checks whether `ignore_changes` covers the path of an attribute, by itself or by a parent. */
export function ignoredChanges(config: Block): (path: string) => boolean {
  const entries = blocks(config["lifecycle"]).flatMap(({ ignore_changes: value }) =>
    value === "all" ? ["all"] : (Array.isArray(value) ? value : []).map(String),
  );
  // An index says which of several blocks; a path here is that of all of them.
  const paths = entries.map((entry) => entry.replace(/\[\d+\]/g, "").replace(/\["([^"]*)"\]/g, ".$1"));
  return (path) => paths.some((entry) => entry === "all" || path === entry || path.startsWith(`${entry}.`));
}

/** Returns the argument that removes instances of a resource, and whether it is certain from the code that it does. */
export function removedInstances(before: Block, after: Block): { argument: string; certain: boolean } | undefined {
  // An instance without a key is none of those with keys.
  if (before["for_each"] === undefined && after["for_each"] !== undefined)
    return { argument: "for_each", certain: true };
  if (before["for_each"] !== undefined && canonical(before["for_each"]) !== canonical(after["for_each"])) {
    const keys = keysOf(before["for_each"]);
    const left = keysOf(after["for_each"]);
    if (keys === undefined || (left === undefined && after["for_each"] !== undefined)) {
      return { argument: "for_each", certain: false };
    }
    return keys.every((key) => left?.includes(key)) ? undefined : { argument: "for_each", certain: true };
  }
  // A resource without a count is its first instance: Terraform moves it there by itself.
  const [from, to] = [before["count"] ?? 1, after["count"] ?? 1];
  if (canonical(from) === canonical(to)) return undefined;
  if (typeof from === "number" && typeof to === "number") {
    return to < from ? { argument: "count", certain: true } : undefined;
  }
  return { argument: "count", certain: false };
}

function keysOf(value: unknown): string[] | undefined {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === "object" && value !== null ? Object.keys(block(value)) : undefined;
}
