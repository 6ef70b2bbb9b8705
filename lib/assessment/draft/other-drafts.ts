/** The drafts of the items that an inventory answers by itself, and of those that only a person can answer. */
import { groupBy } from "../../core/collections";
import { count, firstOf } from "../../core/text";
import type { Server } from "../../inventory/model";
import { identifyOperatingSystem } from "../../inventory/operating-system";
import { LICENSED_SYSTEMS } from "../rules/license-rules";
import type { AssessmentSubject } from "../subject";
import { someOf, type ItemDraft } from "./item-draft";

const NAME = "SERVER";

/** Drafts `servers_and_specifications`, in which people write their decisions about servers. */
export function draftServers({ servers, inventory }: AssessmentSubject): ItemDraft {
  const [first] = servers;
  const undecided = servers.filter(({ powerState, strategy }) => powerState === "off" && strategy === undefined);
  const withoutWave = servers.filter(({ wave }) => wave === undefined);
  const unknownSizes = servers.filter(
    ({ cpus, memoryMiB, disks }) => cpus === undefined || memoryMiB === undefined || disks.length === 0,
  );
  const unknownSystems = servers.filter(({ os }) => os.family === "unknown");
  return {
    seen: [
      ...sentence("In no wave", withoutWave),
      ...sentence("Powered off, without a strategy", undecided),
      ...sentence("Of unknown CPUs, memory or disks", unknownSizes),
      ...sentence("Of unknown operating system", unknownSystems),
      ...(inventory.servers.length === 0 ? ["The inventory lists no server."] : []),
    ],
    example: [
      { server: first?.name ?? NAME, wave: "wave-1", application: "APPLICATION", strategy: "rehost" },
      ...someOf(unknownSystems).map(({ name }) => ({
        server: name,
        os: { family: "linux", name: "NAME", version: "VERSION" },
      })),
      ...someOf(undecided).map(({ name }) => ({ server: name, strategy: "retire", reason: "REASON" })),
    ],
  };
}

/** The largest number of servers that a sentence names: it is read as a comment beside the question. */
const SERVERS_NAMED = 10;

function sentence(what: string, servers: readonly Server[]): readonly string[] {
  if (servers.length === 0) return [];
  const names = servers.map(({ name }) => name);
  return [`${what}: ${count(names.length, "server")} (${firstOf(names, SERVERS_NAMED)}).`];
}

/** Drafts `storage_requirements`: without an answer every disk becomes a volume of the type gp3. */
export function draftStorage({ servers }: AssessmentSubject): ItemDraft {
  const name = servers.find(({ disks }) => disks.length > 1)?.name ?? servers[0]?.name ?? NAME;
  return {
    seen: [],
    example: { volumeType: "gp3", volumes: [{ server: name, volumeType: "io2" }], growthPercent: 10 },
  };
}

/** Drafts `security_configurations`, of which an inventory knows nothing. */
export function draftSecurity(): ItemDraft {
  return {
    seen: ["The inventory says nothing about it."],
    example: {
      dataClassification: "internal",
      controls: [
        {
          kind: "firewall",
          description: "WHAT IT IS AND WHAT IT PROTECTS",
          evidence: "DOCUMENT OR TICKET",
          owner: "TEAM",
        },
      ],
    },
  };
}

/** Drafts `operating_system_versions`, in which people prove extended support that they have bought. */
export function draftSystems(): ItemDraft {
  return {
    seen: [],
    example: {
      extendedSupport: [
        { product: "Windows Server 2016", until: "2028-01-12", contract: "ORDER NUMBER", owner: "TEAM" },
      ],
    },
  };
}

/** Drafts `runtime_dependencies`. The engines of the databases are known; what else the applications need is not. */
export function draftRuntimes({ inventory }: AssessmentSubject): ItemDraft {
  const engines = inventory.databases.flatMap(({ engine, version, server }) =>
    version === undefined || server === undefined ? [] : { name: engine, version, servers: [server] },
  );
  return {
    seen: [
      engines.length === 0
        ? "The inventory says nothing about it."
        : "The inventory knows the engines of its databases, and no other runtime.",
    ],
    example: [...someOf(engines), { name: "java", version: "21", servers: [NAME], owner: "TEAM" }],
  };
}

/** Drafts `license_requirements`: the commercial systems that run, of which nobody has said how they are licensed. */
export function draftLicenses({ servers }: AssessmentSubject): ItemDraft {
  const products = [...groupBy(servers, licensedProduct)];
  const licence = { model: "included", evidence: "CONTRACT OR ORDER NUMBER", owner: "TEAM" };
  return {
    seen: [
      products.length === 0
        ? "No server is known to run a commercial system."
        : `It runs ${products
            .map(
              ([product, own]) =>
                `${product} on ${count(own.length, "server")} (${firstOf(
                  own.map(({ name }) => name),
                  SERVERS_NAMED,
                )})`,
            )
            .join(", ")}.`,
    ],
    example:
      products.length === 0
        ? { none: "WHY NOTHING ON THE SERVERS NEEDS A LICENCE" }
        : products.map(([product, own]) => ({ product, servers: someOf(own).map(({ name }) => name), ...licence })),
  };
}

function licensedProduct({ os: { name = "" } }: Server): string | undefined {
  const { product, version } = identifyOperatingSystem(name);
  if (product === undefined || !LICENSED_SYSTEMS.has(product)) return undefined;
  return version === undefined ? product : `${product} ${version}`;
}
