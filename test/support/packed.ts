/** What `npm pack` would put into the package, from what is built in `dist/` now. */
import { execFileSync } from "node:child_process";

/** A file of the package. */
export interface PackedFile {
  /** The path below the package's folder, with slashes: `dist/index.js`. */
  readonly path: string;
  readonly size: number;
}

/** The package as it would be uploaded: sizes in bytes, packed and unpacked. */
export interface Packed {
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly PackedFile[];
}

/** Asks npm, which knows what `files` in `package.json` means. Nothing is built, and nothing is written. */
export function packed(root: string): Packed {
  const text = execFileSync("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  // A list up to npm 11, by the packages' names from then on.
  const [found] = Object.values(JSON.parse(text) as Record<string, Packed> | Packed[]);
  if (found === undefined) throw new Error(`npm pack says nothing: ${text}`);
  return found;
}
