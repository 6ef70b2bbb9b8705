/** What vitest's matchers do where there is no vitest; in vitest they are tried by test/consumer. */
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import { migrationMatchers } from "cdktf-migration-patterns/testing";

const symbol = Symbol.for("expect-global");

describe("the matchers of vitest", () => {
  afterEach(() => {
    Reflect.deleteProperty(globalThis, symbol);
  });

  const load = () => {
    jest.isolateModules(() => {
      jest.requireActual("cdktf-migration-patterns/testing/vitest");
    });
  };

  it("cannot be loaded elsewhere, and say what to do instead", () => {
    expect(load).toThrow(
      /^\[TESTING_VITEST\] .*: allowed is an import in a test, .*expect\.extend\(migrationMatchers\)/,
    );
  });

  it("extend the expect that vitest keeps for all of its copies", () => {
    const extend = jest.fn();
    Object.assign(globalThis, { [symbol]: { extend } });
    load();
    expect(Object.keys(extend.mock.calls[0]?.[0] as object)).toEqual(Object.keys(migrationMatchers));
  });
});
