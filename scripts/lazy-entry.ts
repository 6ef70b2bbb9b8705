/**
 * The last step of `npm run build`. An entry that gathers rooms (`export * from "./assessment"`) would load all of them, some
 * 800 modules, for whoever wants one. So the compiled entry is written anew: every name loads its room when it is first
 * asked for. Types are not concerned. The list of names at the end is never evaluated: it is how Node learns the names that
 * an ES module may import (cjs-module-lexer).
 */
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

const root = path.join(__dirname, "..");
const entries = ["index", "patterns/infrastructure/index"];

/** The rooms that an entry gathers, as it names them. */
function roomsOf(entry: string): string[] {
  const source = readFileSync(path.join(root, "lib", `${entry}.ts`), "utf8");
  const rooms = [...source.matchAll(/^export \* from "([^"]+)";$/gm)].map((match) => match[1] ?? "");
  const others = source.replace(/^export \* from .*$/gm, "").replace(/\/\*[\s\S]*?\*\//g, "");
  if (rooms.length === 0 || others.trim() !== "") throw new Error(`lib/${entry}.ts may only gather rooms`);
  return rooms;
}

// The deepest first: the root's names are asked of the rooms, and a room may be an entry itself.
for (const entry of [...entries].reverse()) {
  const file = path.join(root, "dist", `${entry}.js`);
  const exported = roomsOf(entry).flatMap((room) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const loaded = require(path.join(path.dirname(file), room)) as object;
    return Object.keys(loaded).map((name) => ({ room, name }));
  });
  const names = exported.map(({ name }) => name);
  if (new Set(names).size !== names.length) throw new Error(`two rooms of lib/${entry}.ts export the same name`);
  writeFileSync(
    file,
    [
      `"use strict";`,
      `Object.defineProperty(exports, "__esModule", { value: true });`,
      `function lazy(name, load) {`,
      `  Object.defineProperty(exports, name, {`,
      `    enumerable: true,`,
      `    configurable: true,`,
      `    get() {`,
      `      const value = load()[name];`,
      `      Object.defineProperty(exports, name, { enumerable: true, value });`,
      `      return value;`,
      `    },`,
      `  });`,
      `}`,
      ...exported.map(({ room, name }) => `lazy("${name}", () => require("${room}"));`),
      `0 && (module.exports = { ${names.join(", ")} });`,
      "",
    ].join("\n"),
  );
}
