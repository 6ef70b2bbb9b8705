import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { MigrationError } from "../../../lib/core/error";
import { inventorySchema } from "../../../lib/inventory/model";
import { rvtoolsReader } from "../../../lib/inventory/rvtools";
import { csvTab } from "../../../lib/inventory/rvtools/rvtools-exports";
import { writeXlsx } from "../../support/xlsx";
import { csvFolder, info, read, said, serverOf, uuid, workbook, type Row } from "./support";
import { thrownBy } from "./thrown-by";

const MODERN: Readonly<Record<string, readonly Row[]>> = {
  vInfo: [
    info("web-01", { "VM UUID": uuid(1), Memory: 19_456, "Primary IP Address": "10.0.0.5" }),
    info("db-01", { "VM UUID": uuid(2), Powerstate: "poweredOff", Annotation: 'two lines,\r\nand a "quote"' }),
    info("gold", { "VM UUID": uuid(3), Template: "True", Powerstate: "poweredOff" }),
  ],
  vDisk: [
    { VM: "web-01", Disk: "Hard disk 1", "Disk Key": "2000", "Capacity MiB": 40_960, Thin: "True", "VM UUID": uuid(1) },
    {
      VM: "db-01",
      Disk: "Hard disk 1",
      "Disk Key": "2000",
      "Capacity MiB": 1_048_576,
      Thin: "False",
      "VM UUID": uuid(2),
    },
  ],
  vPartition: [
    { VM: "web-01", "Disk Key": "2000", Disk: "/", "Capacity MiB": 40_000, "Consumed MiB": 12_288, "Free %": 70 },
  ],
  vNetwork: [
    {
      VM: "web-01",
      "NIC label": "Network adapter 1",
      Network: "app-net",
      "Mac Address": "00:50:56:00:00:01",
      "Starts Connected": true,
      "IPv4 Address": "10.0.0.5",
    },
  ],
};

/** What RVTools 3 printed: MB, and neither vDisk's keys nor most of today's columns. */
const OLD: Row = {
  VM: "old-01",
  Powerstate: "poweredOn",
  Template: "False",
  "DNS Name": "old-01.corp.example",
  CPUs: "4",
  Memory: "8.192",
  NICs: "1",
  Disks: "2",
  "Network #1": "VM Network",
  "Primary IP Address": "192.168.1.9",
  "Provisioned MB": "112.640",
  "In Use MB": "98.304",
  "VM Version": "v8",
  Annotation: "",
  Datacenter: "dc1",
  Host: "esx-01",
  OS: "Microsoft Windows Server 2008 R2 (64-bit)",
  "VM UUID": uuid(8),
};

