import { describe, expect, it } from "@jest/globals";
import { editDistance, nearest } from "../../lib/core/suggest";

describe("suggestions", () => {
  it.each([
    ["asess", "assess"],
    ["INVENTORY", "inventory"],
    ["inv", "inventory"],
    ["zzz", undefined],
  ])("%s means %s", (word, meant) => {
    expect(nearest(word, ["inventory", "assess", "rules", "schema"])).toBe(meant);
  });

  it("counts insertions, deletions and substitutions", () => {
    expect(["", "kitten", "ab"].map((word) => editDistance(word, "sitting"))).toEqual([7, 3, 7]);
  });
});
