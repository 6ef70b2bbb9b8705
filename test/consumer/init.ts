/**
 * `npx tsx test/consumer/init.ts [--pattern NAME]… [--toolchain NAME] [--package FILE] [--inventory FILE]… [--keep]`: writes a repo
 * with `migration-patterns init` and does in it what its pipeline does, step by step as the pipeline has them: install, test,
 * synthesize, `terraform validate`. Without a pattern it has all that there are; without a package nothing is installed, and the repo is
 * linked to this one, which must be built. A second repo is begun from an inventory of which something is unknown: it must say what.
 */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { toolchainNames } from "../../lib/cli/pages/init";
import { patternTerms } from "../../lib/patterns/pattern-terms";
import { makeLastingFolder, makeTemporaryFolder } from "../support/temporary-folder";
import { run, terraformEnvironment, terraformVersion, type Outcome } from "../support/terraform";

const root = path.join(__dirname, "../..");

/** What came of a step. */
export interface InitRow {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Options of {@link initWalk}. */
export interface InitWalkOptions {
  /** @default - all that there are */
  readonly patterns?: readonly string[];
  /** @default "cdktf" */
  readonly toolchain?: string;
  /** The file of the packed library, which is installed with everything else. @default - linked */
  readonly tarball?: string;
  /** The user's own inventory. @default - the walk is of the sample, and then of an inventory that leaves something open */
  readonly inventory?: readonly string[];
  /** Whether the folder stays. @default false */
  readonly keep?: boolean;
  /** Called with each row as soon as there is one. */
  readonly report?: (row: InitRow) => void;
}

/** The files of an inventory of which much is unknown. */
const OPEN = [
  path.join(root, "test/fixtures/inventory/estate.yaml"),
  path.join(root, "test/fixtures/inventory/flows.csv"),
];

/** Walks through the first hour of a user. */
export async function initWalk(options: InitWalkOptions = {}): Promise<InitRow[]> {
  const { inventory, keep = false, report = () => undefined } = options;
  const rows: InitRow[] = [];
  const env = { ...terraformEnvironment(), npm_config_fund: "false", npm_config_audit: "false" };
  const place = (keep ? makeLastingFolder : makeTemporaryFolder)("init");
  const walk = new Walk(options, env, (row) => {
    rows.push(row);
    report(row);
  });
  if (inventory !== undefined) {
    await walk.own(path.join(place, "platform"), inventory, () => true);
    return rows;
  }
  await walk.sample(path.join(place, "platform"));
  await walk.own(path.join(place, "own"), OPEN, (said) => /1\. checklist-unanswered, holds all \d+ servers/.test(said));
  return rows;
}

class Walk {
  constructor(
    private readonly options: InitWalkOptions,
    private readonly env: NodeJS.ProcessEnv,
    private readonly add: (row: InitRow) => void,
  ) {}

  /** A repo with the sample: every step of its own pipeline succeeds. */
  public async sample(repo: string): Promise<void> {
    if (!(await this.begin(repo, []))) return;
    for (const { name, run: command } of pipelineOf(repo)) {
      if (!(await this.step(name, repo, command))) return;
    }
    await this.step("Renew the schemas", repo, "cp -r schemas begun && npm run schemas && diff -r begun schemas");
    // Blocked, it leaves nothing that would be taken for the code of today.
    const [, synth] = pipelineOf(repo);
    const blocked = `echo '{}' > checklist.yaml && ! ${synth?.run ?? ""} > blocked.txt 2>&1`;
    const refused = "npx migration-patterns lock --check 2> refused.txt || test $? -eq 2";
    const said = 'grep "the last synthesis was stopped" refused.txt';
    await this.step("Block it, and check the record", repo, `${blocked} && (${refused}) && ${said}`);
  }

  /** A repo with an own inventory: its tests pass, and its synthesis says what is missing and writes nothing. */
  public async own(repo: string, inventory: readonly string[], isSaid: (text: string) => boolean): Promise<void> {
    if (!(await this.begin(repo, inventory))) return;
    const [test, synth] = pipelineOf(repo);
    if (test === undefined || synth === undefined) throw new TypeError("the pipeline has no test and no synthesis");
    await this.step(`${test.name}, own inventory`, repo, test.run);
    const started = Date.now();
    const { code, stdout, stderr } = await this.bash(repo, synth.run);
    const said = `${stdout}${stderr}`;
    this.add({
      what: `${synth.name}, own inventory (${seconds(started)})`,
      ok: code !== 0 && said.includes("what is missing, first what holds most:") && isSaid(said),
      detail: this.options.inventory === undefined ? "says what is missing" : said,
    });
  }

