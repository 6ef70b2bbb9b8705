/**
 * `npm run test:consumer [-- CONSUMER…]`: packs the package, and has consumers install, compile and run it, each with a toolchain
 * and a package manager that somebody has. All see the same names, synthesize the same Terraform, and run every block of every
 * page word for word; the commands of the pages print what the pages say. What does not fit is refused at load. publint and attw
 * look at the package itself.
 */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import * as path from "node:path";
import { inspect, parseArgs } from "node:util";
import { build } from "../bench/process";
import { comparableStacks } from "../support/comparable-terraform";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { run } from "../support/terraform";
import { consumers } from "./consumers";
import { initWalk } from "./init";
import { checkBillOfMaterials, checkPackage } from "./package-checks";
import { readPages } from "./pages";
import { walkPipelines } from "./pipelines";
import { Ended, Project, type Row } from "./project";
import { namesHere, type Expected } from "./sources";
import { Tools } from "./tools";

/** The walk of what `migration-patterns init` writes. */
const INIT = "init";

/** The walk of the action and the job that a platform repo's pipeline includes. */
const PIPELINES = "pipelines";

/** The commands of the pages. */
const PAGES = "pages";

const HELP = `usage: npm run test:consumer -- [CONSUMER…] [--all]

Packs the package and uses it as consumers do. Without a name, the three that CI runs.

${consumers.map(({ name, what, inCi }) => `  ${name.padEnd(12)} ${what}${inCi ? " (CI)" : ""}`).join("\n")}

  ${INIT.padEnd(12)} a repo that migration-patterns init has written, with every pattern (CI)
  ${PIPELINES.padEnd(12)} action.yml and pipeline/gitlab.yml, run as the runners run them (CI)
  ${PAGES.padEnd(12)} the commands of every page, with what they print (CI)

  --all    every consumer
  --help   this text`;

const root = path.join(__dirname, "../..");

function pack(): string {
  build(root);
  for (const script of ["sbom", "api"]) {
    execFileSync("npm", ["run", "--silent", script], { cwd: root, stdio: "inherit" });
  }
  const folder = makeTemporaryFolder("tarball");
  const name = execFileSync("npm", ["run", "--silent", "package", "--", folder], { cwd: root, encoding: "utf8" });
  return path.join(folder, name.trim());
}

/** What this repo itself synthesizes and exports. */
async function expectations(): Promise<Expected> {
  const outdir = makeTemporaryFolder("consumer-here");
  const { code, stderr } = await run(
    process.execPath,
    [require.resolve("tsx/cli"), path.join(__dirname, "program/app.ts")],
    { cwd: root, env: { ...process.env, CDKTF_OUTDIR: outdir } },
  );
  if (code !== 0) throw new Error(`the program does not synthesize in this repo:\n${stderr}`);
  return { stacks: comparableStacks(outdir, root), names: namesHere() };
}

let passed = 0;
let failed = 0;

/** Prints and counts a row; of what is as expected its first line. */
function report({ what, ok, detail }: Row): void {
  if (ok) passed++;
  else failed++;
  console.log(ok ? `ok   ${what}: ${detail.split("\n")[0] ?? ""}` : `FAIL ${what}: ${detail}`);
}

/** Does something in a project of its own, which ends with it. Where it ends early, its last row says why. */
async function inProject(name: string, tarball: string, work: (project: Project) => Promise<void>): Promise<void> {
  const project = new Project(name, tarball, report);
  const started = Date.now();
  try {
    await work(project);
  } catch (error) {
    if (!(error instanceof Ended)) report({ what: name, ok: false, detail: inspect(error) });
  } finally {
    rmSync(project.folder, { recursive: true, force: true });
  }
  console.log(`     ${name}: ${((Date.now() - started) / 1000).toFixed(0)} s`);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { all: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  const unknown = positionals.filter(
    (name) => ![INIT, PIPELINES, PAGES, ...consumers.map((consumer) => consumer.name)].includes(name),
  );
  if (unknown.length > 0) {
    console.error(`no such consumer: ${unknown.join(", ")}\n\n${HELP}`);
    return 2;
  }
  const wanted = consumers.filter(({ name, inCi }) =>
    positionals.length > 0 ? positionals.includes(name) : values.all === true || inCi,
  );
  const tarball = pack();
  const expected = await expectations();
  await inProject("tools", tarball, async (toolbox) => {
    const tools = await Tools.install(toolbox);
    await inProject("package", tarball, (project) => checkPackage(project, tools));
    await inProject("materials", tarball, (project) => checkBillOfMaterials(project, tools));
    const waiting = [...wanted];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { name, make } = next;
        await inProject(name, tarball, (project) => make(project, expected, tools));
      }
    };
    // Two: each compiles and installs on one core, and the machines that run this have two.
    await Promise.all([work(), work()]);
    if (positionals.length === 0 || positionals.includes(PIPELINES))
      await inProject(PIPELINES, tarball, (project) => walkPipelines(project, tools));
  });
  if (positionals.length === 0 || positionals.includes(INIT)) await initWalk({ tarball, report });
  if (positionals.length === 0 || positionals.includes(PAGES)) await readPages({ tarball, report });
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

void main().then((code) => {
  process.exitCode = code;
});
