/** Rules about dependencies: everything that a server talks to is known, owned, and planned. */
import type { Location } from "../../core/location";
import { defineRule, type Observation } from "../../core/rule";
import type { Flow, Server } from "../../inventory/model";
import { entriesOf } from "../checklist/answer";
import type { ExternalIntegration } from "../checklist/dependencies";
import { Cidr } from "../../network/cidr";
import { addressScope, AddressSet, declaredNetworks } from "../networks";
import { isOwnerUnknown } from "../owner-unknown";
import { locatedAt, type AssessmentSubject } from "../subject";

/** The ports on which databases answer by default, IANA Service Name and Transport Protocol Port Number Registry. */
const DATABASE_PORTS: ReadonlyMap<number, string> = new Map([
  [1433, "SQL Server"],
  [1521, "Oracle"],
  [3306, "MySQL"],
  [5432, "PostgreSQL"],
  [27_017, "MongoDB"],
  [50_000, "Db2"],
]);

/** The port of NFS (RFC 7530). SMB's is left out: every Windows domain uses it, with or without a share. */
const NFS_PORT = 2049;

/** A flow that was seen of one host, and the servers at its other end. */
interface Seen {
  readonly flow: Flow;
  readonly peers: Set<string>;
}

function remember(map: Map<string, Seen>, key: string, flow: Flow, peer: string): void {
  const seen = map.get(key);
  if (seen === undefined) map.set(key, { flow, peers: new Set([peer]) });
  else seen.peers.add(peer);
}

function service({ protocol, port }: Flow): string {
  return port === undefined ? protocol : `${protocol} ${port}`;
}

function peersText(peers: ReadonlySet<string>, called = "servers"): string {
  const sorted = [...peers].sort();
  const [first = ""] = sorted;
  return sorted.length === 1 ? first : `${sorted.length} ${called}, the first ${first}`;
}

/** Reports servers in no wave that a server of a wave talks to. */
export const dependencyInNoWave = defineRule<AssessmentSubject>({
  id: "dependency-in-no-wave",
  title: "A server of a wave talks to one that is in no wave",
  severity: "warning",
  why: "the server stays behind, and a local connection becomes one across the wide-area network, or is cut off",
  remedy: "put the server into a wave, or decide to retain or retire it",
  *check({ servers, flows }) {
    if (!servers.some((server) => server.wave !== undefined)) return;
    const migrating = new Set(servers);
    const found = new Map<Server, Seen>();
    for (const { flow, source, destination } of flows) {
      if (source === undefined || destination === undefined || source === destination) continue;
      for (const [inWave, other] of [
        [source, destination],
        [destination, source],
      ] as const) {
        if (!migrating.has(inWave) || inWave.wave === undefined) continue;
        if (!migrating.has(other) || other.wave !== undefined) continue;
        const seen = found.get(other);
        if (seen === undefined) found.set(other, { flow, peers: new Set([inWave.name]) });
        else seen.peers.add(inWave.name);
      }
    }
    for (const [server, { flow, peers }] of found) {
      yield {
        subject: server.name,
        message: `it is in no wave, and exchanges ${service(flow)} with ${peersText(peers)}`,
        ...locatedAt(server.location),
      };
    }
  },
});

/** Reports servers to be retired that a migrating server or application uses: by a flow, or as the checklist declares. */
export const dependencyOnRetired = defineRule<AssessmentSubject>({
  id: "dependency-on-retired-server",
  title: "What migrates depends on a server that is to be retired",
  severity: "blocker",
  why: "when it is switched off, everything that depends on it fails",
  remedy:
    "decide another strategy for it (replatform, where its data goes to a managed service); or stop using it, and take the flow or the client out; waive this where it is replaced by then",
  *check(subject) {
    const { servers, flows } = subject;
    const migrating = new Set(servers);
    const found = new Map<string, Seen>();
    for (const { flow, source, destination } of flows) {
      if (source === undefined || destination?.strategy !== "retire" || !migrating.has(source)) continue;
      remember(found, destination.name, flow, source.name);
    }
    for (const [name, { flow, peers }] of found) {
      yield {
        subject: name,
        message: `it is to be retired, and is used on ${service(flow)} by ${peersText(peers)}`,
        ...locatedAt(flow.location),
      };
    }
    for (const { server, what, clients, location } of declaredUses(subject)) {
      if (server.strategy !== "retire" || found.has(server.name)) continue;
      const moving = clients.filter((client) => isMoving(client, subject, migrating));
      if (moving.length === 0) continue;
      yield {
        subject: server.name,
        message: `it is to be retired, and ${peersText(new Set(moving), "clients")} ${moving.length === 1 ? "uses" : "use"} ${what} on it`,
        ...locatedAt(location),
      };
    }
  },
});

/** A declared use of a server: the data that is on it, and who uses that. */
interface DeclaredUse {
  readonly server: Server;
  readonly what: string;
  readonly clients: readonly string[];
  readonly location: Location | undefined;
}

