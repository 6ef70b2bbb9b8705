import { spawnSync } from "node:child_process";
import { describe, expect, it } from "@jest/globals";
import { commands } from "../../lib/cli/commands";
import { pages } from "../../lib/cli/pages/all";
import { shellNames } from "../../lib/cli/pages/completion";
import { cli, temporaryFolder } from "./captured";

const { file } = temporaryFolder();

it("knows the pages of all commands, in the order of the help", () => {
  expect(pages).toEqual(commands.map(({ page }) => page));
});

describe.each(shellNames)("the script for %s", (shell) => {
  it("names every command and every option", async () => {
    const { status, stdout, stderr } = await cli(["completion", shell]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const { name, options } of pages) {
      expect(stdout).toContain(name);
      for (const option of options) expect(stdout).toMatch(new RegExp(`(?:--|-l )${option.name}\\b`));
    }
  });
});

describe("bash", () => {
  /** What bash offers for the last of the words. */
  async function offered(...words: string[]): Promise<string[]> {
    const { stdout } = await cli(["completion", "bash"]);
    const script = file("completion.bash", stdout);
    const program =
      'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _migration_patterns; printf "%s\\n" "${COMPREPLY[@]}"';
    const run = spawnSync("bash", ["--norc", "-c", program, "bash", script, "migration-patterns", ...words], {
      encoding: "utf8",
      env: { PATH: process.env.PATH ?? "" },
    });
    expect(run.stderr).toBe("");
    return run.stdout.split("\n").filter((line) => line !== "");
  }

  it.each([
    [["in"], ["inventory", "init"]],
    [["help", "sche"], ["schema"]],
    [["init", "--pat"], ["--pattern"]],
    [["init", "--pattern", "hy"], ["hybrid-cloud"]],
    [["init", "-p", "hy"], ["hybrid-cloud"]],
    [["inventory", "--format", "js"], ["json"]],
    [["schema", "wai"], ["waivers"]],
    [["completion", ""], [...shellNames]],
    [["transmogrify", "x"], []],
  ])("completes %j", async (words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });

  it("completes files where no list is", async () => {
    const there = file("estate-2026.xlsx", "");
    expect(await offered("inventory", there.slice(0, -4))).toEqual([there]);
    expect(await offered("init", "--inventory", there.slice(0, -4))).toEqual([there]);
  });
});

it.each([
  [["completion"], /\[CLI_MISSING_ARGUMENT\] SHELL, one of bash, zsh, fish: /],
  [["completion", "fihs"], /\[CLI_UNKNOWN_SHELL\] received "fihs", .*did you mean fish\?/],
  [["completion", "bash", "zsh"], /\[CLI_UNEXPECTED_ARGUMENT\] received "zsh", /],
])("%j is refused", async (args, message) => {
  const { status, stdout, stderr } = await cli(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(message);
});
