/** The real process, for what only a process has: its exit status, its streams, a pipe that closes early. */
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { temporaryFolder } from "./captured";

const root = path.join(__dirname, "../..");
const node = [process.execPath, "--import", "tsx", path.join(root, "lib/cli/main.ts")];
const { file } = temporaryFolder();

function processOf(args: readonly string[]): SpawnSyncReturns<string> {
  const [command = "", ...rest] = [...node, ...args];
  return spawnSync(command, rest, { cwd: root, encoding: "utf8", env: { PATH: process.env.PATH ?? "" } });
}

describe("the process", () => {
  it("prints its version on standard output and exits with 0", () => {
    const { status, stdout, stderr } = processOf(["--version"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^\d/);
  });

  it("prints an error on standard error and exits with 2", () => {
    const { status, stdout, stderr } = processOf(["inventory", file("missing.xlsx")]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^migration-patterns: \[INVENTORY_FILE_NOT_FOUND\] /);
  });

  it("neither complains nor fails when its reader has seen enough", () => {
    const servers = Array.from({ length: 5000 }, (_unused, index) => ({ name: `server-${index}` }));
    const many = file("many.json", JSON.stringify({ servers }));
    const line = [...node, "inventory", many, "--format", "json"].map((word) => `'${word}'`).join(" ");
    const shell = spawnSync("bash", ["-c", `set -o pipefail; ${line} | head -n 1`], { cwd: root, encoding: "utf8" });
    expect({ status: shell.status, stdout: shell.stdout, stderr: shell.stderr }).toEqual({
      status: 0,
      stdout: "{\n",
      stderr: "",
    });
  });

  it("loads neither CDKTF, the YAML parser nor the AWS SDK before it needs them", () => {
    const script =
      'for (const { load } of require("./lib/cli/commands.ts").commands) load();' +
      "const loaded = Object.keys(require.cache).filter((key) => /node_modules.(cdktf|constructs|@cdktf|yaml|@aws-sdk|@smithy)./.test(key));" +
      "console.log(loaded.length)";
    const { stdout } = spawnSync(process.execPath, ["--import", "tsx", "--eval", script], {
      cwd: root,
      encoding: "utf8",
    });
    expect(stdout.trim()).toBe("0");
  });
});
