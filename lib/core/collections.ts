/** Lists and records: grouped, without duplicates, in a fixed order. */
import { compareText } from "./text";

/** A list with at least one entry, as every group of {@link groupBy} is. */
export type NonEmpty<Item> = [Item, ...Item[]];

/**
 * Groups the items by a key, keys and items in the order of their first appearance. An item whose key is undefined is left
 * out.
 */
export function groupBy<Item, Key>(
  items: Iterable<Item>,
  keyOf: (item: Item) => Key | undefined,
): Map<Key, NonEmpty<Item>> {
  const groups = new Map<Key, NonEmpty<Item>>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const same = groups.get(key);
    if (same === undefined) groups.set(key, [item]);
    else same.push(item);
  }
  return groups;
}

/** Returns each item once, in the order of their first appearance. */
export function unique<Item>(items: Iterable<Item>): Item[] {
  return [...new Set(items)];
}

/** Returns the entries of a record in the order of their keys, which does not depend on the machine's locale. */
export function sortedEntries<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(record).sort(([a], [b]) => compareText(a, b));
}

// `list.push(...items)` and `Math.max(...numbers)` pass every item as an argument, and Node.js has room for some 120,000
// arguments: a tab of 130,000 rows would end in a RangeError.

/** Appends the items to the list. */
export function append<Item>(list: Item[], items: Iterable<Item>): void {
  for (const item of items) list.push(item);
}

/** Returns the largest of the numbers and of `least`. */
export function largest(numbers: Iterable<number>, least = 0): number {
  let found = least;
  for (const number of numbers) if (number > found) found = number;
  return found;
}
