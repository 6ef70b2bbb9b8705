/**
 * The generator of `lib/patterns/pattern-terms.ts`: the names of all patterns and what each is for, without their rules, so that
 * the manual pages of the command line can name them.
 */
import { patternFolders } from "./folders";
import { firstLine, type GeneratedFile } from "./generated-file";

/** The module `lib/patterns/pattern-terms.ts`. */
export const patternTerms: GeneratedFile = {
  path: "lib/patterns/pattern-terms.ts",
  loadsLists: true,
  text: () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { patterns } = require("../../lib/patterns/manifests") as typeof import("../../lib/patterns/manifests");
    const rows = patternFolders().flatMap(({ name }) =>
      patterns
        .filter(({ profile }) => profile.name === name)
        .map(
          ({ profile }) => `  [${JSON.stringify(name)}, ${JSON.stringify(`${profile.title}: ${profile.useCase}`)}],`,
        ),
    );
    return [
      `// ${firstLine("the manifests of the patterns, `lib/patterns/*/*/pattern.ts`")}`,
      "/** The patterns by their names, each with its title and what the catalog says it is for, in the order of the catalog. */",
      "export const patternTerms: readonly (readonly [name: string, text: string])[] = [",
      ...rows,
      "];",
      "",
    ].join("\n");
  },
};
