import { readdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { runInThisContext } from "node:vm";
import { describe, expect, it, jest } from "@jest/globals";
import ts from "typescript";
import { makeTemporaryFolder } from "../../../support/temporary-folder";

const FOLDER = path.resolve(__dirname, "../../../../lib/patterns/infrastructure/lift-and-shift");
const ROOMS = {
  "cdktf-migration-patterns/assessment": "../../../../lib/assessment",
  "cdktf-migration-patterns/infrastructure": "../../../../lib/patterns/infrastructure",
  "cdktf-migration-patterns/inventory": "../../../../lib/inventory",
};

describe("the example of the README", () => {
  it("runs as it stands, and writes its stack", () => {
    const readme = readFileSync(path.join(FOLDER, "README.md"), "utf8");
    const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? "";
    const { outputText } = ts.transpileModule(example, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
    });
    const fromHere = (name: string): unknown => {
      const room = new Map(Object.entries(ROOMS)).get(name);
      // Through jest, so that the example and the library have the same CDKTF.
      return jest.requireActual(room ?? name);
    };
    const outdir = makeTemporaryFolder("readme");
    const before = process.env.CDKTF_OUTDIR;
    try {
      process.env.CDKTF_OUTDIR = outdir;
      const run = runInThisContext(`(function (require, exports) {${outputText}\n})`) as (
        require: (name: string) => unknown,
        exports: object,
      ) => void;
      run(fromHere, {});
      expect(readdirSync(path.join(outdir, "stacks"))).toEqual(["shop"]);
    } finally {
      if (before === undefined) delete process.env.CDKTF_OUTDIR;
      else process.env.CDKTF_OUTDIR = before;
      rmSync(outdir, { recursive: true, force: true });
    }
  });
});
