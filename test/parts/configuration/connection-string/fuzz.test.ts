import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { MigrationError } from "../../../../lib/core/error";
import {
  parseConnectionString,
  redactConnectionString,
  rewriteConnectionString,
} from "../../../../lib/parts/configuration/connection-string";
import { scanConnectionString } from "../../../../lib/parts/configuration/connection-string/scan";
import { forms } from "./forms";

const SECRET = "Tr0ub4dor";

/** Rows whose way back is exact: an explicit port, or none in the move, and the name as it is. */
const exact = forms.filter(({ inserted, before }) => inserted !== true && before.includes("db-01"));

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
const host = fc.oneof(
  fc.tuple(label, label, label).map((labels) => labels.join(".")),
  fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map((octets) => `10.${octets.join(".")}`),
);

/** Anything at all must be read, or refused by code; and what does not match must not change. */
function probe(text: string): void {
  expect(typeof redactConnectionString(text)).toBe("string");
  try {
    parseConnectionString(text);
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    expect(error.code).toMatch(/^CONNECTION_STRING_(UNKNOWN|INVALID|AMBIGUOUS)$/);
    expect(error.message).not.toContain(SECRET);
    return;
  }
  const none = rewriteConnectionString(text, { hosts: [{ from: { host: "no.such.host" }, to: { host: "x" } }] });
  expect(none.text).toBe(text);
}

describe("any text", () => {
  it("is read, or refused by code", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), probe), { numRuns: 500 });
  });

  it("is so where it is made of the pieces that connection strings are made of", () => {
    const piece = fc.constantFrom(
      ..."postgres:// mysql:// redis:// mongodb+srv:// jdbc:sqlserver:// jdbc:oracle:thin: jdbc:mysql:// host= port= Server= Data\u0020Source= Password= PWD={ password=' ( ) (DESCRIPTION= (ADDRESS= (HOST= (PORT= [ ] [::1] { } }} ' '' \" \\ / // ? & = ; , : @ # % %2F %ZZ tcp( tcp: np: db-01 10.0.0.1 5432 99999 true user".split(
        " ",
      ),
      " ",
      "\n",
      SECRET,
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join("")),
        probe,
      ),
      { numRuns: 3000 },
    );
  });

  it("is so where a real one is mangled", () => {
    const mangled = fc
      .tuple(fc.constantFrom(...forms), fc.nat(), fc.nat(6), fc.string({ maxLength: 3 }))
      .map(([{ before }, at, length, put]) => {
        const start = at % (before.length + 1);
        return before.slice(0, start) + put + before.slice(start + length);
      });
    fc.assert(fc.property(mangled, probe), { numRuns: 3000 });
  });

  it("is not too deep or too long", () => {
    probe("(DESCRIPTION=".repeat(20_000));
    probe(`(DESCRIPTION=${"(A=".repeat(20_000)}${")".repeat(20_000)})`);
    probe(`host=${"a,".repeat(20_000)}b`);
    probe(`Server=${"'".repeat(40_001)}`);
    probe("key=".repeat(20_000));
    probe(" ".repeat(50_000));
    probe(`${"a".repeat(50_000)}@`);
  });
});

describe("any two hosts", () => {
  it("change places there and back, and nothing else changes", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...exact),
        host,
        host,
        fc.integer({ min: 1024, max: 65_535 }),
        (row, from, to, port) => {
          fc.pre(from !== to && ![from, to].some((each) => row.before.includes(each)));
          const text = row.before.replaceAll("db-01", from);
          const there = { host: to, ...(row.port === undefined ? {} : { port }) };
          const here = { host: from, ...(row.port === undefined ? {} : { port: row.port }) };
          const moved = rewriteConnectionString(text, { hosts: [{ from: here, to: there }] });
          expect(parts(moved.text)).toEqual(parts(text));
          const back = rewriteConnectionString(moved.text, { hosts: [{ from: there, to: here }] });
          expect(back.text).toBe(text);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

/** Returns the text without its hosts and ports. */
function parts(text: string): string[] {
  const spans = scanConnectionString(text)
    .endpoints.flatMap(({ hostSpan, portSpan }) => (portSpan === undefined ? [hostSpan] : [hostSpan, portSpan]))
    .sort((a, b) => a.start - b.start);
  const result: string[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    result.push(text.slice(at, start));
    at = end;
  }
  return [...result, text.slice(at)];
}
