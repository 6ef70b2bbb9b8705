/**
 * `npm run test:deploy [-- EXAMPLE…]`: every example goes through a real `cdktf deploy` against a local AWS emulator, with
 * nothing but environment variables pointing at it: deploy, an empty second plan, the stages forward and back, destroy.
 */
import { existsSync, readFileSync } from "node:fs";
import { devNull } from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { exampleNames } from "../support/examples";
import { enterRunFolder, makeLastingFolder, makeTemporaryFolder } from "../support/temporary-folder";
import { findProviderMirror } from "../support/terraform";
import { runAdoption } from "./adoption";
import { emulatorLacks, startEmulator } from "./emulator";
import { engine, engineEnvironment, engines, engineVersion } from "./engine";
import { runCorrections } from "./corrections";
import { runInterlock } from "./interlock";
import { clean, runExample, type Bench, type Row } from "./lab";
import { walks } from "./walks";

const HELP = `usage: npm run test:deploy -- [EXAMPLE…] [--if-available] [--keep]

Deploys examples with cdktf against a local AWS emulator: deploy, an empty second plan, every stage forward and back with
nothing moving that should not, destroy, nothing left. Without a name, all examples, and
"interlock": migrations that hold each other, "corrections": an inventory that is corrected after the cut-over, and "adoption":
what is in AWS already, taken over. TERRAFORM_BINARY_NAME=tofu deploys with OpenTofu in place of Terraform.

  --if-available   a machine that lacks a tool is skipped instead of failed
  --keep           leave the folders for a look, with Terraform's state and the emulator's log
  --help           this text`;

/** What is no example: migrations that hold each other, corrections of what is live, and what somebody else has made. */
const LABS: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  interlock: runInterlock,
  corrections: runCorrections,
  adoption: runAdoption,
};

/** Two examples at a time: the machines have two cores, and the provider's own waiters are the cost. */
const LANES = 2;

/** Write-only arguments, which keep passwords out of the state, came with Terraform 1.11. */
function knowsWriteOnly(version: string | undefined): boolean {
  const [major = 0, minor = 0] = (version ?? "0").split(".").map(Number);
  return major > 1 || (major === 1 && minor >= 11);
}

async function lacks(): Promise<string[]> {
  return [
    ...(knowsWriteOnly(await engineVersion()) ? [] : [`${engine} 1.11 or later`]),
    ...[await emulatorLacks()].filter((each) => each !== undefined),
  ];
}

/** The shell's environment without what would lead to another AWS, or to another Terraform than the lab's own. */
function environment(url: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(engineEnvironment()).filter(
    ([name]) => !/^(AWS_|TF_CLI_ARGS|TF_VAR_|TF_WORKSPACE$|TF_DATA_DIR$|TF_LOG)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: "emulator",
    AWS_SECRET_ACCESS_KEY: "emulator",
    AWS_REGION: "eu-central-1",
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    // Two that fill the shared cache at once break each other; from a mirror a provider is linked and needs none.
    ...(findProviderMirror() === undefined ? {} : { CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1" }),
    // The provider's own waiters cost 10 to 60 s a resource; only doing many at once shortens the whole.
    TF_CLI_ARGS_apply: "-parallelism=60",
    TF_CLI_ARGS_destroy: "-parallelism=60",
  };
}

/** What the emulator wrote down. It answers again what a client asked twice: that is normal, and not worth a line each. */
function tell(example: string, log: string): void {
  if (!existsSync(log)) return;
  const lines = readFileSync(log, "utf8").trim().split("\n");
  const missing = [...new Set(lines.filter((line) => /^(lacks|fails) /.test(line)))];
  if (missing.length > 0) console.log(`     ${example}: of the emulator: ${missing.join("\n       ")}`);
}

async function runLane(names: string[], folder: string, keep: boolean, report: (row: Row) => void): Promise<void> {
  for (let example = names.shift(); example !== undefined; example = names.shift()) {
    const log = path.join(folder, `${example}.emulator.log`);
    const emulator = await startEmulator(log, walks[example]?.account);
    const bench: Bench = { example, folder: path.join(folder, example), env: environment(emulator.url), report };
    try {
      await (LABS[example] ?? ((of) => runExample(of, walks[of.example])))(bench);
    } finally {
      await emulator.stop();
      tell(example, log);
      if (!keep) clean(bench);
    }
  }
}

function show({ ok, example, what, seconds, detail }: Row): void {
  const [first = "", ...others] = detail.split("\n");
  const place = `${example.padEnd(20)} ${what.padEnd(32)} ${seconds.toFixed(1).padStart(6)} s`;
  console.log(`${ok ? "ok  " : "FAIL"} ${place}  ${first}`);
  for (const line of others) console.log(`       ${line}`);
}

function summary(rows: readonly Row[]): void {
  console.log(`\n${"example".padEnd(20)} passed  failed  seconds  longest step`);
  for (const example of [...new Set(rows.map((row) => row.example))].sort()) {
    const own = rows.filter((row) => row.example === example);
    const passed = own.filter((row) => row.ok).length;
    const seconds = own.reduce((sum, row) => sum + row.seconds, 0);
    const longest = own.reduce((most, row) => (row.seconds > most.seconds ? row : most));
    const numbers = [
      String(passed).padStart(6),
      String(own.length - passed).padStart(6),
      seconds.toFixed(0).padStart(7),
    ];
    console.log(`${example.padEnd(20)} ${numbers.join("  ")}  ${longest.what} (${longest.seconds.toFixed(0)} s)`);
  }
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: "boolean" }, keep: { type: "boolean" }, "if-available": { type: "boolean" } },
  });
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  const known = [...exampleNames(), ...Object.keys(LABS)];
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`no such example: ${unknown.join(", ")}; there are ${known.join(", ")}`);
    return 1;
  }
  const asked = process.env["TERRAFORM_BINARY_NAME"] ?? engine;
  if (!engines.some((name) => name === asked)) {
    console.error(`no such engine: TERRAFORM_BINARY_NAME is ${asked}; there are ${engines.join(", ")}`);
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
  // In the order of the walks, which has the long ones first.
  const order = Object.keys(walks);
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const names = known
    .filter((name) => positionals.length === 0 || positionals.includes(name))
    .sort((a, b) => place(a) - place(b));
  const keep = values.keep === true;
  const folder = keep ? makeLastingFolder("deploy-lab") : makeTemporaryFolder("deploy-lab");
  const rows: Row[] = [];
  const report = (row: Row): void => {
    rows.push(row);
    show(row);
  };
  console.log(`${engine} ${(await engineVersion()) ?? ""}`);
  await Promise.all(Array.from({ length: LANES }, () => runLane(names, folder, keep, report)));
  if (keep) console.log(`\nkept: ${folder}`);
  summary(rows);
  const failed = rows.filter((row) => !row.ok).length;
  console.log(`\n${rows.length - failed} passed, ${failed} failed`);
  return failed === 0 && rows.length > 0 ? 0 : 1;
}

// An interruption ends the process, and with it the emulators, each of which reads a pipe that closes then, and the commands.
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
