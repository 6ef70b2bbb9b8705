/** The manifests of patterns and parts say what is in their folders. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parts, patterns } from "../../lib/patterns/manifests";
import { examplesOf, partFolders, patternFolders, type ManifestFolder } from "../../scripts/generate/folders";

const lib = path.join(__dirname, "../../lib");
const patternPlaces = patternFolders();
const partPlaces = partFolders();

/** The code of a folder without its comments; without the folders that have a manifest of their own. */
function codeOf({ folder }: ManifestFolder): string {
  const inner = partPlaces.map((part) => part.folder).filter((other) => other.startsWith(`${folder}/`));
  return readdirSync(path.join(lib, folder), { recursive: true, encoding: "utf8" })
    .map((file) => path.posix.join(folder, file))
    .filter((file) => file.endsWith(".ts") && !/\/(?:pattern|part)\.ts$/.test(file))
    .filter((file) => !inner.some((other) => file.startsWith(`${other}/`)))
    .map((file) => readFileSync(path.join(lib, file), "utf8"))
    .join("\n")
    .replace(/\/\*[\s\S]*?\*\//g, "");
}

const begins = (code: string, subject: string): boolean => code === subject || code.startsWith(`${subject}_`);

describe.each(patternPlaces.map((place) => [place.name, place] as const))("the pattern %s", (name, place) => {
  const pattern = patterns.find(({ profile }) => profile.name === name)!;

  it("is called and sorted as its folder is", () => {
    expect(pattern.profile).toMatchObject({ name, category: place.family });
  });

  it("has the rooms of the others and an example", () => {
    const rooms = ["index.ts", "rules.ts", "stages.ts", "README.md"];
    expect(rooms.filter((file) => !existsSync(path.join(lib, place.folder, file)))).toEqual([]);
    expect(examplesOf(place)).not.toEqual([]);
  });

  it("has a starter, which exports the function that its manifest names", () => {
    const { creates, stacks, next } = pattern.starter;
    expect(stacks).toMatch(new RegExp(`^export function ${creates}\\(scope: App, `, "m"));
    expect(stacks.endsWith("}\n")).toBe(true);
    expect(next).not.toEqual([]);
  });

  it("hands its manifest to its construct", () => {
    expect(codeOf(place)).toMatch(new RegExp(`import \\{ ${place.constant} \\} from "\\./pattern";`));
  });
});

describe.each(
  [
    ...patternPlaces.map((place) => [place, patterns.find(({ profile }) => profile.name === place.name)!] as const),
    ...partPlaces.map((place) => [place, parts.find(({ name }) => name === place.name)!] as const),
  ].map(([place, manifest]) => [place.folder, place, manifest] as const),
)("the manifest of %s", (_folder, place, { rules, errors }) => {
  const code = codeOf(place);

  it("has every rule that is declared in the folder, and no other", () => {
    const declared = [...code.matchAll(/\bid: "([a-z0-9-]+)",\s+title:[\s\S]{1,300}?\bseverity:/g)].map(([, id]) => id);
    // A rule made by a helper has its id elsewhere: that every rule is somewhere is asked of the list of all rules.
    expect(declared.filter((id) => !rules.some((rule) => rule.id === id))).toEqual([]);
    expect(rules.filter(({ id }) => !code.includes(`"${id}"`)).map(({ id }) => id)).toEqual([]);
  });

  it("has what its error codes begin with, and nothing else", () => {
    const codes = [...code.matchAll(/["'`]([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)["'`]/g)].map(([, found = ""]) => found);
    expect(errors.filter((subject) => !/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(subject))).toEqual([]);
    expect(errors.filter((subject) => !codes.some((each) => begins(each, subject)))).toEqual([]);
    const others = [...patterns, ...parts].flatMap((manifest) => (manifest.errors === errors ? [] : manifest.errors));
    const strange = codes.filter((each) => !errors.some((subject) => begins(each, subject)));
    expect(strange.filter((each) => others.some((subject) => begins(each, subject)))).toEqual([]);
  });
});

it("no two manifests claim one beginning of error codes", () => {
  const all = [...patterns, ...parts].flatMap(({ errors }) => errors);
  expect(all.filter((subject, index) => all.indexOf(subject) !== index)).toEqual([]);
});
