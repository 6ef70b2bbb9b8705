import { describe, expect, it } from "@jest/globals";
import { rehearsedStage, withDeclaredStage } from "../../../lib/core/declared-stage";

describe("a stage that is declared from outside", () => {
  it("holds for its migration, while the callback runs and awaits", async () => {
    const seen = await withDeclaredStage({ migration: "a/b", stage: "cutover" }, async () => {
      await Promise.resolve();
      return [rehearsedStage("a/b"), rehearsedStage("a/c")];
    });
    expect(seen).toEqual(["cutover", undefined]);
    expect(rehearsedStage("a/b")).toBeUndefined();
  });

  it("may be of several migrations at once, which hold each other", async () => {
    const declared = [
      { migration: "a/b", stage: "cutover" },
      { migration: "a/c", stage: "live" },
    ];
    expect(await withDeclaredStage(declared, () => ["a/b", "a/c", "a/d"].map(rehearsedStage))).toEqual([
      "cutover",
      "live",
      undefined,
    ]);
    expect(await withDeclaredStage([], () => rehearsedStage("a/b"))).toBeUndefined();
  });

  it("is over when the callback throws", async () => {
    await expect(
      withDeclaredStage({ migration: "a/b", stage: "cutover" }, () => {
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(rehearsedStage("a/b")).toBeUndefined();
  });

  it("is not seen by another that runs meanwhile", async () => {
    const slow = (stage: string) =>
      withDeclaredStage({ migration: "a/b", stage }, async () => {
        await new Promise((resolve) => setImmediate(resolve));
        return rehearsedStage("a/b");
      });
    expect(await Promise.all([slow("test"), slow("cutover")])).toEqual(["test", "cutover"]);
  });
});
