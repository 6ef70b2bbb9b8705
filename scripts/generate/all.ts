/** All generated files, and which of them are stale. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { patternEntries } from "./entries";
import { root } from "./folders";
import type { GeneratedFile } from "./generated-file";
import { manifestList } from "./manifest-list";
import { packageExports } from "./package-exports";
import { patternsPage } from "./patterns-page";
import { rulesPage } from "./rules-page";

/** The files in the order in which they are written: those that are lists come before those that load them. */
export function generatedFiles(): GeneratedFile[] {
  return [manifestList, ...patternEntries(), packageExports, rulesPage, patternsPage];
}

function current(file: GeneratedFile): string | undefined {
  const place = path.join(root, file.path);
  return existsSync(place) ? readFileSync(place, "utf8") : undefined;
}

/** Writes what is stale, and gives the paths of what it wrote. */
export function writeGenerated(): string[] {
  const written: string[] = [];
  for (const file of generatedFiles()) {
    const text = file.text();
    if (text === current(file)) continue;
    mkdirSync(path.dirname(path.join(root, file.path)), { recursive: true });
    writeFileSync(path.join(root, file.path), text);
    written.push(file.path);
  }
  return written;
}

/** The paths of the files that are not what would be written. What loads the lists is asked only while they are fresh. */
export function staleFiles(): string[] {
  const stale: string[] = [];
  for (const file of generatedFiles()) {
    if (file.loadsLists === true && stale.length > 0) continue;
    if (file.text() !== current(file)) stale.push(file.path);
  }
  return stale;
}
