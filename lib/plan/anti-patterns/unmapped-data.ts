/**
 * The rules of the catalog's pitfall *underestimating data dependencies*: the users of data, from the inventory and the
 * checklist, compared with the waves of the plan.
 */
import type { Assessment } from "../../assessment/assessment";
import { entriesOf } from "../../assessment/checklist/answer";
import { defineRule, type Rule } from "../../core/rule";
import { count, shortList } from "../../core/text";
import { dataServers } from "../../inventory/data-servers";
import { migratingServers, type Server } from "../../inventory/model";
import { ServerIndex } from "../../inventory/server-index";
import type { PlanReview } from "./plan-review";

const WHY = "Underestimating data dependencies";
const MAP = "always map all data relationships";

/** A known use of the data on a server. */
interface DataUse {
  readonly server: Server;
  /** The clients that are servers of the inventory; empty where only applications or outside hosts are known. */
  readonly callers: readonly Server[];
}

/** An index of the servers and applications by the names that the checklist uses. */
class Names {
  public readonly servers: ServerIndex;
  private readonly applications = new Map<string, Server[]>();

  constructor({ inventory }: Assessment) {
    this.servers = ServerIndex.of(inventory);
    for (const server of inventory.servers) {
      if (server.application === undefined) continue;
      const key = applicationKey(server.application);
      const same = this.applications.get(key);
      if (same === undefined) this.applications.set(key, [server]);
      else same.push(server);
    }
  }

  /** Returns the server of that name, or the servers of the application of that name; undefined where there is neither. */
  public find(name: string): readonly Server[] | undefined {
    const server = this.servers.find(name);
    return server === undefined ? this.applications.get(applicationKey(name)) : [server];
  }
}

function applicationKey(name: string): string {
  return name.trim().toLowerCase();
}

/** Yields every use of data that is known from a flow, the checklist or the inventory's file shares. */
function* dataUses({ inventory, checklist }: Assessment, names: Names): Generator<DataUse> {
  for (const { source, destination } of inventory.flows) {
    const server = names.servers.find(destination);
    const caller = names.servers.find(source);
    if (server === undefined || server === caller) continue;
    yield { server, callers: caller === undefined ? [] : [caller] };
  }
  const { database_connections, file_system_dependencies } = checklist.identify_dependencies;
  const hosts = new Map(inventory.databases.map(({ name, server }) => [name, server]));
  const declared = [
    ...entriesOf(database_connections).map(({ database, server, clients }) => ({
      on: server ?? hosts.get(database),
      clients,
    })),
    ...entriesOf(file_system_dependencies).map(({ server, clients }) => ({ on: server, clients })),
    ...inventory.fileShares.map(({ server, usedBy }) => ({ on: server, clients: usedBy })),
  ];
  for (const { on, clients } of declared) {
    const server = on === undefined ? undefined : names.servers.find(on);
    if (server === undefined) continue;
    const others = clients.filter((client) => names.servers.find(client) !== server);
    if (others.length === 0) continue;
    yield { server, callers: others.flatMap((client) => names.find(client) ?? []).filter((each) => each !== server) };
  }
}

/** The rule about servers that hold data and have no known clients. Servers that the plan excludes are exempt. */
export const pitfallDataWithoutCallers: Rule<PlanReview> = defineRule<PlanReview>({
  id: "pitfall-data-without-callers",
  title: "A server that holds data has no known clients",
  severity: "warning",
  why: `${WHY}: data always has clients, and one that is not mapped is cut off by the move and found by its failure`,
  remedy: `observe the server's flows for a full business cycle, or declare its clients under database_connections or file_system_dependencies: ${MAP}; if it really has no clients, retire it`,
  *check({ document, assessment }) {
    const { inventory } = assessment;
    const excluded = new Set(document.excluded.map(({ name }) => name));
    const used = new Set([...dataUses(assessment, new Names(assessment))].map(({ server }) => server));
    for (const server of dataServers(inventory, migratingServers(inventory))) {
      if (used.has(server) || excluded.has(server.name)) continue;
      yield {
        subject: server.name,
        message:
          "it holds data, and has no known clients: no flow goes to it, and neither the checklist nor a file share names one",
        ...(server.location === undefined ? {} : { location: server.location }),
      };
    }
  },
});

