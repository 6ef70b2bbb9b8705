/** Real OpenTofu for the deeper rungs, beside Terraform and with the same AWS provider. */
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { providerVersion } from "./aws-provider";
import { makeTemporaryFolder } from "./temporary-folder";
import { findProviderMirror, run } from "./terraform";

/** The environment for OpenTofu: that of Terraform, with a mirror under the name of OpenTofu's own registry. */
export function tofuEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const mirror = findProviderMirror();
  if (mirror === undefined) return env;
  const given = path.join(mirror, "registry.terraform.io", "hashicorp", "aws", providerVersion);
  const own = makeTemporaryFolder("tofu-mirror");
  const folder = path.join(own, "registry.opentofu.org", "hashicorp", "aws", providerVersion);
  mkdirSync(folder, { recursive: true });
  // OpenTofu follows a link for the platform's folder, and for none above it.
  for (const platform of readdirSync(given)) symlinkSync(path.join(given, platform), path.join(folder, platform));
  const file = path.join(own, "tofu.rc");
  writeFileSync(file, `provider_installation {\n  filesystem_mirror {\n    path = "${own}"\n  }\n}\n`);
  return { ...env, TF_CLI_CONFIG_FILE: file };
}

/** OpenTofu's version, or undefined where it is not installed. */
export async function tofuVersion(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { code, stdout } = await run("tofu", ["version"], { env });
  return code === 0 ? /OpenTofu v(\S+)/.exec(stdout)?.[1] : undefined;
}
