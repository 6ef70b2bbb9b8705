import type { Consumer } from "../consumers";
import { writeSources } from "../sources";
import { checkTestRunner, checkTestTypes, testRunners as runners, type RunnerCheck } from "../testing";
import { peers, pinned } from "../versions";
import { strictest } from "./typescript";

/** Tests of their own in jest, vitest and Node's runner, installed by pnpm: what our entries for them need, they must find. */
export const testRunners: Consumer = {
  name: "test-runners",
  what: "tests in jest, vitest and node:test, with pnpm",
  inCi: false,
  async make(project, _expected, tools) {
    project.write({
      "package.json": { private: true },
      "tsconfig.json": { compilerOptions: { ...strictest, module: "nodenext", noEmit: true }, include: ["blocks"] },
    });
    const store = `--store-dir=${project.path("store")}`;
    const add = [process.execPath, tools.bin("pnpm"), "add", "--ignore-scripts", store, project.tarball, ...peers];
    await project.run("pnpm add", [
      ...add,
      ...pinned("typescript", "@types/node", "@types/jest", "jest", "@jest/globals", "vitest"),
    ]);
    const asked = (checks: readonly RunnerCheck[]): void => {
      for (const { question, problem } of checks) project.expect(question, problem === undefined, problem ?? "yes");
    };
    for (const runner of runners) asked(checkTestRunner(project.folder, runner));
    for (const runner of [...runners, "jest with globals"] as const) asked(checkTestTypes(project.folder, runner));
    writeSources(project, "");
    await project.compile();
  },
};
