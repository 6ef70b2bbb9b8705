/**
 * `npm run test:policy [-- EXAMPLE…]`: checkov over the plans and over the JSON of every example. Nothing is applied: the plans are
 * made against an emulator in which nothing is but what an example expects to find.
 */
import { mkdirSync } from "node:fs";
import { devNull } from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { acceptedFailures } from "../../scripts/generate/accepted-failures";
import { accessChecks } from "../support/access-checks";
import { aws } from "../deploy/aws";
import { emulatorLacks, startEmulator } from "../deploy/emulator";
import { walks } from "../deploy/walks";
import { exampleNames } from "../support/examples";
import type { TerraformJson } from "../support/synthesize-example";
import { enterRunFolder, makeTemporaryFolder } from "../support/temporary-folder";
import { terraformEnvironment, terraformVersion } from "../support/terraform";
import { askCheckov, checkovLacks, CHECKOV_VERSION, resourcesOf, type Form } from "./checkov";
import { staleEntries, wrongWith, type Judged } from "./judge";
import { plantedDefects } from "./planted-defects";
import { planStack, writeStacks, type WrittenStack } from "./plans";

const HELP = `usage: npm run test:policy -- [EXAMPLE…] [--stages] [--if-available]

Has checkov ${CHECKOV_VERSION} look at the plans and at the JSON of every example. A failure that is not in the list of accepted
ones (scripts/generate/accepted-failures.ts, docs/security.md) fails, and so do an entry of the list that is found nowhere, a
stack that checkov has not read, and a planted defect that is not found. Without a name, all examples.

  --stages         each stage of each example, and not the one of its main.ts alone
  --if-available   a machine that lacks a tool is skipped instead of failed
  --help           this text`;

/** Two at a time: the machines have two cores. */
const LANES = 2;
const REGION = "eu-central-1";
/** The account of which the examples' own ARNs are. */
const ACCOUNT = "111122223333";

interface Row {
  readonly ok: boolean;
  readonly text: string;
}

async function lacks(): Promise<string[]> {
  const terraform = (await terraformVersion()) === undefined ? "terraform" : undefined;
  return [terraform, await emulatorLacks(), await checkovLacks()].filter((each) => each !== undefined);
}

function environment(url: string): NodeJS.ProcessEnv {
  return {
    ...terraformEnvironment(),
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: "emulator",
    AWS_SECRET_ACCESS_KEY: "emulator",
    AWS_REGION: REGION,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

/** Does the work on every item, as many at a time as there are lanes. */
async function inLanes<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as Item);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}

interface Wanted {
  readonly example: string;
  readonly stage?: string;
}

/** The examples as their `main.ts` makes them, or in each of their stages. */
function wantedOf(names: readonly string[], stages: boolean): Wanted[] {
  return names.flatMap((example): Wanted[] => {
    const walk = stages ? walks[example] : undefined;
    if (walk === undefined) return [{ example }];
    return [...new Set(walk.stages)].map((stage) => ({ example, stage }));
  });
}

function optionsOf({ example, stage }: Wanted): object {
  if (stage === undefined) return {};
  return walks[example]?.options?.(stage) ?? { stage };
}

interface Examined {
  readonly stacks: readonly WrittenStack[];
  readonly judged: readonly Judged[];
}

/** Our own checks of what checkov has none for, over the JSON. */
function accessRows(stacks: readonly WrittenStack[]): Row[] {
  const written = stacks.map(({ name, json }) => ({
    name,
    terraform: JSON.parse(json) as TerraformJson,
    artifacts: {},
  }));
  return Object.entries(accessChecks).map(([check, find]) => {
    const found = find(written);
    return { ok: found.length === 0, text: [`our own: ${check}`, ...found].join("\n       ") };
  });
}

