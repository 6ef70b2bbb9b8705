/** The list of all generated files, and the functions that write and check them. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { patternEntries } from "./entries";
import { root } from "./folders";
import type { GeneratedFile } from "./generated-file";
import { inputShapesFile } from "./input-shapes";
import { manifestList } from "./manifest-list";
import { packageExports } from "./package-exports";
import { patternTerms } from "./pattern-terms";
import { patternsPage } from "./patterns-page";
import { rulesPage } from "./rules-page";
import { securityPage } from "./security-page";

/** Returns all generated files in the order in which they are written: lists come before the files that load them. */
export function generatedFiles(): GeneratedFile[] {
  return [
    manifestList,
    ...patternEntries(),
    packageExports,
    patternTerms,
    inputShapesFile,
    rulesPage,
    patternsPage,
    securityPage,
  ];
}

function current(file: GeneratedFile): string | undefined {
  const place = path.join(root, file.path);
  return existsSync(place) ? readFileSync(place, "utf8") : undefined;
}

/** Writes the stale files, and returns their paths. */
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

/** Returns the paths of the stale files. A file that loads the lists is checked only if they are up to date. */
export function staleFiles(): string[] {
  const stale: string[] = [];
  for (const file of generatedFiles()) {
    if (file.loadsLists === true && stale.length > 0) continue;
    if (file.text() !== current(file)) stale.push(file.path);
  }
  return stale;
}
