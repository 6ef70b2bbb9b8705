import { describe, expect, it } from "@jest/globals";
import { findLifecycle, productLifecycle } from "../../lib/assessment/data/lifecycle";
import { addDays } from "../../lib/core/iso-date";
import { operatingSystemLifecycles, targetMinimums } from "../../lib/assessment/data/operating-systems";
import { findRuntime, runtimes } from "../../lib/assessment/data/runtimes";
import { isoDate } from "../../lib/core/iso-date";
import { identifyOperatingSystem } from "../../lib/inventory/operating-system";

describe("the tables of support", () => {
  const tables = [...operatingSystemLifecycles, ...runtimes];

  it.each(tables.map((table) => [table.product, table] as const))(
    "have days that exist for %s, each version once",
    (_, table) => {
      expect(new Set(table.versions.map(({ version }) => version)).size).toBe(table.versions.length);
      for (const { endOfSupport, extendedUntil } of table.versions) {
        expect(isoDate.safeParse(endOfSupport).success).toBe(true);
        if (extendedUntil === undefined) continue;
        expect(isoDate.safeParse(extendedUntil).success).toBe(true);
        expect(extendedUntil > endOfSupport).toBe(true);
      }
      expect(table.source).not.toBe("");
    },
  );

  it("call operating systems as the inventory identifies them", () => {
    for (const { product } of [...operatingSystemLifecycles, ...targetMinimums]) {
      expect(identifyOperatingSystem(`${product} 10`).product).toBe(product);
    }
  });

  it("find runtimes by each of their names, and each name once", () => {
    const aliases = runtimes.flatMap((runtime) => runtime.aliases);
    expect(new Set(aliases).size).toBe(aliases.length);
    for (const runtime of runtimes) {
      for (const alias of runtime.aliases) expect(findRuntime(alias.toUpperCase())?.product).toBe(runtime.product);
      expect(findRuntime(runtime.product)?.product).toBe(runtime.product);
    }
  });
});

describe("findLifecycle", () => {
  const table = productLifecycle("X", "somewhere", [
    ["12", "2020-01-01"],
    ["12.3", "2021-01-01"],
    ["2012", "2022-01-01"],
    ["2012 R2", "2023-01-01"],
  ]);

  it.each([
    ["12", "12"],
    ["12.1", "12"],
    ["12 SP3", "12.3"],
    ["12.3.4", "12.3"],
    ["2012", "2012"],
    ["2012 r2", "2012 R2"],
    ["2012R2", "2012 R2"],
    ["120", undefined],
    ["1", undefined],
    ["", undefined],
  ])("finds %j as %j", (version, found) => {
    expect(findLifecycle(table, version)?.version).toBe(found);
  });
});

describe("addDays", () => {
  it("counts across months, years and leap days", () => {
    expect(addDays("2027-12-31", 60)).toBe("2028-02-29");
    expect(addDays("2026-01-15", 0)).toBe("2026-01-15");
  });
});
