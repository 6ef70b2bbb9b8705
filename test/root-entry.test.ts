import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Construct } from "constructs";
import { sourceOf, subpathTargets } from "./support/subpaths";

const root = path.join(__dirname, "..");
const source = readFileSync(path.join(root, "lib/index.ts"), "utf8");
/** The names that the entry exports, types among them. */
const names = [...source.matchAll(/export \{([^}]*)\} from/g)].flatMap(([, list = ""]) =>
  list
    .split(",")
    .map((name) => name.trim().replace(/^type /, ""))
    .filter((name) => name !== ""),
);

function load(file: string): Record<string, unknown> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(path.join(root, file)) as Record<string, unknown>;
}

function isConstruct(value: unknown): boolean {
  return typeof value === "function" && value.prototype instanceof Construct;
}

describe("the root entry", () => {
  it("exports at most 150 names, each of them written out", () => {
    expect(source).not.toMatch(/export (?:type )?\*/);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeLessThanOrEqual(150);
    expect(names).toEqual(expect.arrayContaining(Object.keys(load("lib/index.ts"))));
  });

  it("exports every construct that a subpath exports", () => {
    const entry = load("lib/index.ts");
    const constructs = subpathTargets(root)
      // Vitest's matchers can be loaded in vitest alone.
      .filter(([subpath]) => subpath !== "." && subpath !== "./testing/vitest")
      .flatMap(([, target]) => Object.entries(load(sourceOf(target.default))))
      .filter(([, value]) => isConstruct(value));
    expect(constructs.length).toBeGreaterThan(50);
    expect(constructs.filter(([name, value]) => entry[name] !== value).map(([name]) => name)).toEqual([]);
  });

  it("exports constructs, their props, stages and rules alone", () => {
    const others = names.filter((name) => !isConstruct(load("lib/index.ts")[name]));
    expect(others.filter((name) => !/(?:Props|Rules|Stages?|StageNames)$/.test(name))).toEqual([]);
  });
});
