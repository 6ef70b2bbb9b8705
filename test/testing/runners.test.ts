/** The matchers in runners of their own, from the compiled package; vitest is not installed here, and has its turn in test/consumer. */
import { beforeAll, describe, expect, it } from "@jest/globals";
import { checkTestRunner } from "../consumer/testing";
import { makeConsumer } from "../support/compiled-package";

describe("the compiled package", () => {
  let folder = "";
  beforeAll(() => {
    folder = makeConsumer();
  });

  it.each(["node", "jest"] as const)(
    "serves the tests of %s",
    (runner) => {
      const checks = checkTestRunner(folder, runner);
      expect(checks.length).toBeGreaterThan(4);
      expect(checks.filter(({ problem }) => problem !== undefined)).toEqual([]);
    },
    300_000,
  );
});
