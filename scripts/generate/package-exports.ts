/**
 * The generator of the subpaths of patterns and parts in `exports` of `package.json`; all others are written by hand and
 * stay where they are. The map of modules in `jest.config.js` is derived from `exports` in its turn, and so is
 * `typesVersions`, from which a compiler with `moduleResolution: node10` learns the subpaths: it does not read `exports`, and
 * the project that `cdktf init --template=typescript` makes has one.
 */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { families, partFolders, patternFolders, root } from "./folders";
import type { GeneratedFile } from "./generated-file";

/** A subpath of the package and the files that it resolves to. */
type Entry = readonly [string, string | { readonly types: string; readonly default: string }];

const entry = (folder: string): Entry => [
  `./${folder.replace(/^patterns\//, "")}`,
  { types: `./dist/${folder}/index.d.ts`, default: `./dist/${folder}/index.js` },
];

/** Returns the folder below `dist/` that the entry resolves to: `patterns/infrastructure`. */
function folderOf([, target]: Entry): string {
  return typeof target === "string" ? "" : path.posix.dirname(target.default.replace("./dist/", ""));
}

/**
 * Replaces the entries below `room/` by `derived`, at the position of the first of them; before the last entry if there is
 * none.
 */
function replaceRoom(entries: readonly Entry[], room: string, derived: readonly Entry[]): Entry[] {
  const below = (each: Entry): boolean => folderOf(each).startsWith(`${room}/`);
  const first = entries.findIndex(below);
  const at = first < 0 ? entries.length - 1 : first;
  return [...entries.slice(0, at), ...derived, ...entries.slice(at).filter((each) => !below(each))];
}

/**
 * Returns the subpaths of a family: its own, its patterns', and below each pattern those of its parts and those written by
 * hand.
 */
function familyEntries(family: string, current: readonly Entry[]): Entry[] {
  const patterns = patternFolders().filter((pattern) => pattern.family === family);
  return [
    entry(`patterns/${family}`),
    ...patterns
      .map(({ folder }) => folder)
      .sort()
      .flatMap((folder) => {
        const parts = partFolders()
          .filter(({ of }) => of?.folder === folder)
          .map((part) => entry(part.folder));
        const byHand = current.filter(
          (each) => folderOf(each).startsWith(`${folder}/`) && !parts.some(([subpath]) => subpath === each[0]),
        );
        return [entry(folder), ...[...parts, ...byHand].sort(([a], [b]) => (a < b ? -1 : 1))];
      }),
  ];
}

/**
 * Returns the declarations of each subpath that leads to code, for all versions of the compiler. The root's are in `types`,
 * and a subpath that leads to a file is found by its path.
 */
function typesVersions(entries: readonly Entry[]): Record<string, Record<string, readonly string[]>> {
  const declarations = entries.flatMap(([subpath, target]) =>
    typeof target === "string" || subpath === "." ? [] : [[subpath.replace("./", ""), [target.types]] as const],
  );
  return { "*": Object.fromEntries(declarations) };
}

/**
 * The file `package.json` with its `exports` and `typesVersions` brought up to date; npm and prettier both write it with two
 * spaces.
 */
export const packageExports: GeneratedFile = {
  path: "package.json",
  text: () => {
    const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
      exports: Record<string, Entry[1]>;
    };
    const current = Object.entries(manifest.exports);
    const parts = partFolders().filter(({ of }) => of === undefined);
    const withParts = replaceRoom(
      current,
      "parts",
      parts.map(({ folder }) => entry(folder)),
    );
    const patterns = families().flatMap((family) => familyEntries(family, current));
    const exports = replaceRoom(withParts, "patterns", patterns);
    const derived = { exports: Object.fromEntries(exports), typesVersions: typesVersions(exports) };
    return `${JSON.stringify({ ...manifest, ...derived }, undefined, 2)}\n`;
  },
};
