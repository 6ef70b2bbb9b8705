import { describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { writeCsv } from "../../../../../lib/patterns/infrastructure/lift-and-shift/replication/csv";
import { thrown } from "../../../../support/thrown";

function one(field: string, options = {}): string {
  return writeCsv(["a", "b"], [{ subject: "web-01", fields: new Map([["a", field]]) }], options);
}

describe("a CSV file", () => {
  it("quotes what must be quoted and nothing else", () => {
    expect(one("plain text")).toBe("a,b\r\nplain text,\r\n");
    expect(one('Smith, "Jo"')).toBe('a,b\r\n"Smith, ""Jo""",\r\n');
    expect(one("two\nlines")).toBe('a,b\r\n"two\nlines",\r\n');
    expect(one(" ends ")).toBe('a,b\r\n" ends ",\r\n');
  });

  it.each(["=1+1", "+49 30", "-1", "@cmd", "\tx", "\rx"])("has no formula: %j", (field) => {
    const error = thrown(() => one(field));
    expect(error.code).toBe("CSV_FORMULA");
    expect(error.path).toBe("web-01, column a");
    expect(parse(one(field, { allowFormulas: true }))).toEqual([
      ["a", "b"],
      [field, ""],
    ]);
  });

  it("has no formula for a column either, as tags give some of them", () => {
    expect(thrown(() => writeCsv(["=a"], [])).code).toBe("CSV_FORMULA");
  });

  it("has no NUL", () => {
    expect(thrown(() => one("a\0b")).code).toBe("CSV_NUL");
  });

  it("is read as it was meant, whatever is in it", () => {
    const field = fc.string({ unit: "binary" }).filter((text) => !text.includes("\0") && !text.startsWith("\ufeff"));
    fc.assert(
      fc.property(fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 4 }), (rows) => {
        const records = rows.map(([a, b]) => ({
          subject: "row",
          fields: new Map([
            ["a", a],
            ["b", b],
          ]),
        }));
        const text = writeCsv(["a", "b"], records, { allowFormulas: true });
        expect(parse(text, { record_delimiter: "\r\n" })).toEqual([["a", "b"], ...rows]);
      }),
    );
  });
});
