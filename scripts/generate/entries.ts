/**
 * The modules that only gather what others define. Those of the patterns are derived: `lib/patterns/<family>/index.ts` and
 * `lib/patterns/index.ts`, which the root entry gathers. The names of all of them are what `scripts/lazy-entry.ts` makes lazy.
 */
import { families, patternFolders } from "./folders";
import { firstLine, type GeneratedFile } from "./generated-file";

/** The entry of a family. */
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

/** The entries of the families, and the one that gathers them. */
export function patternEntries(): GeneratedFile[] {
  return [
    ...families().map(familyEntry),
    {
      path: "lib/patterns/index.ts",
      text: () =>
        [
          `// ${firstLine("the folders of `lib/patterns/`")}`,
          "/** All patterns. */",
          ...families().map((family) => `export * from "./${family}";`),
          "",
        ].join("\n"),
    },
  ];
}

/** The compiled entries to make lazy, the deepest first: a gathering module is asked for its names, and may be an entry itself. */
export function lazyEntries(): string[] {
  return [
    "aws/index",
    ...patternFolders().map(({ folder }) => `${folder}/index`),
    ...families().map((family) => `patterns/${family}/index`),
    "patterns/index",
    "plan/anti-patterns/index",
    "plan/metrics/index",
    "plan/index",
    "report/plan/index",
    "report/index",
    "index",
  ];
}
