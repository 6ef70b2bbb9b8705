import type { Consumer } from "../consumers";
import { runsCommand, runsEverything, synthesizes, writeSources } from "../sources";
import { peers, pinned } from "../versions";
import { strictest } from "./typescript";

/**
 * pnpm's strict layout: a package finds what it declares and nothing else, and so does the compiler where it writes out a type
 * that a declaration leaves to it (TS2742).
 */
export const pnpm: Consumer = {
  name: "pnpm",
  what: "pnpm's strict layout, CommonJS with declarations",
  inCi: true,
  async make(project, expected, tools) {
    project.write({
      "package.json": { private: true },
      "tsconfig.json": {
        compilerOptions: { ...strictest, module: "nodenext", declaration: true },
        include: ["*.ts", "blocks"],
      },
    });
    const store = `--store-dir=${project.path("store")}`;
    const add = [process.execPath, tools.bin("pnpm"), "add", "--ignore-scripts", store];
    await project.run("pnpm add", [...add, project.tarball, ...peers, ...pinned("typescript", "@types/node")]);
    writeSources(project, "");
    await project.compile();
    await synthesizes(project, [process.execPath, "out/app.js"], expected);
    await runsEverything(project, [process.execPath, "out/everything.js"], expected);
    await runsCommand(project);
  },
};