function* declaredUses({ checklist, inventory, index, locate }: AssessmentSubject): Generator<DeclaredUse> {
  const { database_connections: databases, file_system_dependencies: fileSystems } = checklist.identify_dependencies;
  for (const [number, { database, server, clients }] of entriesOf(databases).entries()) {
    const found = server === undefined ? undefined : index.find(server);
    if (found === undefined) continue;
    const location = locate(["identify_dependencies", "database_connections", number]);
    yield { server: found, what: `the database ${database}`, clients, location };
  }
  for (const [number, { path, server, clients }] of entriesOf(fileSystems).entries()) {
    const found = server === undefined ? undefined : index.find(server);
    if (found === undefined) continue;
    const location = locate(["identify_dependencies", "file_system_dependencies", number]);
    yield { server: found, what: `the file system ${path}`, clients, location };
  }
  for (const { name, server, usedBy } of inventory.fileShares) {
    const found = server === undefined ? undefined : index.find(server);
    if (found !== undefined)
      yield { server: found, what: `the file share ${name}`, clients: usedBy, location: undefined };
  }
}

/** Checks whether a client, a server or an application by its name, has a part in what migrates. */
function isMoving(client: string, { index, servers }: AssessmentSubject, migrating: ReadonlySet<Server>): boolean {
  const server = index.find(client);
  if (server !== undefined) return migrating.has(server);
  const name = client.trim().toLowerCase();
  return servers.some(({ application }) => application?.trim().toLowerCase() === name);
}

/** Reports external integrations without an owner. */
export const externalIntegrationWithoutOwner = defineRule<AssessmentSubject>({
  id: "external-integration-without-owner",
  title: "An external integration has no owner",
  severity: "blocker",
  why: "on the night of the cutover somebody must call the other side, and no contact is known",
  remedy: "name the role or team that answers for the integration as its owner",
  *check({ checklist, locate }) {
    for (const [index, integration] of integrations(checklist).entries()) {
      if (!isOwnerUnknown(integration.owner)) continue;
      yield {
        subject: integration.name,
        message: "it has no owner",
        ...locatedAt(locate(["identify_dependencies", "external_service_integrations", index])),
      };
    }
  },
});

/** Reports external services that admit only known addresses, which change with the move. */
export const externalIntegrationAddressChanges = defineRule<AssessmentSubject>({
  id: "external-integration-address-changes",
  title: "An external service admits only known addresses",
  severity: "warning",
  why: "after the move connections come from other addresses, and the other side refuses them; changing its list can take it weeks",
  remedy:
    "have the target's outgoing addresses (the NAT gateways' Elastic IPs) added on the other side before the cutover, and waive this when it is done",
  *check({ checklist, locate }) {
    for (const [index, integration] of integrations(checklist).entries()) {
      if (!integration.allowsOnlyKnownAddresses) continue;
      yield {
        subject: integration.name,
        message: `the other side (${integration.hosts.join(", ")}) admits only addresses on its allow list`,
        ...locatedAt(locate(["identify_dependencies", "external_service_integrations", index])),
      };
    }
  },
});

function integrations(checklist: AssessmentSubject["checklist"]): readonly ExternalIntegration[] {
  return entriesOf(checklist.identify_dependencies.external_service_integrations);
}

/**
 * Returns a function that checks whether a host belongs to a declared integration, by name, by `*.suffix`, by address or by
 * range.
 */
function integrationMatcher(declared: readonly ExternalIntegration[]): (host: string) => boolean {
  const names = new Set<string>();
  const suffixes: string[] = [];
  const cidrs: Cidr[] = [];
  for (const text of declared.flatMap((integration) => integration.hosts)) {
    const host = hostKey(text);
    const cidr = Cidr.tryParse(host);
    if (cidr !== undefined) cidrs.push(cidr);
    else if (host.startsWith("*.")) suffixes.push(host.slice(1));
    else names.add(host);
  }
  const addresses = new AddressSet(cidrs);
  return (host) => names.has(host) || addresses.has(host) || suffixes.some((suffix) => host.endsWith(suffix));
}

function hostKey(host: string): string {
  return host.trim().toLowerCase().replace(/\.$/, "");
}

/** Returns the flows between a migrating server and a host that is no server of the inventory, by that host. */
function outsideHosts({ flows, servers }: AssessmentSubject): Map<string, Seen> {
  const migrating = new Set(servers);
  const found = new Map<string, Seen>();
  for (const { flow, source, destination } of flows) {
    if (source !== undefined && destination === undefined && migrating.has(source)) {
      remember(found, hostKey(flow.destination), flow, source.name);
    } else if (destination !== undefined && source === undefined && migrating.has(destination)) {
      remember(found, hostKey(flow.source), flow, destination.name);
    }
  }
  return found;
}

