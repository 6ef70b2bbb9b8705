/**
 * The entry modules, which only re-export what others define. Those of the patterns are generated:
 * `lib/patterns/<family>/index.ts` and
 * `lib/patterns/index.ts`, which the root entry re-exports. `scripts/lazy-entry.ts` makes all entries lazy.
 */
import { families, patternFolders } from "./folders";
import { firstLine, type GeneratedFile } from "./generated-file";

/** Returns the entry of a family of patterns. */
function familyEntry(family: string): GeneratedFile {
  const source = `the folders of \`lib/patterns/${family}/\` that have a \`pattern.ts\``;
  return {
    path: `lib/patterns/${family}/index.ts`,
    text: () => {
      const names = patternFolders()
        .filter((pattern) => pattern.family === family)
        .map(({ name }) => name)
        .sort();
      return [
        `// ${firstLine(source)}`,
        "/**",
        ` * The patterns of the family ${family}. Each has a subpath of its own, and a stack that uses one pattern does best to`,
        " * import it from there: nothing of the others, nor of their resources' classes, is loaded then.",
        " */",
        ...names.map((name) => `export * from "./${name}";`),
        "",
      ].join("\n");
    },
  };
}

/** Returns the entries of the families, and the one that re-exports them. */
export function patternEntries(): GeneratedFile[] {
  return families().map(familyEntry);
}

/**
 * Returns the compiled entries to make lazy, the deepest first: an entry may re-export another one, whose names it loads.
 */
export function lazyEntries(): string[] {
  return [
    "aws/index",
    "parts/configuration/index",
    "parts/data/index",
    "parts/network/index",
    "parts/validation/index",
    ...patternFolders().map(({ folder }) => `${folder}/index`),
    ...families().map((family) => `patterns/${family}/index`),
    "plan/anti-patterns/index",
    "plan/metrics/index",
    "plan/index",
    "report/plan/index",
    "report/index",
    "index",
  ];
}
