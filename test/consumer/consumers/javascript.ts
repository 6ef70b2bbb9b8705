import ts from "typescript";
import type { Consumer } from "../consumers";
import { runsCommand, runsEverything, synthesizes, writeSources } from "../sources";
import { peers } from "../versions";

/** No compiler at all: the sources as somebody would have written them in JavaScript, with `require`. */
export const javascript: Consumer = {
  name: "javascript",
  what: "plain JavaScript, CommonJS",
  inCi: false,
  async make(project, expected) {
    project.write({ "package.json": { private: true } });
    await project.npmInstall(...peers);
    for (const file of writeSources(project, "")) {
      const { outputText } = ts.transpileModule(project.read(file), {
        compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
      });
      project.write({ [file.replace(/\.ts$/, ".js")]: outputText });
    }
    await synthesizes(project, [process.execPath, "app.js"], expected);
    await runsEverything(project, [process.execPath, "everything.js"], expected);
    await runsCommand(project);
  },
};
