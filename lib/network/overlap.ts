/**
 * ```ts
 * findOverlaps([
 *   { cidr: Cidr.parse("10.0.0.0/16"), owner: "vpc main" },
 *   { cidr: Cidr.parse("10.0.4.0/24"), owner: "site office" },
 * ]); // [{ a: the VPC's entry, b: the site's entry }]
 * ```
 *
 * Finds blocks of different owners that overlap. Two blocks are nested or disjoint. Sorted by first address with larger
 * blocks first, the blocks that contain the current one are therefore a stack, and one sweep finds every overlap: n log n for
 * the sort, and as many steps as there are blocks.
 */
import { admit } from "../core/door/admit";
import { compareText } from "../core/text";
import { compareCidrs, type Cidr } from "./cidr";

/** A block and its owner. Callers may add fields of their own: an overlap gives the entries back as they came. */
export interface OwnedCidr {
  readonly cidr: Cidr;
  /** The user of the block, as a person would name it: `vpc main`, `site office`. */
  readonly owner: string;
}

/** Two entries of different owners that share addresses. `a` contains `b`, or equals it. */
export interface Overlap<Entry extends OwnedCidr = OwnedCidr> {
  readonly a: Entry;
  readonly b: Entry;
}

/**
 * Finds for each block the nearest block of another owner that contains it, or equals it. That is at most one overlap for
 * each entry, so the answer stays readable where one 0.0.0.0/0 contains everything; a block inside two others is reported
 * with the inner one, which is reported with the outer one. Blocks of one owner may nest in each other: a site that declares
 * both 10.0.0.0/8 and 10.1.0.0/16 is not in conflict with itself.
 *
 * @returns overlaps in the order of their inner block's address, then its owner
 */
export function findOverlaps<Entry extends OwnedCidr>(entries: readonly Entry[]): Overlap<Entry>[] {
  admit("findOverlaps", { entries });
  const sorted = [...entries].sort((x, y) => compareCidrs(x.cidr, y.cidr) || compareText(x.owner, y.owner));
  const overlaps: Overlap<Entry>[] = [];
  // Each open block remembers the nearest one around it of another owner, so that a long run of one owner's blocks need
  // not be searched for every block inside it.
  const enclosing: { entry: Entry; other: Entry | undefined }[] = [];
  for (const entry of sorted) {
    let top = enclosing.at(-1);
    while (top !== undefined && !top.entry.cidr.contains(entry.cidr)) {
      enclosing.pop();
      top = enclosing.at(-1);
    }
    const other = top?.entry.owner === entry.owner ? top.other : top?.entry;
    if (other !== undefined) overlaps.push({ a: other, b: entry });
    enclosing.push({ entry, other });
  }
  return overlaps;
}