/**
 * The rule about declared database connections with an unknown end. The assessment's `checklist-unknown-name` reports the wrong
 * name; this rule reports the consequence: the waves were planned without this relation.
 */
export const pitfallDatabaseConnectionUnmapped: Rule<PlanReview> = defineRule<PlanReview>({
  id: "pitfall-database-connection-unmapped",
  title: "A database connection of the checklist names a server or client that is not in the inventory",
  severity: "warning",
  why: `${WHY}: a connection with an unknown end is not in the dependency graph, so its two ends are moved in any order and in any wave`,
  remedy: `correct the name in the checklist, or add the server to the inventory: ${MAP}`,
  *check({ assessment }) {
    const { inventory, checklist } = assessment;
    // Without servers, as where only networks are connected, there is nothing to look a name up in.
    if (inventory.servers.length === 0) return;
    const names = new Names(assessment);
    for (const { database, server, clients } of entriesOf(checklist.identify_dependencies.database_connections)) {
      const unknown = clients.filter((client) => names.find(client) === undefined);
      const faults = [
        ...(server === undefined || names.servers.find(server) !== undefined ? [] : [`its server ${server}`]),
        ...(unknown.length === 0
          ? []
          : [`its ${unknown.length === 1 ? "client" : "clients"} ${shortList(unknown, 4)}`]),
      ];
      if (faults.length === 0) continue;
      yield { subject: database, message: `the inventory does not have ${faults.join(" and ")}` };
    }
  },
});

/**
 * The rule about data that stays while its clients move. Data that is to be retired is left to the assessment's
 * `dependency-on-retired-server`.
 */
export const pitfallDataInNoWave: Rule<PlanReview> = defineRule<PlanReview>({
  id: "pitfall-data-in-no-wave",
  title: "A server moves in a wave, but the data it uses is in no wave",
  severity: "warning",
  why: `${WHY}: from the wave on every read and write crosses the VPN, for as long as the data stays`,
  remedy: `move the data in the wave of its clients, or earlier: ${MAP}; if it has to stay, test its clients with that round-trip time, and waive the finding`,
  *check({ document, assessment }) {
    const { inventory } = assessment;
    const names = new Names(assessment);
    const waves = new Map(document.moves.map(({ name, wave }) => [name, wave]));
    const reasons = new Map(document.excluded.map(({ name, reason }) => [name, reason]));
    const present = inventory.servers.filter(({ template, placeholder }) => !template && !placeholder);
    const staying = new Set(
      [...dataServers(inventory, present)].filter(
        ({ name, strategy }) => waves.get(name) === undefined && strategy !== "retire",
      ),
    );
    const callersOf = new Map<Server, Set<string>>();
    for (const { server, callers } of dataUses(assessment, names)) {
      if (!staying.has(server)) continue;
      for (const { name } of callers) {
        const wave = waves.get(name);
        if (wave === undefined) continue;
        const known = callersOf.get(server) ?? new Set();
        callersOf.set(server, known.add(`${name} (${wave})`));
      }
    }
    for (const [server, callers] of callersOf) {
      const reason = reasons.get(server.name);
      const stays =
        reason !== undefined
          ? `the plan leaves it out ("${reason}")`
          : server.strategy === "retain"
            ? "it is retained"
            : "it moves in no wave";
      const users = [...callers].sort();
      yield {
        subject: server.name,
        message: `${stays}, and ${count(users.length, "server")} of the waves ${users.length === 1 ? "uses" : "use"} it: ${shortList(users, 4)}; each of their calls then takes at least ${document.roundTripMilliseconds} ms`,
        ...(server.location === undefined ? {} : { location: server.location }),
      };
    }
  },
});

/** The rules of the pitfall of underestimating data dependencies. */
export const unmappedDataRules: readonly Rule<PlanReview>[] = [
  pitfallDataWithoutCallers,
  pitfallDatabaseConnectionUnmapped,
  pitfallDataInNoWave,
];
