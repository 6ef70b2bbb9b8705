import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Cidr } from "../../lib/network/cidr";
import { findOverlaps, type OwnedCidr } from "../../lib/network/overlap";
import { smallCidr } from "./small-universe";

function owned(...pairs: [string, string][]): OwnedCidr[] {
  return pairs.map(([cidr, owner]) => ({ cidr: Cidr.parse(cidr), owner }));
}

function printed(entries: OwnedCidr[]): string[] {
  return findOverlaps(entries).map(({ a, b }) => `${a.owner} ${a.cidr.toString()} > ${b.owner} ${b.cidr.toString()}`);
}

describe("findOverlaps", () => {
  it("finds nothing where all blocks are disjoint", () => {
    expect(printed(owned(["10.0.0.0/16", "a"], ["10.1.0.0/16", "b"], ["::/0", "c"]))).toEqual([]);
  });

  it("gives each block its nearest enclosing one", () => {
    expect(printed(owned(["10.0.1.0/24", "inner"], ["10.0.0.0/8", "outer"], ["10.0.0.0/16", "middle"]))).toEqual([
      "outer 10.0.0.0/8 > middle 10.0.0.0/16",
      "middle 10.0.0.0/16 > inner 10.0.1.0/24",
    ]);
  });

  it("finds equal blocks of different owners", () => {
    expect(printed(owned(["10.0.0.0/16", "b"], ["10.0.0.0/16", "a"]))).toEqual(["a 10.0.0.0/16 > b 10.0.0.0/16"]);
  });

  it("lets an owner's blocks nest, and looks through them for another owner", () => {
    expect(printed(owned(["10.0.0.0/8", "a"], ["10.0.0.0/16", "a"]))).toEqual([]);
    expect(printed(owned(["10.0.0.0/8", "a"], ["10.0.0.0/16", "b"], ["10.0.0.0/24", "b"]))).toEqual([
      "a 10.0.0.0/8 > b 10.0.0.0/16",
      "a 10.0.0.0/8 > b 10.0.0.0/24",
    ]);
  });

  it("gives the entries back as they came", () => {
    const entries = [
      { cidr: Cidr.parse("10.0.0.0/8"), owner: "a", line: 1 },
      { cidr: Cidr.parse("10.0.0.0/8"), owner: "b", line: 2 },
    ];
    expect(findOverlaps(entries)[0]?.b.line).toBe(2);
  });

  it("agrees with looking at all pairs", () => {
    const entry = fc.record({
      cidr: fc.oneof(smallCidr(4), smallCidr(6)),
      owner: fc.constantFrom("a", "b", "c"),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 16 }), (entries) => {
        const found = findOverlaps(entries);
        for (const { a, b } of found) {
          expect(a.cidr.contains(b.cidr)).toBe(true);
          expect(a.owner).not.toBe(b.owner);
          // The nearest: nobody else but b's own owner stands strictly between the two.
          const between = entries.filter(
            (each) =>
              each.owner !== b.owner &&
              each.cidr.contains(b.cidr) &&
              each.cidr.prefixLength > a.cidr.prefixLength &&
              each.cidr.prefixLength < b.cidr.prefixLength,
          );
          expect(between).toEqual([]);
        }
        // Complete: a block that another owner's strictly larger block contains is reported, and equal ones are in one chain.
        const reported = new Set(found.map(({ b }) => b));
        for (const inner of entries) {
          const enclosed = entries.some(
            (outer) =>
              outer.owner !== inner.owner &&
              outer.cidr.contains(inner.cidr) &&
              outer.cidr.prefixLength < inner.cidr.prefixLength,
          );
          if (enclosed) expect(reported.has(inner)).toBe(true);
        }
        const clash = entries.some((a) => entries.some((b) => a.owner !== b.owner && a.cidr.overlaps(b.cidr)));
        expect(found.length > 0).toBe(clash);
        expect(found.length).toBeLessThanOrEqual(Math.max(0, entries.length - 1));
      }),
    );
  });

  it("sweeps a hundred thousand blocks, also where all are the same", () => {
    const cidr = Cidr.parse("10.0.0.0/8");
    const same = Array.from({ length: 100_000 }, (_, index) => ({ cidr, owner: index < 99_999 ? "a" : "b" }));
    expect(findOverlaps(same)).toHaveLength(1);
  });
});
