import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";

const root = path.join(__dirname, "..");
const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
  name: string;
  bin: Record<string, string>;
  exports: Record<string, string | { types: string; default: string }>;
};
const source = (built: string): string => path.join(root, built.replace("./dist/", "./lib/").replace(/\.js$/, ".ts"));

describe("the package", () => {
  const entries = Object.entries(manifest.exports).filter(
    (entry): entry is [string, { types: string; default: string }] => typeof entry[1] !== "string",
  );

  it.each(entries)("exports %s from a source that exists", (_subpath, target) => {
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
});
