/**
 * ```ts
 * const { QueueMove } = blockOf("docs/writing-your-own.md", "QueueMove") as { QueueMove: … };
 * ```
 *
 * The TypeScript of a page, run word for word: its imports are those of the tests, which are the sources.
 */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { compileFunction } from "node:vm";
import ts from "typescript";

/** Runs the block of the page that exports the name, and returns all that it exports. */
export function blockOf(page: string, exported: string): unknown {
  const text = readFileSync(path.join(__dirname, "../..", page), "utf8");
  const blocks = [...text.matchAll(/^```ts[^\n]*\n([\s\S]*?)^```/gm)].map(([, block = ""]) => block);
  const wanted = new RegExp(`^export (?:async )?(?:const|function|class) ${exported}\\b`, "m");
  const found = blocks.filter((block) => wanted.test(block));
  const [block] = found;
  if (block === undefined || found.length > 1)
    throw new Error(`${page} has ${found.length} blocks that export ${exported}`);
  const { outputText } = ts.transpileModule(block, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  const exports = {};
  const run = compileFunction(outputText, ["require", "exports"]) as (load: NodeJS.Require, exports: object) => void;
  run(require, exports);
  return exports;
}
