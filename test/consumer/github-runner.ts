/**
 * Runs a composite action as GitHub's runner does: `action.yml` is read by GitHub's own parser, expressions are evaluated by GitHub's
 * own evaluator, and `run` is a file that bash is given with the flags of `shell: bash` ("Workflow syntax", `jobs.<id>.steps[*].shell`).
 * Actions of others are not run: they are reported with their inputs.
 */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { run } from "../support/terraform";
import type { Tools } from "./tools";

/** A step as `action.yml` has it. */
interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly "working-directory"?: string;
}

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

/** The parts of `@actions/workflow-parser` and `@actions/expressions` that are used here; both are ES modules. */
interface GitHubsOwn {
  readonly parseErrors: (name: string, content: string) => string[];
  readonly workflowErrors: (content: string) => string[];
  readonly evaluate: (expression: string, context: object, isFailing: boolean) => { truthy: boolean; text: string };
}

/** What a step came to. */
export interface RanStep {
  readonly name: string;
  readonly outcome: "success" | "failure" | "skipped";
  readonly log: string;
  /** The action of others that would have run, and its inputs. */
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

/** What an action came to. */
export interface RanAction {
  readonly steps: readonly RanStep[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** The job in which an action runs. */
export interface Job {
  readonly workspace: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** The context `github`. */
  readonly github: Readonly<Record<string, unknown>>;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs the action in the folder for a job. */
export async function runAction(actionFolder: string, job: Job, tools: Tools): Promise<RanAction> {
  const name = path.join(actionFolder, "action.yml");
  const content = readFileSync(name, "utf8");
  const { parseErrors, evaluate } = await githubsOwn(tools);
  const errors = parseErrors(name, content);
  if (errors.length > 0) throw new Error(`GitHub does not read ${name}: ${errors.join("; ")}`);
  const action = parse(content) as ActionFile;
  const runner = makeTemporaryFolder("runner");
  const summaryFile = path.join(runner, "summary.md");
  writeFileSync(summaryFile, "");

  const outputs: Record<string, { outputs: Record<string, string> }> = {};
  const steps: RanStep[] = [];
  const isFailing = (): boolean => steps.some(({ outcome }) => outcome === "failure");
  const context = (): object => ({ inputs, github: job.github, steps: outputs });
  const filled = (text: string): string =>
    text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => evaluate(expression, context(), isFailing()).text);
  let inputs: Readonly<Record<string, string>> = {};
  inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([each, { default: value = "" }]) => [each, job.inputs[each] ?? filled(value)]),
  );

  for (const step of action.runs.steps) {
    const condition = (step.if ?? "success()").replace(/^\$\{\{(.*)\}\}$/, "$1");
    // A condition that asks for no status means: and nothing has failed.
    const whole = /\b(?:always|failure|cancelled|success)\(\)/.test(condition)
      ? condition
      : `success() && (${condition})`;
    if (!evaluate(whole, context(), isFailing()).truthy) {
      steps.push({ name: step.name, outcome: "skipped", log: "" });
      continue;
    }
    const given = Object.fromEntries(Object.entries(step.with ?? {}).map(([each, text]) => [each, filled(text)]));
    if (step.uses !== undefined) {
      steps.push({ name: step.name, outcome: "success", log: "", uses: step.uses, with: given });
      continue;
    }
    if (step.shell !== "bash") throw new Error(`${step.name} runs in ${step.shell ?? "no shell"}`);
    const folder = mkdtempSync(path.join(runner, "step-"));
    const [script, output, temp] = ["script.sh", "output", "temp"].map((each) => path.join(folder, each)) as [
      string,
      string,
      string,
    ];
    writeFileSync(script, filled(step.run ?? ""));
    writeFileSync(output, "");
    mkdirSync(temp);
    const { code, stdout, stderr } = await run("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", script], {
      cwd: path.join(job.workspace, filled(step["working-directory"] ?? ".")),
      env: {
        ...job.env,
        ...Object.fromEntries(Object.entries(step.env ?? {}).map(([each, text]) => [each, filled(text)])),
        GITHUB_ACTION_PATH: actionFolder,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summaryFile,
        RUNNER_TEMP: temp,
      },
    });
    steps.push({ name: step.name, outcome: code === 0 ? "success" : "failure", log: `${stdout}${stderr}` });
    const written = readFileSync(output, "utf8").split("\n").filter(Boolean);
    if (step.id !== undefined) {
      const pairs = written.map((line): [string, string] => {
        const [name = "", ...value] = line.split("=");
        return [name, value.join("=")];
      });
      outputs[step.id] = { outputs: Object.fromEntries(pairs) };
    }
  }
  const values = Object.entries(action.outputs).map(([each, { value }]): [string, string] => [each, filled(value)]);
  return {
    steps,
    outputs: Object.fromEntries(values),
    summary: readFileSync(summaryFile, "utf8"),
  };
}

/** Returns what is wrong with a workflow, in GitHub's own words. */
export async function workflowErrors(content: string, tools: Tools): Promise<string[]> {
  return (await githubsOwn(tools)).workflowErrors(content);
}

async function githubsOwn(tools: Tools): Promise<GitHubsOwn> {
  const load = async (name: string): Promise<never> =>
    (await import(pathToFileURL(path.join(tools.folder("@actions"), name)).href)) as never;
  const { parseAction } = (await load("workflow-parser/dist/actions/index.js")) as {
    parseAction: (file: object, trace: object) => { context: { errors: { getErrors: () => { message: string }[] } } };
  };
  const { NoOperationTraceWriter, parseWorkflow } = (await load("workflow-parser/dist/index.js")) as {
    NoOperationTraceWriter: new () => object;
    parseWorkflow: typeof parseAction;
  };
  const messages = ({ context }: ReturnType<typeof parseAction>): string[] =>
    context.errors.getErrors().map(({ message }) => message);
  const { Lexer, Parser, Evaluator, data } = (await load("expressions/dist/index.js")) as Expressions;
  const status = (name: string, value: boolean): [string, object] => [
    name,
    { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) },
  ];
  return {
    parseErrors: (name, content) => messages(parseAction({ name, content }, new NoOperationTraceWriter())),
    workflowErrors: (content) =>
      messages(parseWorkflow({ name: "workflow.yml", content }, new NoOperationTraceWriter())),
    evaluate: (expression, context, isFailing) => {
      const functions = new Map([
        status("always", true),
        status("success", !isFailing),
        status("failure", isFailing),
        status("cancelled", false),
      ]);
      const { tokens } = new Lexer(expression).lex();
      const parsed = new Parser(tokens, Object.keys(context), [...functions.values()]).parse();
      const dictionary = JSON.parse(JSON.stringify(context), data.reviver) as object;
      const result = new Evaluator(parsed, dictionary, functions).evaluate();
      const text = result.coerceString();
      return { truthy: !["", "false", "0"].includes(text), text };
    },
  };
}

interface Expressions {
  readonly Lexer: new (text: string) => { lex: () => { tokens: object[] } };
  readonly Parser: new (tokens: object[], contexts: string[], functions: object[]) => { parse: () => object };
  readonly Evaluator: new (
    expression: object,
    context: object,
    functions: ReadonlyMap<string, object>,
  ) => { evaluate: () => { coerceString: () => string } };
  readonly data: {
    readonly BooleanData: new (value: boolean) => object;
    readonly reviver: (key: string, value: unknown) => unknown;
  };
}
