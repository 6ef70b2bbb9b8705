/** One example's way through the lab: deploy, second plan, the walk through its stages, destroy. */
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Outcome } from "../support/terraform";
import { aws, leftBehind } from "./aws";
import { engine, forEngine } from "./engine";
import {
  COMMAND_LINE,
  commandsOf,
  removeFromStack,
  straysOfImport,
  straysOfRemoval,
  straysOfReturn,
  unprotect,
  type HandedOver,
} from "./hand-over";
import { runWithin } from "./process";
import { changesIn, count, isRecord, movesOf, recordedIn, stray, type ResourceChange } from "./plan";
import type { Walk } from "./walks";

/** One line of the lab's table. */
export interface Row {
  readonly example: string;
  readonly what: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly detail: string;
}

/** Where an example runs, and with what environment. */
export interface Bench {
  readonly example: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly report: (row: Row) => void;
}

interface Verdict {
  readonly ok: boolean;
  readonly detail: string;
}

const CDKTF = path.join(path.dirname(require.resolve("cdktf-cli/package.json")), "bundle/bin/cdktf");
const LIMIT_SECONDS = 900;
const LINES_OF_A_FAILURE = 40;

/** Deploys the example with `cdktf deploy`, walks it, and destroys it. Whatever fails, the rest is still tried. */
export async function runExample(bench: Bench, walk: Walk | undefined): Promise<void> {
  mkdirSync(bench.folder, { recursive: true });
  const [first, ...others] = walk?.stages ?? [];
  const optionsOf = walk?.options ?? ((stage: string) => ({ stage }));
  const { given, unprotected } = walk ?? {};
  if (given !== undefined) {
    await step(bench, "what the account has", async () => {
      await given(aws(bench.env, bench.env["AWS_REGION"] ?? ""));
      return { ok: true, detail: "made" };
    });
  }
  writeApp(bench, first === undefined ? {} : optionsOf(first));
  const deployed = await step(bench, "cdktf deploy", async () => verdict(await cdktf(bench, "deploy"), "applied"));
  for (const stack of stacks(bench)) {
    await step(bench, `${of(bench, stack)}second plan`, async () => planIsEmpty(bench, stack));
  }
  // As the runbook has it: the stacks that a stage changes, by their names, while those they stand on are there already.
  const changing = walk?.stacks ?? [];
  if (changing.length > 0) {
    await step(bench, `cdktf deploy ${changing.join(" ")}`, async () =>
      verdict(await cdktf(bench, "deploy", [...changing, "--ignore-missing-stack-dependencies"]), "applied"),
    );
  }
  if (walk !== undefined && first !== undefined && deployed) {
    await look(bench, first, walk);
    let tried = false;
    for (const stage of others) {
      await moveTo(bench, stage, optionsOf(stage), walk);
      if (tried || stage !== walk.refusesDestroyIn) continue;
      tried = true;
      await destroyIsRefused(bench, stage);
    }
  }
  const last = walk?.stages.at(-1);
  if (unprotected !== undefined && last !== undefined) {
    writeApp(bench, unprotected(last));
    await step(bench, "protection off", async () => verdict(await cdktf(bench, "deploy"), "applied"));
  }
  if (walk?.handOver !== undefined) await handOver(bench, walk.handOver, walk);
  await step(bench, "cdktf destroy", async () => verdict(await cdktf(bench, "destroy"), "destroyed"));
  await step(bench, "what is left", async () => {
    const left: string[] = [];
    for (const stack of stacks(bench)) {
      const { stdout } = await terraform(bench, stack, ["state", "list"]);
      left.push(...stdout.split("\n").filter((line) => line !== "" && !line.startsWith("data.")));
    }
    for (const region of regions(bench)) left.push(...(await leftBehind(aws(bench.env, region))));
    const meant = (arn: string): boolean => walk?.leaves?.some((pattern) => pattern.test(arn)) === true;
    const stray = left.filter((each) => !meant(each));
    const kept = left.filter(meant);
    const detail = kept.length === 0 ? "nothing" : `nothing but what is meant to be: ${kept.join(", ")}`;
    const wrong = await walk?.seenAfterDestroy?.(aws(bench.env, regions(bench)[0] ?? ""));
    if (wrong !== undefined) stray.push(wrong);
    return { ok: stray.length === 0, detail: stray.length === 0 ? detail : stray.join("\n") };
  });
}

