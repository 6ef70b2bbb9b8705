/**
 * ```ts
 * mergeCidrs([Cidr.parse("10.0.0.0/25"), Cidr.parse("10.0.0.128/25")]); // [10.0.0.0/24]
 * excludeCidrs(Cidr.parse("10.0.0.0/24"), Cidr.parse("10.0.0.0/26")); // [10.0.0.64/26, 10.0.0.128/25]
 * ```
 *
 * Sets of addresses, always given back as the one smallest list of blocks, in order. Sorted, a block follows those that
 * contain it, so one pass over the list is enough for each operation.
 */
import { admit } from "../core/door/admit";
import { addressBits, type IpVersion } from "./address";
import { Cidr, compareCidrs } from "./cidr";

interface AddressRange {
  readonly version: IpVersion;
  readonly first: bigint;
  readonly last: bigint;
}

/** A block, or several. */
export type Cidrs = Cidr | readonly Cidr[];

/** Returns the smallest list of blocks that has exactly the addresses of the given ones, in order, IPv4 before IPv6. */
export function mergeCidrs(cidrs: Cidrs): Cidr[] {
  admit("mergeCidrs", { cidrs });
  return rangesOf(cidrs).flatMap(({ version, first, last }) => rangeToCidrs(version, first, last));
}

/** Returns the smallest list of blocks that has exactly the addresses of `from` that are not in `excluded`, in order. */
export function excludeCidrs(from: Cidrs, excluded: Cidrs): Cidr[] {
  admit("excludeCidrs", { from, excluded });
  const holes = rangesOf(excluded);
  const kept: Cidr[] = [];
  let next = 0;
  for (const { version, first, last } of rangesOf(from)) {
    let start = first;
    // Holes are in order as the ranges are; one that ends before this range ends before all later ranges.
    for (let hole = holes[next]; hole !== undefined && isBefore(hole, version, start); hole = holes[next]) next += 1;
    for (let at = next; start <= last; at += 1) {
      const hole = holes[at];
      if (hole === undefined || hole.version !== version || hole.first > last) {
        kept.push(...rangeToCidrs(version, start, last));
        break;
      }
      if (hole.first > start) kept.push(...rangeToCidrs(version, start, hole.first - 1n));
      start = hole.last + 1n;
    }
  }
  return kept;
}

/** Returns the smallest list of blocks that has exactly the addresses from `first` to `last`. */
export function rangeToCidrs(version: IpVersion, first: bigint, last: bigint): Cidr[] {
  admit("rangeToCidrs", { version, first, last });
  const bits = addressBits(version);
  const blocks: Cidr[] = [];
  for (let start = first; start <= last;) {
    // The largest block that starts here is limited by the alignment of its start and by the end of the range.
    let hostBits = 0;
    while (hostBits < bits) {
      const size = 1n << BigInt(hostBits + 1);
      if (start % size !== 0n || start + size - 1n > last) break;
      hostBits += 1;
    }
    blocks.push(Cidr.of(version, start, bits - hostBits));
    start += 1n << BigInt(hostBits);
  }
  return blocks;
}

/** Returns the addresses as ranges that neither overlap nor adjoin, in order. */
function rangesOf(cidrs: Cidrs): AddressRange[] {
  const sorted = cidrs instanceof Cidr ? [cidrs] : [...cidrs].sort(compareCidrs);
  const ranges: { version: IpVersion; first: bigint; last: bigint }[] = [];
  for (const { version, first, last } of sorted) {
    const current = ranges.at(-1);
    if (current === undefined || current.version !== version || first > current.last + 1n) {
      ranges.push({ version, first, last });
    } else if (last > current.last) {
      current.last = last;
    }
  }
  return ranges;
}

function isBefore(range: AddressRange, version: IpVersion, start: bigint): boolean {
  return range.version < version || (range.version === version && range.last < start);
}
