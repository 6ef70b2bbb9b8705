import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { assess } from "../../lib/assessment/assessment";
import { draftChecklist, type ChecklistDraft } from "../../lib/assessment/draft/draft-checklist";
import { readChecklist } from "../../lib/assessment/read-documents";
import { isBlocking } from "../../lib/core/finding";
import { defineInventory } from "../../lib/inventory/define-inventory";
import type { Inventory, InventoryInput } from "../../lib/inventory/model";
import { hostileTexts } from "../support/hostile-texts";

const options = { schema: "schemas/checklist.schema.json" };
const read = (text: string) => readChecklist({ name: "checklist.yaml", bytes: Buffer.from(text) });

const server = (name: string, address: string, rest: object = {}) => ({
  name,
  cpus: 2,
  memoryMiB: 4096,
  os: { family: "linux" as const, name: "Debian GNU/Linux 12 (64-bit)", version: "12" },
  disks: [{ name: "Hard disk 1", capacityMiB: 51_200 }],
  nics: [{ network: "servers", addresses: [address] }],
  ...rest,
});

/** Everything that an inventory can know. */
const known: InventoryInput = {
  servers: [server("web-01", "10.1.0.10"), server("db-01", "10.1.0.20", { fqdn: "db-01.corp.example" })],
  networks: [{ name: "servers", cidr: "10.1.0.0/24" }],
  databases: [{ name: "orders", engine: "postgresql", version: "16", server: "db-01", port: 5432 }],
  fileShares: [{ name: "\\\\db-01\\reports", protocol: "smb", server: "db-01", usedBy: ["web-01"] }],
  flows: [
    { source: "web-01", destination: "db-01.corp.example", port: 5432 },
    { source: "203.0.113.10", destination: "web-01", port: 443 },
    { source: "web-01", destination: "203.0.113.10", port: 8443 },
    { source: "web-01", destination: "api.example.com.", port: 443 },
  ],
};

/** The draft with every example taken out of its comments, in place of the item's `unknown`. */
function uncommented({ text }: ChecklistDraft): string {
  const lines = text.split("\n");
  // An item is called by two words or more; a network may be called by one.
  const example = /^ {2}# (?<rest>(?: {2}.*|[a-z]+_[a-z_]+:.*))$/;
  return lines
    .flatMap((line) => {
      if (/^ {2}[a-z_]+: unknown$/.test(line)) return [];
      const rest = example.exec(line)?.groups?.["rest"];
      return rest === undefined ? line : `  ${rest}`;
    })
    .join("\n");
}

