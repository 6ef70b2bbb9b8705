import type { Inventory, Server } from "./model";
import { ServerIndex } from "./server-index";

/** The tiers that hold data. */
const DATA_TIER = /^(db|database|data|storage)/i;

/** Returns the servers that hold data: a database runs on them, they export files, or their tier is one of data. */
export function dataServers(inventory: Inventory, servers: readonly Server[]): ReadonlySet<Server> {
  const index = new ServerIndex(servers);
  const named = [...inventory.databases, ...inventory.fileShares].flatMap(({ server }) =>
    server === undefined ? [] : (index.find(server) ?? []),
  );
  return new Set([...named, ...servers.filter(({ tier }) => tier !== undefined && DATA_TIER.test(tier))]);
}
