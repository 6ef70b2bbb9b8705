/**
 * The last step of `npm run build`, which makes entries lazy. An entry that re-exports what others define would load all
 * of it, some 800 modules for the root, even if one name is wanted. So each compiled entry is rewritten: a name loads its
 * module when it is first accessed. Types are not affected. The list of names at the end is never evaluated: from it Node
 * learns the names that an ES module may import (cjs-module-lexer).
 */
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { lazyEntries } from "./generate/entries";
import { root } from "./generate/folders";

/** A name that an entry exports, with the module that defines it and its name there. */
interface Exported {
  readonly name: string;
  readonly module: string;
  readonly original: string;
}

/** Returns the names that an entry exports, from its compiled text: those of whole modules, single names, renamed names. */
function exportedBy(entry: string): Exported[] {
  const source = readFileSync(path.join(root, "lib", `${entry}.ts`), "utf8");
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, removeComments: true },
  });
  const modules = new Map(
    [...outputText.matchAll(/^var (\w+) = require\("([^"]+)"\);$/gm)].map(([, variable = "", module = ""]) => [
      variable,
      module,
    ]),
  );
  const single = [
    ...outputText.matchAll(
      /exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.(\w+); \} \}\);/g,
    ),
  ].map(([, name = "", variable = "", original = ""]) => ({ name, module: modules.get(variable) ?? "", original }));
  const whole = [...outputText.matchAll(/^__exportStar\(require\("([^"]+)"\), exports\);$/gm)].flatMap(
    ([, module = ""]) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const loaded = require(path.join(root, "dist", path.dirname(entry), module)) as object;
      return Object.keys(loaded).map((name) => ({ name, module, original: name }));
    },
  );
  const known = new Set(single.map(({ name }) => name));
  // A name of its own goes before one of a whole module, as in the language.
  return [...single, ...whole.filter(({ name }) => !known.has(name))];
}

for (const entry of lazyEntries()) {
  const exported = exportedBy(entry);
  const names = exported.map(({ name }) => name);
  if (new Set(names).size !== names.length) throw new Error(`lib/${entry}.ts exports a name twice`);
  if (exported.some(({ module }) => module === ""))
    throw new Error(`lib/${entry}.ts may only re-export what other modules define`);
  writeFileSync(
    path.join(root, "dist", `${entry}.js`),
    [
      `"use strict";`,
      `Object.defineProperty(exports, "__esModule", { value: true });`,
      `function lazy(name, load) {`,
      `  Object.defineProperty(exports, name, {`,
      `    enumerable: true,`,
      `    configurable: true,`,
      `    get() {`,
      `      const value = load();`,
      `      Object.defineProperty(exports, name, { enumerable: true, value });`,
      `      return value;`,
      `    },`,
      `  });`,
      `}`,
      ...exported.map(({ name, module, original }) => `lazy("${name}", () => require("${module}").${original});`),
      `0 && (module.exports = { ${names.join(", ")} });`,
      "",
    ].join("\n"),
  );
}