async function judge(wanted: readonly Wanted[], folder: string): Promise<Examined> {
  const emulator = await startEmulator(path.join(folder, "emulator.log"), ACCOUNT);
  const env = environment(emulator.url);
  let stacks: WrittenStack[] = [];
  const plans = new Map<string, string>();
  try {
    for (const name of new Set(wanted.map(({ example }) => example))) await walks[name]?.given?.(aws(env, REGION));
    const written = await inLanes(wanted, async (each) => {
      const own = path.join(folder, "stacks", `${each.example}-${each.stage ?? "as-it-is"}`);
      const found = await writeStacks(each.example, optionsOf(each), { folder: own, env });
      return found.map((stack) =>
        each.stage === undefined ? stack : { ...stack, name: `${stack.name}, ${each.stage}` },
      );
    });
    stacks = written.flat();
    await inLanes(stacks, async (stack) => {
      plans.set(stack.name, await planStack(stack, env));
    });
  } finally {
    await emulator.stop();
  }
  const jsons = new Map(stacks.map(({ name, json }) => [name, json]));
  const ask = async (form: Form, texts: ReadonlyMap<string, string>): Promise<Judged[]> => {
    const own = path.join(folder, form);
    mkdirSync(own);
    const verdicts = await askCheckov(form, texts, own);
    return [...verdicts].map(([stack, verdict]) => ({
      stack,
      form,
      resources:
        form === "json" ? count(resourcesOf(jsons.get(stack) ?? "{}")) : countPlanned(plans.get(stack) ?? "{}"),
      verdict,
    }));
  };
  const judged = await inLanes([["plan", plans] as const, ["json", jsons] as const], ([form, texts]) =>
    ask(form, texts),
  );
  return { stacks, judged: judged.flat() };
}

function count(resources: Readonly<Record<string, Readonly<Record<string, unknown>>>>): number {
  return Object.values(resources).reduce((sum, named) => sum + Object.keys(named).length, 0);
}

/** The resources of the root module: no example calls another one. */
function countPlanned(plan: string): number {
  const { planned_values: values } = JSON.parse(plan) as {
    readonly planned_values?: { readonly root_module?: { readonly resources?: readonly { readonly mode: string }[] } };
  };
  return (values?.root_module?.resources ?? []).filter(({ mode }) => mode === "managed").length;
}

function tell(judged: readonly Judged[]): void {
  for (const { stack, form, resources, verdict } of judged) {
    const numbers = `${verdict.seen} of ${resources} resources, ${verdict.passed} passed, ${verdict.failures.length} failed`;
    console.log(`     ${form} ${stack}: ${numbers}`);
  }
  for (const form of ["plan", "json"] as const) {
    const of = judged.filter((each) => each.form === form);
    const passed = of.reduce((sum, { verdict }) => sum + verdict.passed, 0);
    const failed = of.reduce((sum, { verdict }) => sum + verdict.failures.length, 0);
    console.log(`     ${form}: ${passed} checks passed, ${failed} failed`);
  }
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: "boolean" }, stages: { type: "boolean" }, "if-available": { type: "boolean" } },
  });
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  const known = exampleNames();
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`no such example: ${unknown.join(", ")}; there are ${known.join(", ")}`);
    return 1;
  }
  const missing = await lacks();
  if (missing.length > 0) {
    if (values["if-available"] === true) {
      console.log(`skipped: this machine lacks ${missing.join(" and ")}`);
      return 0;
    }
    console.error(`this machine lacks ${missing.join(" and ")}; install it, or pass --if-available to skip`);
    return 1;
  }
  const names = positionals.length === 0 ? known : positionals;
  const folder = makeTemporaryFolder("policy");
  const { stacks, judged } = await judge(wantedOf(names, values.stages === true), folder);
  tell(judged);
  const rows: Row[] = judged.map((each) => {
    const wrong = wrongWith([each], acceptedFailures);
    return {
      ok: wrong.length === 0,
      text: wrong.length === 0 ? `${each.form} ${each.stack}` : wrong.join("\n       "),
    };
  });
  if (positionals.length === 0) {
    rows.push({ ok: true, text: `${acceptedFailures.length} accepted failures` });
    rows.push(...staleEntries(judged, acceptedFailures).map((text) => ({ ok: false, text })));
  }
  rows.push(...accessRows(stacks), ...(await plantedDefects(folder)));
  for (const { ok, text } of rows) console.log(`${ok ? "ok  " : "FAIL"} ${text}`);
  const failed = rows.filter(({ ok }) => !ok).length;
  console.log(`${rows.length - failed} passed, ${failed} failed`);
  return failed === 0 && rows.length > 0 ? 0 : 1;
}

enterRunFolder();

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