/** Tries to destroy what is protected. Nothing of it may be gone: the plan of the same stage stays empty. */
async function destroyIsRefused(bench: Bench, stage: string): Promise<void> {
  await step(bench, `${stage}: cdktf destroy`, async () => {
    const outcome = await cdktf(bench, "destroy");
    if (outcome.code === 0) return { ok: false, detail: "was not refused" };
    const refused = refusedIn(stripVTControlCharacters(`${outcome.stdout}\n${outcome.stderr}`));
    if (refused.length === 0) return verdict(outcome, "");
    return { ok: true, detail: `refused by prevent_destroy of ${refused.join(", ")}` };
  });
  for (const stack of stacks(bench)) {
    await step(bench, `${stage}: ${of(bench, stack)}plan after it`, async () => planIsEmpty(bench, stack));
  }
}

/** The resources that Terraform refuses to destroy, with how many there are of each type. CDKTF writes their paths behind them. */
function refusedIn(said: string): string[] {
  const addresses = said.matchAll(/Resource[\s\S]{0,30}?\b(aws_\w+)\.(\S+)[\s\S]{0,200}?\bprevent_destroy set/g);
  const counts = new Map<string, Set<string>>();
  for (const [, type = "", name = ""] of addresses) counts.set(type, (counts.get(type) ?? new Set()).add(name));
  return [...counts].map(([type, names]) => `${names.size} × ${type}`).sort();
}

async function planIsEmpty(bench: Bench, stack: string): Promise<Verdict> {
  return planSaysNothing(await terraform(bench, stack, EMPTY_PLAN));
}

function planSaysNothing(plan: Outcome): Verdict {
  if (plan.code === 0) return { ok: true, detail: "empty" };
  return plan.code === 2 ? { ok: false, detail: head(changesIn(plan.stdout)) } : verdict(plan, "");
}

/** Hands the migration over as its README says, looks at both sides, and destroys the new module. */
async function handOver(bench: Bench, migration: string, walk: Walk): Promise<void> {
  const folder = path.join(bench.folder, "handed-over");
  const module = path.join(folder, "module");
  const inModule = async (...args: string[]): Promise<Outcome> => run(bench, engine, [`-chdir=${module}`, ...args]);
  const ask = aws(bench.env, regions(bench)[0] ?? "");
  const [stack = ""] = stacks(bench);
  let of: HandedOver | undefined;
  const written = await step(bench, "hand-over", async () => {
    const state = await terraform(bench, stack, ["show", "-json"]);
    if (state.code !== 0) return verdict(state, "");
    writeFileSync(path.join(bench.folder, "state.json"), state.stdout);
    const words = ["hand-over", migration, "--state", "state.json", "--output", folder, "--format", "json"];
    const said = await run(bench, process.execPath, [COMMAND_LINE, ...words]);
    if (said.code !== 0) return verdict(said, "");
    const answer = JSON.parse(said.stdout) as HandedOver;
    of = answer;
    const leaks = secretsIn(folder, state.stdout);
    const { imports, stateMoves, released, ends } = answer;
    const detail = `${imports.length} imported, ${stateMoves.length} moved, ${released.length} released, ${ends.length} end`;
    return { ok: leaks === 0, detail: leaks === 0 ? detail : `${leaks} secrets are in the files` };
  });
  if (!written || of === undefined) return;
  const said = of;
  const imported = await step(bench, "hand-over: import", async () => {
    const begun = await inModule("init", "-input=false");
    if (begun.code !== 0) return verdict(begun, "");
    const moved = await moveState(bench, stack, module, said.stateMoves);
    if (moved !== undefined) return verdict(moved, "");
    return applyIf(inModule, (changes) => straysOfImport(changes, said), "imported, and no more");
  });
  if (!imported) return;
  let undo: (() => void) | undefined;
  await step(bench, "hand-over: forget", async () => {
    undo = removeFromStack(path.join(bench.folder, "cdktf.out/stacks", stack), folder, said);
    const inStack = async (...args: string[]): Promise<Outcome> => terraform(bench, stack, args);
    return applyIf(inStack, (changes) => straysOfRemoval(changes, said), "forgotten, and destroyed what ends");
  });
  await step(bench, "hand-over: second plan", async () => planIsEmpty(bench, stack));
  await step(bench, "hand-over: module, second plan", async () => planSaysNothing(await inModule(...EMPTY_PLAN)));
  undo?.();
  // Where entries have to be moved back first, a plan without that says nothing of the way back.
  const planBack = async (): Promise<Verdict> => {
    const back = path.join(bench.folder, "cdktf.out/stacks", stack, "way-back.tf.json");
    copyFileSync(path.join(folder, "stack/way-back.tf.json"), back);
    const planned = await terraform(bench, stack, ["plan", "-input=false", "-lock=false", "-out=back.tfplan"]);
    rmSync(back);
    if (planned.code !== 0) return verdict(planned, "");
    const strays = straysOfReturn(
      await changesOf(async (...args) => terraform(bench, stack, args), "back.tfplan"),
      said,
    );
    return {
      ok: strays.length === 0,
      detail: strays.length === 0 ? "taken back, and no more" : head(strays.join("\n")),
    };
  };
  const last = walk.stages.at(-1);
  if (walk.comesBack === true && (await comeBack(bench, stack, folder, said))) {
    if (last !== undefined) await look(bench, last, walk);
    // The stack has it again, and destroys it with the rest.
    return;
  }
  if (said.stateMoves.length === 0) await step(bench, "hand-over: way back, planned", planBack);
  if (last !== undefined) await look(bench, last, walk);
  await step(bench, "hand-over: module, destroy", async () => {
    unprotect(module);
    const destroyed = await inModule("destroy", "-input=false", "-auto-approve");
    if (destroyed.code !== 0) return verdict(destroyed, "");
    // Nobody's Terraform has it any more, so nobody's Terraform deletes it.
    const state = JSON.parse(readFileSync(path.join(bench.folder, "state.json"), "utf8")) as ShownState;
    for (const { address, type, values } of state.values.root_module.resources) {
      const parameter = said.released.includes(address) && type === "aws_ssm_parameter";
      if (parameter) await ask("ssm", "delete_parameter", { Name: values["name"] });
    }
    return { ok: true, detail: "destroyed" };
  });
}

