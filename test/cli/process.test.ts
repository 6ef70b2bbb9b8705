/** The real process, for what only a process has: its exit status, its streams, a pipe that closes early. */
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { describe, expect, it, jest } from "@jest/globals";
import { temporaryFolder } from "./captured";

const root = path.join(__dirname, "../..");
const node = [process.execPath, "--import", "tsx", path.join(root, "lib/cli/main.ts")];
const { file, folder } = temporaryFolder();
/** Nothing of who runs the test: bash complains of a locale that is not installed, and of whatever a .bashrc does. */
const options = {
  cwd: root,
  encoding: "utf8",
  env: { PATH: process.env.PATH ?? "", TMPDIR: tmpdir() },
} as const;
// Every test starts processes, which take their time on a busy machine.
jest.setTimeout(60_000);

function processOf(args: readonly string[]): SpawnSyncReturns<string> {
  const [command = "", ...rest] = [...node, ...args];
  return spawnSync(command, rest, options);
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
    const shell = spawnSync("bash", ["--norc", "-c", `set -o pipefail; ${line} | head -n 1`], options);
    expect({ status: shell.status, stdout: shell.stdout, stderr: shell.stderr }).toEqual({
      status: 0,
      stdout: "{\n",
      stderr: "",
    });
  });

  describe("whose output does not fit", () => {
    const servers = Array.from({ length: 3000 }, (_unused, index) => ({ name: `server-${index}` }));
    const many = file("fits-not.json", JSON.stringify({ servers }));
    /** In a shell that lets no file become larger than 16 KiB, as a disk would that has no more room. */
    const shell = (redirection: string) => {
      const line = [...node, "inventory", many, "--format", "json"].map((word) => `'${word}'`).join(" ");
      return spawnSync("bash", ["--norc", "-c", `ulimit -f 16; ${line} ${redirection}`], options);
    };

    it.each([
      ["a full device", "> /dev/full", "standard output: the output is not whole, because the disk is full"],
      ["a file that takes only a part", `> '${file("half.json")}'`, "standard output: the output is not whole"],
      ["a full device by its name", "--output /dev/full", '--output: received "/dev/full"'],
      ["a file by its name", `--output '${file("whole.json")}'`, "--output: received"],
    ])("exits with 2 and says so in one line: %s", (_, redirection, said) => {
      const { status, stdout, stderr } = shell(redirection);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toMatch(/^migration-patterns: \[CLI_OUTPUT\] [^\n]+\n$/);
      expect(stderr).toContain(said);
    });

    it("leaves no half of a file that was named with --output", () => {
      const { status } = shell(`--output '${file("refused.json")}'`);
      expect(status).toBe(2);
      expect(readdirSync(folder).filter((name) => name.startsWith("refused.json"))).toEqual([]);
    });
  });

  it("loads neither CDKTF, the YAML parser nor the AWS SDK before it needs them", () => {
    const script =
      'for (const { load } of require("./lib/cli/commands.ts").commands) load();' +
      "const loaded = Object.keys(require.cache).filter((key) => /node_modules.(cdktf|constructs|@cdktf|yaml|@aws-sdk|@smithy)./.test(key));" +
      "console.log(loaded.length)";
    const { stdout } = spawnSync(process.execPath, ["--import", "tsx", "--eval", script], options);
    expect(stdout.trim()).toBe("0");
  });
});