describe("the draft of a checklist", () => {
  it("answers what the inventory proves, and asks for the rest", () => {
    const draft = draftChecklist(defineInventory(known), options);
    expect(draft.open).toEqual(["security_configurations", "runtime_dependencies", "license_requirements"]);
    expect(draft.answered).toHaveLength(7);
    const { inventory_current_infrastructure: infrastructure, identify_dependencies: dependencies } = read(draft.text);
    expect(infrastructure).toMatchObject({
      network_configuration: {
        sources: [{ name: "servers", cidr: "10.1.0.0/24" }],
        targets: [{ name: "landing network", cidr: "10.64.0.0/16" }],
      },
      security_configurations: "unknown",
    });
    expect(infrastructure).not.toHaveProperty("servers_and_specifications");
    expect(dependencies).toMatchObject({
      database_connections: [
        { database: "orders", engine: "postgresql", version: "16", server: "db-01", port: 5432, clients: ["web-01"] },
      ],
      external_service_integrations: [
        { hosts: ["203.0.113.10"], direction: "both", ports: [443, 8443], clients: ["web-01"], owner: "unknown" },
        { hosts: ["api.example.com"], direction: "outbound", ports: [443], clients: ["web-01"], owner: "unknown" },
      ],
      file_system_dependencies: [{ path: "\\\\db-01\\reports", protocol: "smb", server: "db-01", clients: ["web-01"] }],
    });
  });

  it("is incomplete for its open items and the owners that nobody knows, and for nothing else", () => {
    const inventory = defineInventory(known);
    const draft = draftChecklist(inventory, options);
    const assessment = assess(inventory, read(draft.text), [], { asOf: "2026-11-22" });
    expect(assessment.verdict).toBe("incomplete");
    const blockers = assessment.findings.filter(isBlocking);
    expect(blockers.filter(({ rule }) => rule === "checklist-unanswered")).toHaveLength(draft.open.length);
    expect(new Set(blockers.map(({ rule }) => rule))).toEqual(
      new Set(["checklist-unanswered", "external-integration-without-owner"]),
    );
  });

  it("has the question of every item as a comment, and the schema for editors first", () => {
    const { text } = draftChecklist(defineInventory(known), options);
    expect(text).toMatch(/^# yaml-language-server: \$schema=schemas\/checklist\.schema\.json\n/);
    expect(text).toContain("# Which controls protect the servers and their data today?\n");
    expect(text.match(/\?$/gm)).toHaveLength(10);
  });

  it.each<[string, InventoryInput]>([
    ["nothing", {}],
    ["flows alone", { flows: [{ source: "a", destination: "b", port: 1 }] }],
    ["servers alone", { servers: [server("a", "10.0.0.1"), { name: "b" }] }],
    ["everything", known],
    [
      "what is left out or open",
      {
        servers: [
          { name: "a", powerState: "off", os: { family: "windows", name: "Microsoft Windows Server 2019 (64-bit)" } },
        ],
        databases: [{ name: "x", engine: "mysql" }],
        fileShares: [{ name: "/srv" }],
      },
    ],
  ])("brings examples that are answers, of an inventory with %s", (_what, input) => {
    const draft = draftChecklist(defineInventory(input), options);
    expect(() => read(draft.text)).not.toThrow();
    expect(read(uncommented(draft))).not.toMatchObject({ identify_dependencies: { database_connections: "unknown" } });
    expect(JSON.stringify(read(uncommented(draft)))).not.toContain('"unknown"}');
    expect(draft.open.length + draft.answered.length).toBe(10);
  });

  it("names the servers of which it says something, the first ten of many", () => {
    const named = (count: number): string => {
      const servers = Array.from({ length: count }, (_, index) => server(`s${index}`, `10.1.0.${index + 10}`));
      return draftChecklist(defineInventory({ servers }), options).text.replace(/\s*\n\s*# */g, " ");
    };
    expect(named(2)).toContain("In no wave: 2 servers (s0, s1).");
    expect(named(13)).toContain("In no wave: 13 servers (s0, s1, s2, s3, s4, s5, s6, s7, s8, s9 and 3 more).");
  });

  it("leaves nothing to an inventory without servers", () => {
    const { open } = draftChecklist(defineInventory({}), options);
    expect(open).toHaveLength(10);
  });
});

describe("the draft of the networks", () => {
  const targetOf = (input: InventoryInput): unknown =>
    (
      parse(uncommented(draftChecklist(defineInventory(input), options))) as {
        inventory_current_infrastructure: object;
      }
    ).inventory_current_infrastructure;

  it("is open while an address lies in no known block, and guesses blocks in a comment", () => {
    const input: InventoryInput = {
      servers: [server("a", "10.64.3.7"), server("b", "10.64.3.9")],
      networks: [{ name: "servers" }],
    };
    const { text, open } = draftChecklist(defineInventory(input), options);
    expect(open).toContain("network_configuration");
    expect(text).toContain("# servers: its block is not known; 2 servers, 10.64.3.7 to 10.64.3.9.");
    expect(targetOf(input)).toMatchObject({
      network_configuration: {
        sources: [{ name: "servers", cidr: "10.64.3.0/24" }],
        targets: [{ name: "landing network", cidr: "10.65.0.0/16" }],
      },
    });
  });

  it.each([
    ["10.64.0.0/10", "10.0.0.0/16"],
    ["10.0.0.0/8", "172.16.0.0/16"],
  ])("proposes a target that overlaps nothing of %s", (cidr, target) => {
    const input: InventoryInput = { servers: [server("a", "10.70.0.1")], networks: [{ name: "servers", cidr }] };
    expect(targetOf(input)).toMatchObject({ network_configuration: { targets: [{ cidr: target }] } });
  });

  it("proposes the first target where no private block is free, and the assessment refuses it", () => {
    const blocks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
    const inventory: Inventory = defineInventory({
      servers: [server("a", "10.70.0.1")],
      networks: blocks.map((cidr, index) => ({ name: index === 0 ? "servers" : cidr, cidr })),
    });
    const { text } = draftChecklist(inventory, options);
    expect(text).toContain("cidr: 10.64.0.0/16");
    const { findings } = assess(inventory, read(text), [], { asOf: "2026-11-22" });
    expect(findings.map(({ rule }) => rule)).toContain("network-overlap");
  });
});

describe("texts of an inventory", () => {
  it.each(hostileTexts.filter((text) => text.trim() !== ""))("stay texts in the draft: %j", (text) => {
    const inventory = defineInventory({
      ...known,
      servers: [server(text, "10.1.0.10", { powerState: "off" }), server("db-01", "10.1.0.20")],
      networks: [{ name: text, cidr: "10.1.0.0/24" }, { name: `${text}2` }],
      databases: [{ name: text, engine: text, version: text, server: "db-01", port: 5432 }],
      fileShares: [{ name: text, usedBy: [text] }],
      flows: [
        { source: text, destination: "db-01", port: 5432 },
        { source: text, destination: "outside.example", port: 443 },
      ],
    });
    const draft = draftChecklist(inventory, options);
    const { identify_dependencies: dependencies, inventory_current_infrastructure: infrastructure } = read(draft.text);
    const spelled = text.trim();
    expect(dependencies.database_connections).toMatchObject([{ database: spelled, engine: spelled, version: spelled }]);
    expect(infrastructure.network_configuration).toMatchObject({ sources: [{ name: spelled }] });
    // Nothing of it is outside of a comment but the answers.
    expect(Object.keys(parse(draft.text) as object)).toEqual([
      "inventory_current_infrastructure",
      "identify_dependencies",
      "assess_compatibility",
    ]);
  });
});
