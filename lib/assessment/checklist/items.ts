/** The ten items of the catalog's checklist as a list, for code that goes through all of them. */
import { admit } from "../../core/door/admit";
import type { Answer } from "./answer";
import type { Checklist } from "./checklist";

/** The three groups of the checklist, as the catalog names them. */
export type ChecklistGroup = "inventory_current_infrastructure" | "identify_dependencies" | "assess_compatibility";

/** An item of the checklist. */
export interface ChecklistItem {
  readonly group: ChecklistGroup;
  /** The item as the catalog names it. */
  readonly name: string;
  /** The question that the item asks. */
  readonly question: string;
  /** The checklist's answer; undefined where it leaves the item to the inventory. */
  readonly answer: Answer<object> | undefined;
}

/** Returns all items of the checklist, in the catalog's order. */
export function itemsOf(checklist: Checklist): ChecklistItem[] {
  admit("itemsOf", { checklist });
  const { inventory_current_infrastructure: infrastructure, identify_dependencies, assess_compatibility } = checklist;
  return [
    {
      group: "inventory_current_infrastructure",
      name: "servers_and_specifications",
      question: "Which servers are there, with which CPUs, memory and disks?",
      answer: infrastructure.servers_and_specifications,
    },
    {
      group: "inventory_current_infrastructure",
      name: "network_configuration",
      question: "Which networks are migrated from and into, and which others are reached from them?",
      answer: infrastructure.network_configuration,
    },
    {
      group: "inventory_current_infrastructure",
      name: "storage_requirements",
      question: "How much storage is there, and which kind of volume does each disk need?",
      answer: infrastructure.storage_requirements,
    },
    {
      group: "inventory_current_infrastructure",
      name: "security_configurations",
      question: "Which controls protect the servers and their data today?",
      answer: infrastructure.security_configurations,
    },
    {
      group: "identify_dependencies",
      name: "database_connections",
      question: "Which databases are there, on which engine, and who connects to them?",
      answer: identify_dependencies.database_connections,
    },
    {
      group: "identify_dependencies",
      name: "external_service_integrations",
      question: "Which services outside do the servers talk to, and who owns each integration?",
      answer: identify_dependencies.external_service_integrations,
    },
    {
      group: "identify_dependencies",
      name: "file_system_dependencies",
      question: "Which file systems are shared, mounted or exchanged between servers?",
      answer: identify_dependencies.file_system_dependencies,
    },
    {
      group: "assess_compatibility",
      name: "operating_system_versions",
      question: "Which operating systems run, in which version, and until when are they supported?",
      answer: assess_compatibility.operating_system_versions,
    },
    {
      group: "assess_compatibility",
      name: "runtime_dependencies",
      question: "Which runtimes and engines do the applications need, in which version?",
      answer: assess_compatibility.runtime_dependencies,
    },
    {
      group: "assess_compatibility",
      name: "license_requirements",
      question: "Which licences do the servers need, how are they counted, and may they move?",
      answer: assess_compatibility.license_requirements,
    },
  ];
}
