import { admit } from "../core/door/admit";
import type { Inventory, Server } from "./model";

/**
 * An index of servers, which finds the one that a flow or a checklist means: by name, fqdn, the fqdn's first label, or
 * address.
 */
export class ServerIndex {
  private readonly byKey = new Map<string, Server>();

  constructor(servers: readonly Server[]) {
    admit("ServerIndex", { servers });
    // Exact identities first, so that no abbreviation of one server can hide another's name.
    for (const server of servers) {
      this.add(server.name, server);
      if (server.fqdn !== undefined) this.add(server.fqdn, server);
      for (const nic of server.nics) for (const address of nic.addresses) this.add(address, server);
    }
    for (const server of servers) {
      const label = server.fqdn?.split(".")[0];
      if (label !== undefined && label !== "") this.add(label, server);
    }
  }

  /** Returns an index of all servers of the inventory, templates and placeholders left out. */
  public static of(inventory: Inventory): ServerIndex {
    admit("ServerIndex.of", { inventory });
    return new ServerIndex(inventory.servers.filter((server) => !server.template && !server.placeholder));
  }

  /** Returns the server that is meant, or undefined where it is an outside host or unknown. */
  public find(endpoint: string): Server | undefined {
    return this.byKey.get(key(endpoint));
  }

  private add(text: string, server: Server): void {
    const k = key(text);
    if (!this.byKey.has(k)) this.byKey.set(k, server);
  }
}

function key(text: string): string {
  return text.trim().toLowerCase().replace(/\.$/, "");
}
