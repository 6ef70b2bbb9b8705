import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { inRange } from "../../lib/core/version-range";

describe("inRange", () => {
  // As npm's semver answers, of which these are examples.
  it.each([
    ["0.21.0", ">=0.21.0 <1", true],
    ["0.20.12", ">=0.21.0 <1", false],
    ["1.0.0", ">=0.21.0 <1", false],
    ["25.7.0", ">=20.1.0 <26", true],
    ["20.0.9", ">=20.1.0 <26", false],
    ["26.0.0", ">=20.1.0 <26", false],
    ["10.4.2", "^10.4.2", true],
    ["10.10.0", "^10.4.2", true],
    ["10.4.1", "^10.4.2", false],
    ["11.0.0", "^10.4.2", false],
    ["4.0.0", "^4", true],
    ["3.25.76", "^4", false],
    ["5.0.0", "^4", false],
    ["0.3.9", "^0.3.1", true],
    ["0.4.0", "^0.3.1", false],
    ["20.15.0", ">=20.15", true],
    ["20.9.0", ">=20.15", false],
    ["18.20.8", ">=20.15", false],
    ["22.1.0-nightly2024", ">=20.15", true],
  ])("says of %s and %s: %s", (version, range, expected) => {
    expect(inRange(version, range)).toBe(expected);
  });

  it("knows every comparator of our package.json", () => {
    const { engines, peerDependencies } = JSON.parse(
      readFileSync(path.join(__dirname, "../../package.json"), "utf8"),
    ) as { engines: Record<string, string>; peerDependencies: Record<string, string> };
    const ranges = [...Object.values(engines), ...Object.values(peerDependencies)];
    expect(ranges.length).toBeGreaterThan(4);
    for (const range of ranges) expect(inRange("0.0.1", range)).toBe(false);
  });

  it("refuses a comparator that it does not know", () => {
    expect(() => inRange("1.0.0", "~1.0")).toThrow(RangeError);
  });
});
