/** Projects in TypeScript that differ in their module system, and so in what the compiler reads of our `package.json`. */
import type { Consumer } from "../consumers";
import { checkMisfits } from "../misfits";
import { copyExamples, runsCommand, runsEverything, runsExamples, synthesizes, writeSources } from "../sources";
import { LATEST_TYPESCRIPT, peers, pinned } from "../versions";

/** As strict as the compiler is, with our declarations checked: `skipLibCheck` would pass them over. */
export const strictest = {
  target: "es2022",
  types: ["node"],
  strict: true,
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  isolatedModules: true,
  rootDir: ".",
  outDir: "out",
} as const;

/** ES modules: Node.js finds the names of a CommonJS module by reading it, and a folder is no module. */
export const nodenext: Consumer = {
  name: "nodenext",
  what: "ES modules, nodenext, the strictest compiler",
  inCi: true,
  async make(project, expected, tools) {
    project.write({
      "package.json": { private: true, type: "module" },
      "tsconfig.json": {
        compilerOptions: { ...strictest, module: "nodenext", verbatimModuleSyntax: true },
        include: ["*.ts", "blocks"],
      },
    });
    await project.npmInstall(...peers, ...pinned("typescript", "@types/node"));
    writeSources(project, ".js");
    await project.compile();
    await synthesizes(project, [process.execPath, "out/app.js"], expected);
    await runsEverything(project, [process.execPath, "out/everything.js"], expected);
    await runsCommand(project);
    await checkMisfits(project, tools);
  },
};

/** CommonJS with `exports`. */
export const node16: Consumer = {
  name: "node16",
  what: "CommonJS, node16",
  inCi: false,
  async make(project, expected) {
    project.write({
      "package.json": { private: true },
      "tsconfig.json": { compilerOptions: { ...strictest, module: "node16" }, include: ["*.ts", "blocks"] },
    });
    await project.npmInstall(...peers, ...pinned("typescript", "@types/node"));
    writeSources(project, "");
    await project.compile();
    await synthesizes(project, [process.execPath, "out/app.js"], expected);
    await runsEverything(project, [process.execPath, "out/everything.js"], expected);
    await runsCommand(project);
  },
};

/** The compiler that npm brings today, and a loader that compiles without it. The examples of the package run here. */
export const tsx: Consumer = {
  name: "tsx",
  what: "tsx, TypeScript 7, the package's examples",
  inCi: false,
  async make(project, expected) {
    project.write({
      "package.json": { private: true },
      "tsconfig.json": {
        compilerOptions: { ...strictest, module: "nodenext", noEmit: true },
        include: ["*.ts", "blocks", "examples"],
      },
    });
    await project.npmInstall(...peers, LATEST_TYPESCRIPT, ...pinned("tsx", "@types/node"));
    writeSources(project, "");
    copyExamples(project);
    const command = [process.execPath, "node_modules/tsx/dist/cli.mjs"];
    await project.compile();
    await runsExamples(project, command);
    await synthesizes(project, [...command, "app.ts"], expected);
    await runsEverything(project, [...command, "everything.ts"], expected);
    await runsCommand(project);
  },
};

/** A bundler's resolution, and the whole app with our package and CDKTF in one file. */
export const bundler: Consumer = {
  name: "bundler",
  what: "ES modules through esbuild, bundler",
  inCi: false,
  async make(project, expected) {
    project.write({
      "package.json": { private: true },
      "tsconfig.json": {
        compilerOptions: { ...strictest, module: "esnext", moduleResolution: "bundler", noEmit: true },
        include: ["*.ts", "blocks"],
      },
    });
    await project.npmInstall(...peers, ...pinned("typescript", "esbuild", "@types/node"));
    writeSources(project, "");
    await project.compile();
    for (const entry of ["app", "everything"]) {
      const esbuild = project.path("node_modules/.bin/esbuild");
      await project.run(`bundles ${entry}`, [
        ...[esbuild, `${entry}.ts`, "--bundle", "--platform=node", "--target=node20", `--outfile=out/${entry}.js`],
      ]);
    }
    await synthesizes(project, [process.execPath, "out/app.js"], expected);
    await runsEverything(project, [process.execPath, "out/everything.js"], expected);
  },
};
