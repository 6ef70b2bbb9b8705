/**
 * The examples of every README compile against the library as it is: a snippet that imports what it uses is a promise. One
 * that does not is a fragment of the one before, and is not checked.
 */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { subpathSources } from "./support/subpaths";

const root = path.join(__dirname, "..");

function readmes(): string[] {
  const below = readdirSync(path.join(root, "lib"), { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "README.md")
    .map((file) => path.join("lib", file));
  return ["README.md", ...below.sort()];
}

/** The snippets of a README that stand on their own. */
function snippets(readme: string): string[] {
  const text = readFileSync(path.join(root, readme), "utf8");
  return [...text.matchAll(/^```(?:ts|typescript)\n([\s\S]*?)^```/gm)]
    .map((match) => match[1] ?? "")
    .filter((snippet) => /^import /m.test(snippet));
}

const files = new Map(
  readmes().flatMap((readme) =>
    snippets(readme).map(
      (text, index) => [path.join(root, `${readme.replace(/\W/g, "-")}-${index + 1}.ts`), text] as const,
    ),
  ),
);

/** One compilation of all snippets, as if they were files of the project. */
function compile(): Map<string, string[]> {
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(
    {
      ...config.compilerOptions,
      composite: false,
      noEmit: true,
      rootDir: undefined,
      tsBuildInfoFile: undefined,
      baseUrl: root,
      paths: subpathSources(root),
    },
    root,
  );
  const host = ts.createCompilerHost(options);
  const disk = ts.createCompilerHost(options);
  host.getSourceFile = (name, language, ...rest) => {
    const text = files.get(path.normalize(name));
    return text === undefined ? disk.getSourceFile(name, language, ...rest) : ts.createSourceFile(name, text, language);
  };
  host.fileExists = (name) => files.has(path.normalize(name)) || disk.fileExists(name);
  host.readFile = (name) => files.get(path.normalize(name)) ?? disk.readFile(name);
  const program = ts.createProgram([...files.keys()], options, host);
  const found = new Map<string, string[]>();
  for (const file of files.keys()) {
    const source = program.getSourceFile(file);
    const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    found.set(
      file,
      diagnostics.map((each) => ts.flattenDiagnosticMessageText(each.messageText, " ")),
    );
  }
  return found;
}

describe("the examples of the READMEs", () => {
  it("are there", () => {
    expect(files.size).toBeGreaterThan(3);
  });

  it("compile", () => {
    const broken = [...compile()].filter(([, messages]) => messages.length > 0);
    expect(broken.map(([file, messages]) => `${path.basename(file)}: ${messages.join("; ")}`)).toEqual([]);
  }, 120_000);
});
