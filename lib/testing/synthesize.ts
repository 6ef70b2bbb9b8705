/**
 * ```ts
 * const stack = synthesize(await createApp()).stack("wave-1");
 * expect(Object.keys(stack.resources("aws_instance"))).toHaveLength(12);
 * ```
 *
 * Synthesizes an app as `cdktf synth` does, with every validation, and returns what it would have written. CDKTF's own
 * `Testing.synth(stack)` runs no validation: it returns the Terraform of a migration that is blocked, and a test that looks at
 * it passes while nothing can be deployed.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { App, Manifest, TerraformStack } from "cdktf";
import { MigrationError } from "../core/error";
import { compareText, listed } from "../core/text";
import { refused } from "./subject";

/** Terraform's JSON, as far as tests look at it, without CDKTF's metadata. */
export interface TerraformJson {
  /** The resources by type and name: `resource.aws_instance.web`. */
  readonly resource?: Readonly<Record<string, TerraformBlocks>>;
  /** The data sources by type and name. */
  readonly data?: Readonly<Record<string, TerraformBlocks>>;
  readonly [block: string]: unknown;
}

/** The blocks of one Terraform type, by their names. */
export type TerraformBlocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A Terraform type: `aws_instance`, or the class of CDKTF that makes one. */
export type TerraformType = string | { readonly tfResourceType: string };

/** The output of a stack. */
export class SynthesizedStack {
  constructor(
    /** The name of the stack. */
    public readonly name: string,
    /** Its `cdk.tf.json`, without CDKTF's metadata. */
    public readonly terraform: TerraformJson,
    /** The files beside it, by their paths: `runbook.md`, `office/strongswan/swanctl.conf`. */
    public readonly files: Readonly<Record<string, string>>,
  ) {}

  /** The text of {@link terraform}, for CDKTF's own matchers: `expect(stack.json).toHaveResource(Instance)`. */
  public get json(): string {
    return JSON.stringify(this.terraform, undefined, 2);
  }

  /** Returns the resources of a type by their names; none where there is none. */
  public resources(type: TerraformType): TerraformBlocks {
    const { resource = {} } = this.terraform;
    return resource[typeof type === "string" ? type : type.tfResourceType] ?? {};
  }
}

/** The output of an app. */
export class SynthesizedApp {
  /** @param stacks the stacks in the order in which they were made */
  constructor(public readonly stacks: readonly SynthesizedStack[]) {}

  /**
   * Returns the stack of that name.
   *
   * @throws MigrationError `TESTING_STACK`
   */
  public stack(name: string): SynthesizedStack {
    const found = this.stacks.find((each) => each.name === name);
    if (found !== undefined) return found;
    throw new MigrationError({
      code: "TESTING_STACK",
      path: "name",
      received: name,
      allowed: `a stack of the app: ${listed(this.stacks.map((each) => each.name))}`,
      fix: "write one of these",
    });
  }
}

/**
 * Synthesizes an app, or the app of a stack, with every validation, also where the app says `skipValidation`. Nothing is written
 * but a temporary folder, which is removed again.
 *
 * @throws Error of CDKTF, as in `cdktf synth`, with every blocker and every validation that failed; MigrationError
 * `TESTING_SUBJECT`
 */
export function synthesize(app: App): SynthesizedApp;
export function synthesize(stack: TerraformStack): SynthesizedStack;
export function synthesize(scope: App | TerraformStack): SynthesizedApp | SynthesizedStack {
  if (App.isApp(scope)) return synthesizeApp(scope);
  if (TerraformStack.isStack(scope)) return synthesizeApp(App.of(scope)).stack(scope.node.id);
  throw refused(scope, "an app or a stack");
}

function synthesizeApp(app: App): SynthesizedApp {
  const outdir = mkdtempSync(path.join(tmpdir(), "synthesized-"));
  const { manifest: own } = app;
  // CDKTF's own `synth`, whatever its version does, into another folder: the app's is what `cdktf synth` writes.
  const restore = override(app, {
    outdir,
    manifest: new Manifest(own.version, outdir, own.hclOutput),
    skipValidation: false,
  });
  try {
    app.synth();
    const stacks = app.node.findAll().filter((each): each is TerraformStack => TerraformStack.isStack(each));
    return new SynthesizedApp(
      stacks.map((stack) => readStack(stack, path.join(outdir, Manifest.stacksFolder, stack.node.id))),
    );
  } finally {
    restore();
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Gives the object other values, read-only ones among them, and returns the way back. */
function override<Value extends object>(object: Value, values: Partial<Value>): () => void {
  const names = Object.keys(values) as (keyof Value)[];
  const before = Object.fromEntries(names.map((name) => [name, object[name]]));
  Object.assign(object, values);
  return () => {
    Object.assign(object, before);
  };
}

/** The file in which CDKTF writes a stack, unless it writes HCL. */
const JSON_FILE = "cdk.tf.json";
/** The files of CDKTF itself: the Terraform, in JSON or HCL, and the metadata of the latter. */
const OWN_FILES: ReadonlySet<string> = new Set([JSON_FILE, "cdk.tf", "metadata.json"]);

function readStack(stack: TerraformStack, folder: string): SynthesizedStack {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => [path.relative(folder, file).split(path.sep).join("/"), readFileSync(file, "utf8")] as const)
    .sort(([a], [b]) => compareText(a, b));
  const beside = files.filter(([name]) => !OWN_FILES.has(name));
  const written = files.find(([name]) => name === JSON_FILE)?.[1] ?? JSON.stringify(stack.toTerraform());
  const terraform: unknown = JSON.parse(written, (key, value: unknown) => (key === "//" ? undefined : value));
  return new SynthesizedStack(stack.node.id, terraform as TerraformJson, Object.fromEntries(beside));
}
