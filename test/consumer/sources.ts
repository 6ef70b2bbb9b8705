/**
 * What every consumer does with our package: the program, which synthesizes a stack; every block of every page, word for word
 * as the installed package has it; and every subpath, whose names must be those that it has here.
 */
import { cpSync, existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { comparableStacks, firstDifference } from "../support/comparable-terraform";
import { exampleMain, exampleNames } from "../support/examples";
import { standaloneBlocks } from "../support/readme-blocks";
import { loadableSubpaths } from "../support/subpaths";
import { run } from "../support/terraform";
import type { Project } from "./project";

const root = path.join(__dirname, "../..");
const NAME = "cdktf-migration-patterns";
const program = (file: string): string => readFileSync(path.join(__dirname, "program", file), "utf8");

/** What the program and the subpaths give in this repo, and must give everywhere. */
export interface Expected {
  readonly stacks: ReadonlyMap<string, string>;
  readonly names: Readonly<Record<string, readonly string[]>>;
}

const subpaths = loadableSubpaths(root);

/** The names of every subpath, as this repo has built them. */
export function namesHere(): Record<string, string[]> {
  return Object.fromEntries(
    subpaths.map(([subpath, target]) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const loaded = require(path.join(root, target.default)) as object;
      return [subpath, Object.keys(loaded).sort()];
    }),
  );
}

/** The text of the program: a file that imports nothing beside it. */
export const app = program("app.ts");

/**
 * Writes the sources: `app.ts`, the blocks for which the project has what they need, and `everything.ts`, which loads those that run
 * by themselves and prints the names of all subpaths.
 * `extension` is what an import of a file beside it ends in. Returns the sources' paths.
 */
export function writeSources(project: Project, extension: "" | ".js", folder = "."): string[] {
  const installed = project.path("node_modules", NAME);
  const blocks = standaloneBlocks(installed).filter(({ runners }) =>
    runners.every((runner) => existsSync(project.path("node_modules", runner))),
  );
  project.expect("blocks of the pages", blocks.length > 20, `${blocks.length}`);
  const runnable = blocks.filter(({ runners, declares, isFile }) => runners.length === 0 && !declares && !isFile);
  const names = runnable.map(({ name }) => name);
  const sources = {
    "app.ts": app,
    "everything.ts": everything(names, extension),
    ...Object.fromEntries(blocks.map(({ name, text }) => [`blocks/${name}.ts`, text])),
  };
  const placed = Object.entries(sources).map(([file, text]) => [path.join(folder, file), text] as const);
  // The pages speak of the checklist without showing it.
  project.write({ ...Object.fromEntries(placed), "checklist.yaml": program("checklist.yaml") });
  return placed.map(([file]) => file);
}

/** Copies the examples out of the installed package, as somebody does who begins with one. */
export function copyExamples(project: Project): void {
  cpSync(project.path("node_modules", NAME, "examples"), project.path("examples"), { recursive: true });
}

/** Has the package's examples, copied before, synthesized by the command, and compares their Terraform with this repo's. */
export async function runsExamples(project: Project, command: readonly string[]): Promise<void> {
  for (const name of exampleNames()) {
    const here = path.join(project.folder, `${name}.here`);
    const there = path.join(project.folder, `${name}.out`);
    const ours = [process.execPath, require.resolve("tsx/cli"), exampleMain(name)];
    const reference = await run(ours[0] ?? "", ours.slice(1), {
      cwd: root,
      env: { ...process.env, CDKTF_OUTDIR: here },
    });
    if (reference.code !== 0) throw new Error(`${name} does not synthesize in this repo:\n${reference.stderr}`);
    await project.run(`${name}: synthesizes`, [...command, `examples/${name}/main.ts`], { CDKTF_OUTDIR: there });
    const [expected, found] = [comparableStacks(here, root), comparableStacks(there, project.folder)];
    sameStacks(project, `${name}: the same Terraform`, found, expected);
  }
}