/** Takes the migration back into its stack by the commands of the hand-over's README. Returns whether the stack has it again. */
async function comeBack(bench: Bench, stack: string, folder: string, of: HandedOver): Promise<boolean> {
  const [plan = "", apply = ""] = commandsOf(readFileSync(path.join(folder, "README.md"), "utf8"), "The way back");
  const inStack = async (...args: string[]): Promise<Outcome> => terraform(bench, stack, args);
  const planned = await step(bench, "hand-over: way back, plan", async () => {
    // The README's commands have the module beside cdktf.out.
    symlinkSync(path.join(folder, "module"), path.join(bench.folder, "module"));
    copyFileSync(
      path.join(folder, "stack/way-back.tf.json"),
      path.join(bench.folder, "cdktf.out/stacks", stack, "way-back.tf.json"),
    );
    const said = await run(bench, "sh", ["-ec", forEngine(plan)]);
    if (said.code !== 0) return verdict(said, "");
    const strays = straysOfReturn(await changesOf(inStack, "back.tfplan"), of);
    const detail = `${of.stateMoves.length} entries moved back, nothing is destroyed`;
    return { ok: strays.length === 0, detail: strays.length === 0 ? detail : head(strays.join("\n")) };
  });
  return (
    planned &&
    step(bench, "hand-over: way back, apply", async () =>
      verdict(await run(bench, "sh", ["-ec", forEngine(apply)]), "applied, and the second plan is empty"),
    )
  );
}

interface ShownState {
  readonly values: {
    readonly root_module: {
      readonly resources: readonly {
        readonly address: string;
        readonly type: string;
        readonly values: Readonly<Record<string, unknown>>;
      }[];
    };
  };
}

const EMPTY_PLAN = ["plan", "-detailed-exitcode", "-input=false", "-lock=false"];

/** How many of the secrets of a state are in the files: whatever is called a password, a key or a secret's text there. */
function secretsIn(folder: string, state: string): number {
  const named = /"(?:[a-z0-9_]*preshared_key|password|random_password|secret_string)":\s*"([^"]{8,})"/g;
  const secrets = [...state.matchAll(named)].map(([, secret = ""]) => secret);
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const texts = names.map(({ name, parentPath }) => readFileSync(path.join(parentPath, name), "utf8"));
  return secrets.filter((secret) => texts.some((text) => text.includes(secret))).length;
}

