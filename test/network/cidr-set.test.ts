import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Cidr, compareCidrs } from "../../lib/network/cidr";
import { excludeCidrs, mergeCidrs, rangeToCidrs } from "../../lib/network/cidr-set";
import { addressesOf, isMinimal, smallCidr, smallCidrs } from "./small-universe";

const cidrs = (...texts: string[]) => texts.map((text) => Cidr.parse(text));

describe("mergeCidrs", () => {
  it("joins halves, drops what is contained and keeps the versions apart", () => {
    const merged = mergeCidrs(
      cidrs("10.0.1.0/24", "::/0", "10.0.0.0/24", "10.0.0.7/32", "10.0.3.0/24", "10.0.2.0/24", "10.9.0.0/16"),
    );
    expect(merged.map(String)).toEqual(["10.0.0.0/22", "10.9.0.0/16", "::/0"]);
    expect(mergeCidrs([])).toEqual([]);
    expect(mergeCidrs(cidrs("0.0.0.0/1", "128.0.0.0/1")).map(String)).toEqual(["0.0.0.0/0"]);
  });

  it("does not join neighbours that are no halves of one block", () => {
    expect(mergeCidrs(cidrs("10.0.1.0/24", "10.0.2.0/24")).map(String)).toEqual(["10.0.1.0/24", "10.0.2.0/24"]);
  });

  it("has the same addresses, is minimal and sorted", () => {
    fc.assert(
      fc.property(smallCidrs, (given) => {
        const merged = mergeCidrs(given);
        expect(addressesOf(merged)).toEqual(addressesOf(given));
        expect(isMinimal(merged)).toBe(true);
        expect([...merged].sort(compareCidrs)).toEqual(merged);
      }),
    );
  });
});

describe("excludeCidrs", () => {
  it("cuts holes", () => {
    expect(excludeCidrs(Cidr.parse("10.0.0.0/24"), Cidr.parse("10.0.0.0/26")).map(String)).toEqual([
      "10.0.0.64/26",
      "10.0.0.128/25",
    ]);
    expect(excludeCidrs(cidrs("10.0.0.0/24"), cidrs("10.0.0.0/8"))).toEqual([]);
    expect(excludeCidrs(cidrs("10.0.0.0/24"), []).map(String)).toEqual(["10.0.0.0/24"]);
    expect(excludeCidrs(cidrs("::/0"), cidrs("0.0.0.0/0")).map(String)).toEqual(["::/0"]);
  });

  it("has the addresses that are in one and not in the other, and is minimal", () => {
    fc.assert(
      fc.property(smallCidrs, smallCidrs, (from, excluded) => {
        const kept = excludeCidrs(from, excluded);
        const holes = addressesOf(excluded);
        const expected = new Set([...addressesOf(from)].filter((address) => !holes.has(address)));
        expect(addressesOf(kept)).toEqual(expected);
        expect(isMinimal(kept)).toBe(true);
        expect([...kept].sort(compareCidrs)).toEqual(kept);
      }),
    );
  });
});

describe("rangeToCidrs", () => {
  it("covers a range that is no block", () => {
    expect(rangeToCidrs(4, 1n, 6n).map(String)).toEqual(["0.0.0.1/32", "0.0.0.2/31", "0.0.0.4/31", "0.0.0.6/32"]);
    expect(rangeToCidrs(6, 0n, 2n ** 128n - 1n).map(String)).toEqual(["::/0"]);
    expect(rangeToCidrs(4, 2n, 1n)).toEqual([]);
  });
});

describe("split", () => {
  it("is undone by merge, in equal blocks", () => {
    fc.assert(
      fc.property(smallCidr(4), fc.integer({ min: 0, max: 6 }), (block, more) => {
        const prefixLength = Math.min(32, block.prefixLength + more);
        const blocks = block.split(prefixLength);
        expect(new Set(blocks.map((each) => each.prefixLength))).toEqual(new Set([prefixLength]));
        expect(mergeCidrs(blocks)).toEqual([block]);
      }),
    );
  });
});
