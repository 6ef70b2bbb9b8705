/**
 * The plans of an example's stacks, without an account and without an apply: against an emulator in which nothing is, with made-up
 * values for what a stack reads of another one's state. A checker takes most of what it asks from the code itself, and what only
 * Terraform knows stays unknown.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { run } from "../support/terraform";

/** A stack as the example writes it. */
export interface WrittenStack {
  /** `platform/wave-1`. */
  readonly name: string;
  readonly folder: string;
  /** The content of its `cdk.tf.json`, as a user's gate would read it. */
  readonly json: string;
}

/** Synthesizes an example with the options of its `createApp`. */
export async function writeStacks(
  example: string,
  options: object,
  { folder, env }: { readonly folder: string; readonly env: NodeJS.ProcessEnv },
): Promise<WrittenStack[]> {
  mkdirSync(folder, { recursive: true });
  const runner = path.join(__dirname, "../deploy/run-example.ts");
  const words = [require.resolve("tsx/cli"), runner, example, JSON.stringify(options)];
  await command(process.execPath, words, { ...env, CDKTF_OUTDIR: folder });
  return readdirSync(path.join(folder, "stacks"))
    .sort()
    .map((stack) => {
      const own = path.join(folder, "stacks", stack);
      return { name: `${example}/${stack}`, folder: own, json: readFileSync(path.join(own, "cdk.tf.json"), "utf8") };
    });
}

/** Plans a stack where it was written, and returns the plan as `terraform show -json` prints it. */
export async function planStack({ folder, json }: WrittenStack, env: NodeJS.ProcessEnv): Promise<string> {
  const terraform = JSON.parse(json) as TerraformDocument;
  for (const [name, state] of Object.entries(terraform.data?.terraform_remote_state ?? {})) {
    const file = path.join(folder, `${name}.tfstate`);
    writeFileSync(file, madeUpState(name, json));
    Object.assign(state, { config: { path: file } });
  }
  writeFileSync(path.join(folder, "cdk.tf.json"), JSON.stringify(terraform));
  const chdir = `-chdir=${folder}`;
  await command("terraform", [chdir, "init", "-input=false"], env);
  const given = { ...env, ...variables(terraform) };
  await command("terraform", [chdir, "plan", "-input=false", "-lock=false", "-out=next.tfplan"], given);
  return command("terraform", [chdir, "show", "-json", "next.tfplan"], env);
}

interface TerraformDocument {
  readonly data?: { readonly terraform_remote_state?: Readonly<Record<string, object>> };
  readonly variable?: Readonly<Record<string, { readonly default?: unknown }>>;
}

/** The state of another stack, of which nothing is known but what is read of it. */
function madeUpState(name: string, json: string): string {
  const read = json.matchAll(new RegExp(`data\\.terraform_remote_state\\.${name}\\.outputs\\.([\\w-]+)`, "g"));
  const outputs = Object.fromEntries(
    [...read].map(([, output = ""]) => [output, { type: "string", value: madeUp(output) }]),
  );
  return JSON.stringify({ version: 4, terraform_version: "1.7.0", serial: 1, lineage: name, outputs, resources: [] });
}

/** A value that the provider takes. The name of an output begins with the type and ends with the attribute that it is. */
function madeUp(output: string): string {
  if (!output.endsWith("arn"))
    return `${/_subnet|_vpc(?!_)/.exec(output)?.[0].slice(1) ?? "made-up"}-0123456789abcdef0`;
  const place = "eu-central-1:111122223333";
  return output.includes("aws_sns_topic") ? `arn:aws:sns:${place}:alarms` : `arn:aws:cloudwatch:${place}:alarm:alarm`;
}

/** An answer to each question that a user would be asked. */
function variables({ variable = {} }: TerraformDocument): NodeJS.ProcessEnv {
  const asked = Object.entries(variable).filter(([, { default: given }]) => given === undefined);
  return Object.fromEntries(asked.map(([name]) => [`TF_VAR_${name}`, "made-up-value-0123456789"]));
}

async function command(name: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { code, stdout, stderr } = await run(name, args, { env });
  if (code === 0) return stdout;
  throw new Error(`${name} ${args.slice(0, 2).join(" ")} ended with ${code}: ${stderr.slice(-3000)}`);
}
