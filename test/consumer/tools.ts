/** Programs that consumers are made with or looked at with, in a folder of their own. */
import * as path from "node:path";
import type { Project } from "./project";
import { pinned, REFUSED_NODE } from "./versions";

/** The package that has the binary of Node.js for this machine, of any version: nothing is downloaded by a script. */
const NODE = `node-${process.platform}-${process.arch}`;

export class Tools {
  private constructor(private readonly project: Project) {}

  /** Installs them in the empty project. */
  public static async install(project: Project): Promise<Tools> {
    project.write({ "package.json": { private: true } });
    // Under other names what must not fit: it is put into installations that are spoilt on purpose.
    const misfits = ["zod-3@npm:zod@3.25.76", "constructs-10-4@npm:constructs@10.4.2"];
    await project.run("npm install", [
      ...["npm", "install", "--no-audit", "--no-fund", "--legacy-peer-deps", "--ignore-scripts"],
      ...pinned("publint", "@arethetypeswrong/cli", "pnpm"),
      ...pinned("@actions/workflow-parser", "@actions/expressions", "gitlab-ci-local"),
      ...pinned("@cyclonedx/cyclonedx-library", "ajv", "ajv-formats", "ajv-formats-draft2019"),
      ...pinned("packageurl-js", "spdx-expression-parse"),
      ...[`${NODE}@${REFUSED_NODE}`, ...misfits],
    ]);
    return new Tools(project);
  }

  /** The command with the name, to be run by Node.js: `publint`. */
  public bin(name: string): string {
    return this.project.path("node_modules/.bin", name);
  }

  /** The folder of the package. */
  public folder(name: string): string {
    return this.project.path("node_modules", name);
  }

  /** The Node.js that is refused. */
  public get refusedNode(): string {
    return path.join(this.folder(NODE), "bin/node");
  }
}
