/**
 * What the real Terraform makes of text from files: every string that the hostile documents of test/taint bring into a stack is
 * evaluated by it, and so is a plan of resources that are made of them with the real AWS provider. What comes out is the text.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { App, TerraformStack } from "cdktf";
import { literal } from "../../lib/core/literal";
import { hostileTexts } from "../support/hostile-texts";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { decodeTemplate } from "../support/terraform-template";
import { run } from "../support/terraform";
import {
  faultsOf,
  findMarked,
  HOSTILE,
  hostileTokens,
  makeFrom,
  newHostileStack,
  type Documents,
} from "../taint/hostile-stack";
import { withoutAccount } from "../support/without-account";
import { makeHostileResources, plannedTexts } from "../taint/hostile-resources";
import { placesOf } from "../taint/poison";
import { checklistSample, inventorySample, routingSample } from "../taint/samples";

/** A line of the report. */
export interface TaintRow {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Evaluates templates by Terraform. Returns their values, or what it says where it refuses them. */
async function evaluate(templates: readonly string[], env: NodeJS.ProcessEnv): Promise<readonly string[] | string> {
  const folder = makeTemporaryFolder("taint");
  try {
    const chdir = `-chdir=${folder}`;
    writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify({ output: { values: { value: templates } } }));
    // What a hole would read.
    writeFileSync(path.join(folder, "a"), "the content of a file");
    const applied = await run("terraform", [chdir, "apply", "-auto-approve", "-input=false", "-no-color"], { env });
    if (applied.code !== 0) return applied.stderr;
    const { stdout, code, stderr } = await run("terraform", [chdir, "output", "-json", "values"], { env });
    return code === 0 ? (JSON.parse(stdout) as string[]) : stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns the strings without references to attributes that a hostile document brings into a stack, each once. */
function templatesOf(): { readonly templates: string[]; readonly faults: string[] } {
  const templates = new Set<string>();
  const faults: string[] = [];
  const samples: Readonly<Record<keyof Documents, object>> = {
    inventory: inventorySample,
    checklist: checklistSample,
    routing: routingSample,
  };
  for (const [kind, sample] of Object.entries(samples)) {
    for (const hostileOf of [() => HOSTILE, hostileTokens]) {
      for (const { poisoned } of placesOf(sample)) {
        const { stack, token } = newHostileStack();
        makeFrom(stack, { [kind]: poisoned(hostileOf(token)) });
        const found = findMarked(stack);
        faults.push(...faultsOf(found, hostileOf(token)));
        for (const { template } of found) if (decodeTemplate(template).live.length === 0) templates.add(template);
      }
    }
  }
  return { templates: [...templates], faults };
}

/** Compares values with texts, as Terraform has them: in Unicode's NFC. */
function differences(values: readonly string[] | string, texts: readonly string[]): string[] {
  if (typeof values === "string") return [values];
  if (values.length !== texts.length) return [`${values.length} values of ${texts.length} texts`];
  return texts.flatMap((text, index) =>
    values[index] === text.normalize("NFC") ? [] : [`${JSON.stringify(text)} became ${JSON.stringify(values[index])}`],
  );
}

function row(what: string, faults: readonly string[], detail: string): TaintRow {
  return { what: `taint: ${what}`, ok: faults.length === 0, detail: faults.length === 0 ? detail : faults.join("\n") };
}

/** Plans the resources of hostile texts with the AWS provider, and returns the values that are planned, or what went wrong. */
async function plannedValues(env: NodeJS.ProcessEnv): Promise<{ readonly planned: string; readonly fault?: string }> {
  const outdir = makeTemporaryFolder("taint-plan");
  try {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "taint");
    makeHostileResources(stack);
    app.synth();
    const folder = path.join(outdir, "stacks", "taint");
    const file = path.join(folder, "cdk.tf.json");
    writeFileSync(file, JSON.stringify(withoutAccount(JSON.parse(readFileSync(file, "utf8")) as object)));
    const chdir = `-chdir=${folder}`;
    const credentials = { ...env, AWS_ACCESS_KEY_ID: "none", AWS_SECRET_ACCESS_KEY: "none" };
    for (const args of [
      ["init", "-input=false", "-no-color"],
      ["plan", "-refresh=false", "-input=false", "-no-color", "-out=plan"],
    ]) {
      const { code, stderr } = await run("terraform", [chdir, ...args], { env: credentials });
      if (code !== 0) return { planned: "", fault: stderr };
    }
    const shown = await run("terraform", [chdir, "show", "-json", "plan"], { env: credentials });
    return shown.code === 0 ? { planned: shown.stdout } : { planned: "", fault: shown.stderr };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Has Terraform evaluate and plan hostile texts. */
export async function validateTaint(env: NodeJS.ProcessEnv): Promise<TaintRow[]> {
  const own = hostileTexts.flatMap((text) => [text, `{${text}${text}{`]);
  const alone = await evaluate(
    hostileTexts.flatMap((text) => [literal(text), `{${literal(text)}${literal(text)}{`]),
    env,
  );
  const { templates, faults } = templatesOf();
  const texts = templates.map((template) => decodeTemplate(template).text);
  const hole = await evaluate(['${file("a")}'], env);
  const { planned, fault } = await plannedValues(env);
  const values = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === "string") values.add(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  };
  if (fault === undefined) collect((JSON.parse(planned) as { readonly planned_values: unknown }).planned_values);
  const absent = fault === undefined ? plannedTexts.filter((text) => !values.has(text)) : [fault];
  return [
    row("every literal is its text", differences(alone, own), `${own.length} texts`),
    row("no document makes code", faults, `${templates.length} different strings`),
    row(
      "every string of a document is its text",
      differences(await evaluate(templates, env), texts),
      `${texts.length} texts`,
    ),
    row(
      "a hole is seen",
      differences(hole, ["the content of a file"]),
      "without literal() the file's content came out",
    ),
    row("a plan holds the texts", absent, `${plannedTexts.length} texts in ${values.size} planned values`),
  ];
}
