/** The drafts of the group `identify_dependencies`: databases, outside hosts and file systems, with who uses them. */
import { groupBy, unique } from "../../core/collections";
import { compareText, count } from "../../core/text";
import type { Flow, Server } from "../../inventory/model";
import { externalHostUndeclared } from "../rules/dependency-rules";
import type { AssessmentSubject, ResolvedFlow } from "../subject";
import { leftOut, someOf, type ItemDraft } from "./item-draft";

/** The largest number of outside hosts that are written as integrations: with more, they are to be named in groups. */
const INTEGRATIONS_WRITTEN = 25;

/** Drafts `database_connections`. It is answered where somebody connects to every database of the inventory. */
export function draftDatabases({ inventory, flows, index }: AssessmentSubject): ItemDraft {
  const databases = inventory.databases.map(({ name, engine, version, server, port }) => ({
    database: name,
    engine,
    ...(version === undefined ? {} : { version }),
    ...(server === undefined ? {} : { server }),
    ...(port === undefined ? {} : { port }),
    clients: server === undefined || port === undefined ? [] : clientsOf(flows, index.find(server), port),
  }));
  const isAnswered = databases.length > 0 && databases.every(({ clients }) => clients.length > 0);
  const example = databases.map(({ clients, ...database }) => ({
    ...database,
    clients: clients.length === 0 ? ["SERVER OR APPLICATION"] : clients,
  }));
  return {
    seen: [`The inventory lists ${count(databases.length, "database")} and ${count(flows.length, "flow")}.`],
    ...(isAnswered ? { answer: databases } : {}),
    example:
      example.length === 0
        ? [
            {
              database: "orders",
              engine: "postgresql",
              version: "16",
              clients: ["SERVER OR APPLICATION"],
              owner: "TEAM",
            },
          ]
        : someOf(example),
  };
}

/**
 * Drafts `external_service_integrations`: an entry for each outside host that a server was seen to talk with. Their owners are
 * unknown, which blocks until somebody names them. Without such a host nothing is answered: flows are what was observed, and
 * not all that there is.
 */
export function draftIntegrations(subject: AssessmentSubject): ItemDraft {
  const hosts = unique(externalHostUndeclared(subject).map((finding) => finding.subject)).sort(compareText);
  const byHost = groupBy(outside(subject), ({ host }) => host);
  const integrations = hosts.map((host) => {
    const seen = byHost.get(host) ?? [];
    const directions = unique(seen.map(({ direction }) => direction));
    const [direction = "outbound", second] = directions;
    return {
      name: host,
      hosts: [host],
      direction: second === undefined ? direction : "both",
      ports: unique(seen.flatMap(({ flow }) => (flow.port === undefined || flow.port === 0 ? [] : flow.port))),
      clients: unique(seen.map(({ server }) => server.name)),
      owner: "unknown",
    };
  });
  const { length } = integrations;
  const seen = [
    length === 0
      ? `The inventory has ${count(subject.flows.length, "flow")}, none of them with an outside host.`
      : `The flows name ${count(length, "outside host")}. Name each, and who answers for it.`,
  ];
  if (length > 0 && length <= INTEGRATIONS_WRITTEN) return { seen, answer: integrations, example: integrations };
  return {
    seen: [...seen, ...leftOut(integrations, "hosts")],
    example:
      length === 0
        ? [{ name: "mail provider", hosts: ["smtp.example.com"], ports: [587], clients: ["SERVER"], owner: "TEAM" }]
        : someOf(integrations),
  };
}

/** Drafts `file_system_dependencies`. It is answered where somebody mounts every share of the inventory. */
export function draftFileSystems({ inventory, flows }: AssessmentSubject): ItemDraft {
  const shares = inventory.fileShares.map(({ name, protocol, server, sizeMiB, usedBy }) => ({
    path: name,
    protocol,
    ...(server === undefined ? {} : { server }),
    clients: usedBy,
    ...(sizeMiB === undefined ? {} : { sizeMiB }),
  }));
  const isAnswered = shares.length > 0 && shares.every(({ clients }) => clients.length > 0);
  const example = shares.map((share) => ({
    ...share,
    clients: share.clients.length === 0 ? ["SERVER OR APPLICATION"] : share.clients,
  }));
  return {
    seen: [`The inventory lists ${count(shares.length, "file share")} and ${count(flows.length, "flow")}.`],
    ...(isAnswered ? { answer: shares } : {}),
    example:
      example.length === 0
        ? [{ path: "/srv/reports", protocol: "nfs", server: "SERVER", clients: ["SERVER"], owner: "TEAM" }]
        : someOf(example),
  };
}

/** Returns who connects to the server's port: servers by their names, others as the flows call them. */
function clientsOf(flows: readonly ResolvedFlow[], server: Server | undefined, port: number): string[] {
  if (server === undefined) return [];
  const own = flows.filter(({ flow, destination }) => destination === server && flow.port === port);
  return unique(own.map(({ flow, source }) => source?.name ?? flow.source)).sort(compareText);
}

/** A flow that a migrating server has with a host that is no server of the inventory. */
interface OutsideFlow {
  readonly host: string;
  readonly direction: "inbound" | "outbound";
  readonly server: Server;
  readonly flow: Flow;
}

function* outside({ flows, servers }: AssessmentSubject): Generator<OutsideFlow> {
  const migrating = new Set(servers);
  // As the rule spells them.
  const key = (host: string): string => host.trim().toLowerCase().replace(/\.$/, "");
  for (const { flow, source, destination } of flows) {
    if (source !== undefined && destination === undefined && migrating.has(source)) {
      yield { host: key(flow.destination), direction: "outbound", server: source, flow };
    } else if (destination !== undefined && source === undefined && migrating.has(destination)) {
      yield { host: key(flow.source), direction: "inbound", server: destination, flow };
    }
  }
}
