/**
 * What a platform repo has already: every public construct takes it, by a literal id and by a token alike, makes none of its own
 * instead, and leaves it as it is.
 */
import * as path from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { Construct } from "constructs";
import { loadableSubpaths, sourceOf } from "../support/subpaths";
import { existingCases, withoutCase } from "./cases";
import { places } from "./places";
import { synthesizeCase, type Made } from "./synthesize-case";
import { ways, type Way } from "./given";

describe.each(Object.entries(existingCases))("%s", (name, each) => {
  const made = new Map<Way, Made>();
  beforeAll(() => {
    for (const way of ways) made.set(way, synthesizeCase(each, way));
  });

  it.each(ways)("stands where it belongs, as %s", (way) => {
    expect(made.get(way)?.places).toEqual(places[name]);
  });

  it.each(ways)("is made a second time nowhere, given as %s", (way) => {
    expect(made.get(way)?.types.filter((type) => each.makesNo.includes(type))).toEqual([]);
  });

  it("makes the same of a literal and of every token", () => {
    const [literal, ...tokens] = ways.map((way) => made.get(way)?.types);
    for (const types of tokens) expect(types).toEqual(literal);
  });

  it("has no count and no for_each, which an unknown value would stop, but for marks that are read while it is planned", () => {
    for (const { counted } of made.values()) {
      expect(counted.filter((place) => place !== ".data.aws_ssm_parameters_by_path.for_each")).toEqual([]);
    }
  });
});

describe("the public constructs", () => {
  const root = path.join(__dirname, "../..");
  const constructs = (): string[] => {
    const found = new Set<string>();
    for (const [, target] of loadableSubpaths(root)) {
      const entry = jestRequire(path.join(root, sourceOf(target.default)));
      for (const [name, value] of Object.entries(entry)) {
        if (typeof value === "function" && value.prototype instanceof Construct) found.add(name);
      }
    }
    return [...found].sort();
  };

  it("are all in a case, or say why in none", () => {
    const inCases = Object.values(existingCases).flatMap((each) => each.constructs);
    expect([...new Set([...inCases, ...Object.keys(withoutCase)])].sort()).toEqual(constructs());
  });
});

function jestRequire(file: string): Readonly<Record<string, unknown>> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(file) as Readonly<Record<string, unknown>>;
}
