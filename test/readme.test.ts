/**
 * The examples of every page compile against the library as it is: a block that imports what it uses is a promise. How
 * consumers compile and run them, each with a toolchain of its own, is `npm run test:consumer`'s matter.
 */
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { standaloneBlocks } from "./support/readme-blocks";
import { subpathSources } from "./support/subpaths";

const root = path.join(__dirname, "..");

const files = new Map(standaloneBlocks(root).map(({ name, text }) => [path.join(root, `${name}.ts`), text] as const));

/** One compilation of all blocks, as if they were files of the project. */
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
  // The folder of a block that is imported by another one of its page.
  const folders = new Set([...files.keys()].map((file) => path.dirname(file)));
  host.directoryExists = (name) => folders.has(path.normalize(name)) || disk.directoryExists?.(name) === true;
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

describe("the examples of the pages", () => {
  it("are there", () => {
    expect(files.size).toBeGreaterThan(20);
  });

  it("compile", () => {
    const broken = [...compile()].filter(([, messages]) => messages.length > 0);
    expect(broken.map(([file, messages]) => `${path.basename(file)}: ${messages.join("; ")}`)).toEqual([]);
  }, 120_000);
});
