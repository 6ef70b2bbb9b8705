import * as path from "node:path";
import type { Consumer } from "../consumers";
import { readmeCommand } from "../readme-command";
import { app, copyExamples, runsCommand, runsEverything, sameStacks, writeSources } from "../sources";
import { comparableStacks } from "../../support/comparable-terraform";

const CDKTF = path.join(__dirname, "../../../node_modules/cdktf-cli/bundle/bin/cdktf.js");

/**
 * The project that `cdktf init` makes, as it is: CommonJS with `moduleResolution: node10`, which reads no `exports`, ES2018's
 * library, no unused name, ts-node. The commands of the page about installing are typed word for word, so its versions are those of the day.
 */
export const cdktfInit: Consumer = {
  name: "cdktf-init",
  what: "cdktf init --template=typescript as it is: node10, ts-node",
  inCi: true,
  async make(project, expected) {
    await project.run("cdktf init", [
      ...[process.execPath, CDKTF, "init", "--template=typescript", "--local", "--project-name=larkspur"],
      ...["--project-description=larkspur", "--enable-crash-reporting=false", "--providers"],
    ]);
    await project.run("the page's TypeScript", readmeCommand(project, /^npm install --save-dev typescript@/));
    await project.run(
      "the page's npm install",
      readmeCommand(project, /^npm install cdktf-migration-patterns cdktf@\S+ constructs/),
    );
    writeSources(project, "");
    copyExamples(project);
    project.write({ "main.ts": app });
    await project.compile("--noEmit");
    await project.run("cdktf synth", [process.execPath, CDKTF, "synth"]);
    sameStacks(
      project,
      "the same Terraform",
      comparableStacks(project.path("cdktf.out"), project.folder),
      expected.stacks,
    );
    await runsEverything(project, ["npx", "ts-node", "everything.ts"], expected);
    await runsCommand(project);
  },
};
