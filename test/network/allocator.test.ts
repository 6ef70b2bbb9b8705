import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { MigrationError } from "../../lib/core/error";
import { CidrAllocator } from "../../lib/network/allocator";
import { Cidr } from "../../lib/network/cidr";
import { addressesOf, smallCidr, smallPools } from "./small-universe";

const pool = Cidr.parse("10.0.0.0/24");

describe("CidrAllocator", () => {
  it("takes the first block that fits, around reservations", () => {
    const allocator = new CidrAllocator(pool, { reserved: [Cidr.parse("10.0.0.0/27"), Cidr.parse("192.168.0.0/16")] });
    expect(allocator.allocate(26).toString()).toBe("10.0.0.64/26");
    expect(allocator.allocate(27).toString()).toBe("10.0.0.32/27");
    expect(allocator.allocate(27).toString()).toBe("10.0.0.128/27");
    expect(allocator.allocated.map(String)).toEqual(["10.0.0.64/26", "10.0.0.32/27", "10.0.0.128/27"]);
    expect(allocator.free.map(String)).toEqual(["10.0.0.160/27", "10.0.0.192/26"]);
  });

  it("hands out the whole pool, once", () => {
    const allocator = new CidrAllocator(pool);
    expect(allocator.allocate(24).equals(pool)).toBe(true);
    expect(() => allocator.allocate(32)).toThrow("nothing is free");
  });

  it("says what is free when it is exhausted", () => {
    const allocator = new CidrAllocator(pool, { reserved: [Cidr.parse("10.0.0.64/26"), Cidr.parse("10.0.0.128/26")] });
    expect(() => allocator.allocate(25)).toThrow(
      expect.objectContaining({
        code: "CIDR_POOL_EXHAUSTED",
        allowed: "a free block of 10.0.0.0/24, of which free are only 10.0.0.0/26, 10.0.0.192/26",
      }),
    );
    const crumbs = new CidrAllocator(pool, {
      reserved: pool.split(32).filter((_, index) => index % 2 === 0),
    });
    expect(() => crumbs.allocate(31)).toThrow("and 120 more");
  });

  it("refuses a length that the pool has no block of", () => {
    const allocator = new CidrAllocator(pool);
    for (const length of [23, 33, 24.5]) {
      expect(() => allocator.allocate(length)).toThrow(expect.objectContaining({ code: "CIDR_PREFIX_RANGE" }));
    }
  });

  it("reserves, also twice and outside, but not what is handed out", () => {
    const allocator = new CidrAllocator(pool);
    allocator.reserve(Cidr.parse("10.0.0.0/25"));
    allocator.reserve(Cidr.parse("10.0.0.0/26"));
    allocator.reserve(Cidr.parse("::/0"));
    expect(allocator.allocate(25).toString()).toBe("10.0.0.128/25");
    expect(() => {
      allocator.reserve(Cidr.parse("10.0.0.0/8"));
    }).toThrow(MigrationError);
    expect(() => {
      allocator.reserve(Cidr.parse("10.0.0.130/32"));
    }).toThrow(expect.objectContaining({ code: "CIDR_ALREADY_ALLOCATED" }));
  });

  it("hands out aligned blocks that share no address, at the first place that was free, until none is left", () => {
    const version = fc.constantFrom(4 as const, 6 as const);
    const scenario = version.chain((each) =>
      fc.record({
        version: fc.constant(each),
        reserved: fc.array(smallCidr(each), { maxLength: 5 }),
        lengths: fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 20 }),
      }),
    );
    fc.assert(
      fc.property(scenario, ({ version: each, reserved, lengths }) => {
        const small = smallPools[each];
        const allocator = new CidrAllocator(small, { reserved });
        const taken = addressesOf(reserved);
        for (const bits of lengths) {
          const length = small.prefixLength + bits;
          // The oracle: every aligned block in order, address by address.
          const expected = small
            .split(length)
            .find((block) => [...addressesOf([block])].every((address) => !taken.has(address)));
          if (expected === undefined) {
            expect(() => allocator.allocate(length)).toThrow(expect.objectContaining({ code: "CIDR_POOL_EXHAUSTED" }));
          } else {
            expect(allocator.allocate(length).toString()).toBe(expected.toString());
            for (const address of addressesOf([expected])) taken.add(address);
          }
        }
        const free = [...addressesOf([small])].filter((address) => !taken.has(address));
        expect(addressesOf(allocator.free)).toEqual(new Set(free));
      }),
    );
  });
});
