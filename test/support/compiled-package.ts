/** The package as a consumer has it: compiled, in a `node_modules` with its peers, from the sources as they are now. */
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { makeTemporaryFolder } from "./temporary-folder";

const root = path.join(__dirname, "../..");

/** Makes a folder whose `node_modules` has the compiled package and, linked, everything that the repo has installed. */
export function makeConsumer(): string {
  const folder = makeTemporaryFolder("consumer");
  const modules = path.join(folder, "node_modules");
  mkdirSync(modules);
  for (const name of readdirSync(path.join(root, "node_modules"))) {
    if (!name.startsWith(".")) symlinkSync(path.join(root, "node_modules", name), path.join(modules, name));
  }
  const { name } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { name: string };
  compileInto(path.join(modules, name));
  return folder;
}

const compilerOptions: ts.CompilerOptions = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ES2022,
  esModuleInterop: true,
};

function compileInto(folder: string): void {
  mkdirSync(folder);
  cpSync(path.join(root, "package.json"), path.join(folder, "package.json"));
  const sources = readdirSync(path.join(root, "lib"), { recursive: true, encoding: "utf8" });
  for (const source of sources.filter((each) => each.endsWith(".ts"))) {
    // TypeScript itself, because Node.js reads the names that an ES module may import from the form in which it exports them.
    const { outputText } = ts.transpileModule(readFileSync(path.join(root, "lib", source), "utf8"), {
      compilerOptions,
    });
    const target = path.join(folder, "dist", source.replace(/\.ts$/, ".js"));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
}
