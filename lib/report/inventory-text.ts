import { admit } from "../core/door/admit";
import type { Inventory } from "../inventory/model";
import { findingsText } from "./findings-text";
import { formatMiB, inventoryFacts, serversPhrase, type InventoryFacts } from "./inventory-facts";
import { pad, painter, type LayoutOptions } from "./text-layout";
import { printable } from "../core/printable";
import { count } from "../core/text";
import { dataWithoutSecrets } from "../core/secret/redact";
import { formatTally, tally } from "./tally";

const SYSTEMS_SHOWN = 12;

/** Returns the numbers of an inventory, each with its name; the text and the Markdown print the same. */
export function factLines(facts: InventoryFacts): (readonly [string, string])[] {
  return [
    ["servers", serversPhrase(facts)],
    ["CPUs", knownOf(facts, facts.cpusKnown, String(facts.cpus))],
    ["memory", knownOf(facts, facts.memoryKnown, formatMiB(facts.memoryMiB))],
    ["disks", knownOf(facts, facts.disksKnown, `${facts.disks}, ${formatMiB(facts.diskMiB)} provisioned`)],
    ["networks", String(facts.networks)],
    ["databases", String(facts.databases)],
    ["file shares", String(facts.fileShares)],
    ["flows", String(facts.flows)],
  ];
}

/** A sum that leaves some servers out says so: what is not known is not zero. */
function knownOf({ servers }: InventoryFacts, known: number, sum: string): string {
  if (known === servers) return sum;
  return known === 0 ? "not known" : `${sum} (of ${known} of ${count(servers, "server")})`;
}

/** Renders an inventory as plain text: its numbers, and the findings of its reader. Ends with a line feed. */
export function inventoryText(inventory: Inventory, options: LayoutOptions = {}): string {
  admit("inventoryText", { inventory, options });
  return writeInventoryText(dataWithoutSecrets(inventory), options);
}

function writeInventoryText(inventory: Inventory, options: LayoutOptions): string {
  const paint = painter(options.color ?? false);
  const facts = inventoryFacts(inventory);
  const format = facts.format === undefined ? "" : ` (${printable(facts.format)})`;
  const systems = facts.operatingSystems.slice(0, SYSTEMS_SHOWN);
  const others = facts.operatingSystems.length - systems.length;
  const digits = String(systems[0]?.servers ?? 0).length;
  return [
    paint("bold", `Inventory${facts.source === undefined ? "" : ` of ${printable(facts.source)}`}${format}`),
    "",
    ...factLines(facts).map(([name, value]) => `  ${pad(name, 12)} ${value}`),
    `  ${pad("reading", 12)} ${formatTally(tally(inventory.findings))}`,
    ...(systems.length === 0 ? [] : ["", paint("bold", "Operating systems")]),
    ...systems.map(({ name, servers }) => `  ${String(servers).padStart(digits)}  ${printable(name)}`),
    ...(others > 0 ? [paint("dim", `  and ${others} more`)] : []),
    ...findingsText(inventory.findings, options),
    "",
  ].join("\n");
}
