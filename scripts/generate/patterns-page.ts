/** The generator of `docs/patterns.md`, the table of all patterns with the catalog's facts about them and their stages. */
import type { Pattern } from "../../lib/core/pattern";
import { examplesOf, patternFolders, type PatternFolder } from "./folders";
import { firstLine, type GeneratedFile } from "./generated-file";

const cell = (text: string): string => text.replace(/[|*_`<\\]/g, "\\$&");

function stagesOf({ stages }: Pattern): string {
  if (stages === undefined) return "as the stack declares them";
  return [...stages].map(({ name, phase }) => `${cell(name)} _${phase}_`).join(" → ");
}

function row(pattern: Pattern, place: PatternFolder): string {
  const { title, useCase, complexity, risk } = pattern.profile;
  const examples = examplesOf(place).map((name) => `[${name}](../examples/${name}/main.ts)`);
  const cells = [
    `[${cell(title)}](../lib/${place.folder}/README.md)`,
    cell(useCase),
    cell(complexity ?? "–"),
    cell(risk ?? "–"),
    stagesOf(pattern),
    `\`${place.folder.replace("patterns/", "")}\``,
    examples.join(", ") || "–",
  ];
  return `| ${cells.join(" | ")} |`;
}

/** The page `docs/patterns.md`. */
export const patternsPage: GeneratedFile = {
  path: "docs/patterns.md",
  loadsLists: true,
  text: () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { patterns } = require("../../lib/patterns/manifests") as typeof import("../../lib/patterns/manifests");
    const rows = patternFolders().flatMap((place) =>
      patterns.filter(({ profile }) => profile.name === place.name).map((pattern) => row(pattern, place)),
    );
    return [
      `<!-- ${firstLine("the manifests of the patterns, `lib/patterns/*/*/pattern.ts`")} -->`,
      "",
      "# Patterns",
      "",
      "Use case, complexity and risk are the catalog's. Each stage is in a phase, which says what it means to production: in",
      "_prepare_ and _try_ nothing depends on the target, in _serve_ production does and can go back, and in _final_ the way",
      "back is given up or is one of restoring. A pattern is imported from its subpath: `cdktf-migration-patterns/<subpath>`.",
      "",
      "<!-- prettier-ignore -->",
      "| Pattern | Use case | Complexity | Risk | Stages | Subpath | Examples |",
      "| --- | --- | --- | --- | --- | --- | --- |",
      ...rows,
      "",
    ].join("\n");
  },
};
