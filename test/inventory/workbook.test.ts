import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { MigrationError } from "../../lib/core/error";
import { ReaderFindings } from "../../lib/inventory/reader";
import { looksLikeWorkbook, Workbook, type WorkbookLimits } from "../../lib/inventory/workbook";
import { writeXlsx, type SheetSpec, type WorkbookSpec } from "../support/xlsx";
import { zip } from "../support/zip";

const HEADER = ["VM", "CPUs", "Created"];

async function read(bytes: Uint8Array, sheet = "vInfo", limits: WorkbookLimits = {}) {
  const findings = new ReaderFindings();
  const workbook = await Workbook.open({ name: "estate.xlsx", bytes }, limits);
  const table = await workbook.table(sheet, findings, { expected: ["VM"] });
  return { names: workbook.sheetNames, headers: table?.headers, rows: table?.rows, findings: findings.all };
}

function write(sheet: Partial<SheetSpec>, options?: WorkbookSpec): Buffer {
  return writeXlsx([{ name: "vInfo", ...sheet }], options);
}

async function refusal(bytes: Uint8Array, limits: WorkbookLimits = {}): Promise<MigrationError> {
  try {
    await read(bytes, "vInfo", limits);
  } catch (error) {
    if (error instanceof MigrationError) return error;
    throw error;
  }
  throw new Error("expected a MigrationError, but nothing was thrown");
}

