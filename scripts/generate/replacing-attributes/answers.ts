/** Terraform's plan for many resources at once, which says of each whether it is replaced, and on account of which attributes. */
import { rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { PROVIDER, startAwsProvider } from "../../../test/support/aws-provider";
import { makeTemporaryFolder } from "../../../test/support/temporary-folder";
import { run, terraformEnvironment } from "../../../test/support/terraform";
import type { Question } from "./questions";
import type { ResourceSchema } from "./schema";

/** The answer to a question; `refused` is the provider's error, where it makes no plan. */
export type Answer = { readonly replaced: boolean } | { readonly refused: string };

/** A folder with the provider, in which Terraform plans. */
export class Provider {
  private constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
    /** The schemas of all resource types. */
    readonly schemas: Readonly<Record<string, ResourceSchema>>,
  ) {}

  /** Starts the provider by Terraform, without an account: nothing is looked up, and nothing is made. */
  static async start(): Promise<Provider> {
    const folder = makeTemporaryFolder("replacing-attributes");
    const env = terraformEnvironment();
    return new Provider(folder, env, await startAwsProvider(folder, env));
  }

  /** Returns the answers to the questions, in their order. */
  async ask(questions: readonly Question[]): Promise<Answer[]> {
    const answers = new Map<number, Answer>();
    let pending = new Map(questions.entries());
    // A resource that does not stand by itself ends the plan of all, so it is amended, or else left out, and the others go again.
    while (pending.size > 0) {
      const { answered, refused } = await this.plan(pending);
      if (answered.size === 0 && refused.size === 0) throw new Error("terraform answered nothing");
      for (const [index, answer] of answered) answers.set(index, answer);
      const next = new Map<number, Question>();
      for (const [index, each] of pending) {
        if (answered.has(index)) continue;
        const refusal = refused.get(index);
        const amended = refusal === undefined ? each : withCompanions(each, refusal);
        if (amended === undefined) answers.set(index, { refused: refusal ?? "" });
        else next.set(index, amended);
      }
      pending = next;
    }
    return questions.map((_, index) => answers.get(index) ?? { refused: "no plan" });
  }

  private async plan(
    questions: ReadonlyMap<number, Question>,
  ): Promise<{ answered: Map<number, Answer>; refused: Map<number, string> }> {
    const resource: Record<string, Record<string, unknown>> = {};
    for (const [index, { type, code }] of questions) (resource[type] ??= {})[nameOf(index)] = code;
    this.write("resources.tf.json", { resource });
    this.write("terraform.tfstate", {
      version: 4,
      terraform_version: "1.0.0",
      serial: 1,
      lineage: "questions",
      outputs: {},
      resources: [...questions].map(([index, { type, state }]) => ({
        mode: "managed",
        type,
        name: nameOf(index),
        provider: `provider["${PROVIDER}"]`,
        instances: [{ schema_version: this.schemas[type]?.version ?? 0, attributes: state, sensitive_attributes: [] }],
      })),
    });
    const plan = await this.terraform("plan", "-refresh=false", "-lock=false", "-input=false", "-json", "-out=plan");
    const refused = refusals(plan.stdout);
    // A validation that fails leaves no plan at all, and an error of one resource leaves the plan of the others.
    const shown = await this.terraform("show", "-json", "plan");
    rmSync(path.join(this.folder, "plan"), { force: true });
    const { resource_changes: changes = [] } =
      shown.code === 0 ? (JSON.parse(shown.stdout) as { resource_changes?: ResourceChange[] }) : {};
    const answered = new Map<number, Answer>();
    for (const { name, change } of changes) {
      const index = Number(name.replace("question_", ""));
      const asked = questions.get(index);
      if (asked === undefined || refused.has(index)) continue;
      answered.set(index, { replaced: (change.replace_paths ?? []).some((each) => concerns(each, asked.path)) });
    }
    return { answered, refused };
  }

  private write(name: string, content: unknown): void {
    // Indented, because each of Terraform's errors quotes the line that it is about.
    writeFileSync(path.join(this.folder, name), JSON.stringify(content, undefined, 1));
  }

  private terraform(...args: string[]): ReturnType<typeof run> {
    return run("terraform", [`-chdir=${this.folder}`, ...args], { env: this.env });
  }
}

interface ResourceChange {
  readonly name: string;
  readonly change: { readonly replace_paths?: readonly (readonly (string | number)[])[] };
}

const nameOf = (index: number): string => `question_${String(index)}`;

/** Checks whether the replacing path is the attribute, a block around it, or something in it. */
function concerns(replacing: readonly (string | number)[], names: readonly string[]): boolean {
  const own = replacing.filter((step) => typeof step === "string");
  return own.slice(0, names.length).every((step, index) => step === names[index]);
}

/** Returns the first error of each question. */
export function refusals(stdout: string): Map<number, string> {
  const refused = new Map<number, string>();
  for (const line of stdout.split("\n")) {
    if (!line.includes('"diagnostic"')) continue;
    const { diagnostic } = JSON.parse(line) as {
      diagnostic?: {
        severity: string;
        address?: string;
        summary: string;
        detail?: string;
        snippet?: { context?: string | null };
      };
    };
    if (diagnostic?.severity !== "error") continue;
    // The provider's own bugs are reported by Terraform without an address.
    const place = `${diagnostic.address ?? diagnostic.snippet?.context ?? ""} ${diagnostic.detail ?? ""}`;
    const index = Number(/\.question_(\d+)/.exec(place)?.[1] ?? "-1");
    if (!refused.has(index)) refused.set(index, `${diagnostic.summary}: ${diagnostic.detail ?? ""}`);
  }
  const general = refused.get(-1);
  if (general !== undefined) throw new Error(general);
  return refused;
}

/** Returns the question with what the provider wants beside the attribute, or undefined if it wants nothing more. */
export function withCompanions(asked: Question, refusal: string): Question | undefined {
  const [, how, list = ""] = /(all|one) of `([a-z0-9_,]+)`/.exec(refusal) ?? [];
  const wanted = list.split(",").filter((name) => name !== "" && asked.code[name] === undefined);
  const names = how === "one" ? wanted.slice(0, 1) : wanted;
  // What is asked about is left out of the code where it is removed; it is no companion of itself.
  if (names.length === 0 || (asked.how === "removed" && names.includes(asked.path[0] ?? ""))) return undefined;
  return asked.with(names);
}
