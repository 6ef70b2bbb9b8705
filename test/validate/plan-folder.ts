/** Terraform's plan in JSON for a written state and a configuration, with the real AWS provider and without an account. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { blockOf, type ResourceSchema, type Value } from "../../scripts/generate/replacing-attributes/schema";
import { PROVIDER, startAwsProvider } from "../support/aws-provider";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { run } from "../support/terraform";

/** A resource of the written state. */
export interface StateResource {
  readonly type: string;
  readonly name: string;
  /** The address of its provider. @default - that of AWS */
  readonly provider?: string;
  readonly module?: string;
  /** The key of its for_each, or the index of its count. */
  readonly key?: string | number;
  readonly deposed?: string;
  /** Whether OpenTofu has noted that the object is left where it is, as `destroy = false` of its lifecycle says. */
  readonly isLeft?: boolean;
  readonly attributes: Readonly<Record<string, Value>>;
}

/** What Terraform says of a resource, as far as the guard is held against it. */
export interface TerraformChange {
  readonly address: string;
  /** The address that it moves from. */
  readonly previous_address?: string;
  readonly type: string;
  readonly name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly replace_paths?: readonly (readonly unknown[])[];
    readonly before: Readonly<Record<string, Value>> | null;
    /** The planned attributes, as far as they are known. */
    readonly after: Readonly<Record<string, Value>> | null;
  };
}

/** A plan as Terraform prints it. */
export interface PlanJson {
  readonly resource_changes?: readonly TerraformChange[];
}

/** A folder in which Terraform plans. */
export class PlanFolder {
  private constructor(
    /** Its path. */
    public readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
    /** The schemas of all resource types. */
    public readonly schemas: Readonly<Record<string, ResourceSchema>>,
    private readonly engine: "terraform" | "tofu",
  ) {}

  /** Starts the provider, with further files of the configuration. No account is asked: nothing is refreshed. */
  public static async start(env: NodeJS.ProcessEnv, files: Readonly<Record<string, object>>): Promise<PlanFolder> {
    const folder = makeTemporaryFolder("guard-plan");
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), JSON.stringify(content));
    }
    return new PlanFolder(folder, env, await startAwsProvider(folder, env), "terraform");
  }

  /** Returns a copy in which OpenTofu plans: its provider has another address and the same schemas. */
  public async forTofu(env: NodeJS.ProcessEnv): Promise<PlanFolder> {
    const folder = makeTemporaryFolder("tofu-plan");
    cpSync(this.folder, folder, {
      recursive: true,
      filter: (source) => !path.basename(source).startsWith(".terraform"),
    });
    const copy = new PlanFolder(folder, env, this.schemas, "tofu");
    const { code, stdout, stderr } = await copy.run("init", "-input=false");
    if (code !== 0) throw new Error(`tofu init: ${stderr}${stdout}`);
    return copy;
  }

  /** Writes the state and the configuration. */
  public write(resources: readonly StateResource[], configuration: object): void {
    const state = {
      version: 4,
      terraform_version: "1.0.0",
      serial: 1,
      lineage: "guard",
      outputs: {},
      resources: resources.map(({ type, name, provider, module, key, deposed, isLeft, attributes }) => ({
        ...(module === undefined ? {} : { module }),
        mode: "managed",
        type,
        name,
        provider: `provider["${provider ?? PROVIDER}"]`,
        instances: [
          {
            ...(key === undefined ? {} : { index_key: key }),
            ...(deposed === undefined ? {} : { deposed }),
            ...(isLeft === undefined ? {} : { skip_destroy: isLeft }),
            schema_version: this.schemas[type]?.version ?? 0,
            attributes: this.whole(type, attributes),
            sensitive_attributes: [],
          },
        ],
      })),
    };
    writeFileSync(path.join(this.folder, "terraform.tfstate"), JSON.stringify(state));
    this.writeConfiguration(configuration);
  }

  /** Writes the configuration alone, for a state that is there or that is empty. */
  public writeConfiguration(configuration: object): void {
    // Indented, because each of Terraform's errors quotes the line that it is about.
    writeFileSync(path.join(this.folder, "main.tf.json"), JSON.stringify(configuration, undefined, 1));
  }

  /** Plans; returns the plan's JSON, undefined where there is none, and the log with the errors. */
  public async plan(): Promise<{ readonly json?: string; readonly log: string }> {
    const planned = await this.run("plan", "-refresh=false", "-lock=false", "-input=false", "-json", "-out=plan");
    const shown = await this.run("show", "-json", "plan");
    rmSync(path.join(this.folder, "plan"), { force: true });
    return { ...(shown.code === 0 ? { json: shown.stdout } : {}), log: planned.stdout };
  }

  /** All attributes of the resource. Without tags it has none, and not that none are known. */
  private whole(type: string, attributes: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
    const { block = {} } = this.schemas[type] ?? {};
    return blockOf(block, { ...(block.attributes?.["tags_all"] === undefined ? {} : { tags_all: {} }), ...attributes });
  }

  private run(...args: string[]): ReturnType<typeof run> {
    return run(this.engine, [`-chdir=${this.folder}`, ...args], { env: this.env });
  }
}
