import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { MigrationError } from "../../lib/core/error";
import { inventorySchema, type Inventory } from "../../lib/inventory/model";
import { readers, readInventoryFiles } from "../../lib/inventory/read-inventory";
import type { InputFile } from "../../lib/inventory/reader";
import { writeInventory } from "../../lib/inventory/write-inventory";
import { writeXlsx } from "../support/xlsx";
import { fixture } from "./input";
import { mangling } from "./mangle";

const RVTOOLS_HEADERS = [
  "VM",
  "Powerstate",
  "Template",
  "CPUs",
  "Memory",
  "In Use MiB",
  "Primary IP Address",
  "VM UUID",
];
const RVTOOLS_ROWS = [
  ["web01", "poweredOn", "False", 2, 4096, 20480, "10.0.0.11", "4207c9ff-1f0c-4c5e-9d0a-8d6f1b2c3d4e"],
  ["db01", "poweredOff", "False", 8, 65536, 204800, "10.0.0.21", "4207c9ff-1f0c-4c5e-9d0a-8d6f1b2c3d4f"],
] as const;

function workbook(sheet: string): Buffer {
  return Buffer.from(
    writeXlsx([
      { name: sheet, rows: [RVTOOLS_HEADERS, ...RVTOOLS_ROWS] },
      {
        name: "vDisk",
        rows: [
          ["VM", "Disk", "Capacity MiB"],
          ["web01", "Hard disk 1", 40960],
        ],
      },
    ]),
  );
}

function csv(...rows: readonly (readonly unknown[])[]): Buffer {
  return Buffer.from(rows.map((row) => row.join(",")).join("\r\n"));
}

const written = writeInventory(
  inventorySchema.parse({
    format: "native",
    servers: [{ name: "a", disks: [{ name: "d", capacityMiB: 1 }], tags: { t: "v" } }],
  }),
);

/** A whole file of every kind that a reader knows, by the format that reads it. */
const SEEDS: readonly (readonly [name: string, format: string, bytes: Buffer])[] = [
  ["migration-hub.csv", "migration-hub", readFileSync(fixture("migration-hub.csv"))],
  ["mgn.csv", "mgn", readFileSync(fixture("mgn.csv"))],
  ["cloud-migration-factory.csv", "cloud-migration-factory", readFileSync(fixture("cloud-migration-factory.csv"))],
  ["azure-migrate.csv", "azure-migrate", readFileSync(fixture("azure-migrate.csv"))],
  ["flows.csv", "flows", readFileSync(fixture("flows.csv"))],
  ["azure-dependencies.csv", "flows", readFileSync(fixture("azure-dependencies.csv"))],
  ["estate.yaml", "native", readFileSync(fixture("estate.yaml"))],
  ["inventory.json", "native", Buffer.from(written)],
  ["RVTools_tabvInfo.csv", "rvtools", csv(RVTOOLS_HEADERS, ...RVTOOLS_ROWS)],
  ["estate.xlsx", "rvtools", workbook("vInfo")],
];

/** What the call ends with. Anything but an inventory or an error of ours goes on, and fails the test. */
async function outcome(action: () => Promise<Inventory>): Promise<Inventory | MigrationError> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof MigrationError) return error;
    throw error;
  }
}

function assertFit(result: Inventory | MigrationError): void {
  if (result instanceof MigrationError) {
    expect(result.code).toMatch(/^INVENTORY_[A-Z_]+$/);
    return;
  }
  const parsed = inventorySchema.safeParse(result);
  if (!parsed.success) throw parsed.error;
  // Nothing is left for the schema to fill in or to trim: readers whose rows are many do not parse them a second time.
  expect(parsed.data).toEqual(result);
}

function readerOf(format: string) {
  const reader = readers.find((each) => each.format === format);
  if (reader === undefined) throw new Error(`there is no reader of ${format}`);
  return reader;
}

/** The format of any reader: a name, so that a failure prints one. */
const format = fc.constantFrom(...readers.map((reader) => reader.format));

