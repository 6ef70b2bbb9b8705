/** Small RVTools exports for the tests, in the layouts of old and new versions. */
import { expect } from "@jest/globals";
import { inventorySchema, type Inventory, type Server } from "../../../lib/inventory/model";
import type { InputFile } from "../../../lib/inventory/reader";
import { rvtoolsReader } from "../../../lib/inventory/rvtools";
import { writeXlsx, type CellSpec, type WorkbookSpec } from "../../support/xlsx";

export type Row = Readonly<Record<string, CellSpec>>;

/** A UUID that ends in the number. */
export function uuid(number: number): string {
  return `500b85c1-ef0d-37fb-6897-${String(number).padStart(12, "0")}`;
}

/** A row of vInfo in the modern layout. */
export function info(name: string, values: Row = {}): Row {
  return {
    VM: name,
    Powerstate: "poweredOn",
    Template: "False",
    "SRM Placeholder": "False",
    CPUs: 2,
    Memory: 4096,
    NICs: 1,
    Firmware: "efi",
    "HW version": "19",
    Host: "esx-01",
    "OS according to the configuration file": "Ubuntu Linux (64-bit)",
    "OS according to the VMware Tools": "Ubuntu 22.04.3 LTS",
    "VM UUID": null,
    ...values,
  };
}

/** The rows as cells, under the headers of all of them together. */
export function cells(rows: readonly Row[]): CellSpec[][] {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [
    headers,
    ...rows.map((row) => headers.map((header) => (Object.hasOwn(row, header) ? row[header] : null) ?? null)),
  ];
}

/** A workbook of these tabs. */
export function workbook(tabs: Readonly<Record<string, readonly Row[]>>, options?: WorkbookSpec): InputFile {
  const sheets = Object.entries(tabs).map(([name, rows]) => ({ name, rows: cells(rows) }));
  return { name: "estate.xlsx", bytes: writeXlsx(sheets, options) };
}

/** A folder of CSV tabs, as RVTools names them. */
export function csvFolder(
  tabs: Readonly<Record<string, readonly Row[]>>,
  separator = ",",
  folder = "export",
): InputFile[] {
  const quoted = (cell: CellSpec): string => {
    if (typeof cell === "object" && cell !== null) throw new Error("a CSV file has only plain values");
    return `"${String(cell ?? "").replaceAll('"', '""')}"`;
  };
  return Object.entries(tabs).map(([name, rows]) => ({
    name: `${folder}/RVTools_tab${name}.csv`,
    bytes: Buffer.from(
      cells(rows)
        .map((row) => row.map(quoted).join(separator))
        .join("\r\n"),
    ),
  }));
}

/** Reads the files. */
export async function read(...files: readonly InputFile[]): Promise<Inventory> {
  const inventory = await rvtoolsReader.read(files);
  // The reader does not parse its rows a second time, so that nothing may be left for the schema to fill in or to trim.
  expect(inventorySchema.parse(inventory)).toEqual(inventory);
  return inventory;
}

/** The server of that name. */
export function serverOf(inventory: Inventory, name: string): Server {
  const server = inventory.servers.find((each) => each.name === name);
  if (server === undefined) throw new Error(`no server ${name}`);
  return server;
}

/** The findings as rule, subject, message and row, but for those about missing tabs and columns. */
export function said(inventory: Inventory): [string, string, string, number | undefined][] {
  return inventory.findings
    .filter(({ rule }) => rule !== "inventory-sheet-missing" && rule !== "inventory-column-missing")
    .map(({ rule, subject, message, location }) => [rule, subject, message, location?.row]);
}
