/**
 * Rules about the checklist itself: answered, in agreement with the inventory, and with named owners. `assess()` runs them
 * with all others of `all.ts`.
 */
import { defineRule } from "../../core/rule";
import { entriesOf, evidenceOf, isNone, isUnanswered } from "../checklist/answer";
import type { Checklist } from "../checklist/checklist";
import { itemsOf } from "../checklist/items";
import { isOwnerUnknown } from "../owner-unknown";
import { locatedAt, type AssessmentSubject } from "../subject";

const ANSWER_REMEDY = "answer the item with evidence, or with none and the reason why there is none";
const NO_SERVER_REMEDY =
  "give an inventory with servers, or answer the item with none and the reason, as where only networks are connected";

/** Reports items that are answered `unknown`, and items left to the inventory if it lists no server. */
export const checklistUnanswered = defineRule<AssessmentSubject>({
  id: "checklist-unanswered",
  title: "An item of the checklist is not answered",
  severity: "blocker",
  why: "a gap that the assessment leaves is found during the cutover, when it costs most; an unknown is not a pass",
  remedy: `${ANSWER_REMEDY}; where the inventory lists no server, ${NO_SERVER_REMEDY}`,
  *check({ checklist, inventory, locate }) {
    for (const { group, name, question, answer } of itemsOf(checklist)) {
      const location = locatedAt(locate([group, name]));
      if (isUnanswered(answer)) {
        yield { subject: `${group}.${name}`, message: `not answered: ${question}`, remedy: ANSWER_REMEDY, ...location };
      } else if (answer === undefined && inventory.servers.length === 0) {
        yield {
          subject: `${group}.${name}`,
          message: `not answered, and the inventory lists no server that would answer it: ${question}`,
          remedy: NO_SERVER_REMEDY,
          ...location,
        };
      }
    }
  },
});

/** Reports items that are answered with `none` although the inventory lists some. */
export const checklistContradictsInventory = defineRule<AssessmentSubject>({
  id: "checklist-contradicts-inventory",
  title: "The checklist answers none, but the inventory lists some",
  severity: "blocker",
  why: "one of the two is wrong, and a plan that is based on the wrong one leaves something out",
  remedy: "answer the item with evidence, or correct the inventory",
  *check({ checklist, inventory, servers, locate }) {
    const listed: Readonly<Record<string, { readonly what: string; readonly names: readonly string[] }>> = {
      servers_and_specifications: { what: "server", names: servers.map((server) => server.name) },
      storage_requirements: {
        what: "server with disks",
        names: servers.filter((server) => server.disks.length > 0).map((server) => server.name),
      },
      network_configuration: { what: "network", names: inventory.networks.map((network) => network.name) },
      database_connections: { what: "database", names: inventory.databases.map((database) => database.name) },
      file_system_dependencies: { what: "file share", names: inventory.fileShares.map((share) => share.name) },
    };
    for (const { group, name, answer } of itemsOf(checklist)) {
      const inventoried = listed[name];
      const first = inventoried?.names[0];
      if (!isNone(answer) || inventoried === undefined || first === undefined) continue;
      const count =
        inventoried.names.length === 1
          ? `one ${inventoried.what}`
          : `${inventoried.names.length} of kind ${inventoried.what}, the first`;
      yield {
        subject: `${group}.${name}`,
        message: `the checklist says none ("${answer.none}"), and the inventory lists ${count}: ${first}`,
        ...locatedAt(locate([group, name])),
      };
    }
  },
});

