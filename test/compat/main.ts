/**
 * `npm run test:compat`: the library and its examples, compiled and synthesized against the other versions that a consumer
 * may bring: the last AWS provider package of CDKTF, and CDK Terrain (`cdktn`) under CDKTF's names. The Terraform must be the
 * same but for metadata and the provider's version.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { comparableStacks, firstDifference } from "../support/comparable-terraform";
import { exampleNames } from "../support/examples";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { run } from "../support/terraform";

const root = path.join(__dirname, "../..");

/** What a consumer may alias; everything else is as in our own package.json. */
const consumers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "AWS provider 6.x": { "@cdktf/provider-aws": "21.22.1" },
  "CDK Terrain": { cdktf: "npm:cdktn@0.24.0", "@cdktf/provider-aws": "npm:@cdktn/provider-aws@25.7.0" },
};

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

/** Needed to compile and run, and nothing more: no linter, no CDKTF command line, and of a test runner the types alone. */
const TOOLS = [
  "typescript",
  "tsx",
  "zod",
  "constructs",
  "@types/node",
  "cdktf",
  "@cdktf/provider-aws",
  "@aws-sdk/client-ssm",
  "@jest/globals",
];

/** CDK Terrain asks what a project runs on, in its cdktf.json: write-only arguments came with these. */
const TARGETS = { terraform: ">=1.11.0", opentofu: ">=1.11.0" };

type Synthesized = ReadonlyMap<string, string>;

async function synthesize(folder: string): Promise<Synthesized> {
  const stacks = new Map<string, string>();
  for (const name of exampleNames()) {
    const outdir = makeTemporaryFolder("compat-out");
    const main = path.join(folder, "examples", name, "main.ts");
    const synth = await run(process.execPath, [path.join(folder, "node_modules/tsx/dist/cli.mjs"), main], {
      cwd: folder,
      env: { ...process.env, CDKTF_OUTDIR: outdir, CDKTF_CONTEXT_JSON: JSON.stringify({ targetVersions: TARGETS }) },
    });
    if (synth.code !== 0) throw new Error(`${name} does not synthesize:\n${synth.stderr}`);
    for (const [stack, text] of comparableStacks(outdir, folder)) stacks.set(`${name}/${stack}`, text);
    rmSync(outdir, { recursive: true, force: true });
  }
  return stacks;
}

/** A copy of the sources in a folder of its own, with the consumer's versions installed. */
async function install(overrides: Readonly<Record<string, string>>): Promise<string> {
  const folder = makeTemporaryFolder("compat");
  for (const each of ["lib", "examples", "tsconfig.json", ".npmrc"]) {
    cpSync(path.join(root, each), path.join(folder, each), { recursive: true });
  }
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Manifest & {
    peerDependencies?: unknown;
    scripts?: unknown;
  };
  delete manifest.scripts;
  delete manifest.peerDependencies;
  manifest.devDependencies = Object.fromEntries(
    TOOLS.map((tool) => [tool, overrides[tool] ?? manifest.devDependencies[tool] ?? "*"]),
  );
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
  const installed = await run("npm", ["install", "--no-audit", "--no-fund"], { cwd: folder });
  if (installed.code !== 0) throw new Error(installed.stderr);
  return folder;
}

async function main(): Promise<number> {
  let failed = 0;
  let passed = 0;
  const say = (ok: boolean, what: string, detail: string): void => {
    if (ok) passed++;
    else failed++;
    console.log(`${ok ? "ok  " : "FAIL"} ${what}: ${detail}`);
  };
  const ours = await synthesize(root);
  for (const [consumer, overrides] of Object.entries(consumers)) {
    const folder = await install(overrides);
    try {
      for (const project of ["tsconfig.json", "examples/tsconfig.json"]) {
        const tsc = path.join(folder, "node_modules/typescript/bin/tsc");
        const compiled = await run(process.execPath, [tsc, "--build", project], { cwd: folder });
        say(compiled.code === 0, `${consumer}: tsc --build ${project}`, compiled.stdout.trim() || "compiles");
      }
      const theirs = await synthesize(folder);
      for (const [stack, text] of ours) {
        const same = theirs.get(stack) === text;
        say(
          same,
          `${consumer}: ${stack}`,
          same ? "the same Terraform" : firstDifference(text, theirs.get(stack) ?? ""),
        );
      }
    } catch (error) {
      say(false, consumer, String(error));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

void main().then((code) => {
  process.exitCode = code;
});
