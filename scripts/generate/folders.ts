/**
 * The folders of patterns and parts in `lib/`: a folder is a pattern if it has a `pattern.ts`, and a part if it has a
 * `part.ts`. Of the library only the catalog's facts are loaded, so that it also works while a generated list is stale.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { patternProfiles } from "../../lib/catalog/profiles";

/** The absolute path of the package's folder. */
export const root = path.join(__dirname, "../..");

/** A folder of `lib/` that has a manifest. */
export interface ManifestFolder {
  /** The path below `lib/`: `patterns/infrastructure/hybrid-cloud`. */
  readonly folder: string;
  /** The name of the folder itself: `hybrid-cloud`. */
  readonly name: string;
  /** The constant that the manifest exports: `hybridCloudPattern`. */
  readonly constant: string;
}

/** The folder of a pattern. */
export interface PatternFolder extends ManifestFolder {
  /** The family of the pattern, which is the name of the parent folder: `infrastructure`. */
  readonly family: string;
}

/** The folder of a part. */
export interface PartFolder extends ManifestFolder {
  /** The folder of the pattern that the part belongs to; undefined for a part of every pattern. */
  readonly of?: PatternFolder;
}

function foldersIn(folder: string): string[] {
  const place = path.join(root, "lib", folder);
  if (!existsSync(place)) return [];
  return readdirSync(place, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

const has = (folder: string, file: string): boolean => existsSync(path.join(root, "lib", folder, file));

function constantOf(name: string, kind: "Pattern" | "Part"): string {
  return `${name.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())}${kind}`;
}

/** Returns the families that have a pattern, sorted by name. */
export function families(): string[] {
  return [...new Set(patternFolders().map(({ family }) => family))].sort();
}

/** Returns the patterns in the catalog's order, and after them those that the catalog does not have, sorted by name. */
export function patternFolders(): PatternFolder[] {
  const order = Object.keys(patternProfiles);
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return foldersIn("patterns")
    .flatMap((family) => foldersIn(`patterns/${family}`).map((name) => ({ family, name })))
    .map(({ family, name }) => ({
      family,
      name,
      folder: `patterns/${family}/${name}`,
      constant: constantOf(name, "Pattern"),
    }))
    .filter(({ folder }) => has(folder, "pattern.ts"))
    .sort((a, b) => rank(a.name) - rank(b.name));
}

/** Returns the parts of every pattern, sorted by name, and after them those of one pattern. */
export function partFolders(): PartFolder[] {
  const part = (folder: string, name: string): PartFolder => ({ folder, name, constant: constantOf(name, "Part") });
  return [
    ...foldersIn("parts").map((name) => part(`parts/${name}`, name)),
    ...patternFolders().flatMap((of) =>
      foldersIn(of.folder).map((name) => ({ ...part(`${of.folder}/${name}`, name), of })),
    ),
  ].filter(({ folder }) => has(folder, "part.ts"));
}

/** Returns the names of the examples that use a construct of the pattern. */
export function examplesOf({ folder }: PatternFolder): string[] {
  const sources = (place: string): string[] =>
    readdirSync(path.join(root, place), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(path.join(root, place, file), "utf8"));
  const made = sources(`lib/${folder}`)
    .flatMap((text) => [...text.matchAll(/^export class (\w+)(?:<[^{]*>)? extends Migration</gm)])
    .map(([, name = ""]) => new RegExp(`\\bnew ${name}\\b`));
  return readdirSync(path.join(root, "examples"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(root, "examples", entry.name, "main.ts")))
    .map(({ name }) => name)
    .filter((name) => sources(`examples/${name}`).some((text) => made.some((pattern) => pattern.test(text))))
    .sort();
}