/** Moves entries from a copy of the old state into the new module's, as the README has it. Returns what failed. */
async function moveState(
  bench: Bench,
  stack: string,
  module: string,
  addresses: readonly string[],
): Promise<Outcome | undefined> {
  if (addresses.length === 0) return undefined;
  const pulled = await terraform(bench, stack, ["state", "pull"]);
  if (pulled.code !== 0) return pulled;
  writeFileSync(path.join(bench.folder, "old.tfstate"), pulled.stdout);
  for (const address of addresses) {
    const words = ["state", "mv", "-state=old.tfstate", "-state-out=new.tfstate", address, address];
    const moved = await run(bench, engine, words);
    if (moved.code !== 0) return moved;
  }
  const pushed = await run(bench, engine, [
    `-chdir=${module}`,
    "state",
    "push",
    path.join(bench.folder, "new.tfstate"),
  ]);
  return pushed.code === 0 ? undefined : pushed;
}

async function changesOf(
  inFolder: (...args: string[]) => Promise<Outcome>,
  plan: string,
): Promise<readonly ResourceChange[]> {
  const shown = await inFolder("show", "-json", plan);
  return (JSON.parse(shown.stdout) as { resource_changes?: ResourceChange[] }).resource_changes ?? [];
}

/** Plans, and applies the plan if it strays nowhere. */
async function applyIf(
  inFolder: (...args: string[]) => Promise<Outcome>,
  straysOf: (changes: readonly ResourceChange[]) => readonly string[],
  detail: string,
): Promise<Verdict> {
  const planned = await inFolder("plan", "-input=false", "-lock=false", "-out=next.tfplan");
  if (planned.code !== 0) return verdict(planned, "");
  const strays = straysOf(await changesOf(inFolder, "next.tfplan"));
  if (strays.length > 0) return { ok: false, detail: head(strays.join("\n")) };
  return verdict(await inFolder("apply", "-input=false", "-auto-approve", "next.tfplan"), detail);
}

/** Declares the next stage, looks at what would move, applies it, and looks whether all is said. */
async function moveTo(bench: Bench, stage: string, options: object, walk: Walk): Promise<void> {
  const before = new Map(stacks(bench).map((stack) => [stack, configuration(bench, stack)]));
  writeApp(bench, options);
  let changed: string[] = [];
  await step(bench, `${stage}: synth`, async () => {
    // What `cdktf synth` runs as well; the CLI around it costs three seconds at every stage.
    const [command = "", ...args] = appWords(bench, options);
    const synth = await run(bench, command, args, { CDKTF_OUTDIR: "cdktf.out" });
    if (synth.code !== 0) return verdict(synth, "");
    changed = stacks(bench).filter((stack) => before.get(stack) !== configuration(bench, stack));
    const others = changed.filter((stack) => walk.stacks?.includes(stack) === false);
    if (others.length > 0) return { ok: false, detail: `changes what it should not: ${others.join(", ")}` };
    // A stack whose configuration is the same byte for byte has an empty plan, as the second plan has shown.
    return { ok: changed.length > 0, detail: changed.length === 0 ? "changes no stack" : `of ${changed.join(", ")}` };
  });
  for (const stack of changed) {
    const place = `${stage}: ${of(bench, stack)}`;
    const moved = await step(bench, `${place}apply`, async () => move(bench, stack, stage, walk));
    if (moved) await step(bench, `${place}second plan`, async () => planIsEmpty(bench, stack));
  }
  await look(bench, stage, walk);
}

async function move(bench: Bench, stack: string, stage: string, walk: Walk): Promise<Verdict> {
  const planned = await terraform(bench, stack, ["plan", "-input=false", "-lock=false", "-out=next.tfplan"]);
  if (planned.code !== 0) return verdict(planned, "");
  const shown = await terraform(bench, stack, ["show", "-json", "next.tfplan"]);
  const { resource_changes: changes = [] } = JSON.parse(shown.stdout) as { resource_changes?: ResourceChange[] };
  const moved = movesOf(changes);
  const strays = moved
    .map((each) => stray(each, [walk.moves, walk.movesInto?.[stage] ?? {}]))
    .filter((each) => each !== undefined);
  if (strays.length > 0) {
    return { ok: false, detail: head(["moves what it should not:", ...strays].join("\n")) };
  }
  const applied = await terraform(bench, stack, ["apply", "-input=false", "-auto-approve", "next.tfplan"]);
  if (applied.code !== 0) return verdict(applied, "");
  // A stack of the migration records the stage, and moves something with it; one of the plan only shows it.
  const recorded = recordedIn(moved);
  const resources = moved.filter((each) => !isRecord(each));
  const said = recorded.every((each) => each.endsWith(`-> ${stage}`));
  const detail = [...recorded, ...(resources.length === 0 ? [] : [count(resources)])].join(", ");
  return { ok: resources.length > 0 && said, detail: said ? detail : `does not record ${stage}: ${detail}` };
}

