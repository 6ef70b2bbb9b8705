import type { Consumer } from "../consumers";
import { readmeCommand } from "../readme-command";
import { runsCommand, runsEverything, synthesizes, writeSources } from "../sources";
import { pinned } from "../versions";
import { strictest } from "./typescript";

/** CDK Terrain under CDKTF's names, installed by the page's command. */
export const cdkTerrain: Consumer = {
  name: "cdk-terrain",
  what: "CDK Terrain (cdktn) under CDKTF's names",
  inCi: false,
  async make(project, expected) {
    project.write({
      "package.json": { private: true },
      "tsconfig.json": { compilerOptions: { ...strictest, module: "node16" }, include: ["*.ts", "blocks"] },
    });
    await project.run("the page's npm install", readmeCommand(project, /^npm install .*cdktf@npm:cdktn/));
    await project.run("npm install", ["npm", "install", "--save-dev", ...pinned("typescript", "@types/node")]);
    writeSources(project, "");
    await project.compile();
    await synthesizes(project, [process.execPath, "out/app.js"], expected);
    await runsEverything(project, [process.execPath, "out/everything.js"], expected);
    await runsCommand(project);
  },
};
