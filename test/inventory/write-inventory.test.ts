import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { SEVERITIES } from "../../lib/core/finding";
import { inventoryJsonSchema, INVENTORY_SCHEMA_ID } from "../../lib/inventory/json-schema";
import { inventorySchema, osFamilies, powerStates, strategies, type InventoryInput } from "../../lib/inventory/model";
import { nativeReader } from "../../lib/inventory/native/native-reader";
import { writeInventory } from "../../lib/inventory/write-inventory";
import { fixtureFile, textFile } from "./input";

const name = fc
  .string({ minLength: 1, maxLength: 12, unit: "grapheme" })
  .filter((text) => text.trim() === text && text !== "");
const text = fc.string({ maxLength: 12, unit: "grapheme" });
const size = fc.oneof(
  fc.nat(),
  fc.double({ min: 0, max: 1e9, noNaN: true }).filter((value) => !Object.is(value, -0)),
);
const location = fc.record(
  { file: text, sheet: text, row: fc.integer({ min: 1, max: 9999 }), column: text, path: text },
  { requiredKeys: [] },
);
const tags = fc.dictionary(
  text.filter((key) => key !== "__proto__"),
  text,
  { maxKeys: 3, noNullPrototype: true },
);

const server = fc.record(
  {
    name,
    fqdn: text,
    uuid: fc.uuid(),
    powerState: fc.constantFrom(...powerStates),
    template: fc.boolean(),
    os: fc.record({ family: fc.constantFrom(...osFamilies), name: text, version: text }, { requiredKeys: ["family"] }),
    cpus: fc.integer({ min: 1, max: 65_536 }),
    memoryMiB: size,
    disks: fc.array(
      fc.record({ name, capacityMiB: size, shared: fc.boolean() }, { requiredKeys: ["name", "capacityMiB"] }),
      {
        maxLength: 2,
      },
    ),
    nics: fc.array(fc.record({ mac: text, addresses: fc.array(text, { maxLength: 2 }) }), { maxLength: 2 }),
    strategy: fc.constantFrom(...strategies),
    utilisation: fc.record({ cpuP95Percent: fc.integer({ min: 0, max: 100 }), diskIops: size }, { requiredKeys: [] }),
    tags,
    location,
  },
  { requiredKeys: ["name"] },
);

const inventory: fc.Arbitrary<InventoryInput> = fc.record(
  {
    format: fc.constantFrom("rvtools", "native", "migration-hub + flows"),
    source: text,
    servers: fc.array(server, { maxLength: 3 }),
    networks: fc.array(fc.record({ name, vlan: fc.integer({ min: 0, max: 4095 }) }), { maxLength: 2 }),
    flows: fc.array(
      fc.record({ source: name, destination: name, port: fc.integer({ min: 0, max: 65_535 }), count: size }),
      {
        maxLength: 2,
      },
    ),
    findings: fc.array(
      fc.record(
        {
          rule: text,
          severity: fc.constantFrom(...SEVERITIES),
          subject: text,
          message: text,
          why: text,
          remedy: text,
          location,
        },
        { requiredKeys: ["rule", "severity", "subject", "message", "why", "remedy"] },
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ["format"] },
);

describe("an inventory that is written", () => {
  it("reads back as it was, if it says its format", async () => {
    await fc.assert(
      fc.asyncProperty(inventory, async (input) => {
        const before = inventorySchema.parse(input);
        const written = writeInventory(before);
        const after = await nativeReader.read([textFile("inventory.json", written)]);
        expect(after).toEqual(before);
        expect(writeInventory(after)).toBe(written);
      }),
      { numRuns: 200 },
    );
  });

  it("reads back with the places of the file it was made from", async () => {
    const before = await nativeReader.read([fixtureFile("estate.yaml")]);
    const after = await nativeReader.read([textFile("inventory.json", writeInventory(before))]);
    expect(after).toEqual(before);
  });

  it("is recognized", () => {
    const written = writeInventory(inventorySchema.parse({ format: "rvtools" }));
    expect(nativeReader.recognizes([textFile("x", written)])).toBe(true);
    expect(written).toMatch(/^\{\n {2}"format": "rvtools",\n {2}"servers": \[\],/);
    expect(written.endsWith("}\n")).toBe(true);
  });
});

describe("the JSON Schema", () => {
  const schema = inventoryJsonSchema();

  it("names itself and describes what people write", () => {
    expect(schema).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: INVENTORY_SCHEMA_ID,
      title: "Inventory",
      type: "object",
      additionalProperties: false,
    });
    // Whatever has a default may be left out.
    expect(schema).not.toHaveProperty("required");
    expect(schema).toHaveProperty("properties.servers.items.required", ["name"]);
    expect(schema).toHaveProperty("properties.servers.items.properties.memoryMiB.minimum", 0);
  });

  it("describes every key of the model", () => {
    expect(Object.keys(schema["properties"] as object)).toEqual(Object.keys(inventorySchema.shape));
    const items = schema["properties"] as Record<string, { items?: { properties: object } }>;
    expect(Object.keys(items["servers"]?.items?.properties ?? {})).toEqual(
      Object.keys(inventorySchema.shape.servers.unwrap().element.shape),
    );
  });
});
