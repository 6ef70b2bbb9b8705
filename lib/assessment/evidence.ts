/** The evidence for each item of the checklist, so that a report can show what the verdict rests on. */
import { count } from "../core/text";
import type { Inventory, Server } from "../inventory/model";
import { evidenceOf, isNone, isUnanswered } from "./checklist/answer";
import type { Checklist } from "./checklist/checklist";
import { itemsOf, type ChecklistGroup } from "./checklist/items";
import type { AssessmentSubject } from "./subject";

/**
 * The origin of the answer to an item.
 *
 * - `inventory`: the inventory proves it, and the checklist adds nothing.
 * - `checklist`: a person has given evidence.
 * - `both`: the inventory's evidence, and a person's beside it.
 * - `none`: a person has answered that there is none, with the reason.
 * - `unanswered`: there is no answer.
 */
export type EvidenceStatus = "inventory" | "checklist" | "both" | "none" | "unanswered";

/** The evidence for one item of the checklist. */
export interface Evidence {
  readonly group: ChecklistGroup;
  /** The item as the catalog names it. */
  readonly item: string;
  readonly status: EvidenceStatus;
  /** The evidence in one phrase: `41 servers, 180 CPUs, 720 GiB of memory`. */
  readonly summary: string;
}

/** Returns the evidence for each item, in the catalog's order. */
export function summarizeEvidence(subject: AssessmentSubject): Evidence[] {
  const { checklist, inventory, servers } = subject;
  const proven = inventoryEvidence(inventory, servers);
  const given = checklistEvidence(checklist);
  return itemsOf(checklist).map(({ group, name, answer }): Evidence => {
    const read = proven[name];
    if (isUnanswered(answer)) {
      return {
        group,
        item: name,
        status: "unanswered",
        summary: read === undefined ? "" : `the inventory lists ${read}`,
      };
    }
    if (isNone(answer)) return { group, item: name, status: "none", summary: answer.none };
    if (answer === undefined) {
      return read === undefined
        ? { group, item: name, status: "unanswered", summary: "" }
        : { group, item: name, status: "inventory", summary: read };
    }
    const stated = given[name] ?? "";
    return read === undefined
      ? { group, item: name, status: "checklist", summary: stated }
      : { group, item: name, status: "both", summary: `${read}; ${stated}` };
  });
}

function inventoryEvidence(inventory: Inventory, servers: readonly Server[]): Partial<Record<string, string>> {
  const evidence: Partial<Record<string, string>> = {};
  const from = inventory.source === undefined ? "" : ` (from ${inventory.source})`;
  if (servers.length > 0) {
    let cpus = 0;
    let memoryMiB = 0;
    let disks = 0;
    let capacityMiB = 0;
    const systems = new Set<string>();
    for (const server of servers) {
      cpus += server.cpus ?? 0;
      memoryMiB += server.memoryMiB ?? 0;
      disks += server.disks.length;
      for (const disk of server.disks) capacityMiB += disk.capacityMiB;
      systems.add(server.os.name ?? server.os.family);
    }
    evidence.servers_and_specifications = `${count(servers.length, "server")}, ${count(cpus, "CPU")}, ${gib(memoryMiB)} of memory${from}`;
    evidence.storage_requirements = `${count(disks, "disk")}, ${gib(capacityMiB)}${from}`;
    evidence.operating_system_versions = `${count(systems.size, "operating system")} on ${count(servers.length, "server")}${from}`;
  }
  if (inventory.networks.length > 0)
    evidence.network_configuration = `${count(inventory.networks.length, "network")}${from}`;
  if (inventory.databases.length > 0)
    evidence.database_connections = `${count(inventory.databases.length, "database")}${from}`;
  if (inventory.fileShares.length > 0) {
    evidence.file_system_dependencies = `${count(inventory.fileShares.length, "file share")}${from}`;
  }
  return evidence;
}

function checklistEvidence(checklist: Checklist): Partial<Record<string, string>> {
  const { inventory_current_infrastructure: infrastructure, identify_dependencies, assess_compatibility } = checklist;
  const network = evidenceOf(infrastructure.network_configuration);
  const storage = evidenceOf(infrastructure.storage_requirements);
  const security = evidenceOf(infrastructure.security_configurations);
  const systems = evidenceOf(assess_compatibility.operating_system_versions);
  return {
    servers_and_specifications: counted(evidenceOf(infrastructure.servers_and_specifications), "decision"),
    network_configuration:
      network &&
      `${count(network.sources.length, "source network")}, ${count(network.targets.length, "target network")}, ` +
        `${count(network.peers.length, "peer network")}, ${count(network.containers.length, "container network")}`,
    storage_requirements: storage && `volumes of type ${storage.volumeType}, ${storage.growthPercent} % for growth`,
    security_configurations:
      security && `${security.dataClassification} data, ${count(security.controls.length, "control")}`,
    database_connections: counted(evidenceOf(identify_dependencies.database_connections), "connection"),
    external_service_integrations: counted(
      evidenceOf(identify_dependencies.external_service_integrations),
      "integration",
    ),
    file_system_dependencies: counted(
      evidenceOf(identify_dependencies.file_system_dependencies),
      "dependency",
      "dependencies",
    ),
    operating_system_versions:
      systems && `extended support for ${systems.extendedSupport.map((s) => s.product).join(", ")}`,
    runtime_dependencies: counted(evidenceOf(assess_compatibility.runtime_dependencies), "runtime"),
    license_requirements: counted(evidenceOf(assess_compatibility.license_requirements), "licence"),
  };
}

function counted(list: readonly unknown[] | undefined, one: string, many?: string): string | undefined {
  return list && count(list.length, one, many);
}

function gib(mebibytes: number): string {
  return `${Math.round((mebibytes / 1024) * 10) / 10} GiB`;
}