describe("Workbook", () => {
  it("reads every kind of cell", async () => {
    const { rows, headers, findings } = await read(
      write({
        rows: [
          [...HEADER, "Template", "Note"],
          ["a", 2, { date: 45714.5372106481 }, true, { shared: "one" }],
          [
            { shared: ["rich ", "text"] },
            { formula: "1+1", value: 2 },
            { formula: "x", value: "text" },
            false,
            { error: "#REF!" },
          ],
          ["x & <y> \u{1F600}", -1.5, null, null, { xml: '<c r="E4" t="str"><v>a_x000D_b_x005F_</v></c>' }],
        ],
      }),
    );
    expect(headers).toEqual([...HEADER, "Template", "Note"]);
    expect(rows).toEqual([
      { row: 2, cells: ["a", 2, new Date("2025-02-26T12:53:35Z"), true, "one"] },
      { row: 3, cells: ["rich text", 2, "text", false, "#REF!"] },
      { row: 4, cells: ["x & <y> \u{1F600}", -1.5, null, null, "a\rb_"] },
    ]);
    expect(findings).toEqual([]);
  });

  it.each<[string, WorkbookSpec]>([
    ["without styles", { withoutStyles: true }],
    ["without references", { withoutReferences: true }],
    ["with a namespace prefix", { prefix: "x" }],
    ["in the 64-bit form", { entries: (entries) => entries.map((entry) => ({ ...entry, zip64: true })) }],
    [
      "stored and streamed",
      { entries: (entries) => entries.map((entry) => ({ ...entry, compressed: false, streamed: true })) },
    ],
    [
      "in UTF-16",
      {
        entries: (entries) =>
          entries.map((entry) =>
            /\.xml$/.test(entry.name)
              ? { ...entry, data: Buffer.from(`\uFEFF${entry.data.toString()}`, "utf16le") }
              : entry,
          ),
      },
    ],
  ])("reads a workbook %s", async (_, options) => {
    const { rows, findings } = await read(write({ rows: [HEADER, ["web-01", 2, 45292]] }, options));
    expect(rows).toEqual([{ row: 2, cells: ["web-01", 2, 45292] }]);
    expect(findings).toEqual([]);
  });

  it("counts days from 1904 where the workbook does", async () => {
    const { rows } = await read(write({ rows: [HEADER, ["a", 1, { date: 43830 }]] }, { date1904: true }));
    expect(rows?.[0]?.cells[2]).toEqual(new Date("2024-01-01T00:00:00Z"));
  });

  it("reads a date whose style is missing as its day number", async () => {
    const { rows } = await read(write({ rows: [HEADER, ["a", 1, { date: 45292 }]] }, { withoutStyles: true }));
    expect(rows?.[0]?.cells[2]).toBe(45292);
  });

  it("reports the cells that cannot be read, and reads the others", async () => {
    const { rows, findings } = await read(
      write({
        rows: [
          HEADER,
          ["a", { xml: '<c r="B2" t="s"><v>99</v></c>' }, { xml: '<c r="C2"><f>NOW()</f></c>' }],
          ["b", { xml: '<c r="B3"><v>ten</v></c>' }, { xml: '<c r="C3" t="d"><v>2024-01-01T00:00:00Z</v></c>' }],
        ],
      }),
    );
    expect(rows).toEqual([
      { row: 2, cells: ["a"] },
      { row: 3, cells: ["b", null, new Date("2024-01-01T00:00:00Z")] },
    ]);
    expect(findings.map(({ message, location }) => [message, location?.row, location?.column])).toEqual([
      ["the cell is read as blank: its text is not in the workbook", 2, "CPUs"],
      [
        "the cell is read as blank: its formula has no saved value; open the file in a spreadsheet program and save it",
        2,
        "Created",
      ],
      ["the cell is read as blank: it is not a number", 3, "CPUs"],
    ]);
  });

  it("sums up the cells of a sheet that is bad all over", async () => {
    const bad = Array.from({ length: 100 }, (_, index) => ["a", { xml: `<c r="B${index + 2}" t="s"><v>9</v></c>` }]);
    const { findings } = await read(write({ rows: [HEADER, ...bad] }));
    expect(findings).toHaveLength(21);
    expect(findings[20]?.message).toBe("80 more cells of the sheet cannot be read");
  });

  it("gives the value of merged cells to each of their rows, but not to their columns", async () => {
    const { rows } = await read(
      write({
        rows: [HEADER, ["a", 1, "x"], [null, 2], [null, 3], ["title", null, null]],
        merges: ["A2:A4", "A5:C5", "Z9:Z10", "odd"],
      }),
    );
    expect(rows?.map(({ cells }) => cells)).toEqual([["a", 1, "x"], ["a", 2], ["a", 3], ["title"]]);
  });

  it("keeps row numbers over gaps, to the last row there is", async () => {
    const { rows } = await read(
      write({ rows: [HEADER, ["a"], ["b"]], rowNumbers: [3, 7, 1_048_576], dimension: "A1:XFD1048576" }),
    );
    expect(rows?.map(({ row }) => row)).toEqual([7, 1_048_576]);
  });

  it("reads past a million empty rows", async () => {
    const empty = Array.from({ length: 1_000_000 }, (_, index) => `<row r="${index + 3}"/>`).join("");
    const { rows } = await read(
      write({
        rows: [HEADER, ["a", 1]],
        moreRows: `${empty}<row r="1000003"><c r="A1000003" t="inlineStr"><is><t>z</t></is></c></row>`,
      }),
    );
    expect(rows?.map(({ row }) => row)).toEqual([2, 1_000_003]);
  }, 60_000);

  it("is undefined for a sheet that is not there or empty, and reads hidden ones", async () => {
    expect((await read(write({}), "vDisk")).rows).toBeUndefined();
    expect((await read(write({}))).rows).toBeUndefined();
    expect((await read(write({ hidden: true, rows: [HEADER, ["a"]] }))).rows).toHaveLength(1);
  });

  it.each<[string, SheetSpec["xml"]]>([
    ["cut off", '<worksheet><sheetData><row r="1"><c r="A1"'],
    ["with a document type", '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'],
    ["with a tag without a name", "<worksheet>< ></worksheet>"],
    ["with a tag that never ends", `<worksheet a="${"x".repeat(2_000_000)}`],
  ])("reports a sheet %s as unreadable", async (_, xml) => {
    const { rows, findings } = await read(write({ xml: xml ?? "" }));
    expect(rows).toBeUndefined();
    expect(findings).toMatchObject([
      { rule: "inventory-sheet-unreadable", location: { file: "estate.xlsx", sheet: "vInfo" } },
    ]);
  });

  it("reports a sheet whose part is missing, or cannot be inflated", async () => {
    const without = write({}, { entries: (entries) => entries.filter(({ name }) => !name.includes("sheet1")) });
    expect((await read(without)).findings).toMatchObject([{ rule: "inventory-sheet-unreadable" }]);
    const garbled = write(
      { rows: [HEADER] },
      {
        entries: (entries) =>
          entries.map((entry) =>
            entry.name.includes("sheet1")
              ? { ...entry, compressed: false, declaredMethod: 8, data: "not deflated at all" }
              : entry,
          ),
      },
    );
    expect((await read(garbled)).findings).toMatchObject([{ rule: "inventory-sheet-unreadable" }]);
  });

  it("reports a sheet that does not match its checksum", async () => {
    const whole = write(
      { rows: [HEADER, ["web-01"]] },
      { entries: (entries) => entries.map((entry) => ({ ...entry, compressed: false })) },
    );
    const bytes = Buffer.from(whole.toString("latin1").replace("web-01", "web-02"), "latin1");
    const { findings } = await read(bytes);
    expect(findings[0]?.message).toContain("xl/worksheets/sheet1.xml does not match its checksum");
  });

  it("calls back during a long read", async () => {
    const rows = Array.from({ length: 2500 }, (_, index) => [`web-${index}`]);
    const workbook = await Workbook.open({ name: "estate.xlsx", bytes: write({ rows: [HEADER, ...rows] }) });
    const seen: number[] = [];
    await workbook.table("vInfo", new ReaderFindings(), { progress: (done) => seen.push(done) });
    expect(seen).toEqual([1000, 2000]);
  });
});

