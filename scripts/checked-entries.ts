/**
 * The step of `npm run build` after the entries are lazy: each entry of `exports` begins with the check of the installation,
 * before it loads a peer. Here rather than in the sources, so that no entry can be without it. The libraries of the runtime
 * need no peer, and run where none is installed.
 */
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { root } from "./generate/folders";

const FIRST = `"use strict";\n`;

/** Returns the line that checks the installation, in an entry: `./dist/core/index.js`. */
export function checkIn(entry: string): string {
  const module = path.posix.relative(path.posix.dirname(path.posix.normalize(entry)), "dist/core/installation");
  return `require("${module.startsWith(".") ? module : `./${module}`}").checkInstallation(module);\n`;
}

/** Returns the files of the entries that check the installation. */
export function checkedEntries(): string[] {
  const { exports } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    exports: Record<string, string | { readonly default: string }>;
  };
  return Object.values(exports)
    .flatMap((target) => (typeof target === "string" ? [] : [target.default]))
    .filter((file) => !file.startsWith("./dist/runtime/"));
}

if (require.main === module) {
  for (const entry of checkedEntries()) {
    const file = path.join(root, entry);
    const text = readFileSync(file, "utf8");
    if (!text.startsWith(FIRST)) throw new Error(`${entry} does not begin with ${FIRST.trim()}`);
    // The compiler leaves alone what has not changed, and then the line is there already.
    if (text.startsWith(FIRST + checkIn(entry))) continue;
    writeFileSync(file, FIRST + checkIn(entry) + text.slice(FIRST.length));
  }
}