describe("a file that is broken at random", () => {
  it("has a whole one to start from for every reader", async () => {
    expect(new Set(SEEDS.map(([, format]) => format))).toEqual(new Set(readers.map((reader) => reader.format)));
    for (const [name, format, bytes] of SEEDS) {
      const inventory = await readInventoryFiles([{ name, bytes }]);
      expect(inventory.format).toBe(format);
      expect(inventory.servers.length + inventory.flows.length).toBeGreaterThan(0);
    }
  });

  it.each(SEEDS)(
    "%s ends in an inventory or in a coded error",
    async (name, format, bytes) => {
      await fc.assert(
        fc.asyncProperty(mangling, async (mangle) => {
          const file: InputFile = { name, bytes: mangle(bytes) };
          assertFit(await outcome(() => readInventoryFiles([file])));
          assertFit(await outcome(() => readerOf(format).read([file])));
        }),
        { numRuns: 100, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: true },
      );
    },
    30_000,
  );

  it("is also no trouble to the readers that it is not for", async () => {
    const names = SEEDS.map(([name]) => name);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), format, mangling, async (name, reading, mangle) => {
        const [, , bytes] = SEEDS.find(([each]) => each === name)!;
        const file: InputFile = { name, bytes: mangle(bytes) };
        expect(typeof (await readerOf(reading).recognizes([file]))).toBe("boolean");
        assertFit(await outcome(() => readerOf(reading).read([file])));
      }),
      { numRuns: 300 },
    );
  }, 30_000);

  it("is also no trouble where it is nothing but noise", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), format, async (bytes, reading) => {
        const file: InputFile = { name: "noise", bytes };
        assertFit(await outcome(() => readInventoryFiles([file])));
        assertFit(await outcome(() => readerOf(reading).read([file])));
      }),
      { numRuns: 300 },
    );
  });
});

describe("a file that is broken in a known way", () => {
  const read = async (name: string, bytes: Buffer | string) =>
    outcome(() => readInventoryFiles([{ name, bytes: Buffer.from(bytes as Buffer) }]));

  it.each([10, 100, 400, 700])("a workbook cut off after %d bytes is named as damaged", async (length) => {
    const result = await read("estate.xlsx", workbook("vInfo").subarray(0, length));
    assertFit(result);
    expect(result).toBeInstanceOf(MigrationError);
    expect((result as MigrationError).code).toMatch(/^INVENTORY_WORKBOOK_/);
  });

  it("a workbook with other sheets says which it has", async () => {
    const result = await read("budget.xlsx", workbook("Sheet1"));
    expect(result).toBeInstanceOf(MigrationError);
    expect((result as MigrationError).code).toBe("INVENTORY_FORMAT_UNKNOWN");
    expect((result as MigrationError).message).toContain("a workbook with the sheets Sheet1, vDisk");
  });

  it("a zip archive that is no workbook", async () => {
    const result = await read("x.bin", Buffer.from("PK\u0003\u0004 and so on"));
    expect((result as MigrationError).code).toMatch(/^INVENTORY_WORKBOOK_/);
  });

  it("a tab of RVTools without vInfo says what is missing", async () => {
    const result = await read("RVTools_tabvDisk.csv", csv(["VM", "Disk", "Capacity MiB"], ["a", "Hard disk 1", 1]));
    assertFit(result);
    expect(result).toBeInstanceOf(MigrationError);
    expect((result as MigrationError).message).toContain("vInfo");
  });

  it("a CSV file of absurd sizes keeps the server and leaves the sizes out", async () => {
    const result = await read(
      "a.csv",
      "Server name,Cores,Memory (In MB),Disk 1 size (In GB)\na,-4,1e300,NaN\nb,99999999999999999999,Infinity,-1\n",
    );
    expect(result).toMatchObject({
      servers: [
        { name: "a", disks: [] },
        { name: "b", disks: [] },
      ],
    });
    expect((result as Inventory).findings.filter((finding) => finding.rule === "inventory-value-invalid")).toHaveLength(
      6,
    );
  });

  it("a row of a million cells, and a cell of a million characters", async () => {
    assertFit(await read("a.csv", `Server name,Cores\n${",".repeat(1_000_000)}\n${"x".repeat(1_000_000)},2\n`));
  });

  it("a YAML alias bomb", async () => {
    const bomb = Array.from({ length: 20 }, (_, level) =>
      level === 0
        ? "a0: &a0 [x, x]"
        : `a${level}: &a${level} [${Array(9)
            .fill(`*a${level - 1}`)
            .join(", ")}]`,
    );
    const result = await read("bomb.yaml", `${bomb.join("\n")}\nservers: *a19\n`);
    expect((result as MigrationError).code).toBe("INVENTORY_DOCUMENT_ALIASES");
  });
});

describe("a folder of RVTools tabs", () => {
  it("is read as one export, beside files of other formats", async () => {
    const inventory = await readInventoryFiles([
      {
        name: "export/RVTools_tabvDisk.csv",
        bytes: csv(["VM", "Disk", "Capacity MiB"], ["web01", "Hard disk 1", 40960]),
      },
      { name: "export/RVTools_tabvInfo.csv", bytes: csv(RVTOOLS_HEADERS, ...RVTOOLS_ROWS) },
      { name: "export/flows.csv", bytes: readFileSync(fixture("flows.csv")) },
    ]);
    expect(inventory.servers.map((server) => [server.name, server.disks.length])).toEqual([
      ["web01", 1],
      ["db01", 0],
    ]);
    expect(inventory.flows.length).toBeGreaterThan(0);
  });
});