async function look(bench: Bench, stage: string, walk: Walk): Promise<void> {
  const { seen } = walk;
  if (seen === undefined) return;
  await step(bench, `${stage}: what AWS says`, async () => {
    const wrong = await seen(stage, aws(bench.env, regions(bench)[0] ?? ""));
    return { ok: wrong === undefined, detail: wrong ?? "as declared" };
  });
}

/** The stack's name, where there are several to tell apart. */
function of(bench: Bench, stack: string): string {
  return stacks(bench).length > 1 ? `${stack}: ` : "";
}

function appWords(bench: Bench, options: object): string[] {
  const words = [process.execPath, require.resolve("tsx/cli"), path.join(__dirname, "run-example.ts"), bench.example];
  return [...words, JSON.stringify(options)];
}

/** The app's command in the bench's own `cdktf.json`, as a platform repo's would be. */
function writeApp(bench: Bench, options: object): void {
  const app = appWords(bench, options)
    .map((word) => `'${word}'`)
    .join(" ");
  const config = { language: "typescript", app, projectId: "deploy-lab", sendCrashReports: "false" };
  writeFileSync(path.join(bench.folder, "cdktf.json"), JSON.stringify(config));
}

async function run(
  bench: Bench,
  command: string,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  return runWithin(LIMIT_SECONDS, command, args, { env: { ...bench.env, ...more }, cwd: bench.folder });
}

function stacks(bench: Bench): string[] {
  try {
    return readdirSync(path.join(bench.folder, "cdktf.out/stacks")).sort();
  } catch {
    return [];
  }
}

function configuration(bench: Bench, stack: string): string {
  return readFileSync(path.join(bench.folder, "cdktf.out/stacks", stack, "cdk.tf.json"), "utf8");
}

/** The regions of the example's providers. */
function regions(bench: Bench): string[] {
  const found = stacks(bench).flatMap((stack) => {
    const { provider } = JSON.parse(configuration(bench, stack)) as { provider?: { aws?: { region?: string }[] } };
    return (provider?.aws ?? []).flatMap(({ region }) => region ?? []);
  });
  return [...new Set(found)].sort();
}

async function cdktf(bench: Bench, command: "deploy" | "destroy", which: readonly string[] = ["*"]): Promise<Outcome> {
  const args = [CDKTF, command, ...which, "--auto-approve", "--skip-provider-lock"];
  return run(bench, process.execPath, args);
}

async function terraform(bench: Bench, stack: string, args: readonly string[]): Promise<Outcome> {
  const chdir = path.join(bench.folder, "cdktf.out/stacks", stack);
  return run(bench, engine, [`-chdir=${chdir}`, ...args]);
}

function verdict(outcome: Outcome, detail: string): Verdict {
  if (outcome.code === 0) return { ok: true, detail };
  const said = excerpt(`${outcome.stdout}\n${outcome.stderr}`);
  return { ok: false, detail: said === "" ? `ended with code ${outcome.code} and without a word` : said };
}

/** The first lines that matter: from the first error on, without colours and frames. */
function excerpt(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => /[^\s│╷╵]/.test(line));
  // With its colon: resources are called so too.
  const error = lines.findIndex((line) => /\bError:/.test(line));
  const from = error === -1 ? Math.max(0, lines.length - LINES_OF_A_FAILURE) : error;
  return lines.slice(from, from + LINES_OF_A_FAILURE).join("\n");
}

function head(text: string): string {
  const lines = text.split("\n");
  const more = lines.length - LINES_OF_A_FAILURE;
  return [...lines.slice(0, LINES_OF_A_FAILURE), ...(more > 0 ? [`and ${more} lines more`] : [])].join("\n");
}

async function step(bench: Bench, what: string, act: () => Promise<Verdict>): Promise<boolean> {
  const started = Date.now();
  const { ok, detail } = await act().catch((error: unknown) => ({ ok: false, detail: String(error) }));
  bench.report({ example: bench.example, what, ok, seconds: (Date.now() - started) / 1000, detail });
  return ok;
}

/** Removes what the example left on disk. */
export function clean(bench: Bench): void {
  rmSync(bench.folder, { recursive: true, force: true });
}
