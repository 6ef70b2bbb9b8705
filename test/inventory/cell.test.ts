import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { RowCells } from "../../lib/inventory/cell";
import { isBlank, toBoolean, toDate, toInteger, toNumber, toText } from "../../lib/inventory/cell-values";
import { ReaderFindings } from "../../lib/inventory/reader";
import { Table, type Cell } from "../../lib/inventory/table";

function cellsOf(values: Readonly<Record<string, Cell>>): { cells: RowCells; findings: ReaderFindings } {
  const findings = new ReaderFindings();
  const row = { row: 7, cells: Object.values(values) };
  const table = new Table("estate.xlsx", "vInfo", Object.keys(values), [row]);
  return { cells: new RowCells(table, row, findings, "web-01"), findings };
}

describe("toNumber", () => {
  it.each<[Cell, number | undefined]>([
    [1024, 1024],
    ["1,024", 1024],
    ["19,456", 19456],
    ["1.024", 1.024],
    ["1 024", 1024],
    ["1\u00a0024", 1024],
    ["1\u202f024", 1024],
    ["1'024", 1024],
    ["1.024,5", 1024.5],
    ["1,024.5", 1024.5],
    ["1.024.000", 1_024_000],
    ["1,5", 1.5],
    ["0,512", 0.512],
    [".5", 0.5],
    ["-1", -1],
    ["1.5e3", 1500],
    ["35 %", 35],
    ["", undefined],
    ["abc", undefined],
    ["1,", undefined],
    ["1,24,000", undefined],
    ["1.2.3", undefined],
    ["1 02", undefined],
    ["1e999", undefined],
    ["1".repeat(1000), undefined],
    [Number.NaN, undefined],
    [true, undefined],
    [null, undefined],
  ])("reads %j as %j", (cell, expected) => {
    expect(toNumber(cell)).toBe(expected);
  });

  it("reads every whole number in every grouping", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 40 }),
        fc.constantFrom(",", ".", " ", "\u00a0", "'"),
        (value, group) => {
          expect(toInteger(String(value).replace(/\B(?=(\d{3})+$)/g, group))).toBe(value);
        },
      ),
    );
  });
});

describe("toInteger", () => {
  it.each<[Cell, number | undefined]>([
    ["1.024", 1024],
    ["1,024", 1024],
    ["1.5", undefined],
    [8192.5, undefined],
    ["0.512", undefined],
    [2 ** 60, undefined],
  ])("reads %j as %j", (cell, expected) => {
    expect(toInteger(cell)).toBe(expected);
  });
});

describe("toBoolean", () => {
  it.each<[Cell, boolean | undefined]>([
    ["True", true],
    ["yes", true],
    ["1", true],
    [1, true],
    ["WAHR", true],
    [false, false],
    ["False", false],
    ["No", false],
    ["FAUX", false],
    [0, false],
    ["perhaps", undefined],
    [2, undefined],
    [null, undefined],
  ])("reads %j as %j", (cell, expected) => {
    expect(toBoolean(cell)).toBe(expected);
  });
});

describe("toDate", () => {
  it.each<[Cell, string | undefined]>([
    [45714.5372106481, "2025-02-26T12:53:35"],
    ["45714.5372106481", "2025-02-26T12:53:35"],
    [45292, "2024-01-01"],
    [new Date(Date.UTC(2024, 0, 31, 1, 2, 3)), "2024-01-31T01:02:03"],
    ["2024-01-31", "2024-01-31"],
    ["2024/01/31 12:00:00", "2024-01-31T12:00:00"],
    ["2024-01-31T12:00:00.250Z", "2024-01-31T12:00:00Z"],
    ["31.01.2024 9:05", "2024-01-31T09:05:00"],
    ["1/31/2024 1:02:03 PM", "2024-01-31T13:02:03"],
    ["31/1/2024 12:00:00 AM", "2024-01-31T00:00:00"],
    ["4/4/2024", "2024-04-04"],
    ["3/4/2024", undefined],
    ["2024-02-30", undefined],
    ["2024-01-31 25:00", undefined],
    ["2024-01-31 13:00 PM", undefined],
    [3, undefined],
    [new Date(Number.NaN), undefined],
    ["soon", undefined],
    [null, undefined],
  ])("reads %j as %j", (cell, expected) => {
    expect(toDate(cell)).toBe(expected);
  });
});

