/** The connections that the checklist declares, as far as they are exact: what is known of them is all that a flow has. */
import type { Flow, Inventory } from "../inventory/model";
import { ServerIndex } from "../inventory/server-index";
import { entriesOf } from "./checklist/answer";
import type { Checklist } from "./checklist/checklist";

/**
 * Returns a flow for each client of each of the checklist's databases. A database without its server or port makes none, and
 * neither does a client that is no server of the inventory: which servers an application runs on may be more than those that
 * connect. All engines of the checklist answer over TCP.
 */
export function declaredFlows(inventory: Inventory, checklist: Checklist): Flow[] {
  const databases = entriesOf(checklist.identify_dependencies.database_connections);
  if (databases.length === 0) return [];
  const index = ServerIndex.of(inventory);
  return databases.flatMap(({ server, port, clients }) => {
    if (server === undefined || port === undefined) return [];
    const known = clients.filter((client) => index.find(client) !== undefined);
    return known.map((source) => ({ source, destination: server, port, protocol: "tcp" }));
  });
}