/** Returns every entry of the checklist that names servers or applications: its path, and the names. */
function* namesIn(
  checklist: Checklist,
): Generator<{ readonly path: readonly (string | number)[]; readonly names: readonly string[] }> {
  const { inventory_current_infrastructure: infrastructure, identify_dependencies, assess_compatibility } = checklist;
  const group = "inventory_current_infrastructure";
  for (const [i, { server }] of entriesOf(infrastructure.servers_and_specifications).entries()) {
    yield { path: [group, "servers_and_specifications", i], names: [server] };
  }
  for (const [i, { server }] of (evidenceOf(infrastructure.storage_requirements)?.volumes ?? []).entries()) {
    yield { path: [group, "storage_requirements", "volumes", i], names: [server] };
  }
  for (const [i, { clients, server }] of entriesOf(identify_dependencies.database_connections).entries()) {
    const path = ["identify_dependencies", "database_connections", i];
    yield { path, names: [...clients, ...(server === undefined ? [] : [server])] };
  }
  for (const [i, { clients }] of entriesOf(identify_dependencies.external_service_integrations).entries()) {
    yield { path: ["identify_dependencies", "external_service_integrations", i], names: clients };
  }
  for (const [i, { clients, server }] of entriesOf(identify_dependencies.file_system_dependencies).entries()) {
    const path = ["identify_dependencies", "file_system_dependencies", i];
    yield { path, names: [...clients, ...(server === undefined ? [] : [server])] };
  }
  for (const [i, { servers }] of entriesOf(assess_compatibility.runtime_dependencies).entries()) {
    yield { path: ["assess_compatibility", "runtime_dependencies", i], names: servers };
  }
  for (const [i, { servers }] of entriesOf(assess_compatibility.license_requirements).entries()) {
    yield { path: ["assess_compatibility", "license_requirements", i], names: servers };
  }
}

/** Reports names that no server or application of the inventory has. */
export const checklistUnknownName = defineRule<AssessmentSubject>({
  id: "checklist-unknown-name",
  title: "The checklist names a server or application that the inventory does not list",
  severity: "warning",
  why: "either the name is a typing error, so that the decision or declaration has no effect, or a server is missing from the inventory",
  remedy: "correct the name, or add the server to the inventory",
  *check({ checklist, inventory, index, locate }) {
    // Without servers, as when only networks are connected, names cannot be checked.
    if (inventory.servers.length === 0) return;
    const applications = new Set(inventory.servers.map((server) => server.application?.trim().toLowerCase()));
    for (const { path, names } of namesIn(checklist)) {
      for (const name of new Set(names)) {
        if (index.find(name) !== undefined || applications.has(name.trim().toLowerCase())) continue;
        yield {
          subject: name,
          message: `no server or application of the inventory is called ${name}`,
          ...locatedAt(locate(path)),
        };
      }
    }
  },
});

/** Reports owners that are named only in form: `unknown`, `tbd` and the like ({@link isOwnerUnknown}). */
export const ownerUnknown = defineRule<AssessmentSubject>({
  id: "owner-unknown",
  title: "Something that the checklist declares has no named owner",
  severity: "warning",
  why: "when it fails on the night of the cutover, it is not known whom to call",
  remedy: "name the role or team that answers for it",
  *check({ checklist, locate }) {
    const { inventory_current_infrastructure: infrastructure, identify_dependencies, assess_compatibility } = checklist;
    const owned: readonly (readonly [
      readonly string[],
      readonly { readonly owner?: string | undefined; readonly what: string }[],
    ])[] = [
      [
        ["inventory_current_infrastructure", "security_configurations", "controls"],
        (evidenceOf(infrastructure.security_configurations)?.controls ?? []).map((each) => ({
          owner: each.owner,
          what: each.description,
        })),
      ],
      [
        ["identify_dependencies", "database_connections"],
        entriesOf(identify_dependencies.database_connections).map((each) => ({
          owner: each.owner,
          what: each.database,
        })),
      ],
      [
        ["identify_dependencies", "file_system_dependencies"],
        entriesOf(identify_dependencies.file_system_dependencies).map((each) => ({
          owner: each.owner,
          what: each.path,
        })),
      ],
      [
        ["assess_compatibility", "runtime_dependencies"],
        entriesOf(assess_compatibility.runtime_dependencies).map((each) => ({
          owner: each.owner,
          what: `${each.name} ${each.version}`,
        })),
      ],
      [
        ["assess_compatibility", "license_requirements"],
        entriesOf(assess_compatibility.license_requirements).map((each) => ({ owner: each.owner, what: each.product })),
      ],
    ];
    for (const [path, entries] of owned) {
      for (const [position, { owner, what }] of entries.entries()) {
        if (owner === undefined || !isOwnerUnknown(owner)) continue;
        yield { subject: what, message: `its owner is given as "${owner}"`, ...locatedAt(locate([...path, position])) };
      }
    }
  },
});

/** The rules about the checklist itself. */
export const checklistRules = [
  checklistUnanswered,
  checklistContradictsInventory,
  checklistUnknownName,
  ownerUnknown,
] as const;
