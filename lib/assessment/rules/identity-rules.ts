/** Rules about identifiers that must be unique: names, hardware identifiers and addresses. */
import { nameAt } from "../../core/location";
import { defineRule, type Observation } from "../../core/rule";
import { firstOf } from "../../core/text";
import type { Server } from "../../inventory/model";
import { addressScope, declaredNetworks } from "../networks";
import { locatedAt, type AssessmentSubject } from "../subject";

/** The largest number of servers that a message names. */
const NAMES_SHOWN = 5;

/** Groups the servers by the values they have, each server once for each value. */
function byValue(servers: readonly Server[], valuesOf: (server: Server) => Iterable<string>): Map<string, Set<Server>> {
  const map = new Map<string, Set<Server>>();
  for (const server of servers) {
    for (const value of valuesOf(server)) {
      const same = map.get(value);
      if (same === undefined) map.set(value, new Set([server]));
      else same.add(server);
    }
  }
  return map;
}

function* duplicates(
  map: ReadonlyMap<string, ReadonlySet<Server>>,
  what: string,
  toldApart: (servers: readonly Server[]) => string = () => "",
): Generator<Observation> {
  for (const [value, servers] of map) {
    if (servers.size < 2) continue;
    const [first] = servers;
    const names = [...servers].map(nameAt).sort();
    yield {
      subject: value,
      message: `${servers.size} servers have the ${what} ${value}: ${firstOf(names, NAMES_SHOWN)}${toldApart([...servers])}`,
      ...locatedAt(first?.location),
    };
  }
}

/** Reports servers with the same name. */
export const duplicateHostname = defineRule<AssessmentSubject>({
  id: "duplicate-hostname",
  title: "Two servers have the same name",
  severity: "blocker",
  why: "flows, DNS records, licences and resources are found by name, so what is meant for one reaches the other",
  remedy: "rename one of them, or retire the copy",
  *check({ servers }) {
    yield* duplicates(
      byValue(servers, ({ name, fqdn }) => {
        const names = new Set([name.trim().toLowerCase()]);
        const domain = fqdn?.trim().toLowerCase().replace(/\.$/, "") ?? "";
        // Guests without a proper name call themselves localhost.
        if (domain !== "" && !domain.startsWith("localhost")) names.add(domain);
        return names;
      }),
      "name",
    );
  },
});

/** Reports servers with the same UUID. */
export const duplicateUuid = defineRule<AssessmentSubject>({
  id: "duplicate-uuid",
  title: "Two servers have the same UUID",
  severity: "warning",
  why: "discovery and replication tools take the second for the first, and one of the two is never copied",
  remedy: "give the clone a UUID of its own, or delete the row that is there twice",
  *check({ servers }) {
    yield* duplicates(
      byValue(servers, ({ uuid }) => {
        const value = uuid?.trim().toLowerCase() ?? "";
        return /[1-9a-f]/.test(value) ? [value] : [];
      }),
      "UUID",
      (same) => {
        const names = new Set(same.map(({ name }) => name));
        return names.size === same.length
          ? "; only their names tell them apart"
          : "; not even their names tell them apart";
      },
    );
  },
});

/** Reports servers with the same MAC address. */
export const duplicateMac = defineRule<AssessmentSubject>({
  id: "duplicate-mac-address",
  title: "Two servers have the same MAC address",
  severity: "warning",
  why: "replication agents identify a server by it, and in one network only one of them is ever reached",
  remedy: "have the hypervisor generate a new address for the clone",
  *check({ servers }) {
    yield* duplicates(
      byValue(servers, ({ nics }) =>
        nics.flatMap(({ mac }) => {
          const value = mac?.trim().toLowerCase().replaceAll("-", ":") ?? "";
          return /[1-9a-f]/.test(value) ? [value] : [];
        }),
      ),
      "MAC address",
    );
  },
});

/** Reports servers with the same IP address. */
export const duplicateAddress = defineRule<AssessmentSubject>({
  id: "duplicate-ip-address",
  title: "Two servers have the same IP address",
  severity: "blocker",
  why: "a VPC gives an address to one network interface only, and rules derived from flows would open the wrong server",
  remedy:
    "correct the stale entry; where a cluster moves the address between servers, plan a load balancer or an overlay address and waive this",
  *check({ servers, checklist, inventory }) {
    const networks = declaredNetworks(checklist, inventory);
    yield* duplicates(
      byValue(servers, ({ nics }) =>
        nics.flatMap(({ addresses }) =>
          addresses.flatMap((text) => {
            const address = text.trim().toLowerCase();
            // Every container host has the same bridge address; it never leaves the host.
            return addressScope(address) === "network" && !networks.containers.has(address) ? [address] : [];
          }),
        ),
      ),
      "IP address",
    );
  },
});

/** The rules about identifiers that must be unique. */
export const identityRules = [duplicateHostname, duplicateUuid, duplicateMac, duplicateAddress] as const;
