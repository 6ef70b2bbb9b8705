/**
 * `npm run test:validate [-- EXAMPLE…]`: synthesizes every example as a user would, and has the real Terraform with the real
 * AWS provider accept every stack, without an error and without a warning. Then holds the guard against plans of the same
 * Terraform, unless examples are named.
 */
import { readdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { exampleMain, exampleNames } from "../support/examples";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { existingRows } from "./existing-resources";
import { guardRows, type Row } from "./guard-plan";
import { identityRows } from "./identity-plan";
import { rehearsalRows } from "./rehearsal-plan";
import { findProviderMirror, run, terraformEnvironment, terraformVersion } from "../support/terraform";
import { validateTaint } from "./taint";

const HELP = `usage: npm run test:validate -- [EXAMPLE…] [--if-available]

Synthesizes examples and has terraform validate every stack with the real AWS provider, holds the guard's report on a plan
against the actions of Terraform and of OpenTofu and the rehearsal's predictions against Terraform's, has it plan corrections
of an inventory with the mends that findings print, has it evaluate hostile texts from files: what comes out is the text, and
has it validate every construct with what exists already. Without a name, all of it; what is no example has a name too: guard,
rehearsal, identity, taint, existing.

  --if-available   what needs Terraform or OpenTofu is skipped instead of failed where the machine has none
  --help           this text`;

/** What is asked of Terraform beside the examples, by the name that stands for an example's. */
const REFEREED: Readonly<
  Record<string, (env: NodeJS.ProcessEnv, options: { readonly skipsMissing: boolean }) => Promise<readonly Row[]>>
> = {
  guard: guardRows,
  rehearsal: rehearsalRows,
  identity: identityRows,
  taint: validateTaint,
  existing: existingRows,
};

async function validateExample(name: string, env: NodeJS.ProcessEnv): Promise<Row[]> {
  const outdir = makeTemporaryFolder(`validate-${name}`);
  try {
    const started = Date.now();
    const synth = await run(process.execPath, [require.resolve("tsx/cli"), exampleMain(name)], {
      env: { ...env, CDKTF_OUTDIR: outdir },
    });
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    const rows: Row[] = [
      { what: `${name}: synth`, ok: synth.code === 0, detail: synth.code === 0 ? `${seconds} s` : synth.stderr },
    ];
    if (synth.code !== 0) return rows;
    for (const stack of readdirSync(path.join(outdir, "stacks")).sort()) {
      const chdir = `-chdir=${path.join(outdir, "stacks", stack)}`;
      const init = await run("terraform", [chdir, "init", "-backend=false", "-input=false"], { env });
      if (init.code !== 0) {
        rows.push({ what: `${name}/${stack}: terraform init`, ok: false, detail: init.stderr });
        continue;
      }
      const validate = await run("terraform", [chdir, "validate", "-json"], { env });
      if (!validate.stdout.startsWith("{")) {
        rows.push({ what: `${name}/${stack}: terraform validate`, ok: false, detail: validate.stderr });
        continue;
      }
      const {
        error_count: errors,
        warning_count: warnings,
        diagnostics,
      } = JSON.parse(validate.stdout) as {
        error_count: number;
        warning_count: number;
        diagnostics: unknown[];
      };
      const ok = errors === 0 && warnings === 0;
      rows.push({
        what: `${name}/${stack}: terraform validate`,
        ok,
        detail: ok ? "no error, no warning" : JSON.stringify(diagnostics, null, 2),
      });
    }
    return rows;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: "boolean" }, "if-available": { type: "boolean" } },
  });
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  const known = exampleNames();
  const names = [...known, ...Object.keys(REFEREED)];
  const unknown = positionals.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`no such example: ${unknown.join(", ")}; there are ${names.join(", ")}`);
    return 1;
  }
  const version = await terraformVersion();
  if (version === undefined) {
    if (values["if-available"] === true) {
      console.log("skipped: terraform is not installed");
      return 0;
    }
    console.error("terraform is not installed: install Terraform 1.7 or later, or pass --if-available to skip");
    return 1;
  }
  const env = terraformEnvironment();
  console.log(
    `terraform ${version}, provider from ${findProviderMirror() === undefined ? "the registry" : "a mirror"}`,
  );
  const rows: Row[] = [];
  const take = (taken: readonly Row[]): void => {
    for (const row of taken) {
      rows.push(row);
      console.log(`${row.ok ? "ok  " : "FAIL"} ${row.what}: ${row.detail}`);
    }
  };
  const asked = (name: string): boolean => positionals.length === 0 || positionals.includes(name);
  for (const name of known.filter(asked)) take(await validateExample(name, env));
  for (const [name, ask] of Object.entries(REFEREED))
    if (asked(name)) take(await ask(env, { skipsMissing: values["if-available"] === true }));
  const failed = rows.filter((row) => !row.ok).length;
  console.log(`${rows.length - failed} passed, ${failed} failed`);
  return failed === 0 && rows.length > 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
