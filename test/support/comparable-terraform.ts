/** Synthesized Terraform as text that is the same wherever and with whichever version of CDKTF it was synthesized. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

/** The stacks in the output of a synthesis by their names. `folder` is the project's, which the path of a state names. */
export function comparableStacks(outdir: string, folder: string): Map<string, string> {
  const stacks = path.join(outdir, "stacks");
  return new Map(
    readdirSync(stacks).map((stack) => {
      const text = readFileSync(path.join(stacks, stack, "cdk.tf.json"), "utf8");
      return [stack, comparable(text, folder)] as const;
    }),
  );
}

/** Without what must differ: CDKTF's metadata, the provider's version and the folder of the state. */
function comparable(text: string, folder: string): string {
  const json = JSON.parse(text.replaceAll(folder, ""), (key: string, value: unknown) =>
    key === "//" ? undefined : value,
  ) as {
    terraform?: { required_providers?: Record<string, { version?: string; source?: string }> };
  };
  for (const provider of Object.values(json.terraform?.required_providers ?? {})) {
    delete provider.version;
    // "aws" is short for "hashicorp/aws" (Terraform language, "Provider source addresses").
    provider.source = provider.source?.replace(/^hashicorp\//, "");
  }
  return JSON.stringify(json, null, 1);
}

/** Where two stacks differ first, as a phrase. */
export function firstDifference(a: string, b: string): string {
  const left = a.split("\n");
  const right = b.split("\n");
  const at = left.findIndex((line, index) => line !== right[index]);
  return `line ${at + 1}: ${left[at]?.trim() ?? "(end)"} became ${right[at]?.trim() ?? "(end)"}`;
}
