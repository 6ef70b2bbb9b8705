import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { scanJson } from "../../../lib/core/document/json-scan";

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((node, step) => (node as Record<string | number, unknown>)[step], value);
}

function countOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce<number>((sum, child) => sum + countOf(child), 1);
}

describe("the scan of a JSON text", () => {
  it("finds every value where it stands", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 1, "\t"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        // As it reads back: -0 is 0 in JSON.
        const read: unknown = JSON.parse(text);
        let seen = 0;
        scanJson(text, 0, (path, offset, duplicateKey) => {
          seen += 1;
          const start = JSON.stringify(valueAt(read, path)).charAt(0);
          expect(text.charAt(offset)).toBe(start);
          if (indent === undefined)
            expect(text.slice(offset)).toMatch(startingWith(JSON.stringify(valueAt(read, path))));
          expect(duplicateKey).toBe(false);
          return true;
        });
        expect(seen).toBe(countOf(read));
      }),
      { numRuns: 300 },
    );
  });

  it("says where a key stands again", () => {
    const text = '{"a": 1, "b": {"a": 2, "\\u0061": 3}, "a": {}}';
    const again: string[] = [];
    scanJson(text, 0, (path, offset, duplicateKey) => {
      if (duplicateKey) again.push(`${path.join(".")} ${text.slice(offset, offset + 2)}`);
      return true;
    });
    expect(again).toEqual(["b.a 3}", "a {}"]);
  });

  it("starts at any value and ends when it is told to", () => {
    const text = "[[1, 2], [3, 4]]";
    const seen: number[] = [];
    scanJson(text, 9, (_path, offset) => {
      seen.push(offset);
      return seen.length < 2;
    });
    expect(seen).toEqual([9, 10]);
  });
});

function startingWith(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
}
