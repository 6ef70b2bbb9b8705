import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { parse } from "yaml";
import { readChecklist, readWaivers } from "../../lib/assessment/read-documents";
import { backendOf, suggestedApp } from "../../lib/cli/init/answers";
import { CDK_TERRAIN } from "../../lib/cli/init/versions";
import { inRange } from "../../lib/core/version-range";
import { patternTerms } from "../../lib/patterns/pattern-terms";
import { patterns } from "../../lib/patterns/manifests";
import { hostileTexts } from "../support/hostile-texts";
import { subpathSources } from "../support/subpaths";
import { cli, temporaryFolder, type Outcome } from "./captured";

const root = path.join(__dirname, "../..");
const fixture = (name: string): string => path.join(root, "test/fixtures/inventory", name);
const { folder, file } = temporaryFolder();
const names = patternTerms.map(([name]) => name);
const allPatterns = names.flatMap((name) => ["--pattern", name]);

/** The files of a repo, by their paths. */
function filesOf(repo: string): string[] {
  return readdirSync(repo, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(repo, path.join(entry.parentPath, entry.name)))
    .sort();
}

const read = (...parts: string[]): string => readFileSync(path.join(...parts), "utf8");
const json = (...parts: string[]): Record<string, Record<string, unknown>> =>
  JSON.parse(read(...parts)) as Record<string, Record<string, unknown>>;

/** A terminal in which somebody types the lines. */
function typed(args: readonly string[], lines: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  // eslint-disable-next-line @typescript-eslint/require-await -- a stream is asynchronous
  async function* stream(): AsyncGenerator<string> {
    for (const line of lines) yield `${line}\n`;
  }
  const stdin = Object.assign(stream(), { isTTY: true });
  return cli(args, { tty: true, stdin, env: { NO_COLOR: "1", ...env } });
}

