import { describe, expect, it } from "@jest/globals";
import { append, largest } from "../../lib/core/collections";

const MANY = 1_000_000;

describe("lists of a million items", () => {
  const numbers = Array.from({ length: MANY }, (_, index) => index);

  it("are appended in their order", () => {
    const list = [-1];
    append(list, numbers);
    expect(list).toHaveLength(MANY + 1);
    expect([list[0], list[1], list.at(-1)]).toEqual([-1, 0, MANY - 1]);
  });

  it("have a largest number, and an empty list has the least", () => {
    expect(largest(numbers)).toBe(MANY - 1);
    expect(largest([3, 7], 9)).toBe(9);
    expect(largest([])).toBe(0);
  });
});
