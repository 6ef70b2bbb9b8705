import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { stringify } from "yaml";
import { readDocument, readDocuments } from "../../../lib/core/document/document";
import type { DocumentPurpose } from "../../../lib/core/document/model";
import { ALIAS_LIMIT, YAML_LIMIT } from "../../../lib/core/document/yaml-text";
import { MigrationError } from "../../../lib/core/error";
import { thrown } from "../../support/thrown";

const purpose: DocumentPurpose = {
  code: "TEST_SYNTAX",
  aliasesCode: "TEST_ALIASES",
  tooLargeCode: "TEST_TOO_LARGE",
  allowed: "a test's document",
};
const one = (content: string | Uint8Array) => readDocument({ name: "a.yaml", content }, purpose);
const many = (content: string | Uint8Array) => readDocuments({ name: "a.yaml", content }, purpose);
const refused = (read: () => unknown): MigrationError => thrown(read);

/** Levels of lists that each repeat the one before nine times. */
const bomb = (levels: number): string =>
  Array.from({ length: levels }, (_, level) =>
    level === 0
      ? "l0: &l0 [x]"
      : `l${level}: &l${level} [${Array(9)
          .fill(`*l${level - 1}`)
          .join()}]`,
  ).join("\n");

describe("a document", () => {
  const value = { a: [{ b: 1, c: "x" }, { b: 2 }], d: null };

  it.each([
    ["YAML", stringify(value)],
    ["JSON", JSON.stringify(value)],
    ["JSON on several lines", JSON.stringify(value, null, 2)],
    ["what only looks like JSON", "{a: [{b: 1, c: x}, {b: 2}], d: }"],
    ["bytes", new TextEncoder().encode(`\uFEFF${stringify(value)}`)],
    ["a text with a byte-order mark", `\uFEFF${JSON.stringify(value)}`],
  ])("has the same value in %s", (_, content) => {
    expect(one(content).value).toEqual(value);
    expect(many(content).map((document) => document.value)).toEqual([value]);
  });

  it("of nothing is null, and a stream of nothing has no documents", () => {
    for (const text of ["", "# nothing\n", "---\n"]) {
      expect(one(text).value).toBeNull();
      expect(many(text)).toEqual([]);
    }
  });

  it("knows how an unquoted scalar is written", () => {
    const { literal } = one("os: { version: 22.10, on: true, name: '22.10' }\nagain: &v 1.50\nalias: *v\n");
    expect(literal(["os", "version"])).toBe("22.10");
    expect(literal(["os", "on"])).toBe("true");
    expect(literal(["os", "name"])).toBeUndefined();
    expect(literal(["alias"])).toBe("1.50");
    expect(literal(["os", "nothing"])).toBeUndefined();
  });
});

describe("the place of a value", () => {
  const place = (text: string, ...path: (string | number)[]) => {
    const { line, character } = one(text).locate(path);
    return `${line ?? 0}:${character ?? 0}`;
  };

  it.each([
    ["YAML", "a:\n  - b: 1\n    c: 2\n  - 7\n"],
    ["JSON", '{"a": [\n   {\n"b": 1,\n     "c": 2},\n  7]}'],
  ])("is told in %s, and where it is not there, that of what is around it", (title, text) => {
    const yaml = title === "YAML";
    expect(place(text, "a", 0)).toBe(yaml ? "2:5" : "2:4");
    expect(place(text, "a", 0, "c")).toBe(yaml ? "3:5" : "4:11");
    expect(place(text, "a", 1)).toBe(yaml ? "4:5" : "5:3");
    expect(place(text, "a", 0, "d", "e")).toBe(place(text, "a", 0));
    expect(place(text, "a", 9, "d")).toBe(place(text, "a"));
    expect(place(text)).toBe("1:1");
    expect(one(text).locate(["a", 0, "c"]).path).toBe("a[0].c");
  });

  it("is the alias itself, and for what is in it the anchor's", () => {
    const text = "a: &x\n  b: 1\nc:\n  - *x\n";
    expect(place(text, "c", 0)).toBe("4:5");
    expect(place(text, "c", 0, "b")).toBe("2:3");
  });

  it("counts through all documents of a stream", () => {
    const documents = many("a: 1\n---\n# nothing\n---\nb: 2\n");
    expect(documents.map(({ value, locate }) => [value, locate(["b"]).line])).toEqual([
      [{ a: 1 }, 1],
      [{ b: 2 }, 5],
    ]);
  });
});

describe("what cannot be read", () => {
  const cases: readonly (readonly [string, string, string, RegExp])[] = [
    ["a bracket left open", "\n[hunter2", "TEST_SYNTAX", /a\.yaml:2:9: allowed is a test's document; a bracket/],
    ["a key twice", "hunter2: 1\nhunter2: 2\n", "TEST_SYNTAX", /a\.yaml:2:1: .* stands twice/],
    ["a key twice in JSON", '{"a": 1,\n "a": "hunter2"}', "TEST_SYNTAX", /a\.yaml:2:7 \(a\): .* stands twice/],
    ["an alias without anchor", "a: *hunter2\n", "TEST_SYNTAX", /names no anchor/],
    ["a merge of a text", "a: { <<: hunter2 }\n", "TEST_SYNTAX", /only mappings may stand/],
    ["deep nesting", "[".repeat(50_000), "TEST_SYNTAX", /./],
    ["an anchor in itself", "a: &a [*a, hunter2]\n", "TEST_ALIASES", /at most 1000000 values/],
    ["an alias bomb", bomb(12), "TEST_ALIASES", /at most 1000000 values/],
    ["too much text", `# ${"x".repeat(YAML_LIMIT)}`, "TEST_TOO_LARGE", /as JSON/],
  ];

  it.each(cases)("is refused without its content: %s", (_, text, code, message) => {
    for (const read of [one, many]) {
      const error = refused(() => read(text));
      expect(error.code).toBe(code);
      expect(error.message).toMatch(message);
      expect(error.message).not.toContain("hunter2");
      expect(error.cause).toBeUndefined();
    }
  });

  it("is bytes that are not UTF-8", () => {
    expect(refused(() => one(Uint8Array.of(0x61, 0xff))).message).toContain("save the file as UTF-8");
  });

  it("is a second document where one is wanted", () => {
    expect(refused(() => one("a: 1\n---\nb: 2\n")).message).toMatch(/a\.yaml:2:1: .* more than one document/);
  });

  it("has one code where the purpose names one", () => {
    const simple = { code: "TEST", allowed: "a document" };
    for (const content of [bomb(12), `# ${"x".repeat(YAML_LIMIT)}`, "a: ["]) {
      expect(refused(() => readDocument({ name: "a", content }, simple)).code).toBe("TEST");
    }
  });

  it("is a bomb that is spread over the documents of a stream", () => {
    // Each document adds a little less than half of what is allowed.
    const half = `${bomb(6)}\nmore: [${Array(2).fill("*l5").join()}]`;
    expect(many(`${half}\n---\n${half}`)).toHaveLength(2);
    expect(ALIAS_LIMIT).toBe(1_000_000);
    expect(refused(() => many(Array(4).fill(half).join("\n---\n"))).code).toBe("TEST_ALIASES");
  });

  it("ends in a coded error, whatever the text is", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom("a", ":", " ", "\n", "- ", "[", "]", "{", "}", "&a", "*a", '"', "'", "---\n", "<<", "|"),
        ),
        (parts) => {
          for (const read of [one, many]) {
            try {
              read(parts.join(""));
            } catch (error) {
              expect(error).toBeInstanceOf(MigrationError);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
