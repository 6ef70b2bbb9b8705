import type { Inventory, Server } from "../inventory/model";
import { ServerIndex } from "../inventory/server-index";
import { entriesOf } from "./checklist/answer";
import type { Checklist } from "./checklist/checklist";
import type { ServerDecision } from "./checklist/infrastructure";

/**
 * Returns the inventory with the checklist's decisions about its servers in it: the export of a hypervisor knows neither
 * strategy nor wave, and a person who corrects a server should not have to edit the export. The inventory given is not
 * changed. A decision about a server that the inventory does not list changes nothing; a rule reports it.
 */
export function applyDecisions(inventory: Inventory, checklist: Checklist): Inventory {
  const decisions = entriesOf(checklist.inventory_current_infrastructure.servers_and_specifications);
  if (decisions.length === 0) return inventory;
  const index = ServerIndex.of(inventory);
  const decided = new Map<Server, Server>();
  for (const decision of decisions) {
    const server = index.find(decision.server);
    if (server !== undefined) decided.set(server, decide(decided.get(server) ?? server, decision));
  }
  return { ...inventory, servers: inventory.servers.map((server) => decided.get(server) ?? server) };
}

function decide(server: Server, decision: ServerDecision): Server {
  const { renamedFrom, strategy, wave, application, tier, environment, os, cpus, memoryMiB, tenancy, instanceType } =
    decision;
  const target =
    tenancy === undefined && instanceType === undefined
      ? {}
      : {
          target: {
            ...(server.target ?? { subnetIds: [], securityGroupIds: [] }),
            ...defined({ tenancy, instanceType }),
          },
        };
  return {
    ...server,
    ...defined({ renamedFrom, strategy, wave, application, tier, environment, os, cpus, memoryMiB }),
    ...target,
  };
}

function defined<Values extends object>(values: Values): Partial<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Values>;
}
