/**
 * What exists, given to every construct in one stack, to the real Terraform: by a token of a resource of the stack, of which the
 * provider's types and arguments are checked, without an error and without a warning.
 */
import * as path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { constructId } from "../../lib/core/construct-ids";
import { existingCases } from "../existing/cases";
import { Given } from "../existing/given";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { run } from "../support/terraform";
import type { Row } from "./guard-plan";

/** Has Terraform validate one stack with every case. */
export async function existingRows(env: NodeJS.ProcessEnv): Promise<Row[]> {
  const outdir = makeTemporaryFolder("validate-existing");
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "existing");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  const given = new Given(stack, "a resource of the stack");
  const cases = Object.entries(existingCases);
  for (const [name, { make }] of cases) make(new Construct(stack, constructId(name)), given);
  app.synth();
  const chdir = `-chdir=${path.join(outdir, "stacks", "existing")}`;
  const init = await run("terraform", [chdir, "init", "-backend=false", "-input=false"], { env });
  if (init.code !== 0) return [{ what: "existing: terraform init", ok: false, detail: init.stderr }];
  const { stdout, stderr } = await run("terraform", [chdir, "validate", "-json"], { env });
  if (!stdout.startsWith("{")) return [{ what: "existing: terraform validate", ok: false, detail: stderr }];
  const answer = JSON.parse(stdout) as {
    readonly error_count: number;
    readonly warning_count: number;
    readonly diagnostics: readonly unknown[];
  };
  const ok = answer.error_count === 0 && answer.warning_count === 0;
  const detail = ok ? `${cases.length} constructs and what they are given, no error, no warning` : stdout;
  return [{ what: "existing: terraform validate", ok, detail }];
}
