/**
 * `npm run package [-- FOLDER]`: packs what is built, and prints the file's name. The manifest in the package has no scripts: npm 11
 * warns everybody who installs a package with a `prepare` that it has not been approved, although npm runs that one in a checkout
 * alone. The development dependencies stay: `init` pins the versions that the library was tried with.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { root } from "./generate/folders";

const [, , destination = "."] = process.argv;
const folder = mkdtempSync(path.join(tmpdir(), "package-"));
/** Packs a folder, running none of its scripts. Returns the file's name. */
const pack = (from: string, into: string): string =>
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", into], {
    cwd: from,
    encoding: "utf8",
  }).trim();

try {
  execFileSync("tar", ["-xzf", path.join(folder, pack(root, folder)), "-C", folder]);
  const file = path.join(folder, "package/package.json");
  const { scripts: _scripts, ...manifest } = JSON.parse(readFileSync(file, "utf8")) as { readonly scripts?: unknown };
  writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
  process.stdout.write(`${pack(path.dirname(file), path.resolve(destination))}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
