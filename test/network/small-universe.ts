import fc from "fast-check";
import { Cidr } from "../../lib/network/cidr";

/**
 * Blocks of 10.0.0.0/26 and of fd00::/122: 64 addresses each, so few that an oracle may count them one by one.
 */
export const smallPools = { 4: Cidr.parse("10.0.0.0/26"), 6: Cidr.parse("fd00::/122") } as const;

export function smallCidr(version: 4 | 6): fc.Arbitrary<Cidr> {
  const pool = smallPools[version];
  return fc
    .record({ bits: fc.integer({ min: 0, max: 6 }), offset: fc.bigInt({ min: 0n, max: 63n }) })
    .map(({ bits, offset }) => Cidr.of(version, pool.first + offset, pool.prefixLength + bits));
}

export const smallCidrs = fc.array(fc.oneof(smallCidr(4), smallCidr(6)), { maxLength: 20 });

/** Every single address of the blocks, as `version:number`. */
export function addressesOf(cidrs: readonly Cidr[]): Set<string> {
  const addresses = new Set<string>();
  for (const { version, first, last } of cidrs) {
    for (let address = first; address <= last; address += 1n) addresses.add(`${version}:${address}`);
  }
  return addresses;
}

/** Whether no two of the blocks share an address and no two are halves of one block: then there is no smaller list. */
export function isMinimal(cidrs: readonly Cidr[]): boolean {
  return cidrs.every((a, i) =>
    cidrs.every((b, j) => i === j || (!a.overlaps(b) && !(a.parent()?.equals(b.parent() ?? a) ?? false))),
  );
}
