/** The law of the rooms, where the linter does not look: ARCHITECTURE.md tells it as it is, and types make no circle either. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { stronglyConnected } from "../lib/plan/waves/strongly-connected";

const root = path.join(__dirname, "..");
const lib = path.join(root, "lib");
const rooms = JSON.parse(readFileSync(path.join(root, "scripts/rooms.json"), "utf8")) as Record<string, string[]>;

const sources = readdirSync(lib, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.split(path.sep).join("/"))
  .sort();
const known = new Set(sources);

/** What each file imports: another file of lib/, or the name of a package. Imports of types count, unless they are left out. */
function importsOf(file: string, { types }: { readonly types: boolean }): string[] {
  const text = readFileSync(path.join(lib, file), "utf8");
  const code = types
    ? text
    : ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } })
        .outputText;
  return ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => {
    if (!fileName.startsWith(".")) return fileName;
    const target = path.posix.join(path.posix.dirname(file), fileName);
    return known.has(`${target}.ts`) ? `${target}.ts` : `${target}/index.ts`;
  });
}

/** The packages that are loaded with a file. */
function loadedWith(file: string): Set<string> {
  const seen = new Set([file]);
  for (const each of seen) if (known.has(each)) for (const next of importsOf(each, { types: false })) seen.add(next);
  return new Set([...seen].filter((each) => !known.has(each)));
}

describe("the rooms", () => {
  it("are in ARCHITECTURE.md as the linter has them", () => {
    const rows = readFileSync(path.join(root, "ARCHITECTURE.md"), "utf8").matchAll(
      /^\| `(\w+)\/` +\|[^|\n]*\| ([^|\n]*?) *\|$/gm,
    );
    const told = [...rows].map(([, room = "", allowed = ""]) => [room, allowed === "–" ? [] : allowed.split(", ")]);
    expect(told).toEqual(Object.entries(rooms));
  });

  it("are all that there is in lib/", () => {
    const folders = readdirSync(lib, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).filter((name) => !(name in rooms))).toEqual([]);
  });

  it("import downward only: what a room may import stands above it", () => {
    const order = Object.keys(rooms);
    for (const [room, allowed] of Object.entries(rooms))
      expect(allowed.filter((name) => !order.slice(0, order.indexOf(room)).includes(name))).toEqual([]);
  });

  it("make no circle, types included", () => {
    const index = new Map(sources.map((file, at) => [file, at]));
    const edges = sources.map((file) =>
      importsOf(file, { types: true }).flatMap((target) => {
        const at = index.get(target);
        return at === undefined ? [] : [at];
      }),
    );
    expect(edges.flat().length).toBeGreaterThan(1000);
    const circles = stronglyConnected(edges).filter((component) => component.length > 1);
    expect(circles.map((component) => component.map((at) => sources[at]))).toEqual([]);
  });

  it("keep the provider out of core/", () => {
    const core = sources.filter((file) => file.startsWith("core/"));
    const imported = core.flatMap((file) => importsOf(file, { types: true }));
    expect(imported.filter((name) => /^@(?:cdktf|cdktn)\/provider-/.test(name))).toEqual([]);
  });

  it("load no construct with what runs in AWS", () => {
    const runtime = sources.filter((file) => file.startsWith("runtime/"));
    const loaded = runtime.flatMap((file) => [...loadedWith(file)].map((name) => `${file}: ${name}`));
    expect(loaded.filter((line) => /: (?:cdktf|constructs|@cdktf\/.*)$/.test(line))).toEqual([]);
    // So that the question is one that can fail.
    expect([...loadedWith("core/migration.ts")]).toContain("cdktf");
  });
});