describe("a workbook that cannot be opened", () => {
  const whole = write({ rows: [HEADER, ["a", 1]] });
  const compound = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(512)]);

  it.each<[string, Buffer, string, string]>([
    [
      "a file that was cut off",
      whole.subarray(0, whole.length - 30),
      "INVENTORY_WORKBOOK_DAMAGED",
      "export the file again",
    ],
    [
      "a file whose start was cut off",
      Buffer.concat([whole.subarray(0, 4), whole.subarray(500)]),
      "INVENTORY_WORKBOOK_DAMAGED",
      "export the file again",
    ],
    ["an .xls file", compound, "INVENTORY_WORKBOOK_FORMAT", "save it as .xlsx"],
    [
      "a workbook with a password",
      Buffer.concat([compound, Buffer.from("EncryptedPackage", "utf16le")]),
      "INVENTORY_WORKBOOK_ENCRYPTED",
      "remove the password",
    ],
    [
      "an encrypted archive",
      write({}, { entries: (entries) => entries.map((entry) => ({ ...entry, encrypted: true })) }),
      "INVENTORY_WORKBOOK_ENCRYPTED",
      "remove the password",
    ],
    ["a CSV file", Buffer.from("VM,CPUs\nweb-01,2\n"), "INVENTORY_WORKBOOK_FORMAT", "name it .csv"],
    ["binary junk", Buffer.from([1, 2, 3, 0, 255, 7, 8, 9, 10]), "INVENTORY_WORKBOOK_FORMAT", "export the file again"],
    ["nothing", Buffer.alloc(0), "INVENTORY_WORKBOOK_FORMAT", "export the file again"],
    [
      "an .xlsb workbook",
      zip([{ name: "xl/workbook.bin", data: "x" }]),
      "INVENTORY_WORKBOOK_FORMAT",
      "save it as .xlsx",
    ],
    [
      "an OpenDocument spreadsheet",
      zip([{ name: "content.xml", data: "x" }]),
      "INVENTORY_WORKBOOK_FORMAT",
      "save it as .xlsx",
    ],
    ["another archive", zip([{ name: "readme.txt", data: "x" }]), "INVENTORY_WORKBOOK_FORMAT", "unpack the archive"],
    [
      "a list of sheets that is no XML",
      zip([{ name: "xl/workbook.xml", data: "<<<" }]),
      "INVENTORY_WORKBOOK_DAMAGED",
      "export the file again",
    ],
    [
      "an unknown compression",
      zip([{ name: "xl/workbook.xml", data: "x", declaredMethod: 12 }]),
      "INVENTORY_WORKBOOK_DAMAGED",
      "export the file again",
    ],
  ])("%s", async (_, bytes, code, fix) => {
    const error = await refusal(bytes);
    expect(error.code).toBe(code);
    expect(error.path).toBe("estate.xlsx");
    expect(error.fix).toContain(fix);
  });

  it("refuses a bomb by the size it declares, and by the size it has", async () => {
    const limits = { inflatedBytes: 1_000_000 };
    const data = Buffer.alloc(5_000_000, " ");
    const bomb = (declaredSize: number): Buffer =>
      write(
        { rows: [HEADER] },
        {
          entries: (entries) =>
            entries.map((entry) => (entry.name.includes("sheet1") ? { ...entry, data, declaredSize } : entry)),
        },
      );
    expect((await refusal(bomb(data.length), limits)).code).toBe("INVENTORY_WORKBOOK_TOO_LARGE");
    expect((await refusal(bomb(10), limits)).code).toBe("INVENTORY_WORKBOOK_TOO_LARGE");
  });

  it("refuses more cells than the memory holds, those that only a far column needs included", async () => {
    const far = [HEADER, ...Array.from({ length: 10 }, (_, index) => [{ xml: `<c r="XFD${index + 2}"><v>1</v></c>` }])];
    expect((await refusal(write({ rows: far }), { cells: 100_000 })).code).toBe("INVENTORY_WORKBOOK_TOO_LARGE");
  });

  it("ends in a coded error or a finding, wherever a byte is changed or the file is cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, value, cut) => {
        const bytes = Buffer.from(cut ? whole.subarray(0, at) : whole);
        if (!cut) bytes[at] = value;
        try {
          await read(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(MigrationError);
          expect((error as MigrationError).code).toMatch(/^INVENTORY_WORKBOOK_/);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("looksLikeWorkbook", () => {
  it("goes by the first bytes", () => {
    expect(looksLikeWorkbook(write({}))).toBe(true);
    expect(looksLikeWorkbook(Buffer.from("d0cf11e0a1b11ae1", "hex"))).toBe(true);
    expect(looksLikeWorkbook(Buffer.from("VM,CPUs"))).toBe(false);
  });
});
