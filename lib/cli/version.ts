import { readFileSync } from "node:fs";
import * as path from "node:path";

/** Returns the package's version. Read, not imported: the file lies two folders up from the sources and from `dist/` alike. */
export function version(): string {
  const text = readFileSync(path.join(__dirname, "..", "..", "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
