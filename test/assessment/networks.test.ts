import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { AddressSet, addressScope } from "../../lib/assessment/networks";
import { formatAddress } from "../../lib/network/address";
import { Cidr } from "../../lib/network/cidr";

describe("AddressSet", () => {
  it("answers as each of its blocks would", () => {
    const version = fc.constantFrom(4 as const, 6 as const);
    const value = (v: 4 | 6) => fc.bigInt({ min: 0n, max: (1n << (v === 4 ? 32n : 128n)) - 1n });
    const block = version.chain((v) =>
      fc.tuple(value(v), fc.integer({ min: 0, max: v === 4 ? 32 : 128 })).map(([a, bits]) => Cidr.of(v, a, bits)),
    );
    const address = version.chain((v) => value(v).map((a) => formatAddress(v, a)));
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), fc.array(address), (blocks, addresses) => {
        const set = new AddressSet(blocks);
        const edges = blocks.flatMap(({ version: v, first, last }) => [
          formatAddress(v, first),
          formatAddress(v, last),
        ]);
        for (const each of [...addresses, ...edges]) {
          expect(set.has(each)).toBe(blocks.some((cidr) => cidr.containsAddress(each)));
        }
      }),
      { numRuns: 100 },
    );
  });

  it("has nothing that is no address", () => {
    const set = new AddressSet([Cidr.parse("0.0.0.0/0")]);
    expect(set.isEmpty).toBe(false);
    expect(["web-01", "10.0.0.0/8", ""].filter((text) => set.has(text))).toEqual([]);
    expect(new AddressSet([]).isEmpty).toBe(true);
  });
});

describe("addressScope", () => {
  it.each([
    ["10.0.0.1", "network"],
    ["2001:db8::1", "network"],
    ["127.0.0.1", "host"],
    ["0.0.0.0", "host"],
    ["169.254.0.1", "host"],
    ["fe80::1", "host"],
    ["::1", "host"],
    ["239.1.2.3", "group"],
    ["255.255.255.255", "group"],
    ["ff02::1", "group"],
    ["300.1.1.1", "none"],
    ["web-01.example.com", "none"],
    ["web-01", "none"],
    ["", "none"],
  ])("of %j is %s", (text, scope) => {
    expect(addressScope(text)).toBe(scope);
  });
});
