import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { stringify } from "yaml";
import { readDocument, readDocuments } from "../../../lib/core/document/document";
import type { DocumentPurpose } from "../../../lib/core/document/model";
import {
  ALIAS_LIMIT,
  DEPTH_LIMIT,
  DOCUMENT_LIMIT,
  JSON_VALUE_LIMIT,
  YAML_ANCHOR_LIMIT,
  YAML_DOCUMENT_LIMIT,
  YAML_LIMIT,
  YAML_TOKEN_LIMIT,
} from "../../../lib/core/document/limits";
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

/** A guard against hanging. Alone on a machine, a bad document takes less than 2 s. */
const HANG_MILLISECONDS = 15_000;

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
    ["a key twice", "hunter2: 1\nhunter2: 2\n", "TEST_SYNTAX", /a\.yaml:2:1: .* occurs twice/],
    ["a key twice in JSON", '{"a": 1,\n "a": "hunter2"}', "TEST_SYNTAX", /a\.yaml:2:7 \(a\): .* occurs twice/],
    ["an alias without anchor", "a: *hunter2\n", "TEST_SYNTAX", /names no anchor/],
    ["a merge of a text", "a: { <<: hunter2 }\n", "TEST_SYNTAX", /takes mappings only/],
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

  it("is a list or a mapping as a key", () => {
    expect(refused(() => one("a: 1\n? [hunter2]\n: 2\n")).message).toMatch(/a\.yaml:2:3: .* stands as a key/);
    expect(refused(() => one("a: &a [1]\nb: { *a : 2 }\n")).message).toContain("stands as a key");
  });

  it("ends in a coded error, whatever the text is", () => {
    const part = fc.constantFrom(
      ..."a|:| |\n|- |[|]|{|}|&a |*a|\"|'|---\n|<<|? |!!omap |!x |# c\n|%YAML 1.1\n|...\n|\t|\r\n|\uFEFF|__proto__: 1|,|>-\n|0x1f|\u0000".split(
        "|",
      ),
      "|",
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            part,
            fc.tuple(part, fc.nat(300)).map(([text, times]) => text.repeat(times)),
          ),
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

describe("a document that would cost too much", () => {
  const lines = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, i) => line(i)).join("\n");
  const fill = (part: string) => part.repeat(Math.floor((YAML_LIMIT - 10) / part.length));
  const deep = `more than ${DEPTH_LIMIT} levels`;
  const tokens = `more than ${YAML_TOKEN_LIMIT} tokens`;
  const anchors = `more than ${YAML_ANCHOR_LIMIT} anchors and aliases`;

  // The text is made when its test runs: all of them together are large.
  const cases: readonly (readonly [string, () => string, code: string, said: string, place: RegExp])[] = [
    ["lists in lists", () => fill("["), "TEST_SYNTAX", deep, /a\.yaml:1:10\d: /],
    ["mappings in mappings", () => fill("{a: "), "TEST_SYNTAX", deep, /a\.yaml:1:40\d: /],
    ["lists on one line", () => fill("- "), "TEST_SYNTAX", deep, /a\.yaml:1:20\d: /],
    ["mappings line by line", () => lines(4000, (i) => `${" ".repeat(i)}a:`), "TEST_SYNTAX", deep, /a\.yaml:10\d:/],
    ["keys in keys", () => fill("? "), "TEST_SYNTAX", deep, /a\.yaml:1:20\d: /],
    ["JSON lists in lists", () => "[".repeat(1e7) + "]".repeat(1e7), "TEST_SYNTAX", deep, /a\.yaml:1:101: /],
    ["short JSON lists in lists", () => "[".repeat(1e5) + "]".repeat(1e5), "TEST_SYNTAX", deep, /a\.yaml:1:10\d: /],
    [
      "JSON mappings in mappings",
      () => `${'{"a":'.repeat(1e5)}1${"}".repeat(1e5)}`,
      "TEST_SYNTAX",
      deep,
      /a\.yaml:1:50\d: /,
    ],
    [
      "aliases that nest",
      () => lines(4000, (i) => (i === 0 ? "a0: &a0 [x]" : `a${i}: &a${i} [*a${i - 1}]`)),
      "TEST_SYNTAX",
      deep,
      /a\.yaml:100:\d+: /,
    ],
    [
      "many anchors",
      () => `${lines(20_000, (i) => `a${i}: &x${i} 1`)}\nz: [${lines(20_000, (i) => `*x${i},`)}]`,
      "TEST_ALIASES",
      anchors,
      /a\.yaml:10001:9: /,
    ],
    [
      "many merges",
      () => `a: &a {b: 1}\nc:\n${"  <<: *a\n".repeat(20_000)}`,
      "TEST_ALIASES",
      anchors,
      /a\.yaml:10002:7: /,
    ],
    [
      "merges of large mappings",
      () => `a: &a {${lines(1000, (i) => ` k${i}: 1,`)} }\n${lines(1200, (i) => `b${i}: {<<: *a}`)}`,
      "TEST_ALIASES",
      "add more than",
      /a\.yaml:\d+:\d+: /,
    ],
    ["many keys", () => lines(700_000, (i) => `k${i}: 1`), "TEST_TOO_LARGE", tokens, /a\.yaml:\d+:\d+: /],
    ["many comments", () => fill("# x\n"), "TEST_TOO_LARGE", tokens, /a\.yaml:\d+:1: /],
    ["many blank lines", () => fill("\n"), "TEST_TOO_LARGE", tokens, /a\.yaml:750001:1: /],
    ["many lines in one text", () => `a: |\n${fill("  x\n")}`, "TEST_TOO_LARGE", tokens, /a\.yaml:2:1: /],
    ["many lines with CRLF", () => fill("- 1\r\n"), "TEST_TOO_LARGE", tokens, /a\.yaml:150000:4: /],
    ["many tags", () => fill("- !x y\n"), "TEST_TOO_LARGE", tokens, /a\.yaml:\d+:\d+: /],
    ["many directives", () => `${fill("%FOO x\n")}---\na: 1`, "TEST_TOO_LARGE", tokens, /a\.yaml:\d+:1: /],
    ["many escapes that are none", () => `a: "${fill("\\q")}"`, "TEST_SYNTAX", "escape", /a\.yaml:1:\d: /],
    ["many brackets that are not opened", () => fill("] } "), "TEST_SYNTAX", "not valid", /a\.yaml:1:1: /],
    ["many keys that stand twice", () => "a: 1\n".repeat(84_000), "TEST_SYNTAX", "occurs twice", /a\.yaml:2:1: /],
    ["many byte-order marks", () => "\uFEFF".repeat(1e5) + "a: 1", "TEST_SYNTAX", "", /a\.yaml:1:\d: /],
    ["a key of a million characters", () => `${"k".repeat(1e6)}: 1`, "TEST_SYNTAX", "1,024", /a\.yaml:1:1: /],
    [
      "many JSON values",
      () => `[${"[],".repeat(JSON_VALUE_LIMIT)}1]`,
      "TEST_TOO_LARGE",
      `more than ${JSON_VALUE_LIMIT} values`,
      /a\.yaml:1:\d+: /,
    ],
  ];

  it.each(cases)("is refused where it becomes too much: %s", (_, make, code, said, place) => {
    const text = make();
    const start = performance.now();
    const error = refused(() => one(text));
    expect(performance.now() - start).toBeLessThan(HANG_MILLISECONDS);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(place);
    expect(error.message).toContain(said);
  });

  it("is refused for its bytes, before they are decoded", () => {
    const error = refused(() => one(new Uint8Array(DOCUMENT_LIMIT + 1)));
    expect(error.message).toContain(`a.yaml: received "${DOCUMENT_LIMIT + 1} bytes", allowed is at most`);
    expect(error.code).toBe("TEST_TOO_LARGE");
  });

  it("is refused for its number of documents", () => {
    const error = refused(() => many("---\na\n".repeat(1e6)));
    expect(error.message).toContain(`a.yaml:20001:1: received "more than ${YAML_DOCUMENT_LIMIT} documents"`);
    expect(error.code).toBe("TEST_TOO_LARGE");
  });

  it.each([
    ["45,000 keys", () => lines(45_000, (i) => `k${i}: 1`)],
    ["45,000 keys in braces", () => `{${lines(45_000, (i) => `k${i}: 1,`)}}`],
    [
      "5,000 anchors, each used",
      () => `${lines(5000, (i) => `a${i}: &x${i} 1`)}\nz: [${lines(5000, (i) => ` *x${i},`)}]`,
    ],
    ["an ordered map of 40,000 keys", () => `a: !!omap\n${lines(40_000, (i) => `- k${i}: 1`)}`],
    ["a text of 8 MB", () => `a: ${fill("x ").slice(0, -20)}`],
    ["90 levels", () => "[".repeat(90) + "]".repeat(90)],
  ])("is read where it is within bounds: %s", (_, make) => {
    const text = make();
    const start = performance.now();
    const { value, locate } = one(text);
    for (let index = 0; index < 45_000; index += 1) locate([`k${index}`]);
    expect(performance.now() - start).toBeLessThan(HANG_MILLISECONDS);
    expect(typeof value).toBe("object");
  });
});