describe("toText and isBlank", () => {
  it("trims, and takes white space for nothing", () => {
    expect(toText("  web-01 ")).toBe("web-01");
    expect(toText(8)).toBe("8");
    expect(toText(new Date(Date.UTC(2024, 0, 31)))).toBe("2024-01-31");
    expect(toText("   ")).toBeUndefined();
    expect(isBlank(" ")).toBe(true);
    expect(isBlank(0)).toBe(false);
  });
});

describe("RowCells", () => {
  it("finds columns by name, whatever their case and punctuation, and takes the first that is there", () => {
    const { cells, findings } = cellsOf({
      "In  Use MiB": "1,024",
      vm: " web-01 ",
      "IP Address": "10.0.0.1, fe80::1;10.0.0.2",
    });
    expect(cells.text("Name", "VM")).toBe("web-01");
    expect(cells.integer(["In Use MB", "In Use MiB"], { minimum: 0 })).toBe(1024);
    expect(cells.list("IP address")).toEqual(["10.0.0.1", "fe80::1", "10.0.0.2"]);
    expect(cells.integer("CPUs")).toBeUndefined();
    expect(cells.has("VM")).toBe(true);
    expect(cells.blank("CPUs")).toBe(true);
    expect(findings.all).toEqual([]);
  });

  it("reports with its place what makes no sense, and reads it as blank", () => {
    const { cells, findings } = cellsOf({
      CPUs: "many",
      Memory: -1,
      Template: "perhaps",
      Created: "3/4/2024",
      State: "odd",
      OS: "#REF!",
    });
    expect(cells.integer("CPUs")).toBeUndefined();
    expect(cells.number("Memory", { minimum: 0, maximum: 10 })).toBeUndefined();
    expect(cells.boolean("Template")).toBeUndefined();
    expect(cells.date("Created")).toBeUndefined();
    expect(cells.oneOf("State", { poweredOn: "on", poweredOff: "off" })).toBeUndefined();
    expect(cells.text("OS")).toBeUndefined();
    expect(findings.all.map(({ rule, subject, message }) => [rule, subject, message])).toEqual([
      ["inventory-value-invalid", "web-01", '"many" is not a whole number'],
      ["inventory-value-invalid", "web-01", '"-1" is not a number from 0 to 10'],
      ["inventory-value-invalid", "web-01", '"perhaps" is not true or false, yes or no, 1 or 0'],
      ["inventory-value-invalid", "web-01", '"3/4/2024" is not a date such as 2024-01-31 12:00:00'],
      ["inventory-value-invalid", "web-01", '"odd" is not one of poweredOn, poweredOff'],
      ["inventory-value-invalid", "web-01", '"#REF!" is not text'],
    ]);
    expect(findings.all[0]?.location).toEqual({ file: "estate.xlsx", sheet: "vInfo", row: 7, column: "CPUs" });
  });

  it("takes the words for nothing as nothing where a value is typed", () => {
    const { cells, findings } = cellsOf({ CPUs: "N/A", Template: "-", Created: "unknown", Name: "n/a" });
    expect([cells.integer("CPUs"), cells.boolean("Template"), cells.date("Created")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(cells.text("Name")).toBe("n/a");
    expect(findings.all).toEqual([]);
  });

  it("cuts a long value in its finding", () => {
    const { cells, findings } = cellsOf({ CPUs: "x".repeat(500) });
    cells.integer("CPUs");
    expect(findings.all[0]?.message.length).toBeLessThan(120);
  });

  it("never throws, whatever stands in a cell", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.date(), fc.constant(null)), (value) => {
        const { cells } = cellsOf({ A: value });
        cells.text("A");
        cells.integer("A");
        cells.number("A");
        cells.boolean("A");
        cells.date("A");
        cells.list("A");
        cells.oneOf("A", { on: 1 });
      }),
    );
  });
});
