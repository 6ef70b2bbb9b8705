/**
 * ```ts
 * mergeInventories(rvtools, flows, writtenByHand);
 * ```
 *
 * Merges inventories, because no one tool knows everything: the hypervisor knows disks, the network knows flows, and people
 * know what an application is called. Files are given in the order of trust. The values of an earlier one stay, a later one
 * fills the gaps, and where two differ the first holds and a finding says so.
 */
import { sortedEntries } from "../core/collections";
import type { RuleDescription } from "../core/rule";
import { FlowSet } from "./flow-set";
import type { Inventory, Network, Server } from "./model";
import { fillGaps, type Conflict } from "./fill-gaps";
import { ReaderFindings } from "./reader";

/** The finding about a server or network on which two inventories disagree. */
export const inventoryConflict: RuleDescription = {
  id: "inventory-conflict",
  title: "Two inventories disagree about the same server or network",
  severity: "warning",
  why: "only one of them can be right, and sizes, addresses and waves are taken from the one that was given first",
  remedy: "correct the wrong source, or give the inventory that is right first",
};

/** The findings that merging may report, for the table of rules. */
export const mergeRules: readonly RuleDescription[] = [inventoryConflict];

/**
 * Merges several inventories into one, the most trusted first.
 *
 * - A server with the UUID of an earlier one is the same server; where one of the two has no UUID, one with the same name.
 * - A network with the name of an earlier one is the same network.
 * - Flows with the same source, destination, port and protocol are one flow; counts that are known add up.
 * - Databases and file shares with the same values are one; others are kept side by side.
 *
 * Two rows of one and the same inventory are never merged: a rule reports that they are alike.
 */
export function mergeInventories(...inventories: readonly Inventory[]): Inventory {
  const [first, ...others] = inventories;
  if (first === undefined) {
    return { servers: [], networks: [], databases: [], fileShares: [], flows: [], findings: [] };
  }
  if (others.length === 0) return first;
  const findings = new ReaderFindings();
  const flows = new FlowSet();
  const servers = new ServerMerge(findings);
  const networks = new NetworkMerge(findings);
  const databases = new Map<string, Inventory["databases"][number]>();
  const fileShares = new Map<string, Inventory["fileShares"][number]>();
  for (const inventory of inventories) {
    servers.add(inventory.servers);
    networks.add(inventory.networks);
    for (const flow of inventory.flows) flows.add(flow);
    for (const database of inventory.databases) addOnce(databases, database);
    for (const share of inventory.fileShares) addOnce(fileShares, share);
  }
  return {
    ...joined("format", inventories, " + "),
    ...joined("source", inventories, ", "),
    servers: servers.merged,
    networks: networks.merged,
    databases: [...databases.values()],
    fileShares: [...fileShares.values()],
    flows: flows.toArray(),
    findings: [...inventories.flatMap((inventory) => inventory.findings), ...findings.all],
  };
}

function joined(
  key: "format" | "source",
  inventories: readonly Inventory[],
  glue: string,
): Partial<Record<typeof key, string>> {
  const values = new Set(inventories.flatMap((inventory) => inventory[key] ?? []));
  return values.size === 0 ? {} : { [key]: [...values].join(glue) };
}

function addOnce<Item extends { readonly location?: unknown }>(known: Map<string, Item>, item: Item): void {
  const { location: _location, ...rest } = item;
  const key = JSON.stringify(sortedEntries(rest));
  if (!known.has(key)) known.set(key, item);
}

/**
 * The merged servers, by UUID and by name; each inventory's servers are looked for among those of the inventories before it
 * only.
 */
class ServerMerge {
  public readonly merged: Server[] = [];
  private readonly byUuid = new Map<string, number>();
  private readonly byName = new Map<string, Set<number>>();

  constructor(private readonly findings: ReaderFindings) {}

  public add(servers: readonly Server[]): void {
    const found = servers.map((server) => this.find(server));
    servers.forEach((server, index) => {
      const position = found[index];
      const known = position === undefined ? undefined : this.merged[position];
      if (position === undefined || known === undefined) {
        this.merged.push(server);
        this.index(server, this.merged.length - 1);
      } else {
        const { value, conflicts } = fillGaps(known, server);
        this.merged[position] = value;
        this.index(value, position);
        report(this.findings, server, conflicts);
      }
    });
  }

  private find(server: Server): number | undefined {
    const same = server.uuid === undefined ? undefined : this.byUuid.get(server.uuid.toLowerCase());
    if (same !== undefined) return same;
    let candidate: number | undefined;
    for (const position of this.byName.get(nameKey(server.name)) ?? []) {
      if (server.uuid !== undefined && this.merged[position]?.uuid !== undefined) continue;
      // Two servers of that name: nobody can tell which one is meant.
      if (candidate !== undefined) return undefined;
      candidate = position;
    }
    return candidate;
  }

  private index(server: Server, position: number): void {
    const uuid = server.uuid?.toLowerCase();
    if (uuid !== undefined && !this.byUuid.has(uuid)) this.byUuid.set(uuid, position);
    const key = nameKey(server.name);
    const named = this.byName.get(key);
    if (named === undefined) this.byName.set(key, new Set([position]));
    else named.add(position);
  }
}

class NetworkMerge {
  public readonly merged: Network[] = [];
  private readonly byName = new Map<string, number>();

  constructor(private readonly findings: ReaderFindings) {}

  public add(networks: readonly Network[]): void {
    const found = networks.map((network) => this.byName.get(nameKey(network.name)));
    networks.forEach((network, index) => {
      const position = found[index];
      const known = position === undefined ? undefined : this.merged[position];
      if (position === undefined || known === undefined) {
        this.merged.push(network);
        this.byName.set(nameKey(network.name), this.merged.length - 1);
      } else {
        const { value, conflicts } = fillGaps(known, network);
        this.merged[position] = value;
        report(this.findings, network, conflicts);
      }
    });
  }
}

function report(findings: ReaderFindings, item: Server | Network, conflicts: readonly Conflict[]): void {
  for (const { path, kept, refused } of conflicts) {
    const values =
      kept === undefined || refused === undefined
        ? "differs between two inventories"
        : `is ${kept} in one inventory and ${refused} in a later one`;
    findings.add(inventoryConflict, item.name, `${path} ${values}; the first is kept`, item.location);
  }
}

function nameKey(name: string): string {
  return name.trim().toLowerCase();
}