describe("init in a pipe", () => {
  it("writes a repo with a sample, and says what to do next", async () => {
    const repo = file("sample");
    const { status, stdout, stderr } = await cli(["init", repo, "--pattern", "hybrid-cloud"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const written = filesOf(repo);
    expect(written).toEqual([
      ".devcontainer/devcontainer.json",
      ".github/workflows/platform.yml",
      ".gitignore",
      "README.md",
      "cdktf.json",
      "checklist.yaml",
      "estate/sample.yaml",
      "main.ts",
      "package.json",
      "schemas/checklist.schema.json",
      "schemas/inventory.schema.json",
      "schemas/waivers.schema.json",
      "settings.ts",
      "stacks/hybrid-cloud.ts",
      "stacks/network.ts",
      "stacks/plan.ts",
      "stacks/platform-stack.ts",
      "test/platform.test.ts",
      "test/sample/checklist.yaml",
      "test/sample/estate.yaml",
      "tsconfig.json",
      "undecided.ts",
      "waivers.yaml",
    ]);
    expect(stdout).toMatch(new RegExp(`^wrote ${written.length} files to .*sample\n`));
    expect(stdout).toMatch(/\nnext:\n {2}cd .*sample\n {2}npm install\n {2}npm test\n {2}npx cdktf synth {3}# writes /);
  });

  it("pins every version, to those that the library is tested with", async () => {
    const repo = file("pins");
    await cli(["init", repo, ...allPatterns]);
    const { dependencies, devDependencies } = json(repo, "package.json");
    const own = json(root, "package.json");
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
      if (name !== "cdktf-migration-patterns") expect(own["devDependencies"]?.[name]).toContain(version);
    }
    expect(dependencies).toMatchObject({ "cdktf-migration-patterns": own["version"] });
    // All that the library asks of who installs it, and what the repo's commands run on.
    expect(Object.keys(dependencies ?? {})).toEqual(expect.arrayContaining(Object.keys(own["peerDependencies"] ?? {})));
  });

  it("takes CDK Terrain under CDKTF's names", async () => {
    const repo = file("terrain");
    const { stdout } = await cli(["init", repo, ...allPatterns, "--toolchain", "cdktn"]);
    expect(stdout).toContain("npx cdktn synth");
    expect(json(repo, "package.json")).toMatchObject({
      engines: { node: CDK_TERRAIN.node },
      scripts: { synth: "cdktn synth" },
      dependencies: {
        cdktf: `npm:cdktn@${CDK_TERRAIN.cdktn}`,
        "@cdktf/provider-aws": `npm:@cdktn/provider-aws@${CDK_TERRAIN.provider}`,
      },
      devDependencies: { "cdktn-cli": CDK_TERRAIN.cdktn },
    });
    expect(json(repo, "package.json")["devDependencies"]).not.toHaveProperty("cdktf-cli");
    expect(read(repo, ".github/workflows/platform.yml")).toContain("npx cdktn synth");
    // The releases are those that are tried.
    const tried = read(root, "test/compat/main.ts");
    for (const name of [`cdktn@${CDK_TERRAIN.cdktn}`, `provider-aws@${CDK_TERRAIN.provider}`])
      expect(tried).toContain(name);
    expect(stdout).toMatch(
      inRange(process.versions.node, CDK_TERRAIN.node)
        ? /npm install\n/
        : /npm install {3}# needs Node\.js >=22\.19\.0, and this is \d/,
    );
  });

  it("keeps the state where it is told", async () => {
    const repo = file("state");
    await cli(["init", repo, ...allPatterns, "--backend", "s3://acme-terraform/platform/"]);
    const stack = read(repo, "stacks/platform-stack.ts");
    expect(stack).toContain('const bucket = "acme-terraform";');
    expect(stack).toContain("key: `platform/${id}.tfstate`");
  });

  it.each([
    ["github", ".github/workflows/platform.yml"],
    ["gitlab", ".gitlab-ci.yml"],
    ["none", undefined],
  ])("writes the pipeline of %s", async (ci, name) => {
    const repo = file(`ci-${ci}`);
    await cli(["init", repo, "-p", "multi-cloud", "--ci", ci]);
    const pipelines = filesOf(repo).filter((each) => each.endsWith(".yml"));
    expect(pipelines).toEqual(name === undefined ? [] : [name]);
    if (name !== undefined) expect(JSON.stringify(parse(read(repo, name)))).toContain("npx cdktf synth");
  });

  it("asks npm for the file of a package from the repo's own folder", async () => {
    const packed = file("library-1.0.0.tgz", "");
    const repo = file("packed");
    await cli(["init", repo, "-p", "multi-cloud", "--package", packed]);
    expect(json(repo, "package.json")["dependencies"]).toMatchObject({
      "cdktf-migration-patterns": "file:../library-1.0.0.tgz",
    });
    await cli(["init", file("next"), "-p", "multi-cloud", "--package", "next"]);
    expect(json(file("next"), "package.json")["dependencies"]).toMatchObject({ "cdktf-migration-patterns": "next" });
  });

  it("puts a repo into a folder that has other files", async () => {
    mkdirSync(file("begun/.git"), { recursive: true });
    const { status } = await cli(["init", file("begun"), "-p", "multi-cloud"]);
    expect(status).toBe(0);
    expect(readdirSync(file("begun"))).toEqual(expect.arrayContaining([".git", "package.json"]));
  });

  it("gives the same repo twice, whatever the order of the patterns", async () => {
    await cli(["init", file("once/platform"), "-p", "multi-cloud", "-p", "hybrid-cloud"]);
    await cli(["init", file("twice/platform"), "-p", "hybrid-cloud", "-p", "multi-cloud", "-p", "hybrid-cloud"]);
    const texts = (repo: string): string[] => filesOf(repo).map((name) => `${name}\n${read(repo, name)}`);
    expect(texts(file("once/platform"))).toEqual(texts(file("twice/platform")));
  });
});

describe("init with an export", () => {
  it("copies it, begins the checklist from it, and says how far that is", async () => {
    const repo = file("own");
    const { status, stdout } = await cli([
      ...["init", repo, "-p", "lift-and-shift", "--inventory", fixture("estate.yaml"), fixture("flows.csv")],
    ]);
    expect(status).toBe(0);
    expect(filesOf(repo).filter((name) => name.startsWith("estate/"))).toEqual([
      "estate/estate.yaml",
      "estate/flows.csv",
    ]);
    expect(read(repo, "estate/flows.csv")).toBe(read(fixture("flows.csv")));
    expect(read(repo, "settings.ts")).toContain('export const estate = ["estate/estate.yaml", "estate/flows.csv"];');
    const checklist = read(repo, "checklist.yaml");
    expect(checklist).toMatch(/^# yaml-language-server: \$schema=schemas\/checklist\.schema\.json\n/);
    const open = checklist.match(/^ {2}\w+: unknown$/gm)?.length ?? 0;
    expect(open).toBeGreaterThan(0);
    expect(stdout).toContain(`${10 - open} of 10 items answered by the inventory, ${open} open`);
    expect(stdout).toContain("# says what is missing, first what holds most");
    expect(stdout).not.toContain("no connections");
    expect(readChecklist(path.join(repo, "checklist.yaml"))).toBeDefined();
    expect(readWaivers(path.join(repo, "waivers.yaml"))).toEqual([]);
  });

  it("says where an export has no connections, of which security groups are made", async () => {
    const repo = file("unconnected");
    const rvtools = path.join(root, "examples/platform/estate/rvtools");
    const { stdout } = await cli(["init", repo, "-p", "lift-and-shift", "--inventory", rvtools]);
    expect(stdout).toMatch(/\n {2}settings\.ts {3}# no connections are known, .* name a CSV beside the export\n$/);
    expect(read(repo, "README.md")).toMatch(
      /\n- The servers may talk as recorded connections say.*`fleet-no-flows` blocks/,
    );
    expect(read(repo, "README.md")).toMatch(/\n- Every server gets a new address: .*`ConfigurationCutover`/);
  });

  it("takes folders, and two files of one name", async () => {
    const rvtools = path.join(root, "examples/platform/estate/rvtools");
    mkdirSync(file("a"), { recursive: true });
    const other = file("a/flows.csv", read(fixture("flows.csv")));
    const repo = file("several");
    const { status } = await cli([
      "init",
      repo,
      "-p",
      "lift-and-shift",
      "-i",
      rvtools,
      "-i",
      fixture("flows.csv"),
      "-i",
      other,
    ]);
    expect(status).toBe(0);
    expect(read(repo, "settings.ts")).toContain('["estate/rvtools", "estate/flows.csv", "estate/flows-2.csv"]');
    expect(filesOf(repo)).toContain("estate/rvtools/RVTools_tabvInfo.csv");
  });

  it("writes nothing where no reader knows a file, and says why each said no", async () => {
    const unknown = file("unknown.csv", "host,owner\n1,2\n");
    const repo = file("unknown-repo");
    const { status, stdout, stderr } = await cli([
      "init",
      repo,
      "-p",
      "lift-and-shift",
      "-i",
      fixture("estate.yaml"),
      unknown,
    ]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/\[INVENTORY_FORMAT_UNKNOWN\] .*the file is a table with the columns host, owner/);
    expect(stderr).toMatch(/\n {2}cloud-migration-factory \(.*\): it has none of the columns server_name/);
    expect(existsSync(repo)).toBe(false);
  });

  it("lets no text of it into the code", async () => {
    const text = (value: string): string => JSON.stringify(value);
    const rows = hostileTexts
      .filter((value) => value.trim() !== "")
      .map((value) => `  - { name: ${text(value)}, wave: ${text(value)}, application: ${text(value)} }\n`);
    for (const [name, estate] of [
      ["hostile", `servers:\n${rows.join("")}`],
      ["harmless", "servers: [{ name: a }]\n"],
    ] as const) {
      mkdirSync(file(name));
      const repo = file(`${name}/platform`);
      const { status } = await cli(["init", repo, ...allPatterns, "-i", file(`${name}/estate.yaml`, estate)]);
      expect(status).toBe(0);
      expect(readChecklist(path.join(repo, "checklist.yaml"))).toBeDefined();
    }
    const names = filesOf(file("hostile/platform")).filter(
      (name) => !["checklist.yaml", "estate/estate.yaml"].includes(name),
    );
    for (const name of names) expect(read(file("hostile/platform"), name)).toBe(read(file("harmless/platform"), name));
    expect(names).toContain("settings.ts");
  });

  it("writes the name of a file as a text", async () => {
    const name = 'a"; throw new Error("planted"); `${b}`\n.yaml';
    const estate = file(name, read(fixture("estate.yaml")));
    const repo = file("named");
    const { stdout } = await cli(["init", repo, "-p", "lift-and-shift", "-i", estate]);
    const settings = read(repo, "settings.ts");
    const literal = /export const estate = (\[.*\]);/.exec(settings)?.[1] ?? "";
    expect(JSON.parse(literal)).toEqual([`estate/${name}`]);
    expect(stdout.split("\n").filter((line) => line.includes("planted"))).toHaveLength(1);
  });
});

describe("init refuses", () => {
  it("a folder that has any of its files: names all, and writes nothing", async () => {
    const repo = file("there");
    mkdirSync(path.join(repo, "stacks"), { recursive: true });
    for (const name of ["waivers.yaml", "stacks/hybrid-cloud.ts", "notes.txt"])
      writeFileSync(path.join(repo, name), "mine");
    const { status, stdout, stderr } = await cli(["init", repo, "-p", "hybrid-cloud"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/\[CLI_FILE_EXISTS\] DIR: .*2 files are there already, and nothing was written/);
    expect(stderr.trimEnd().split("\n").slice(1)).toEqual(["  stacks/hybrid-cloud.ts", "  waivers.yaml"]);
    expect(filesOf(repo)).toEqual(["notes.txt", "stacks/hybrid-cloud.ts", "waivers.yaml"]);
    // What is no file of the repo is none of its business.
    expect((await cli(["init", repo, "-p", "multi-cloud"])).stderr).not.toContain("hybrid-cloud.ts");
  });

  it("an inventory of its own name in the folder, which is looked at last", async () => {
    const repo = file("estate-there");
    mkdirSync(path.join(repo, "estate"), { recursive: true });
    writeFileSync(path.join(repo, "estate/estate.yaml"), "mine");
    const { stderr } = await cli(["init", repo, "-p", "hybrid-cloud", "-i", fixture("estate.yaml")]);
    expect(stderr).toMatch(/\[CLI_FILE_EXISTS\][^]*\n {2}estate\/estate\.yaml\n$/);
    expect(filesOf(repo)).toEqual(["estate/estate.yaml"]);
  });

  it.each([
    [[], /\[CLI_MISSING_ARGUMENT\] DIR: call it as: migration-patterns init DIR --pattern NAME/],
    [["x"], /\[CLI_MISSING_ARGUMENT\] --pattern NAME, one of lift-and-shift, .*: call it as: /],
    [["x", "-p", "lift-and-shfit"], /\[CLI_OPTION_VALUE\] --pattern: .*did you mean lift-and-shift\?/],
    [["x", "y", "-p", "multi-cloud"], /\[CLI_UNEXPECTED_ARGUMENT\] received "y", .*--inventory/],
    [["x", "-p", "multi-cloud", "--app", "Shop"], /\[CLI_OPTION_VALUE\] --app: received "Shop", /],
    [["x", "-p", "multi-cloud", "--region", "Frankfurt"], /\[CLI_OPTION_VALUE\] --region: received "Frankfurt", /],
    [["x", "-p", "multi-cloud", "--backend", "s3://A"], /\[CLI_OPTION_VALUE\] --backend: received "s3:\/\/A", /],
    [["x", "-p", "multi-cloud", "--ci", "jenkins"], /\[CLI_OPTION_VALUE\] --ci: received "jenkins", /],
    [["x", "-p", "multi-cloud", "-i", "no-such.csv"], /\[INVENTORY_FILE_NOT_FOUND\] no-such\.csv: /],
  ])("%j", async (args, message) => {
    const { status, stdout, stderr } = await cli([
      "init",
      ...args.map((each) => (each === "x" ? file("never") : each)),
    ]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(existsSync(file("never"))).toBe(false);
  });

  it("a file where the folder should be", async () => {
    const there = file("inventory.csv", "x");
    const { stderr } = await cli(["init", there, "other.csv", "-i", "one.csv", "-p", "multi-cloud"]);
    expect(stderr).toContain("[CLI_UNEXPECTED_ARGUMENT]");
    expect(stderr).toContain("migration-patterns init DIR --inventory FILE...");
  });
});

describe("init in a terminal", () => {
  it("asks for what no option says, again where an answer is none, and prints the command that asks nothing", async () => {
    const repo = file("asked");
    const { status, stdout, stderr } = await typed(
      ["init", repo],
      [
        ...["1, lift-off", "2 multi-cloud"],
        ...["Shop", "shop", "", "cdkfn", "cdktn", "s3://acme-terraform", "gitlab"],
        ...[file("no-such.csv"), `'${fixture("estate.yaml")}'`, fixture("flows.csv"), ""],
      ],
      { AWS_REGION: "eu-west-3" },
    );
    expect(status).toBe(0);
    for (const [index, [name, text]] of patternTerms.entries())
      expect(stderr).toContain(`  ${index + 1}  ${name}  ${text}`);
    expect(stderr).toMatch(/\[CLI_OPTION_VALUE\] --pattern: received "lift-off"/);
    expect(stderr).toMatch(/Name of the app \[asked\]: \[CLI_OPTION_VALUE\] --app: received "Shop"/);
    expect(stderr).toContain("AWS region [eu-west-3]: ");
    expect(stderr).toContain("[INVENTORY_FILE_NOT_FOUND]");
    expect(stderr).toMatch(/ {2}2 servers \(.*\), native\n/);
    const command = /the same without a question:\n {2}migration-patterns (.*)\n/.exec(stderr)?.[1] ?? "";
    expect(command).toContain("--region eu-west-3 --toolchain cdktn --backend s3://acme-terraform --ci gitlab --yes");
    expect(stdout).toMatch(/^wrote \d+ files to /);

    const again = command.split(" ").map((word) => (word === repo ? file("again") : word));
    expect((await cli(again)).status).toBe(0);
    for (const name of filesOf(repo)) expect(read(file("again"), name)).toBe(read(repo, name));
  });

  it("takes every default for an empty answer", async () => {
    const { status, stdout } = await typed(["init", file("defaults")], ["", "", "", "", "", "", ""]);
    expect(status).toBe(0);
    expect(stdout).toContain("lift-and-shift\n");
    expect(filesOf(file("defaults"))).toEqual(
      expect.arrayContaining([".github/workflows/platform.yml", "estate/sample.yaml"]),
    );
  });

  it("asks nothing that an option says, and nothing at all with --yes", async () => {
    const said = [
      "--app",
      "a",
      "--region",
      "eu-central-1",
      "--toolchain",
      "cdktf",
      "--backend",
      "local",
      "--ci",
      "none",
    ];
    const { stderr } = await typed(["init", file("said"), "-p", "multi-cloud", ...said], [""]);
    expect(stderr.match(/: /g)).toHaveLength(1);
    const silent = await typed(["init", file("silent"), "-p", "multi-cloud", "--yes"], []);
    expect(silent).toMatchObject({ status: 0, stderr: "" });
  });

  it("writes nothing where the answers end", async () => {
    const { status, stdout, stderr } = await typed(["init", file("ended")], ["1", "shop"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("[CLI_NO_ANSWER]");
    expect(existsSync(file("ended"))).toBe(false);
  });

  it("looks into the folder before the first question", async () => {
    mkdirSync(file("taken"));
    writeFileSync(file("taken/main.ts"), "mine");
    const { stderr } = await typed(["init", file("taken")], []);
    expect(stderr).toMatch(/^migration-patterns: \[CLI_FILE_EXISTS\]/);
  });
});

describe("answers", () => {
  it.each([
    ["22.19.0", true],
    ["22.20.1", true],
    ["24.0.0", true],
    ["22.18.9", false],
    ["20.20.2", false],
  ])("Node.js %s is of >=22.19.0: %s", (node, expected) => {
    expect(inRange(node, ">=22.19.0")).toBe(expected);
  });

  it.each([
    ["/srv/Acme Platform (EU)", "acme-platform-eu"],
    ["/srv/2026-exit", "exit"],
    ["/srv/日本", "platform"],
    [`/srv/${"a".repeat(40)}`, "a".repeat(30)],
  ])("the folder %s suggests the app %s", (from, app) => {
    expect(suggestedApp(from)).toBe(app);
  });

  it.each([
    ["local", { kind: "local" }],
    ["s3://acme-terraform", { kind: "s3", bucket: "acme-terraform", prefix: "" }],
    ["s3://acme.terraform//a/b/", { kind: "s3", bucket: "acme.terraform", prefix: "a/b" }],
  ])("the state %s", (text, backend) => {
    expect(backendOf(text)).toEqual(backend);
  });
});

describe("the repos of all patterns, alone and together", () => {
  const repos: readonly (readonly [name: string, args: readonly string[]])[] = [
    ...names.map((name) => [name, ["-p", name]] as const),
    ["all", allPatterns],
    ["all-s3", [...allPatterns, "--backend", "s3://acme-terraform/x", "--toolchain", "cdktn", "--ci", "gitlab"]],
  ];
  const place = (name: string): string => path.join(folder, "repos", name);

  const written: unknown[] = [];

  beforeAll(async () => {
    mkdirSync(file("repos"));
    symlinkSync(path.join(root, "node_modules"), file("repos/node_modules"));
    for (const [name, args] of repos) written.push(await cli(["init", place(name), ...args]));
  }, 60_000);

  it("are written", () => {
    expect(written).toEqual(repos.map(() => expect.objectContaining({ status: 0, stderr: "" }) as unknown));
    expect(names).toEqual(patterns.map(({ profile }) => profile.name));
  });

  it("compile", () => {
    const { config } = ts.readConfigFile(path.join(place("all"), "tsconfig.json"), (name) => ts.sys.readFile(name)) as {
      config: { compilerOptions: object };
    };
    const { options, errors } = ts.convertCompilerOptionsFromJson(
      {
        ...config.compilerOptions,
        noUnusedLocals: true,
        noUnusedParameters: true,
        baseUrl: root,
        paths: subpathSources(root),
        typeRoots: [path.join(root, "node_modules/@types")],
      },
      root,
    );
    expect(errors).toEqual([]);
    const sources = repos.flatMap(([name]) =>
      filesOf(place(name))
        .filter((each) => each.endsWith(".ts"))
        .map((each) => path.join(place(name), each)),
    );
    const program = ts.createProgram(sources, options);
    const wrong = sources
      .map((each) => program.getSourceFile(each))
      .flatMap((source) => [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)])
      .map(({ file: source, messageText }) => {
        const name = path.relative(folder, source?.fileName ?? "");
        return `${name}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
      });
    expect(wrong).toEqual([]);
    expect(sources.length).toBeGreaterThan(40);
  }, 240_000);

  it("are formatted as prettier formats them", () => {
    const texts = repos.flatMap(([name]) =>
      filesOf(place(name))
        // The schemas are what the command prints, and the pipelines are read by other tools.
        .filter((each) => !each.startsWith("schemas/") && !each.endsWith(".yml") && !each.startsWith(".git"))
        .map((each) => path.join(place(name), each)),
    );
    const prettier = path.join(root, "node_modules/prettier/bin/prettier.cjs");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [prettier, "--print-width", "120", "--no-config", "--ignore-path", "none", "--list-different", ...texts],
      { encoding: "utf8" },
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  }, 60_000);
});
