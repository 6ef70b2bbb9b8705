/**
 * Lists of any length. `list.push(...items)` and `Math.max(...numbers)` pass every item as an argument, and Node.js has room
 * for some 120,000 arguments: a tab of 130,000 rows would end in a RangeError.
 */

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
