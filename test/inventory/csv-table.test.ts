import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { decodeText, detectDelimiter, readCsvTable } from "../../lib/inventory/csv-table";
import { ReaderFindings } from "../../lib/inventory/reader";

function read(content: string | Uint8Array, expected?: readonly string[]) {
  const findings = new ReaderFindings();
  const file = { name: "servers.csv", bytes: Buffer.from(content) };
  const table = readCsvTable(file, findings, expected === undefined ? {} : { expected });
  return { headers: table?.headers, rows: table?.rows, findings: findings.all };
}

const PLAIN = { headers: ["name", "os"], rows: [{ row: 2, cells: ["wéb", "x"] }], findings: [] };

describe("readCsvTable", () => {
  it.each([
    ["commas", Buffer.from("name,os\nwéb,x\n")],
    ["semicolons and Windows line ends", Buffer.from("name;os\r\nwéb;x\r\n")],
    ["tabs and old Macintosh line ends", Buffer.from("name\tos\rwéb\tx")],
    ["a UTF-8 mark", Buffer.from("\uFEFFname,os\nwéb,x")],
    ["UTF-16 little-endian with a mark", Buffer.from("\uFEFFname,os\nwéb,x", "utf16le")],
    ["UTF-16 big-endian with a mark", Buffer.from("\uFEFFname,os\nwéb,x", "utf16le").swap16()],
    ["UTF-16 without a mark", Buffer.from("name,os\nwéb,x", "utf16le")],
    ["Windows-1252", Buffer.from("name,os\nwéb,x", "latin1")],
    ["quoted values", Buffer.from('"name","os"\n"wéb","x"')],
  ])("reads %s", (_, bytes) => {
    expect(read(bytes)).toEqual(PLAIN);
  });

  it("obeys the line with which an export tells Excel its delimiter", () => {
    expect(read("sep=|\r\na|b,c\r\n1|2\r\n")).toMatchObject({
      headers: ["a", "b,c"],
      rows: [{ row: 3, cells: ["1", "2"] }],
    });
  });

  it("counts rows as a spreadsheet does, and tells the line where it differs", () => {
    const { rows } = read('a,b\r\n1,"x\r\ny"\r\n\r\n3,4\r\n');
    expect(rows).toEqual([
      { row: 2, cells: ["1", "x\r\ny"] },
      { row: 4, line: 5, cells: ["3", "4"] },
    ]);
  });

  it("keeps quotes inside values, escaped or not", () => {
    expect(read('a,b\n1,"say ""hi"""\n2,5" disk\n').rows?.map(({ cells }) => cells[1])).toEqual([
      'say "hi"',
      '5" disk',
    ]);
  });

  it("reads short rows, and reports long ones because their values may have shifted", () => {
    const { rows, findings } = read("a,b,c\n1\n1,2,3,,\n1,2,3,4\n");
    expect(rows).toHaveLength(3);
    expect(findings).toMatchObject([
      {
        rule: "inventory-value-invalid",
        message: "the row has 4 values and the header 3 columns, so its values may be in the wrong columns",
        location: { file: "servers.csv", row: 4 },
      },
    ]);
  });

  it("leaves out only the line whose quote is never closed", () => {
    const { rows, findings } = read('a,b\n1,2\n"open,2\n3,4\n5,6\n');
    expect(rows).toEqual([
      { row: 2, cells: ["1", "2"] },
      { row: 4, cells: ["3", "4"] },
      { row: 5, cells: ["5", "6"] },
    ]);
    expect(findings).toMatchObject([
      { rule: "inventory-row-skipped", message: "a quote is opened and never closed", location: { row: 3 } },
    ]);
  });

  it("finds the header below a title", () => {
    expect(read("Inventory of 1 May;\n\nServer Name;OS\nweb;x\n", ["server name"]).headers).toEqual([
      "Server Name",
      "OS",
    ]);
  });

  it("reports binary data and says nothing of an empty file", () => {
    expect(read(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 255]))).toMatchObject({
      headers: undefined,
      findings: [{ rule: "inventory-sheet-unreadable", message: "the file is not text but binary data" }],
    });
    expect(read("")).toEqual({ headers: undefined, rows: undefined, findings: [] });
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void read(bytes)));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('"', ",", ";", "\n", "\r", "a", '""', "\uFEFF", " ")),
        (parts) => void read(parts.join("")),
      ),
    );
  });
});

describe("detectDelimiter", () => {
  it("does not count what is quoted", () => {
    expect(detectDelimiter('"a,b,c,d";e\n')).toBe(";");
    expect(detectDelimiter("alone")).toBe(",");
    expect(detectDelimiter("\n\na\tb")).toBe("\t");
  });
});

describe("decodeText", () => {
  it("is undefined for what is no text", () => {
    expect(decodeText(Buffer.from([0, 1, 2, 3, 4]))).toBeUndefined();
    const noise = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 167 + (index >> 3) * 31) % 256));
    expect(decodeText(noise)).toBeUndefined();
  });

  it("passes over a stray NUL", () => {
    expect(decodeText(Buffer.from(`name,os\n${"web-01,linux\n".repeat(10)}we\0b-02,linux\n`))).toContain(
      "web-02,linux",
    );
  });
});
