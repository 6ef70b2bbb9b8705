import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parse } from "yaml";
import { writeYaml } from "../../../lib/core/document/write-yaml";
import { ambiguousTexts } from "../../support/yaml-texts";

describe("YAML that is written", () => {
  it.each(ambiguousTexts)("is the text %j in both versions, as a value, as a key and in a list", (text) => {
    const value = { value: text, key: Object.fromEntries([[text, 1]]), list: [text] };
    const written = writeYaml(value);
    expect(parse(written, { version: "1.1" })).toEqual(value);
    expect(parse(written, { version: "1.2" })).toEqual(value);
  });

  it("is the same for any text and anything that is not text", () => {
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(...ambiguousTexts),
      fc.integer(),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.array(value)), (data) => {
        const { __proto__: _none, ...plain } = data as Record<string, unknown>;
        expect(parse(writeYaml(plain), { version: "1.1" })).toEqual(plain);
      }),
    );
  });

  it("quotes nothing that needs none, and folds and names nothing", () => {
    const label = { app: "users" };
    const long = "word ".repeat(60).trim();
    expect(writeYaml({ first: label, second: label, weight: 10, long })).toBe(
      `first:\n  app: users\nsecond:\n  app: users\nweight: 10\nlong: ${long}\n`,
    );
  });

  it("escapes what some reader takes for the end of a line", () => {
    expect(writeYaml({ a: "x\u0085y\u2028z" })).toBe('a: "x\\u0085y\\u2028z"\n');
    expect(writeYaml({ a: "\ufeffx" })).toBe('a: "\\ufeffx"\n');
  });
});
