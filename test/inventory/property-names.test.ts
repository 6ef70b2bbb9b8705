/** Servers and everything else may be called as the properties are that every object of JavaScript has. */
import { describe, expect, it } from "@jest/globals";
import { assess } from "../../lib/assessment/assessment";
import { inventorySchema } from "../../lib/inventory/model";
import { mergeInventories } from "../../lib/inventory/merge-inventories";
import { readers, readInventoryFiles } from "../../lib/inventory/read-inventory";
import { renderAssessment, renderInventory } from "../../lib/report/render";
import { reportFormats } from "../../lib/report/reported-assessment";
import { READY_AS_OF, readyChecklist } from "../support/ready-assessment";
import { writeXlsx } from "../support/xlsx";
import { textFile } from "./input";

const NAMES = ["constructor", "__proto__", "toString", "hasOwnProperty"];
const KEPT = NAMES.filter((name) => name !== "__proto__");
const rows = (header: string, row: (name: string) => string) => [header, ...NAMES.map(row)].join("\n");
const all = NAMES.join(",");

/** Each reader's own file, in which as much as possible is called so. */
const FILES: Readonly<Record<string, { readonly name: string; readonly bytes: Uint8Array }>> = {
  "migration-hub": textFile(
    "hub.csv",
    rows(
      "ExternalId,HostName,OS.Name,Tags",
      (name) => `${name},${name},${name},"${NAMES.map((key) => `${key}:v`).join()}"`,
    ),
  ),
  mgn: textFile(
    "mgn.csv",
    rows(
      `mgn:server:user-provided-id,mgn:app:name,mgn:wave:name,${NAMES.map((name) => `mgn:server:tag:${name}`).join()}`,
      (name) => `${name},${name},${name},${all}`,
    ),
  ),
  "cloud-migration-factory": textFile(
    "factory.csv",
    rows(
      "server_name,app_name,wave_name,tags",
      (name) => `${name},${name},${name},${NAMES.map((key) => `${key}=v`).join(";")}`,
    ),
  ),
  "azure-migrate": textFile(
    "azure.csv",
    rows("Server name,Cores,Memory (In MB),Operating system", (name) => `${name},2,4,${name}`),
  ),
  flows: textFile(
    "flows.csv",
    rows("source,destination,port,protocol,process", (name) => `${name},${name},443,${name},${name}`),
  ),
  native: textFile(
    "estate.yaml",
    [
      "servers:",
      ...NAMES.map(
        (name) =>
          `  - { name: ${name}, application: ${name}, environment: ${name}, tier: ${name}, wave: ${name}, ` +
          `tags: { ${NAMES.map((key) => `${key}: v`).join(", ")} }, os: { name: ${name} }, nics: [{ network: ${name} }] }`,
      ),
      "networks:",
      ...NAMES.map((name) => `  - { name: ${name} }`),
      "databases:",
      ...NAMES.map((name) => `  - { name: ${name}, engine: ${name}, server: ${name} }`),
    ].join("\n"),
  ),
  rvtools: {
    name: "estate.xlsx",
    bytes: writeXlsx([
      {
        name: "vInfo",
        rows: [
          ["VM", "CPUs", "Network #1", "Application", "OS", ...NAMES],
          ...NAMES.map((name) => [name, 2, name, name, name, ...NAMES]),
        ],
      },
      { name: "vDisk", rows: [["VM", "Disk", "Capacity MiB"], ...NAMES.map((name) => [name, name, 10])] },
    ]),
  },
};

describe("names that every object has", () => {
  it("are tried with every reader", () => {
    expect(Object.keys(FILES).sort()).toEqual(readers.map(({ format }) => format).sort());
  });

  it.each(Object.entries(FILES))(
    "are read, merged, assessed and reported like any others: %s",
    async (format, file) => {
      const inventory = await readInventoryFiles([file]);
      expect(inventory.format).toBe(format);
      const named =
        format === "flows" ? inventory.flows.map(({ source }) => source) : inventory.servers.map(({ name }) => name);
      expect(named).toEqual(NAMES);
      expect(inventorySchema.parse(JSON.parse(JSON.stringify(inventory)))).toEqual(inventory);

      const assessment = assess(inventory, readyChecklist, [], { asOf: READY_AS_OF });
      expect(assessment.findings.filter(({ rule }) => rule === "rule-failed")).toEqual([]);
      for (const report of reportFormats) {
        expect(renderAssessment(assessment, report).length).toBeGreaterThan(0);
        expect(renderInventory(inventory, report).length).toBeGreaterThan(0);
      }
      for (const name of NAMES) expect(renderInventory(inventory, "json")).toContain(`"${name}"`);
    },
  );

  it.each(["migration-hub", "mgn", "cloud-migration-factory", "native", "rvtools"])(
    "are keys of tags, but for one that no object keeps, which a finding names: %s",
    async (format) => {
      const { servers, findings } = await readInventoryFiles([FILES[format]!]);
      for (const { tags } of servers) expect(Object.keys(tags).sort()).toEqual([...KEPT].sort());
      const told = findings.filter(({ message }) => message.includes("__proto__") && message.endsWith("is left out"));
      expect(told).toHaveLength(NAMES.length);
    },
  );

  it("are filled in from a second inventory", () => {
    const server = (tags: Record<string, string>) => inventorySchema.parse({ servers: [{ name: "a", tags }] });
    const merged = mergeInventories(server({ x: "1" }), server({ constructor: "v", toString: "w" }));
    expect(merged.servers[0]?.tags).toEqual({ x: "1", constructor: "v", toString: "w" });
    expect(merged.findings).toEqual([]);
  });

  it("are applications, networks and tiers of a checklist's servers, and rules and subjects of waivers", async () => {
    const inventory = await readInventoryFiles([FILES["native"]!]);
    const waivers = NAMES.map((name) => ({
      rule: name,
      subject: name,
      reason: "it is called so on purpose",
      approvedBy: name,
      expires: "2026-12-31",
    }));
    const assessment = assess(inventory, readyChecklist, waivers, { asOf: READY_AS_OF });
    expect(assessment.deferredWaivers.map(({ rule }) => rule)).toEqual(NAMES);
    expect(renderAssessment(assessment, "text")).toContain("constructor");
  });

  it("are keys of a document, and each is told", async () => {
    const { findings } = await readInventoryFiles([
      textFile(
        "keys.yaml",
        `servers: [{ name: a, ${NAMES.map((name) => `${name}: 1`).join(", ")} }]\n${NAMES.map((name) => `${name}: 1`).join("\n")}\n`,
      ),
    ]);
    for (const subject of ["a", "keys.yaml"]) {
      const told = findings
        .filter((finding) => finding.subject === subject)
        .map(({ message }) => message.split(" ")[0]);
      expect(told.sort()).toEqual([...NAMES].sort());
    }
  });
});
