import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { sourceOf, subpathTargets } from "./support/subpaths";

const root = path.join(__dirname, "..");
const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
  name: string;
  bin: Record<string, string>;
};
const source = (built: string): string => path.join(root, sourceOf(built));

describe("the package", () => {
  it.each(subpathTargets(root))("exports %s from a source that exists", (_subpath, target) => {
    expect(existsSync(source(target.default))).toBe(true);
    expect(target.types).toBe(target.default.replace(/\.js$/, ".d.ts"));
  });

  it("has a command whose source exists and starts with a shebang", () => {
    const command = manifest.bin["migration-patterns"] ?? "";
    expect(readFileSync(source(`./${command}`), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it("locks no registry's address", () => {
    expect(readFileSync(path.join(root, "package-lock.json"), "utf8")).not.toMatch(/"resolved":/);
  });

  it("locks esbuild for every platform", () => {
    const { packages } = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")) as {
      packages: Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>;
    };
    const binaries = Object.keys(packages["node_modules/esbuild"]?.optionalDependencies ?? {});
    expect(binaries.length).toBeGreaterThan(20);
    expect(binaries.filter((name) => packages[`node_modules/${name}`] === undefined)).toEqual([]);
  });
});
