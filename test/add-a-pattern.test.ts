/**
 * Follows ARCHITECTURE.md, "A pattern", in a copy of the repo: the files that it lists, and no other, make a pattern that every
 * list knows, that compiles, and that synthesizes. So the page is complete, and adding a pattern stays as small as it says.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { newPatternFiles } from "./support/new-pattern";
import { subpathSources, subpathTargets } from "./support/subpaths";
import { makeTemporaryFolder } from "./support/temporary-folder";

const root = path.join(__dirname, "..");
const added = { family: "feature-flag", pattern: "room-by-room", construct: "RoomByRoom" };
const files = newPatternFiles(added);
const named = (text: string): string =>
  text.replaceAll("<family>", added.family).replaceAll("<pattern>", added.pattern);

/** The files that the page lists. */
function listed(): string[] {
  const page = readFileSync(path.join(root, "ARCHITECTURE.md"), "utf8");
  const section = /^\*\*A pattern\.\*\*[\s\S]*?(?=^\*\*)/m.exec(page)?.[0] ?? "";
  return [...section.matchAll(/^- `([^`]+)`:/gm)].map(([, file = ""]) => file);
}

describe("a pattern that is added as ARCHITECTURE.md says", () => {
  let copy = "";
  const inCopy = (file: string): string => path.join(copy, file);
  const read = (file: string): string => readFileSync(inCopy(file), "utf8");

  /** A process in the copy. */
  function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", ...args], {
      cwd: copy,
      encoding: "utf8",
      env: { ...process.env, TMPDIR: inCopy("tmp"), ...environment },
    });
    return { status, stdout, stderr };
  }

  beforeAll(() => {
    copy = makeTemporaryFolder("add-a-pattern");
    mkdirSync(inCopy("tmp"));
    for (const each of ["lib", "scripts", "docs", "examples", "package.json", "jest.config.js", "tsconfig.json"])
      cpSync(path.join(root, each), inCopy(each), { recursive: true });
    symlinkSync(path.join(root, "node_modules"), inCopy("node_modules"));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(inCopy(named(file))), { recursive: true });
      writeFileSync(inCopy(named(file)), text);
    }
    expect(run(["scripts/generate.ts", "--check"]).status).toBe(1);
    expect(run(["scripts/generate.ts"])).toMatchObject({ status: 0, stderr: "" });
  }, 60_000);

  afterAll(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  it("consists of the files that the page lists", () => {
    expect(Object.keys(files)).toEqual(listed());
  });

  it("is on every generated list", () => {
    const { family, pattern, construct } = added;
    expect(read("lib/patterns/manifests.ts")).toContain(`from "./${family}/${pattern}/pattern"`);
    expect(read(`lib/patterns/${family}/index.ts`)).toContain(`export * from "./${pattern}";`);
    expect(read("docs/rules.md")).toMatch(
      new RegExp(`## ${construct}\n[^#]*\\| \`${pattern}-clients\` \\| warning \\|`),
    );
    const row = read("docs/patterns.md")
      .split("\n")
      .find((line) => line.startsWith(`| [${construct}](../lib/patterns/${family}/${pattern}/README.md) |`));
    expect(row?.split(" | ").slice(1)).toEqual([
      "Moving one \\| at a time",
      "–",
      "–",
      "made _prepare_ → tried _try_ → serving _serve_",
      `\`${family}/${pattern}\``,
      `[${pattern}](../examples/${pattern}/main.ts) |`,
    ]);
  });

  it("has its subpaths, and leaves all others as they are", () => {
    const { family, pattern } = added;
    const before = subpathTargets(root);
    const after = subpathTargets(copy);
    for (const subpath of [`./${family}`, `./${family}/${pattern}`]) {
      const built = `./dist/patterns${subpath.slice(1)}/index`;
      expect(after).toContainEqual([subpath, { types: `${built}.d.ts`, default: `${built}.js` }]);
    }
    const kept = new Set(before.map(([subpath]) => subpath));
    expect(after.filter(([subpath]) => kept.has(subpath))).toEqual(before);
    expect(after.filter(([subpath]) => !kept.has(subpath)).length).toBeLessThanOrEqual(2);
    const parsed = JSON.parse(read("package.json")) as { typesVersions: { "*": Record<string, string[]> } };
    expect(parsed.typesVersions["*"][`${family}/${pattern}`]).toEqual([
      `./dist/patterns/${family}/${pattern}/index.d.ts`,
    ]);
    expect({ ...parsed, exports: {}, typesVersions: {} }).toEqual({
      ...(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as object),
      exports: {},
      typesVersions: {},
    });
  });

  it("is a pattern of `init`, whose repo compiles and synthesizes", () => {
    const { pattern, construct } = added;
    expect(read("lib/patterns/pattern-terms.ts")).toContain(`["${pattern}", "${construct}: Moving one | at a time"]`);
    const repo = inCopy("repo");
    const cli = run(["lib/cli/main.ts", "init", repo, "--pattern", pattern]);
    expect(cli).toMatchObject({ status: 0, stderr: "" });
    // The package is the copy itself.
    mkdirSync(path.join(repo, "node_modules"));
    for (const name of ["cdktf", "constructs", "@cdktf", "zod"])
      symlinkSync(path.join(root, "node_modules", name), path.join(repo, "node_modules", name));
    const paths = Object.entries(subpathSources(copy)).map(([name, [source = ""]]) => [
      name,
      [path.join(copy, source)],
    ]);
    writeFileSync(
      path.join(repo, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { module: "node16", paths: Object.fromEntries(paths) as object } }),
    );
    const script = `process.chdir(${JSON.stringify(repo)}); import(${JSON.stringify(path.join(repo, "main.ts"))})
      .then(async ({ default: main }) => main.createPlatform(await main.readAssessment()).app.synth())`;
    const tsconfig = path.join(repo, "tsconfig.json");
    expect(run(["--eval", script], { CDKTF_OUTDIR: inCopy("init-out"), TSX_TSCONFIG_PATH: tsconfig })).toMatchObject({
      status: 0,
      stderr: "",
    });
    expect(existsSync(inCopy(`init-out/stacks/${pattern}/cdk.tf.json`))).toBe(true);
  }, 60_000);

  it("compiles", () => {
    const { config } = ts.readConfigFile(inCopy("tsconfig.json"), (file) => ts.sys.readFile(file)) as {
      config: { compilerOptions: object };
    };
    const { options } = ts.convertCompilerOptionsFromJson(
      {
        ...config.compilerOptions,
        ...{ composite: false, noEmit: true, rootDir: undefined, tsBuildInfoFile: undefined },
        baseUrl: copy,
        paths: subpathSources(copy),
      },
      copy,
    );
    const own = Object.keys(files)
      .map((file) => inCopy(named(file)))
      .filter((file) => file.endsWith(".ts"));
    const program = ts.createProgram([...own, inCopy("lib/patterns/manifests.ts")], options);
    const wrong = program
      .getRootFileNames()
      .map((file) => program.getSourceFile(file))
      .flatMap((source) => [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]);
    expect(
      wrong.map(
        ({ file, messageText }) => `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
      ),
    ).toEqual([]);
  }, 60_000);

  it("synthesizes, and is known to the tests' modules and the lazy entries", () => {
    const { family, pattern, construct } = added;
    writeFileSync(
      inCopy("tsconfig.json"),
      JSON.stringify({ compilerOptions: { baseUrl: ".", module: "node16", paths: subpathSources(copy) } }),
    );
    const script = `
      require("./examples/${pattern}/main.ts").createApp({ stage: "serving" }).synth();
      console.log(JSON.stringify({
        lazy: require("./scripts/generate/entries.ts").lazyEntries(),
        modules: require("./jest.config.js").moduleNameMapper,
        family: Object.keys(require("./lib/patterns/${family}/index.ts")),
      }));`;
    const { status, stdout, stderr } = run(["--eval", script], { CDKTF_OUTDIR: inCopy("out") });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const { resource } = JSON.parse(read(`out/stacks/${pattern}/cdk.tf.json`)) as {
      resource: { aws_ssm_parameter: Record<string, { insecure_value: string; tags: Record<string, string> }> };
    };
    const declared = Object.values(resource.aws_ssm_parameter);
    expect(declared.map((parameter) => parameter.insecure_value)).toContain("serving");
    expect(declared[0]?.tags).toMatchObject({ "migration:pattern": pattern });

    const known = JSON.parse(stdout) as { lazy: string[]; modules: Record<string, string>; family: string[] };
    expect(known.family).toContain(construct);
    expect(known.lazy).toEqual(
      expect.arrayContaining([`patterns/${family}/${pattern}/index`, `patterns/${family}/index`]),
    );
    expect(known.modules[`^cdktf-migration-patterns/${family}/${pattern}$`]).toBe(
      `<rootDir>/lib/patterns/${family}/${pattern}/index.ts`,
    );
  }, 60_000);
});
