/** A secret in a cell of any reader's file is not in the inventory that is read, nor in what is said of it. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { readInventoryFiles, readers } from "../../lib/inventory/read-inventory";
import { writeInventory } from "../../lib/inventory/write-inventory";
import { writeXlsx, type CellSpec } from "../support/xlsx";
import { isLong, samplesFor, shows, wordsOf } from "./leaks";

const folder = path.join(__dirname, "../fixtures/inventory");
const TIME = isLong ? 3_600_000 : 60_000;

/** A table, and the file that is made of it. */
interface Source {
  readonly title: string;
  readonly tables: readonly { readonly name: string; readonly rows: readonly (readonly string[])[] }[];
  readonly fileName: string;
  readonly write: (tables: Source["tables"]) => Uint8Array;
}

function splitCsv(line: string): string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .slice(0, -1)
    .map(([, cell = ""]) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}

function csvSource(fileName: string): Source {
  const rows = readFileSync(path.join(folder, fileName), "utf8").trimEnd().split(/\r?\n/).map(splitCsv);
  return {
    title: fileName,
    tables: [{ name: fileName, rows }],
    fileName,
    write: ([table]) =>
      new TextEncoder().encode(
        (table?.rows ?? []).map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\r\n"),
      ),
  };
}

/** A workbook of RVTools with the tabs and columns of which text is read. */
const rvtools: Source = {
  title: "RVTools",
  fileName: "estate.xlsx",
  tables: [
    {
      name: "vInfo",
      rows: [
        [
          "VM",
          "Powerstate",
          "Template",
          "CPUs",
          "Memory",
          "DNS Name",
          "Primary IP Address",
          "Network #1",
          "Firmware",
        ].concat(
          ["Annotation", "Datacenter", "Cluster", "Host", "Folder", "VM ID", "VM UUID", "VI SDK Server", "FT State"],
          ["OS according to the configuration file", "OS according to the VMware Tools", "HW version", "Cost centre"],
          ["Boot Required", "SRM Placeholder", "Owner", "Application", "Environment", "Password"],
        ),
        [
          "web-01",
          "poweredOn",
          "False",
          "2",
          "4096",
          "web-01.example.internal",
          "10.0.0.1",
          "VM Network",
          "efi",
        ].concat(
          [
            "ask the shop team",
            "fra1",
            "a",
            "esx-01",
            "/fra1/vm",
            "vm-1",
            "500b85c1-ef0d-37fb-6897-000000000001",
            "vc-1",
          ],
          [
            "notConfigured",
            "Ubuntu Linux (64-bit)",
            "Ubuntu 22.04",
            "19",
            "4711",
            "False",
            "False",
            "shop",
            "shop",
            "prod",
          ],
          ["see KeePass"],
        ),
      ],
    },
    {
      name: "vDisk",
      rows: [
        [
          "VM",
          "VM UUID",
          "Disk",
          "Disk Key",
          "Disk UUID",
          "Disk Path",
          "Capacity MB",
          "Disk Mode",
          "Controller",
          "Unit #",
          "Thin",
        ].concat(["Raw", "Sharing mode", "Shared Bus"]),
        [
          "web-01",
          "",
          "Hard disk 1",
          "2000",
          "",
          "[ds] web-01/a.vmdk",
          "10240",
          "persistent",
          "SCSI controller 0",
          "0",
        ].concat(["True", "False", "sharingNone", "noSharing"]),
      ],
    },
    {
      name: "vPartition",
      rows: [
        ["VM", "Disk", "Disk Key", "Capacity MB", "Consumed MB"],
        ["web-01", "/", "2000", "10000", "5000"],
      ],
    },
    {
      name: "vNetwork",
      rows: [
        ["VM", "NIC label", "Network", "Switch", "Connected", "Mac Address", "IPv4 Address", "IPv6 Address"],
        ["web-01", "Network adapter 1", "VM Network", "vSwitch0", "True", "00:50:56:00:00:01", "10.0.0.1", "fd00::1"],
      ],
    },
    {
      name: "vSnapshot",
      rows: [
        ["VM", "Name", "Description", "Date / time", "Size MB (total)"],
        ["web-01", "before update", "by ops", "2026-01-01 10:00:00", "100"],
      ],
    },
    {
      name: "vCD",
      rows: [
        ["VM", "Device Node", "Connected", "Device Type"],
        ["web-01", "CD/DVD drive 1", "True", "[iso] tools.iso"],
      ],
    },
    {
      name: "vTools",
      rows: [
        ["VM", "Tools"],
        ["web-01", "toolsOk"],
      ],
    },
    {
      name: "vPort",
      rows: [
        ["Host", "Port Group", "Switch", "VLAN"],
        ["esx-01", "VM Network", "vSwitch0", "110"],
      ],
    },
  ],
  write: (tables) => writeXlsx(tables.map(({ name, rows }) => ({ name, rows: rows as CellSpec[][] }))),
};

const sources: readonly Source[] = [
  ...readdirSync(folder)
    .filter((name) => name.endsWith(".csv"))
    .map(csvSource),
  rvtools,
];

/** Returns what is read of the file and said of it, or the words of its refusal. */
async function everythingOf(fileName: string, bytes: Uint8Array): Promise<string> {
  try {
    const inventory = await readInventoryFiles([{ name: fileName, bytes }]);
    return [JSON.stringify(inventory), writeInventory(inventory)].join("\n");
  } catch (error) {
    return wordsOf(error);
  }
}

/** Returns every source with the secret in one cell: of the headers, and of the first row below them. */
function* poisoned({ tables }: Source): Generator<{ place: string; with: (text: string) => Source["tables"] }> {
  for (const [tableNumber, table] of tables.entries()) {
    for (const rowNumber of [0, 1]) {
      for (const [column, cell] of (table.rows[rowNumber] ?? []).entries()) {
        yield {
          place: `${table.name}, row ${rowNumber}, ${table.rows[0]?.[column] ?? ""}`,
          with: (text) => {
            // A cell of tags keeps the form in which the reader takes it apart.
            const tagged = /^(?:[^:=,;]+)[:=]/.exec(cell)?.[0] ?? "";
            const row = (table.rows[rowNumber] ?? []).with(column, tagged + text);
            return tables.with(tableNumber, { ...table, rows: table.rows.with(rowNumber, row) });
          },
        };
      }
    }
  }
}

describe("the readers", () => {
  it("are all tried", async () => {
    const formats = new Set<string | undefined>(["native"]);
    for (const source of sources) {
      const { format } = await readInventoryFiles([{ name: source.fileName, bytes: source.write(source.tables) }]);
      formats.add(format);
    }
    // The native form is tried with every field of the model, in documents.test.ts.
    expect(readers.map(({ format }) => format).filter((format) => !formats.has(format))).toEqual([]);
  });

  it.each(sources)(
    "keep no secret of $title",
    async (source) => {
      const leaks: string[] = [];
      let redacted = 0;
      let index = 0;
      for (const each of poisoned(source)) {
        for (const sample of samplesFor(index++, 2)) {
          const text = await everythingOf(source.fileName, source.write(each.with(sample.text)));
          if (shows(text, sample)) leaks.push(`${sample.form} in ${each.place}`);
          if (text.includes("redacted-")) redacted++;
        }
      }
      expect(leaks).toEqual([]);
      expect(redacted).toBeGreaterThan(3);
    },
    TIME,
  );
});
