/**
 * Reads the migrations of a synthesized app from the parameters in which their stages are recorded. A migration is identified
 * by the parameter of its declared stage alone, so that it is found whatever its pattern.
 */
import { parseParameterName } from "../../core/stage-record";

/** A migration as the code declares it. */
export interface DeclaredMigration {
  readonly app: string;
  readonly migration: string;
  /** The name of the stack that declares it. */
  readonly stack: string;
  /** The declared stage. Undefined where only Terraform knows it. */
  readonly code?: string;
  /**
   * The names of the migration's stages.
   * @default - not known: the parameter was created by something else than this library, or by another version of it
   */
  readonly stages?: readonly string[];
  /** The region of its parameters. Undefined where only Terraform knows it, or no provider names one. */
  readonly region?: string;
}

type Block = Readonly<Record<string, unknown>>;

/** Returns the migrations of one stack's Terraform in JSON, in the order of their parameters. */
export function declaredMigrations(stack: string, terraform: unknown): DeclaredMigration[] {
  const regions = regionsOf(block(terraform)["provider"]);
  const parameters = Object.values(block(block(block(terraform)["resource"])["aws_ssm_parameter"])).map(block);
  const named = parameters.flatMap((parameter) => {
    const parsed = parseParameterName(knownText(parameter["name"]) ?? "");
    return parsed === undefined ? [] : [{ ...parsed, parameter }];
  });
  return named
    .filter(({ kind }) => kind === "declared")
    .map(({ app, name, parameter }) => {
      const code = knownText(parameter["insecure_value"]) ?? knownText(parameter["value"]);
      const region = knownText(parameter["region"]) ?? regions.get(providerOf(parameter));
      const stages = named
        .filter((each) => each.app === app && each.name === name && each.kind === "declared")
        .map((each) => knownStages(each.parameter))
        .find((each) => each !== undefined);
      return {
        app,
        migration: name,
        stack,
        ...(code === undefined ? {} : { code }),
        ...(stages === undefined ? {} : { stages }),
        ...(region === undefined ? {} : { region }),
      };
    });
}

function block(value: unknown): Block {
  return typeof value === "object" && value !== null ? (value as Block) : {};
}

/** Returns the value if it is text without a Terraform expression. */
function knownText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && !value.includes("${") ? value : undefined;
}

/** Returns the parameter's provider: `aws.virginia`, or `aws` for the default provider. */
function providerOf(parameter: Block): string {
  const provider = parameter["provider"];
  if (typeof provider !== "string") return "aws";
  return /^\$\{(.*)\}$/.exec(provider)?.[1] ?? provider;
}

function regionsOf(providers: unknown): Map<string, string> {
  const aws = block(providers)["aws"];
  const regions = new Map<string, string>();
  for (const each of (Array.isArray(aws) ? aws : [aws]).map(block)) {
    const region = knownText(each["region"]);
    const alias = knownText(each["alias"]);
    if (region !== undefined) regions.set(alias === undefined ? "aws" : `aws.${alias}`, region);
  }
  return regions;
}

/** Returns the stages that the parameter's precondition lists: it keeps Terraform from overwriting what is none of them. */
function knownStages(parameter: Block): string[] | undefined {
  const conditions = block(parameter["lifecycle"])["precondition"];
  const [first] = (Array.isArray(conditions) ? conditions : [conditions]).map(block);
  const [, names] = /^\$\{contains\((\["[A-Za-z0-9_.",-]+"\]), lookup\(/.exec(String(first?.["condition"])) ?? [];
  return names === undefined ? undefined : (JSON.parse(names) as string[]);
}
