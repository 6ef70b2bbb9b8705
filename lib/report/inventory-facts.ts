import { admit } from "../core/door/admit";
import { compareText, count } from "../core/text";
import { powerStates, type Inventory, type PowerState } from "../inventory/model";

/** The numbers of an inventory in a report. Servers are counted without templates and placeholders. */
export interface InventoryFacts {
  readonly format?: string;
  readonly source?: string;
  readonly servers: number;
  readonly power: Readonly<Record<PowerState, number>>;
  readonly templates: number;
  readonly placeholders: number;
  /** The sum of the CPUs, over the servers of which it is known. */
  readonly cpus: number;
  /** The number of servers whose number of CPUs is known. */
  readonly cpusKnown: number;
  /** The sum of the memory in MiB, over the servers of which it is known. */
  readonly memoryMiB: number;
  /** The number of servers whose memory is known. */
  readonly memoryKnown: number;
  readonly disks: number;
  /** The number of servers of which at least one disk is known. */
  readonly disksKnown: number;
  /** The provisioned capacity of the disks in MiB. */
  readonly diskMiB: number;
  readonly networks: number;
  readonly databases: number;
  readonly fileShares: number;
  readonly flows: number;
  /** Servers by operating system as the source prints it, most frequent first. */
  readonly operatingSystems: readonly { readonly name: string; readonly servers: number }[];
}

/** Counts what an inventory holds, in one pass. */
export function inventoryFacts(inventory: Inventory): InventoryFacts {
  admit("inventoryFacts", { inventory });
  const power: Record<PowerState, number> = { on: 0, off: 0, suspended: 0, unknown: 0 };
  const systems = new Map<string, number>();
  const sums = { servers: 0, templates: 0, placeholders: 0, cpus: 0, memoryMiB: 0, disks: 0, diskMiB: 0 };
  const known = { cpus: 0, memory: 0, disks: 0 };
  for (const server of inventory.servers) {
    if (server.template) sums.templates += 1;
    if (server.placeholder) sums.placeholders += 1;
    if (server.template || server.placeholder) continue;
    sums.servers += 1;
    power[server.powerState] += 1;
    sums.cpus += server.cpus ?? 0;
    sums.memoryMiB += server.memoryMiB ?? 0;
    if (server.cpus !== undefined) known.cpus += 1;
    if (server.memoryMiB !== undefined) known.memory += 1;
    if (server.disks.length > 0) known.disks += 1;
    sums.disks += server.disks.length;
    for (const disk of server.disks) sums.diskMiB += disk.capacityMiB;
    const system = server.os.name ?? "not known";
    systems.set(system, (systems.get(system) ?? 0) + 1);
  }
  return {
    ...(inventory.format === undefined ? {} : { format: inventory.format }),
    ...(inventory.source === undefined ? {} : { source: inventory.source }),
    servers: sums.servers,
    power,
    templates: sums.templates,
    placeholders: sums.placeholders,
    cpus: sums.cpus,
    cpusKnown: known.cpus,
    memoryMiB: sums.memoryMiB,
    memoryKnown: known.memory,
    disks: sums.disks,
    disksKnown: known.disks,
    diskMiB: sums.diskMiB,
    networks: inventory.networks.length,
    databases: inventory.databases.length,
    fileShares: inventory.fileShares.length,
    flows: inventory.flows.length,
    operatingSystems: [...systems]
      .map(([name, servers]) => ({ name, servers }))
      .sort((a, b) => b.servers - a.servers || compareText(a.name, b.name)),
  };
}

/** Returns the number of servers in words: `12 servers (10 on, 2 off), 1 template`. */
export function serversPhrase(facts: InventoryFacts): string {
  const states = powerStates.filter((state) => facts.power[state] > 0);
  const power = states.map((state) => `${facts.power[state]} ${state === "unknown" ? "power state unknown" : state}`);
  return [
    `${count(facts.servers, "server")}${power.length === 0 ? "" : ` (${power.join(", ")})`}`,
    ...(facts.templates > 0 ? [count(facts.templates, "template")] : []),
    ...(facts.placeholders > 0 ? [count(facts.placeholders, "placeholder")] : []),
  ].join(", ");
}

/** Formats a size in MiB for people: `512 MiB`, `1.5 GiB`, `12 TiB`. One decimal where there is one. */
export function formatMiB(mebibytes: number): string {
  const units = ["MiB", "GiB", "TiB", "PiB"];
  let value = mebibytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number(value.toFixed(1))} ${units[unit] ?? ""}`;
}
