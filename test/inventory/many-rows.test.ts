/** More rows than a function call has room for arguments. */
import { describe, expect, it } from "@jest/globals";
import { readInventoryFiles } from "../../lib/inventory/read-inventory";
import { mergeInventories } from "../../lib/inventory/merge-inventories";
import { inventorySchema, type Inventory } from "../../lib/inventory/model";
import { Workbook } from "../../lib/inventory/workbook";
import { ReaderFindings } from "../../lib/inventory/reader";
import { writeXlsx } from "../support/xlsx";
import { errorOf, textFile } from "./input";

const ROWS = 130_000;
const table = (header: string, row: (index: number) => string) =>
  [header, ...Array.from({ length: ROWS }, (_, index) => row(index))].join("\n");

describe("a table of 130,000 rows", () => {
  it.each([
    ["RVTools_tabvInfo.csv", table("VM,CPUs", (index) => `vm${index},2`), "rvtools"],
    ["azure.csv", table("Server name,Cores", (index) => `vm${index},2`), "azure-migrate"],
  ])(
    "is read: %s",
    async (name, text, format) => {
      const inventory = await readInventoryFiles([textFile(name, text)]);
      expect(inventory.format).toBe(format);
      expect(inventory.servers).toHaveLength(ROWS);
    },
    60_000,
  );

  it("is read where each row is a connection", async () => {
    const text = table("source,destination,port", (index) => `a${index},b,443`);
    expect((await readInventoryFiles([textFile("flows.csv", text)])).flows).toHaveLength(ROWS);
  }, 60_000);
});

describe("servers that share one name", () => {
  it("are merged in a time that grows with their number", () => {
    const {
      servers: [server],
    } = inventorySchema.parse({ servers: [{ name: "same" }] });
    if (server === undefined) throw new Error("there is one");
    const uuid = (index: number) => `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`;
    const inventory = (from: number): Inventory =>
      inventorySchema.parse({
        servers: Array.from({ length: 20_000 }, (_, index) => ({ ...server, uuid: uuid(from + index) })),
      });
    const [first, second] = [inventory(0), inventory(10_000)];
    expect(mergeInventories(first, second).servers).toHaveLength(30_000);
  }, 30_000);
});

describe("merged ranges that overlap without end", () => {
  it("count as the cells they cover", async () => {
    const rows = Array.from({ length: 2000 }, (_, index) => [`vm${index}`]);
    const merges = Array.from({ length: 1000 }, (_, index) => `A${index + 1}:A2000`);
    const file = { name: "a.xlsx", bytes: writeXlsx([{ name: "vInfo", rows, merges }]) };
    const workbook = await Workbook.open(file, { cells: 100_000 });
    const error = await errorOf(() => workbook.table("vInfo", new ReaderFindings()));
    expect(error.code).toBe("INVENTORY_WORKBOOK_TOO_LARGE");
  });
});
