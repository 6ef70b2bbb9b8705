/** The TypeScript of the pages, as a reader would copy it. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { fencesOf, pagesOf } from "./pages";

/** A block that stands on its own. */
export interface Block {
  /**
   * The page and the block's number in it, as a name for a file: `lib-plan-README-md-2`. A block that says which file it is has
   * that one's, in a folder of the page: `docs-writing-md/rules`.
   */
  readonly name: string;
  readonly text: string;
  /** Whether it says which file it is: then the commands of its page run it. */
  readonly isFile: boolean;
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

/** A block that does not import what it uses is a fragment of the one before, and is left out. */
export function standaloneBlocks(root: string): Block[] {
  return pagesOf(root).flatMap((page) => {
    const slug = page.replace(/\W/g, "-");
    return fencesOf(readFileSync(path.join(root, page), "utf8"))
      .filter(({ language, text }) => /^(?:ts|typescript)$/.test(language) && /^import /m.test(text))
      .map(({ text, file }, index) => ({
        name: file === undefined ? `${slug}-${index + 1}` : `${slug}/${file.replace(/\.ts$/, "")}`,
        text,
        isFile: file !== undefined,
        runners: [...text.matchAll(RUNNER)].map(([, name = ""]) => RUNNERS.get(name) ?? name),
        declares: /^declare /m.test(text),
      }));
  });
}
