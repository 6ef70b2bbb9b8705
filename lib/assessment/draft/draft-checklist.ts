/**
 * ```ts
 * const { text, open } = draftChecklist(await readInventory("estate.xlsx"), { schema: "schemas/checklist.schema.json" });
 * ```
 *
 * The checklist as an inventory begins it: what the inventory proves is answered, every other item is `unknown`, with its question
 * and an example in comments. The text is a checklist that `readChecklist` reads; nothing in it is guessed but in a comment.
 */
import type { Document as YamlDocument, Node as YamlNode } from "yaml";
import { groupBy } from "../../core/collections";
import { YAML_1_1, yamlText } from "../../core/document/write-yaml";
import { yaml } from "../../core/document/yaml";
import { today } from "../../core/iso-date";
import { printable } from "../../core/printable";
import type { Inventory } from "../../inventory/model";
import { checklistSchema } from "../checklist/checklist";
import { itemsOf, type ChecklistItem } from "../checklist/items";
import { summarizeEvidence } from "../evidence";
import { assessmentSubject, type AssessmentSubject } from "../subject";
import { draftDatabases, draftFileSystems, draftIntegrations } from "./dependency-drafts";
import type { ItemDraft } from "./item-draft";
import { draftNetworks } from "./network-draft";
import { draftLicenses, draftRuntimes, draftSecurity, draftServers, draftStorage, draftSystems } from "./other-drafts";

/** Options of {@link draftChecklist}. */
export interface ChecklistDraftOptions {
  /** The path of the checklist's JSON Schema, from the checklist's own folder, for editors. */
  readonly schema: string;
}

/** A checklist as an inventory begins it. */
export interface ChecklistDraft {
  /** The checklist, YAML with comments. */
  readonly text: string;
  /** The items that the inventory answers, by the catalog's names. */
  readonly answered: readonly string[];
  /** The items that are `unknown`, by the catalog's names. */
  readonly open: readonly string[];
}

const COLUMNS = 120;

/** The draft of each item, by the catalog's name. */
const DRAFTS: Readonly<Record<string, (subject: AssessmentSubject) => ItemDraft>> = {
  servers_and_specifications: draftServers,
  network_configuration: ({ inventory, servers }) => draftNetworks(inventory, servers),
  storage_requirements: draftStorage,
  security_configurations: draftSecurity,
  database_connections: draftDatabases,
  external_service_integrations: draftIntegrations,
  file_system_dependencies: draftFileSystems,
  operating_system_versions: draftSystems,
  runtime_dependencies: draftRuntimes,
  license_requirements: draftLicenses,
};

/** Drafts the checklist of an inventory. */
export function draftChecklist(inventory: Inventory, { schema }: ChecklistDraftOptions): ChecklistDraft {
  const blank = blankChecklist(inventory);
  const subject = assessmentSubject({ ...inventory, source: undefined }, blank, today());
  const proven = new Map(summarizeEvidence(subject).map(({ item, summary }) => [item, summary]));
  const drafted = itemsOf(blank).map((item) => ({
    item,
    draft: DRAFTS[item.name]?.(subject) ?? { seen: [], example: null },
  }));
  const isOpen = ({ item, draft }: (typeof drafted)[number]): boolean =>
    item.answer !== undefined && draft.answer === undefined;
  const groups = groupBy(drafted, ({ item }) => item.group);
  const lines = [
    `# yaml-language-server: $schema=${schema}`,
    ...comment(
      "The pre-migration checklist. An item is answered with evidence, with none and the reason, `none: nobody mounts a file " +
        "system`, or with unknown, which is honest and blocks. What the inventory proves is taken from it and not repeated here.",
      "",
    ),
    ...[...groups].flatMap(([group, items]) => [
      "",
      `${group}:`,
      ...items.flatMap(({ item, draft }, index) => [
        ...(index === 0 ? [] : [""]),
        ...itemLines(item, draft, proven.get(item.name) ?? ""),
      ]),
    ]),
  ];
  return {
    text: `${lines.join("\n")}\n`,
    answered: drafted.filter((each) => !isOpen(each)).map(({ item }) => item.name),
    open: drafted.filter(isOpen).map(({ item }) => item.name),
  };
}

/** Returns the checklist in which nothing is answered but what servers in the inventory answer. */
function blankChecklist({ servers }: Inventory) {
  const byInventory = servers.length > 0 ? undefined : "unknown";
  return checklistSchema.parse({
    inventory_current_infrastructure: {
      servers_and_specifications: byInventory,
      network_configuration: "unknown",
      storage_requirements: byInventory,
      security_configurations: "unknown",
    },
    identify_dependencies: {
      database_connections: "unknown",
      external_service_integrations: "unknown",
      file_system_dependencies: "unknown",
    },
    assess_compatibility: {
      operating_system_versions: byInventory,
      runtime_dependencies: "unknown",
      license_requirements: "unknown",
    },
  });
}

function itemLines({ name, question, answer }: ChecklistItem, draft: ItemDraft, proven: string): string[] {
  const seen = draft.seen.flatMap((sentence) => comment(sentence, "  "));
  const asked = comment(question, "  ");
  if (answer === undefined) {
    return [
      ...asked,
      ...comment(`From the inventory: ${proven}.`, "  "),
      ...seen,
      ...comment("What people decide beyond it is written here:", "  "),
      ...commented(name, draft.example),
    ];
  }
  if (draft.answer !== undefined) return [...asked, ...seen, ...written(name, draft.answer)];
  return [...asked, ...seen, ...comment("For example:", "  "), ...commented(name, draft.example), `  ${name}: unknown`];
}

/** Returns a sentence as lines of a comment. A text from a file cannot end it: what is no visible character is escaped. */
function comment(sentence: string, indent: string): string[] {
  const lines: string[] = [];
  let line = `${indent}#`;
  for (const word of printable(sentence).split(" ")) {
    if (line.length + 1 + word.length > COLUMNS && line !== `${indent}#`) {
      lines.push(line);
      line = `${indent}#`;
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

function written(name: string, value: unknown): string[] {
  return lines(name, value).map((line) => `  ${line}`);
}

function commented(name: string, value: unknown): string[] {
  return lines(name, value).map((line) => `  # ${printable(line)}`);
}

/** Returns the item as lines of YAML; what holds nothing but plain values, or lists of them, stands on one line. */
function lines(name: string, value: unknown): string[] {
  const { Document } = yaml();
  const document = new Document({}, YAML_1_1);
  document.set(name, node(document, value));
  return yamlText(document).trimEnd().split("\n");
}

function node(document: YamlDocument, value: unknown): YamlNode {
  if (!isObject(value) || isFlat(value)) return document.createNode(value, { flow: true });
  const { Pair, YAMLMap, YAMLSeq } = yaml();
  if (Array.isArray(value)) {
    const list = new YAMLSeq();
    list.items = value.map((entry) => node(document, entry));
    return list;
  }
  const map = new YAMLMap();
  map.items = Object.entries(value).map(([key, entry]) => new Pair(document.createNode(key), node(document, entry)));
  return map;
}

/** Checks whether the value holds nothing but plain values, or lists of them. */
function isFlat(value: object): boolean {
  if (Array.isArray(value)) return value.every((entry) => !isObject(entry));
  return Object.values(value).every((entry) => !isObject(entry) || (Array.isArray(entry) && isFlat(entry)));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
