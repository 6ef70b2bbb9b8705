/** The generator of `lib/patterns/manifests.ts`, which lists the manifests of all patterns and parts. */
import { partFolders, patternFolders, type ManifestFolder } from "./folders";
import { firstLine, listOf, type GeneratedFile } from "./generated-file";

function imported(file: string) {
  return ({ folder, constant }: ManifestFolder): string => {
    const from = folder.startsWith("patterns/") ? folder.replace("patterns/", "./") : `../${folder}`;
    return `import { ${constant} } from "${from}/${file}";`;
  };
}

const constants = (folders: readonly ManifestFolder[]): string[] => folders.map(({ constant }) => constant);

/** The module `lib/patterns/manifests.ts`. */
export const manifestList: GeneratedFile = {
  path: "lib/patterns/manifests.ts",
  text: () => {
    const patterns = patternFolders();
    const parts = partFolders();
    return [
      `// ${firstLine("the folders of `lib/` that have a `pattern.ts` or a `part.ts`")}`,
      `import type { PartManifest, Pattern } from "../core/pattern";`,
      ...parts.map(imported("part")),
      ...patterns.map(imported("pattern")),
      "",
      "/** All patterns, in the order of the catalog. */",
      listOf("export const patterns: readonly Pattern[] = ", constants(patterns), ";"),
      "",
      "/** All parts: those of every pattern, and after them those of one. */",
      listOf("export const parts: readonly PartManifest[] = ", constants(parts), ";"),
      "",
    ].join("\n");
  },
};