describe("the layouts of RVTools", () => {
  it("reads a workbook and a folder of CSV tabs alike", async () => {
    const fromWorkbook = await read(workbook(MODERN));
    expect(said(fromWorkbook)).toEqual([]);
    const bare = ({ servers }: typeof fromWorkbook) => servers.map((server) => ({ ...server, location: undefined }));
    for (const separator of [",", ";", "\t"]) {
      const fromFolder = await read(...csvFolder(MODERN, separator));
      expect(bare(fromFolder)).toEqual(bare(fromWorkbook));
      expect(fromFolder.source).toBe("export");
      expect(said(fromFolder)).toEqual([]);
      expect(serverOf(fromFolder, "gold").location).toEqual({
        file: "export/RVTools_tabvInfo.csv",
        sheet: "vInfo",
        row: 4,
        line: 5,
      });
    }
    expect(serverOf(fromWorkbook, "web-01").disks).toEqual([
      { name: "Hard disk 1", key: "2000", capacityMiB: 40_960, usedMiB: 12_288, kind: "thin" },
    ]);
  });

  it("reads the old layout: MB are MiB, one column for the system, and no vDisk", async () => {
    const inventory = await read(...csvFolder({ vInfo: [OLD] }, ";"));
    expect(serverOf(inventory, "old-01")).toMatchObject({
      fqdn: "old-01.corp.example",
      cpus: 4,
      memoryMiB: 8192,
      hardwareVersion: 8,
      os: { family: "windows", version: "2008 R2", architecture: "x86_64" },
      disks: [{ name: "all disks", capacityMiB: 112_640, kind: "unknown" }],
      nics: [{ network: "VM Network", addresses: ["192.168.1.9"] }],
      tags: {},
    });
    expect(said(inventory)).toEqual([
      [
        "inventory-disks-summed",
        "old-01",
        "2 disks with 112640 MiB provisioned, swap file and snapshots included, taken for one disk",
        2,
      ],
    ]);
  });

  it("reads old vDisk and vPartition", async () => {
    const inventory = await read(
      workbook({
        tabvInfo: [OLD],
        tabvDisk: [
          {
            VM: "old-01",
            Disk: "Hard disk 1",
            "Capacity MB": "40,960",
            Controller: "SCSI controller 0",
            Path: "[ds] a.vmdk",
          },
        ],
        tabvPartition: [{ VM: "old-01", Disk: "C:\\", "Capacity MB": 40_000, "Consumed MB": "20,480", "Free %": 50 }],
      }),
    );
    expect(serverOf(inventory, "old-01").disks).toEqual([
      {
        name: "Hard disk 1",
        capacityMiB: 40_960,
        usedMiB: 20_480,
        kind: "unknown",
        controller: "SCSI controller 0",
        path: "[ds] a.vmdk",
      },
    ]);
    expect(said(inventory)).toEqual([]);
  });

  it("takes the total for the disk where there is one, and none where there is none", async () => {
    const inventory = await read(
      workbook({
        vInfo: [
          info("one", { Disks: 1, "Total disk capacity MiB": 1024 }),
          info("none", { Disks: 0, "Provisioned MiB": 4332 }),
          info("more", { Disks: null, "Total disk capacity MiB": 5 }),
        ],
      }),
    );
    expect(inventory.servers.map(({ disks }) => disks.map(({ capacityMiB }) => capacityMiB))).toEqual([
      [1024],
      [],
      [5],
    ]);
    expect(said(inventory).map(([, subject]) => subject)).toEqual(["more"]);
  });

  it("passes over the tabs that say nothing of a machine", async () => {
    const others = csvFolder({
      vHost: [{ Host: "esx-01" }],
      vSC_VMK: [{ Host: "esx-01" }],
      vDatastore: [{ Name: "ds" }],
    });
    expect(others.map(csvTab)).toEqual(["unread", "unread", "unread"]);
    const inventory = await read(...csvFolder(MODERN), ...others);
    expect(inventory.source).toBe("export");
    expect(said(inventory)).toEqual([]);
  });

  it("reads several folders as several exports", async () => {
    const one = csvFolder(MODERN, ",", "vc1");
    const two = csvFolder({ ...MODERN, vInfo: [info("web-01", { "VM UUID": uuid(1) })] }, ",", "vc2");
    const inventory = await read(...one, ...two);
    expect(inventory.source).toBe("vc1, vc2");
    expect(inventory.servers).toHaveLength(3);
  });

  it("calls back while it reads", async () => {
    const seen = new Set<string>();
    await rvtoolsReader.read([workbook(MODERN)], { progress: ({ what }) => seen.add(what) });
    await rvtoolsReader.read(csvFolder(MODERN), { progress: ({ what }) => seen.add(what) });
    expect([...seen]).toEqual(expect.arrayContaining(["estate.xlsx, sheet vInfo", "export/RVTools_tabvDisk.csv"]));
  });

  it("gives an inventory that the model accepts", async () => {
    const inventory = await read(workbook(MODERN));
    expect(inventorySchema.parse(inventory)).toEqual(inventory);
  });
});

describe("recognizes", () => {
  const [csv] = csvFolder({ vInfo: MODERN["vInfo"] ?? [] });
  const bytes = csv?.bytes ?? Buffer.alloc(0);

  it.each([
    ["a workbook with vInfo", workbook(MODERN), true],
    ["a workbook without", workbook({ Servers: MODERN["vInfo"] ?? [] }), false],
    ["a workbook that cannot be opened", { name: "estate.xlsx", bytes: Buffer.from("VM,CPUs") }, true],
    ["a CSV tab by its name", { name: "RVTools_tabvInfo.csv", bytes: Buffer.from("VM;CPUs\na;1") }, true],
    ["a CSV tab by its headers", { name: "my servers.csv", bytes }, true],
    ["a CSV file of another tool", { name: "vInfo.csv", bytes: Buffer.from("Server Name,OS\na,b") }, false],
    ["another tab alone", { name: "RVTools_tabvDisk.csv", bytes: Buffer.from("VM,Disk Mode\na,b") }, false],
    ["binary data", { name: "a.bin", bytes: Buffer.from([0, 1, 2, 3]) }, false],
  ])("%s", async (_, file, expected) => {
    expect(await rvtoolsReader.recognizes([file])).toBe(expected);
  });
});

