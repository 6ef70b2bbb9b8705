/** The engine that the lab deploys with: Terraform, or OpenTofu where CDKTF's own variable names it. */
import { tofuEnvironment, tofuVersion } from "../support/opentofu";
import { terraformEnvironment, terraformVersion } from "../support/terraform";

/** The variable by which CDKTF and CDK Terrain are told the program that they call. */
const VARIABLE = "TERRAFORM_BINARY_NAME";

/** The names of the engines' programs. */
export const engines = ["terraform", "tofu"] as const;

/** The program of the engine. */
export const engine = process.env[VARIABLE] === "tofu" ? "tofu" : "terraform";

/** The engine's version, or undefined where it is not installed. */
export async function engineVersion(): Promise<string | undefined> {
  return engine === "tofu" ? tofuVersion(terraformEnvironment()) : terraformVersion();
}

/** The environment in which the engine runs quietly and finds its provider, and CDKTF finds the engine. */
export function engineEnvironment(): NodeJS.ProcessEnv {
  const env = { ...terraformEnvironment(), [VARIABLE]: engine };
  return engine === "tofu" ? tofuEnvironment(env) : env;
}

/** Commands for Terraform as somebody types them who has the engine. */
export function forEngine(commands: string, program: (typeof engines)[number] = engine): string {
  return commands.replace(/(^|[\s;|&(])terraform (?=-|[a-z])/g, `$1${program} `);
}
