import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { pinned, toolchainPackages } from "../../lib/cli/init/versions";

const page = readFileSync(path.join(__dirname, "../../docs/installing.md"), "utf8");
const commands = [...page.matchAll(/^npm install (cdktf-migration-patterns .*)$/gm)].map(([, words = ""]) => words);

/** The version of a package in a command, as npm takes it. */
function versionIn(command: string, name: string): string | undefined {
  const word = command.split(" ").find((each) => each.startsWith(`${name}@`));
  return word?.slice(name.length + 1);
}

describe("the commands of the page about installing", () => {
  it.each([
    ["cdktf", commands[0]],
    ["cdktn", commands[1]],
  ] as const)("name the versions that init writes: %s", (toolchain, command = "") => {
    for (const [name, version] of Object.entries(toolchainPackages(toolchain).dependencies))
      expect([name, versionIn(command, name)]).toEqual([name, version]);
    const { constructs = "" } = pinned("constructs");
    expect(constructs.startsWith(`${versionIn(command, "constructs")}.`)).toBe(true);
  });

  it("are these two", () => {
    expect(commands).toHaveLength(2);
  });
});