describe("what cannot be read at all", () => {
  it.each([
    ["wrong sheet names", workbook({ Tabelle1: MODERN["vInfo"] ?? [] }), "INVENTORY_RVTOOLS_SHEETS"],
    ["no tab of RVTools", { name: "a.csv", bytes: Buffer.from("a,b\n1,2\n") }, "INVENTORY_RVTOOLS_SHEETS"],
    ["vDisk alone", csvFolder({ vDisk: MODERN["vDisk"] ?? [] })[0], "INVENTORY_RVTOOLS_SHEETS"],
    ["a CSV file called .xlsx", { name: "a.xlsx", bytes: Buffer.from("VM,CPUs\n") }, "INVENTORY_WORKBOOK_FORMAT"],
    [
      "a workbook that was cut off",
      { name: "a.xlsx", bytes: workbook(MODERN).bytes.subarray(0, 900) },
      "INVENTORY_WORKBOOK_DAMAGED",
    ],
  ])("%s", async (_, file, code) => {
    const error = await thrownBy(read(...(file === undefined ? [] : [file])));
    expect(error.code).toBe(code);
    expect(error.path).toBe(file?.name);
  });

  it("reports a damaged tab and reads the others", async () => {
    const rows = Object.entries(MODERN);
    const file = {
      name: "estate.xlsx",
      bytes: writeXlsx([
        ...rows.map(([name, tab]) => ({
          name,
          rows: [Object.keys(tab[0] ?? {}), ...tab.map((row) => Object.values(row))],
        })),
        { name: "vSnapshot", xml: "<worksheet><sheetData><row" },
      ]),
    };
    const inventory = await read(file);
    expect(inventory.servers).toHaveLength(3);
    expect(inventory.findings).toContainEqual(
      expect.objectContaining({ rule: "inventory-sheet-unreadable", subject: "vSnapshot", severity: "blocker" }),
    );
  });

  it("survives anything in any cell", async () => {
    const value = fc.oneof(
      fc.string(),
      fc.double(),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom<string | number | null>(
        null,
        "",
        "True",
        "-1",
        "1,024",
        "#REF!",
        1e300,
        -5,
        "poweredOn",
        "web-01",
        uuid(1),
        "10.0.0.1",
      ),
    );
    const columns = [
      "VM",
      "Powerstate",
      "Template",
      "CPUs",
      "Memory",
      "VM UUID",
      "VM ID",
      "Disk",
      "Capacity MiB",
      "Disk Key",
      "Mac Address",
      "IPv4 Address",
      "HW version",
      "Owner",
      "__proto__",
      "constructor",
    ];
    const tab = fc.array(
      fc.record(Object.fromEntries(columns.map((column) => [column, value])), { requiredKeys: ["VM"] }),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(tab, tab, tab, async (vInfo, vDisk, vNetwork) => {
        const clean = (
          rows: readonly Readonly<Record<string, string | number | boolean | null | undefined>>[],
        ): Row[] =>
          // A spreadsheet holds neither infinities nor control characters.
          rows.map((row) =>
            Object.fromEntries(
              Object.entries(row).map(([key, each]) => [
                key,
                typeof each === "number" && !Number.isFinite(each) ? null : (each ?? null),
              ]),
            ),
          );
        try {
          const inventory = await read(
            workbook({
              vInfo: [info("sure"), ...clean(vInfo)],
              vDisk: clean(vDisk),
              vNetwork: clean(vNetwork),
              vSnapshot: [{ VM: "sure", "Size MiB": 1e300 }],
            }),
          );
          expect(inventorySchema.safeParse(inventory).success).toBe(true);
          expect(inventory.servers.length).toBeGreaterThan(0);
        } catch (error) {
          if (!(error instanceof MigrationError)) throw error;
        }
      }),
      { numRuns: 100 },
    );
  });
});
