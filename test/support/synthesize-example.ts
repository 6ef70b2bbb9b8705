import { readdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import type { App } from "cdktf";
import { exampleMain } from "./examples";
import { makeTemporaryFolder } from "./temporary-folder";

/** A stack as Terraform reads it. */
export interface SynthesizedStack {
  readonly name: string;
  /** `cdk.tf.json` without CDKTF's own metadata and the backend, which depends on the folder. */
  readonly terraform: TerraformJson;
  /** `cdk.tf.json` as it is written. */
  readonly written: unknown;
  /** The artifacts beside it: name to content. */
  readonly artifacts: Readonly<Record<string, string>>;
}

/** The part of Terraform's JSON that the tests look at. */
export interface TerraformJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly output?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Synthesizes an example as its `main.ts` does, with the options of its `createApp`, into a folder that is removed again. */
export async function synthesizeExample(name: string, options: object = {}): Promise<SynthesizedStack[]> {
  const outdir = makeTemporaryFolder(`example-${name}`);
  const before = process.env["CDKTF_OUTDIR"];
  process.env["CDKTF_OUTDIR"] = outdir;
  try {
    const example = (await import(exampleMain(name))) as {
      createApp(options?: object): App | Promise<App>;
    };
    const app = await example.createApp(options);
    app.synth();
    return readdirSync(path.join(outdir, "stacks"))
      .sort()
      .map((stack) => readStack(path.join(outdir, "stacks", stack), stack));
  } finally {
    if (before === undefined) delete process.env["CDKTF_OUTDIR"];
    else process.env["CDKTF_OUTDIR"] = before;
    rmSync(outdir, { recursive: true, force: true });
  }
}

function readStack(folder: string, name: string): SynthesizedStack {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
  const read = (file: string): string => readFileSync(path.join(folder, file), "utf8");
  const written: unknown = JSON.parse(read("cdk.tf.json"));
  const terraform = JSON.parse(read("cdk.tf.json"), (key: string, value: unknown) =>
    key === "//" ? undefined : value,
  ) as TerraformJson & { terraform?: { backend?: unknown } };
  // CDKTF's default backend names a file in the folder where the command was run, and so do references between stacks.
  delete terraform.terraform?.backend;
  for (const state of Object.values(terraform.data?.["terraform_remote_state"] ?? {})) {
    delete (state as { config?: unknown }).config;
  }
  const artifacts = Object.fromEntries(
    files.filter((file) => file !== "cdk.tf.json").map((file) => [file, read(file)]),
  );
  return { name, terraform, written, artifacts };
}
