/** The TypeScript of the pages, as a reader would copy it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

/** A block that stands on its own. */
export interface Block {
  /** The page and the block's number in it, as a name for a file: `lib-plan-README-md-2`. */
  readonly name: string;
  readonly text: string;
  /** The packages of test runners that it needs: `@jest/globals`. Nobody else has them. */
  readonly runners: readonly string[];
  /** Whether it stands for a part of the reader's own code, by a `declare`: it compiles, and nothing can run it. */
  readonly declares: boolean;
}

/** What our own entries for a runner need. */
const RUNNERS: ReadonlyMap<string, string> = new Map([
  ["cdktf-migration-patterns/testing/jest", "@jest/globals"],
  ["cdktf-migration-patterns/testing/vitest", "vitest"],
]);

const RUNNER = /^import .*"(@jest\/globals|vitest|cdktf-migration-patterns\/testing\/(?:jest|vitest))";$/gm;

/** The pages of a package, in a folder of this repo or in one where it is installed: every README, and `docs/`. */
function pages(root: string): string[] {
  const below = (folder: string, wanted: RegExp): string[] =>
    existsSync(path.join(root, folder))
      ? readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
          .filter((file) => wanted.test(path.basename(file)))
          .map((file) => path.join(folder, file))
          .sort()
      : [];
  return ["README.md", ...below("docs", /\.md$/), ...below("lib", /^README\.md$/)];
}

/** A block that does not import what it uses is a fragment of the one before, and is left out. */
export function standaloneBlocks(root: string): Block[] {
  return pages(root).flatMap((page) => {
    const text = readFileSync(path.join(root, page), "utf8");
    return [...text.matchAll(/^```(?:ts|typescript)\n([\s\S]*?)^```/gm)]
      .map(([, block = ""]) => block)
      .filter((block) => /^import /m.test(block))
      .map((block, index) => ({
        name: `${page.replace(/\W/g, "-")}-${index + 1}`,
        text: block,
        runners: [...block.matchAll(RUNNER)].map(([, name = ""]) => RUNNERS.get(name) ?? name),
        declares: /^declare /m.test(block),
      }));
  });
}
