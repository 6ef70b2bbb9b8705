/**
 * The pages are true: their links lead somewhere, and their commands print what they say. Their TypeScript is compiled by
 * `readme.test.ts`, and run by `npm run test:consumer`, as are the pages whose commands take long.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { parseAllDocuments } from "yaml";
import { anchorsOf, linksOf } from "./support/markdown-links";
import { commandsElsewhere, isLong, isPrinted, shellBlocks, standIns, stepsOf } from "./support/page-commands";
import { PageReader, staleSources } from "./support/page-reader";
import { fencesOf, pagesOf } from "./support/pages";

const root = path.join(__dirname, "..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const pages = pagesOf(root);

/** The languages of blocks. A command is in a block of `console` or `sh`; `text` is a drawing, or what a program writes to a file. */
const LANGUAGES = ["ts", "console", "sh", "yaml", "json", "text", "mermaid"];

/** Returns what is wrong with a block, as far as it can be read without being run. */
function unreadable({ language, text }: { readonly language: string; readonly text: string }): string[] {
  switch (language) {
    case "yaml":
      return parseAllDocuments(text).flatMap(({ errors }) => errors.map(({ message }) => message));
    case "json":
      try {
        JSON.parse(text);
        return [];
      } catch (error) {
        return [String(error)];
      }
    case "ts": {
      const { diagnostics = [] } = ts.transpileModule(text, {
        reportDiagnostics: true,
        compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
      });
      return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
    }
    default:
      return [];
  }
}

describe("a page", () => {
  it("is found", () => {
    expect(pages).toEqual(expect.arrayContaining(["README.md", "docs/rules.md", "lib/plan/README.md"]));
  });

  it.each(pages)("%s has no link that leads nowhere", (page) => {
    const broken = linksOf(read(page)).filter(({ target, anchor }) => {
      const file = target === "" ? page : path.join(path.dirname(page), target);
      // The reference is made by the build; test/package.test.ts follows these links in the package.
      if (path.dirname(file) === path.join("docs", "api")) return false;
      if (!existsSync(path.join(root, file))) return true;
      if (anchor === undefined || statSync(path.join(root, file)).isDirectory()) return anchor !== undefined;
      return file.endsWith(".md") && !anchorsOf(read(file)).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  it.each(pages)("%s has only blocks of which it is known what they are, and that can be read", (page) => {
    const wrong = fencesOf(read(page)).flatMap((fence) => {
      const where = `line ${fence.line}`;
      if (!LANGUAGES.includes(fence.language)) return [`${where}: ${fence.language || "nothing"} says not what it is`];
      return unreadable(fence).map((message) => `${where}: ${message}`);
    });
    expect(wrong).toEqual([]);
  });
});

describe("a command", () => {
  it("is run, or says why not", () => {
    const known = commandsElsewhere.map(({ commands }) => commands);
    const onPages = pages.flatMap((page) => shellBlocks(read(page)));
    expect(onPages.filter((each) => !known.includes(each))).toEqual([]);
    expect(known.filter((each) => !onPages.includes(each))).toEqual([]);
  });

  it("is in no block that is not run", () => {
    const hidden = pages.flatMap((page) =>
      fencesOf(read(page))
        .filter(({ language, text }) => language === "text" && /^\$ |^(?:npm|npx|migration-patterns) /m.test(text))
        .map(({ line }) => `${page}: line ${line}`),
    );
    expect(hidden).toEqual([]);
  });
});

describe("a stand-in", () => {
  it("is for a command of a page", () => {
    const commands = pages.flatMap((page) =>
      stepsOf(read(page)).map((step) => (step.kind === "command" ? step.command : "")),
    );
    expect(Object.keys(standIns).filter((command) => !commands.includes(command))).toEqual([]);
  });
});

describe("what is printed", () => {
  it.each([
    ["one\ntwo", "one\ntwo\n", true],
    ["one", "one\ntwo", false],
    ["", "", true],
    ["", "one", false],
    ["o… two", "one (1) two", true],
    ["o…", "one\ntwo", false],
    ["one\n…", "one", true],
    ["one\n…", "one\ntwo\nthree", true],
    ["one\n…\nthree", "one\nthree", true],
    ["one\n…\nthree", "one\ntwo\n\nand\nthree", true],
    ["…\nthree", "three", true],
    ["…", "", true],
    ["a.b (c)", "a.b (c)  \n\n", true],
    ["a.b", "axb", false],
  ])("%j is what a page says of %j: %s", (expected, printed, same) => {
    expect(isPrinted(expected, printed)).toBe(same);
  });
});

describe("a reader", () => {
  let reader: PageReader;

  beforeAll(() => {
    reader = PageReader.make();
  });

  it("has the command line of these sources", () => {
    // Where this fails: npm run build.
    expect(staleSources()).toEqual([]);
    expect(readdirSync(path.join(root, "dist/cli"))).toContain("main.js");
  });

  it("is told of each problem", async () => {
    const session = [
      ...["$ echo one", "two", "$ false", "$ false", "$ echo $?", "1", "$ cat given/a.yaml", "a: 1"],
      ...[
        "$ mkdir b && cd b",
        "$ basename $PWD",
        "b",
        "$ node -p 'new Date().toISOString().slice(0, 10)'",
        "2026-11-22",
      ],
      ...["$ exit 3", "$ echo never", "…"],
    ];
    const found = await reader.problemsOf(
      ["```yaml given/a.yaml", "a: 1", "```", "", "```console", ...session, "```", ""].join("\n"),
    );
    expect(found[0]).toBe("line 6: echo one\n--- the page says\ntwo\n--- it prints\none\n---");
    expect(found.slice(1).map((each) => each.split("\n").slice(0, 2).join(" "))).toEqual([
      expect.stringMatching(/^line 8: false {3}ended with 1, and the page does not say so/),
      expect.stringMatching(/^line 19: exit 3 {3}was not run, or ended the shell/),
      expect.stringMatching(/^line 20: echo never {3}was not run, or ended the shell/),
    ]);
  });

  it("is shown what is printed now", async () => {
    const page = [
      "```console",
      "$ echo one",
      "$ printf 'a\\nb\\n'",
      "c",
      "d",
      "e",
      "$ echo two three",
      "two …",
      "```",
      "",
    ];
    const now = ["```console", "$ echo one", "one", "$ printf 'a\\nb\\n'", "a", "b", ...page.slice(6)];
    expect(await reader.rewritten(page.join("\n"))).toBe(now.join("\n"));
  });

  it.each(pages.filter((page) => !isLong(read(page)) && stepsOf(read(page)).some(({ kind }) => kind === "command")))(
    "sees what %s says",
    async (page) => {
      expect((await reader.problemsOf(read(page))).join("\n")).toBe("");
    },
    // A page may be a session of half a minute, and of several on a machine that is busy.
    300_000,
  );
});