/** Reports flows to or from external hosts that are not declared. */
export const externalHostUndeclared = defineRule<AssessmentSubject>({
  id: "external-host-undeclared",
  title: "A flow goes to or comes from an external host that is not a declared integration",
  severity: "warning",
  why: "the connection has no owner, so the firewall on the target is not opened for it, and the other side is not told",
  remedy: "declare it under external_service_integrations, with an owner; or stop it",
  *check(subject) {
    const { checklist, inventory } = subject;
    const isDeclared = integrationMatcher(integrations(checklist));
    const networks = declaredNetworks(checklist, inventory);
    for (const [host, { flow, peers }] of outsideHosts(subject)) {
      const scope = addressScope(host);
      if (scope === "host" || scope === "group" || isDeclared(host)) continue;
      if (networks.sources.has(host) || networks.containers.has(host)) continue;
      yield {
        subject: host,
        message: `it exchanges ${service(flow)} with ${peersText(peers)}`,
        ...locatedAt(flow.location),
      };
    }
  },
});

/** Reports flows to or from an address of a declared network at which no server is known. */
export const dependencyNotInInventory = defineRule<AssessmentSubject>({
  id: "dependency-not-in-inventory",
  title: "A flow goes to or comes from a host of a declared network that the inventory does not list",
  severity: "warning",
  why: "the inventory lacks a host: an appliance, a load balancer, a physical server, or a server that an export left out",
  remedy: "add the host to the inventory, or declare it as an external integration if it stays",
  *check(subject) {
    const { checklist, inventory } = subject;
    const isDeclared = integrationMatcher(integrations(checklist));
    const networks = declaredNetworks(checklist, inventory);
    for (const [host, { flow, peers }] of outsideHosts(subject)) {
      if (!networks.sources.has(host) || isDeclared(host)) continue;
      yield {
        subject: host,
        message: `it exchanges ${service(flow)} with ${peersText(peers)}`,
        ...locatedAt(flow.location),
      };
    }
  },
});

/** Reports servers that are used on a database's port without a declared database. */
export const databaseUndeclared = defineRule<AssessmentSubject>({
  id: "database-undeclared",
  title: "A server is used on a database's port, and no database is declared on it",
  severity: "warning",
  why: "an undeclared database is copied like any disk, in the middle of its transactions",
  remedy: "declare it under database_connections or in the inventory's databases",
  *check(subject) {
    const { checklist, inventory, index } = subject;
    const declared = new Set<Server>();
    for (const { server } of [
      ...inventory.databases,
      ...entriesOf(checklist.identify_dependencies.database_connections),
    ]) {
      const found = server === undefined ? undefined : index.find(server);
      if (found !== undefined) declared.add(found);
    }
    yield* undeclared(subject, declared, (port) => DATABASE_PORTS.get(port));
  },
});

/** Reports servers that are used on the port of NFS without a declared file system. */
export const fileSystemDependencyUndeclared = defineRule<AssessmentSubject>({
  id: "file-system-dependency-undeclared",
  title: "A server is used on the port of NFS, and no file system is declared on it",
  severity: "warning",
  why: "clients hang in their mounts when the server moves without them, or they without it",
  remedy: "declare it under file_system_dependencies or in the inventory's file shares",
  *check(subject) {
    const { checklist, inventory, index } = subject;
    const declared = new Set<Server>();
    for (const { server } of [
      ...inventory.fileShares,
      ...entriesOf(checklist.identify_dependencies.file_system_dependencies),
    ]) {
      const found = server === undefined ? undefined : index.find(server);
      if (found !== undefined) declared.add(found);
    }
    yield* undeclared(subject, declared, (port) => (port === NFS_PORT ? "NFS" : undefined));
  },
});

function* undeclared(
  { flows, servers }: AssessmentSubject,
  declared: ReadonlySet<Server>,
  nameOf: (port: number) => string | undefined,
): Generator<Observation> {
  const migrating = new Set(servers);
  const found = new Map<string, Seen>();
  for (const { flow, destination: server } of flows) {
    if (flow.port === undefined || nameOf(flow.port) === undefined) continue;
    if (server === undefined || !migrating.has(server) || declared.has(server)) continue;
    remember(found, server.name, flow, flow.source);
  }
  for (const [name, { flow, peers }] of found) {
    const what = flow.port === undefined ? "" : (nameOf(flow.port) ?? "");
    yield {
      subject: name,
      message: `it is used on ${service(flow)}, the port of ${what}, by ${peersText(peers)}`,
      ...locatedAt(flow.location),
    };
  }
}

/** The rules about dependencies. */
export const dependencyRules = [
  dependencyInNoWave,
  dependencyOnRetired,
  externalIntegrationWithoutOwner,
  externalIntegrationAddressChanges,
  externalHostUndeclared,
  dependencyNotInInventory,
  databaseUndeclared,
  fileSystemDependencyUndeclared,
] as const;
