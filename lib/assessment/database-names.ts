/** The databases of an estate: those that its inventory lists, and those that only the checklist declares. */
import type { Inventory } from "../inventory/model";
import { ServerIndex } from "../inventory/server-index";
import { entriesOf } from "./checklist/answer";
import type { Checklist } from "./checklist/checklist";

/** Returns the name of each database once. Two of one name are two where both say their servers, and those differ. */
export function databaseNames(inventory: Inventory, checklist: Checklist): string[] {
  const index = ServerIndex.of(inventory);
  const placeOf = (server = ""): string => index.find(server)?.name ?? server.trim().toLowerCase();
  const places = new Map<string, Set<string>>();
  const isNew = (database: string, server: string | undefined): boolean => {
    const name = database.trim().toLowerCase();
    const taken = places.get(name);
    const place = placeOf(server);
    if (taken === undefined) {
      places.set(name, new Set([place]));
      return true;
    }
    // Where either does not say its server, the name alone has to tell.
    if (taken.has(place) || place === "" || taken.has("")) return false;
    taken.add(place);
    return true;
  };
  const declared = entriesOf(checklist.identify_dependencies.database_connections);
  return [
    ...inventory.databases.map(({ name, server }) => ({ name, server })),
    ...declared.map(({ database, server }) => ({ name: database, server })),
  ].flatMap(({ name, server }) => (isNew(name, server) ? name : []));
}
