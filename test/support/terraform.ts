/**
 * Real Terraform for the deeper rungs. The AWS provider comes from a filesystem mirror where the machine has one, and from
 * Terraform's own registry where it has not; the shell's own TF_CLI_CONFIG_FILE may name a file that does not exist, so a
 * configuration is always written.
 */
import { execFile, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { makeTemporaryFolder } from "./temporary-folder";

const execute = promisify(execFile);

/** What has to end with this process, before the folders are removed in which it writes. */
const running = new Set<ChildProcess>();

process.once("exit", () => {
  for (const child of running) child.kill();
});

/** Where Terraform looks for local mirrors by itself, and the variable that names one. */
function mirrorCandidates(): string[] {
  const optional = path.parse(process.cwd()).root + "opt";
  const below = (folder: string): string[] => {
    try {
      return readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => path.join(folder, entry.name));
    } catch {
      return [];
    }
  };
  const first = below(optional);
  return [
    ...(process.env["TF_PLUGIN_MIRROR"] === undefined ? [] : [process.env["TF_PLUGIN_MIRROR"]]),
    path.join(homedir(), ".terraform.d/plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
    ...first,
    ...first.flatMap(below),
  ];
}

/** The filesystem mirror that has the AWS provider, or undefined: then Terraform downloads it. */
export function findProviderMirror(): string | undefined {
  return mirrorCandidates().find((folder) =>
    existsSync(path.join(folder, "registry.terraform.io", "hashicorp", "aws")),
  );
}

/** The environment in which Terraform runs quietly and finds its provider. */
export function terraformEnvironment(): NodeJS.ProcessEnv {
  const mirror = findProviderMirror();
  const file = path.join(makeTemporaryFolder("terraform"), "terraform.rc");
  writeFileSync(
    file,
    mirror === undefined ? "" : `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`,
  );
  return {
    ...process.env,
    TF_CLI_CONFIG_FILE: file,
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    CI: "1",
    NO_COLOR: "1",
    FORCE_COLOR: "0",
    DISABLE_VERSION_CHECK: "1",
  };
}

/** How a command ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, whatever its exit code. */
export async function run(
  command: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string; readonly timeout?: number } = {},
): Promise<Outcome> {
  const started = execute(command, [...args], { maxBuffer: 256 * 1024 * 1024, timeout: 600_000, ...options });
  running.add(started.child);
  try {
    const { stdout, stderr } = await started;
    return { code: 0, stdout, stderr };
  } catch (error) {
    const failed = error as { code?: number | string; stdout?: string; stderr?: string; message: string };
    const code = typeof failed.code === "number" ? failed.code : 127;
    return { code, stdout: failed.stdout ?? "", stderr: failed.stderr ?? failed.message };
  } finally {
    running.delete(started.child);
  }
}

/** Terraform's version, or undefined where it is not installed. */
export async function terraformVersion(): Promise<string | undefined> {
  const { code, stdout } = await run("terraform", ["version"], { env: terraformEnvironment() });
  return code === 0 ? /Terraform v(\S+)/.exec(stdout)?.[1] : undefined;
}
