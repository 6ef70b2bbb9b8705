import { describe, expect, it } from "@jest/globals";
import { findTable, headerKey, Table } from "../../lib/inventory/table";

describe("findTable", () => {
  const rows = [
    { row: 1, cells: ["Exported on Monday", null] },
    { row: 3, cells: [null, " "] },
    { row: 4, cells: ["VM", "CPUs"] },
    { row: 6, cells: ["web-01", 2] },
    { row: 9, cells: [null, null] },
  ];

  it("finds the header below a title by an expected column, and leaves blank rows out", () => {
    const table = findTable("estate.xlsx", "vInfo", rows, ["vm"]);
    expect(table?.headers).toEqual(["VM", "CPUs"]);
    expect(table?.rows).toEqual([{ row: 6, cells: ["web-01", 2] }]);
  });

  it("takes the first row with content where none is expected or found", () => {
    expect(findTable("a.csv", undefined, rows)?.headers[0]).toBe("Exported on Monday");
    expect(findTable("a.csv", undefined, rows, ["Server"])?.headers[0]).toBe("Exported on Monday");
  });

  it("is nothing where no row has content", () => {
    expect(findTable("a.csv", undefined, [{ row: 1, cells: ["", null] }])).toBeUndefined();
  });
});

describe("Table", () => {
  it("takes the first of a repeated header, and says where a cell stands", () => {
    const row = { row: 5, line: 8, cells: ["web-01", 1, 2] };
    const table = new Table("a.csv", undefined, ["VM", "Path", "path"], [row]);
    expect(table.position("Nothing", "PATH")).toBe(1);
    expect(table.position("Nothing")).toBeUndefined();
    expect(table.locate(row, 1)).toEqual({ file: "a.csv", row: 5, line: 8, column: "Path" });
  });
});

describe("headerKey", () => {
  it("ignores case, spaces, punctuation and a byte order mark, and keeps units apart", () => {
    expect(headerKey("\uFEFFIn Use (MiB)")).toBe(headerKey("in use  mib"));
    expect(headerKey("In Use MB")).not.toBe(headerKey("In Use MiB"));
    expect(headerKey("# CPUs")).not.toBe(headerKey("CPUs"));
  });
});
