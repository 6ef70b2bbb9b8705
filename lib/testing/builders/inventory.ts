/**
 * ```ts
 * inventoryOf(["web-01", server("db-01", { cpus: 8 })], { flows: ["web-01 -> db-01:5432"] })
 * ```
 *
 * An inventory for a test, in one line: names stand for servers that are in order, and servers without an adapter get an
 * address of the network `data centre`.
 */
import type { z } from "zod";
import { MigrationError } from "../../core/error";
import { defineInventory } from "../../inventory/define-inventory";
import type { flowSchema, Inventory, InventoryInput } from "../../inventory/model";
import { server, type ServerInput } from "./server";

/** A flow as it is written in an inventory. */
export type FlowInput = z.input<typeof flowSchema>;

/** The content of an inventory beside its servers. */
export interface InventoryContent extends Omit<InventoryInput, "servers" | "flows"> {
  /**
   * The flows, each as an object or as a text: `web-01 -> db-01:5432`, `web-01 -> dns-01:53/udp`.
   * @default - none
   */
  readonly flows?: readonly (string | FlowInput)[];
}

/** The network in which servers without an adapter get an address, unless the inventory lists networks of its own. */
const NETWORK = { name: "data centre", cidr: "10.10.0.0/16" };

/**
 * Returns an inventory of these servers.
 *
 * @param servers names of servers that are in order, or servers
 * @throws MigrationError `INVENTORY_INVALID`, `TESTING_FLOW`
 */
export function inventoryOf(
  servers: readonly (string | ServerInput)[],
  { flows = [], networks = [NETWORK], ...content }: InventoryContent = {},
): Inventory {
  const written = servers.map((each) => (typeof each === "string" ? server(each) : each));
  const taken = new Set(written.flatMap(({ nics = [] }) => nics.flatMap(({ addresses = [] }) => addresses)));
  const free = freeAddresses(taken);
  return defineInventory({
    ...content,
    networks,
    servers: written.map((each) => (each.nics === undefined ? { ...each, nics: [adapter(free)] } : each)),
    flows: flows.map((each) => (typeof each === "string" ? parseFlow(each) : each)),
  });
}

function adapter(free: Iterator<string>): NonNullable<ServerInput["nics"]>[number] {
  const { value } = free.next() as IteratorYieldResult<string>;
  return { name: "Network adapter 1", network: NETWORK.name, addresses: [value], connected: true };
}

/** Generates the addresses of {@link NETWORK}: 10.10.0.11 and on; beyond it those of the next, which no test has so many servers for. */
function* freeAddresses(taken: ReadonlySet<string>): Generator<string> {
  for (let index = 11; ; index += 1) {
    const address = `10.${10 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
    if (!taken.has(address)) yield address;
  }
}

const FLOW = /^\s*(?<source>\S(?:.*\S)?)\s*->\s*(?<destination>[^\s:/]+)(?::(?<port>\d+))?(?:\/(?<protocol>\w+))?\s*$/;

function parseFlow(text: string): FlowInput {
  const { source, destination, port, protocol } = FLOW.exec(text)?.groups ?? {};
  if (source === undefined || destination === undefined) {
    throw new MigrationError({
      code: "TESTING_FLOW",
      path: "flows",
      received: text,
      allowed: `SOURCE -> DESTINATION:PORT, "web-01 -> db-01:5432", with /udp behind it where it is not TCP`,
      fix: "write it so, or as an object: { source, destination, port, protocol }",
    });
  }
  return {
    source,
    destination,
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(protocol === undefined ? {} : { protocol }),
  };
}