function everything(blocks: readonly string[], extension: string): string {
  return [
    ...subpaths.map(([subpath], index) => `import * as subpath${index} from "${NAME}${subpath.slice(1)}";`),
    ...blocks.map((name) => `import "./blocks/${name}${extension}";`),
    "",
    // Node.js adds these to what an ES module sees of a CommonJS one.
    `const added = ["default", "module.exports", "__esModule"];`,
    `const names = (loaded: object): string[] => Object.keys(loaded).filter((name) => !added.includes(name)).sort();`,
    "console.log(JSON.stringify({",
    ...subpaths.map(([subpath], index) => `  "${subpath}": names(subpath${index}),`),
    "}));",
    "",
  ].join("\n");
}

/** Has the program synthesized by the command, and compares its Terraform with this repo's. */
export async function synthesizes(project: Project, command: readonly string[], { stacks }: Expected): Promise<void> {
  const outdir = project.path("cdktf.out");
  await project.run("synthesizes", command, { CDKTF_OUTDIR: outdir, ...TARGETS });
  sameStacks(project, "the same Terraform", comparableStacks(outdir, project.folder), stacks);
}

/** CDK Terrain asks what a project runs on, in its cdktf.json: write-only arguments came with these. */
const TARGETS = {
  CDKTF_CONTEXT_JSON: JSON.stringify({ targetVersions: { terraform: ">=1.11.0", opentofu: ">=1.11.0" } }),
};

/** Compares stacks with those that this repo synthesizes. */
export function sameStacks(
  project: Project,
  what: string,
  found: ReadonlyMap<string, string>,
  expected: ReadonlyMap<string, string>,
): void {
  const different = [...expected].flatMap(([stack, text]) => {
    const theirs = found.get(stack);
    if (theirs === text) return [];
    return [`${stack}: ${theirs === undefined ? "is missing" : firstDifference(text, theirs)}`];
  });
  project.expect(
    what,
    different.length === 0 && expected.size > 0,
    different.join("\n") || [...expected.keys()].join(", "),
  );
}

/** Has every block of every page run by the command, and compares the names of the subpaths with this repo's. */
export async function runsEverything(project: Project, command: readonly string[], { names }: Expected): Promise<void> {
  const outdir = project.path("blocks.out");
  const { stdout } = await project.run("runs every block", command, { CDKTF_OUTDIR: outdir, ...TARGETS });
  const unsaid = promisedLines(project).filter((line) => !stdout.split("\n").includes(line));
  project.expect("says what the pages say it prints", unsaid.length === 0, unsaid.join("\n") || "every line");
  project.expect("a block that is an app writes its stack", existsSync(path.join(outdir, "stacks")), outdir);

  const found = JSON.parse(stdout.trimEnd().split("\n").pop() ?? "") as Record<string, string[]>;
  const wrong = Object.entries(names).filter(
    ([subpath, each]) => JSON.stringify(found[subpath]) !== JSON.stringify(each),
  );
  project.expect(
    "has every name of every subpath",
    wrong.length === 0,
    wrong.map(([subpath]) => subpath).join(", ") || `${Object.values(names).flat().length} names`,
  );
}

/** What a block says that it prints, in a comment behind the statement that does. */
function promisedLines(project: Project): string[] {
  const lines = standaloneBlocks(project.path("node_modules", NAME))
    .filter(({ isFile }) => !isFile)
    .flatMap(({ text }) => [...text.matchAll(/^console\.log\(.*\); \/\/ (.+)$/gm)].map(([, line = ""]) => line));
  project.expect("lines that the pages promise", lines.length > 0, `${lines.length}`);
  return lines;
}

/** Runs the command of the package, which must print the schemas that the package has as files. */
export async function runsCommand(project: Project): Promise<void> {
  const command = project.path("node_modules/.bin/migration-patterns");
  const { stdout } = await project.run("the command", [command, "schema", "checklist"]);
  const file = project.read(`node_modules/${NAME}/schemas/checklist.schema.json`);
  project.expect("the schema that it prints is the package's", stdout === file, "schemas/checklist.schema.json");
}