  /** Writes the repo and makes its packages available. */
  private async begin(repo: string, inventory: readonly string[]): Promise<boolean> {
    const { patterns = patternTerms.map(([name]) => name), toolchain = "cdktf", tarball } = this.options;
    const args = [
      ...["init", repo, "--yes", "--toolchain", toolchain],
      ...patterns.flatMap((name) => ["--pattern", name]),
      ...inventory.flatMap((name) => ["--inventory", name]),
      ...(tarball === undefined ? [] : ["--package", tarball]),
    ];
    const started = Date.now();
    const written = await run(process.execPath, [path.join(root, "dist/cli/main.js"), ...args], { env: this.env });
    this.outcome(`Begin ${path.basename(repo)}: ${patterns.join(", ")}`, started, written);
    if (written.code !== 0) return false;
    if (tarball !== undefined) return this.step("Install", repo, "npm install");
    link(repo);
    return true;
  }

  private async step(what: string, repo: string, command: string): Promise<boolean> {
    const started = Date.now();
    const outcome = await this.bash(repo, command);
    this.outcome(what, started, outcome);
    return outcome.code === 0;
  }

  /** Runs a command as a pipeline's runner does: in bash, which ends at the first error. */
  private bash(repo: string, command: string): Promise<Outcome> {
    return run("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", command], { cwd: repo, env: this.env });
  }

  private outcome(what: string, started: number, { code, stdout, stderr }: Outcome): void {
    const [last = ""] = stdout.trim().split("\n").slice(-1);
    this.add({
      what: `${what} (${seconds(started)})`,
      ok: code === 0,
      detail: code === 0 ? last.trim() : `exit ${code}\n${stdout}\n${stderr}`,
    });
  }
}

/** The commands of the repo's pipeline after the packages are installed, read from the pipeline itself. */
function pipelineOf(repo: string): { readonly name: string; readonly run: string }[] {
  const { jobs } = parse(readFileSync(path.join(repo, ".github/workflows/platform.yml"), "utf8")) as {
    jobs: { platform: { steps: { name?: string; run?: string }[] } };
  };
  return jobs.platform.steps.flatMap(({ name = "", run: command }) =>
    command === undefined || command === "npm ci" ? [] : { name, run: command },
  );
}

/** Links the packages of this repo into the other one, and this one itself. */
function link(repo: string): void {
  const above = path.join(path.dirname(repo), "node_modules");
  const own = path.join(repo, "node_modules");
  try {
    symlinkSync(path.join(root, "node_modules"), above);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const commands = path.join(own, ".bin");
  mkdirSync(commands, { recursive: true });
  symlinkSync(root, path.join(own, "cdktf-migration-patterns"));
  // The commands of the packages, and the library's own, where npm puts them.
  const there = path.join(root, "node_modules/.bin");
  for (const name of readdirSync(there)) symlinkSync(path.join(there, name), path.join(commands, name));
  const program = `#!/bin/sh\nexec node '${path.join(root, "dist/cli/main.js")}' "$@"\n`;
  writeFileSync(path.join(commands, "migration-patterns"), program, { mode: 0o755 });
}

function seconds(started: number): string {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      pattern: { type: "string", multiple: true },
      toolchain: { type: "string" },
      package: { type: "string" },
      inventory: { type: "string", multiple: true },
      keep: { type: "boolean" },
      "if-available": { type: "boolean" },
    },
  });
  if (values.toolchain !== undefined && !toolchainNames.some((name) => name === values.toolchain)) {
    console.error(`no such tool chain: ${values.toolchain}; there are ${toolchainNames.join(", ")}`);
    return 2;
  }
  if ((await terraformVersion()) === undefined) {
    if (values["if-available"] === true) {
      console.log("skipped: terraform is not installed");
      return 0;
    }
    console.error("terraform is not installed: install Terraform 1.7 or later, or pass --if-available to skip");
    return 1;
  }
  const rows = await initWalk({
    ...(values.pattern === undefined ? {} : { patterns: values.pattern }),
    ...(values.toolchain === undefined ? {} : { toolchain: values.toolchain }),
    ...(values.package === undefined ? {} : { tarball: path.resolve(values.package) }),
    ...(values.inventory === undefined ? {} : { inventory: values.inventory.map((name) => path.resolve(name)) }),
    keep: values.keep === true,
    report: ({ what, ok, detail }) => {
      console.log(`${ok ? "ok  " : "FAIL"} ${what}: ${detail}`);
    },
  });
  const failed = rows.filter(({ ok }) => !ok).length;
  console.log(`${rows.length - failed} passed, ${failed} failed`);
  return failed === 0 && rows.length > 0 ? 0 : 1;
}

if (require.main === module) {
  void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
