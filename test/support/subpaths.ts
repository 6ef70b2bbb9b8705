import { readFileSync } from "node:fs";
import * as path from "node:path";

/** What a subpath of the package leads to. */
export interface SubpathTarget {
  readonly types: string;
  readonly default: string;
}

/** The subpaths in a package's `exports` that lead to code: `./core`. */
export function subpathTargets(root: string): [string, SubpathTarget][] {
  const { exports } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    exports: Record<string, string | SubpathTarget>;
  };
  return Object.entries(exports).filter((entry): entry is [string, SubpathTarget] => typeof entry[1] !== "string");
}

/** The subpaths that any process can load: those for a test runner load within it alone. */
export function loadableSubpaths(root: string): [string, SubpathTarget][] {
  return subpathTargets(root).filter(([subpath]) => !/^\.\/testing\/./.test(subpath));
}

/** The source of what is built: `./lib/core/index.ts` of `./dist/core/index.js`. */
export function sourceOf(built: string): string {
  return built.replace("./dist/", "./lib/").replace(/\.js$/, ".ts");
}

/** The subpaths as the compiler's `paths`, so that what imports the package is compiled against its sources. */
export function subpathSources(root: string): Record<string, string[]> {
  return Object.fromEntries(
    subpathTargets(root).map(([subpath, target]) => [
      `cdktf-migration-patterns${subpath.slice(1)}`,
      [sourceOf(target.default)],
    ]),
  );
}
