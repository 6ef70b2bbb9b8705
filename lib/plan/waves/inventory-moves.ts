/**
 * The moves and dependencies of an inventory: its migrating servers, and the flows between them.
 */
import { groupBy } from "../../core/collections";
import { admit } from "../../core/door/admit";
import { dataServers } from "../../inventory/data-servers";
import { migratingServers, type Flow, type Inventory, type Server } from "../../inventory/model";
import { ServerIndex } from "../../inventory/server-index";
import type { Move, MoveDependency, MoveRisk } from "./move";

/**
 * Ports behind which the caller usually does not wait for the answer: mail, syslog, AMQP, MQTT, Kafka, and the monitoring
 * agents that are asked rather than ask (IANA Service Name and Transport Protocol Port Number Registry).
 */
export const ASYNCHRONOUS_PORTS: ReadonlySet<number> = new Set([
  25, 465, 514, 587, 1883, 5671, 5672, 6514, 8883, 9092, 9100, 9182,
]);

/** Names of environments outside production. */
const LOW_RISK_ENVIRONMENT = /^(dev|development|test|testing|qa|int|integration|staging|sandbox|lab)/i;

/** The moves and dependencies that the wave planner derives from an inventory. */
export interface InventoryMoves {
  readonly moves: readonly Move[];
  readonly dependencies: readonly MoveDependency[];
  /** The servers of each application, which move together. */
  readonly together: readonly (readonly string[])[];
}

/**
 * Returns every migrating server as a move, and every flow between two of them as a dependency of its source on its
 * destination.
 *
 * Risk: low outside production, high where the server holds data, medium otherwise.
 * Synchronous: TCP to any port but {@link ASYNCHRONOUS_PORTS}. A server whose wave is of the form `wave-3` is pinned to it.
 */
export function inventoryMoves(inventory: Inventory): InventoryMoves {
  admit("inventoryMoves", { inventory });
  const servers = migratingServers(inventory);
  const index = new ServerIndex(servers);
  const holdingData = dataServers(inventory, servers);
  const applications = groupBy(servers, ({ application }) => application);
  return {
    moves: servers.map((server) => ({
      name: server.name,
      risk: riskOf(server, holdingData.has(server)),
      ...pinOf(server),
    })),
    dependencies: inventory.flows.flatMap((flow) => dependencyOf(flow, index)),
    together: [...applications.values()].filter(({ length }) => length > 1).map((same) => same.map(({ name }) => name)),
  };
}

function riskOf(server: Server, holdsData: boolean): MoveRisk {
  if (server.environment !== undefined && LOW_RISK_ENVIRONMENT.test(server.environment)) return "low";
  return holdsData ? "high" : "medium";
}

function pinOf(server: Server): Pick<Move, "pinnedTo"> {
  const number = /^wave[-_ ]?(\d{1,4})$/i.exec(server.wave ?? "")?.[1];
  return number === undefined || Number(number) < 1 ? {} : { pinnedTo: Number(number) };
}

function dependencyOf(flow: Flow, index: ServerIndex): MoveDependency[] {
  const [from, to] = [index.find(flow.source), index.find(flow.destination)];
  if (from === undefined || to === undefined || from === to) return [];
  const synchronous = flow.protocol.toLowerCase() === "tcp" && !ASYNCHRONOUS_PORTS.has(flow.port ?? 0);
  const label = flow.port === undefined ? flow.protocol : `${flow.protocol}/${flow.port}`;
  return [{ from: from.name, to: to.name, synchronous, label }];
}
