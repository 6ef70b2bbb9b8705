/** The pages of the package, and the blocks in them. */
import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";

/** The pages that are written by hand or made of the rules: every README, and `docs/` without the API reference. */
export function pagesOf(root: string): string[] {
  const below = (folder: string, wanted: RegExp): string[] =>
    existsSync(path.join(root, folder))
      ? readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
          .filter((file) => wanted.test(path.basename(file)))
          .map((file) => path.join(folder, file))
          .filter((file) => !file.startsWith(path.join("docs", "api")))
          .sort()
      : [];
  return ["README.md", ...below("docs", /\.md$/), ...below("lib", /^README\.md$/)];
}

/** A fenced block. */
export interface Fence {
  /** What stands behind the fence: `ts`, `console`; empty where nothing does. */
  readonly language: string;
  /** The file that the block is, where the fence names one behind the language: "```ts rules.ts". */
  readonly file: string | undefined;
  readonly text: string;
  /** The line of the fence, from 1. */
  readonly line: number;
}

/** Returns the blocks of a page, in their order. That of a list begins at the list's indent, and so do its lines. */
export function fencesOf(page: string): Fence[] {
  const fences: Fence[] = [];
  let open: { readonly indent: string; readonly info: readonly string[]; readonly line: number } | undefined;
  let text: string[] = [];
  page.split("\n").forEach((content, index) => {
    const [, indent = "", info = ""] = /^(\s*)```(.*)$/.exec(content) ?? [];
    if (!/^\s*```/.test(content)) {
      if (open !== undefined) text.push(content.startsWith(open.indent) ? content.slice(open.indent.length) : content);
    } else if (open === undefined) {
      open = { indent, info: info.trim().split(/\s+/), line: index + 1 };
    } else {
      const [language = "", file] = open.info;
      fences.push({
        language,
        file,
        text: text.map((each) => `${each}\n`).join(""),
        line: open.line,
      });
      open = undefined;
      text = [];
    }
  });
  if (open !== undefined) throw new Error(`the block in line ${open.line} does not end`);
  return fences;
}
