import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { fixture, type FixtureInit } from "../plan/hand-over/fixture";
import { cli, temporaryFolder } from "./captured";

const { folder, file } = temporaryFolder();

/** A synthesized app and its state, as files. */
function app(name: string, init: FixtureInit = {}): readonly string[] {
  const { app: stacks, shown } = fixture(init);
  const synthesized = path.join(folder, name);
  mkdirSync(synthesized);
  const manifest = Object.fromEntries(
    stacks.map((stack) => [
      stack.name,
      { name: stack.name, constructPath: stack.path, synthesizedStackPath: `${stack.name}.json` },
    ]),
  );
  writeFileSync(path.join(synthesized, "manifest.json"), JSON.stringify({ stacks: manifest }));
  for (const stack of stacks)
    writeFileSync(path.join(synthesized, `${stack.name}.json`), JSON.stringify(stack.terraform));
  return ["shop/orders", "--synthesized", synthesized, "--state", file(`${name}.state.json`, JSON.stringify(shown))];
}

const finished = app("finished", {
  own: { "aws_vpc.main": { cidr_block: "10.0.0.0/16", note: "hunter2 hunter2" } },
  sensitive: { "aws_vpc.main": { note: true } },
});
const underway = app("underway", { stage: "prepare" });

async function* piped(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}

describe("hand-over", () => {
  it("says what would be written, and writes nothing without a folder", async () => {
    const { status, stdout, stderr } = await cli(["hand-over", ...finished]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("hand-over: READY");
    expect(stdout).toContain("stays: 1 resource by import, 0 by moving the state");
    expect(stdout).toContain("nothing was written: name a folder with --output");
    expect(stdout).not.toContain("hunter2");
  });

  it("writes the folder whole", async () => {
    const output = path.join(folder, "handed-over");
    const { status, stdout } = await cli(["hand-over", ...finished, "--output", output, "--format", "json"]);
    expect(status).toBe(0);
    const { files, verdict, imports } = JSON.parse(stdout) as { files: string[]; verdict: string; imports: unknown };
    expect(verdict).toBe("ready");
    expect(imports).toEqual([{ to: "aws_vpc.main", id: "id-of-main" }]);
    const found = readdirSync(output, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    expect(found.map(({ name, parentPath }) => path.relative(output, path.join(parentPath, name))).sort()).toEqual(
      [...files].sort(),
    );
    expect(readFileSync(path.join(output, "README.md"), "utf8")).toContain("# Hand-over of shop/orders");
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("writes nothing where something blocks, and exits with 1", async () => {
    const output = path.join(folder, "blocked");
    const { status, stdout } = await cli(["hand-over", ...underway, "--output", output]);
    expect(status).toBe(1);
    expect(stdout).toContain("hand-over: BLOCKED");
    expect(stdout).toContain("hand-over-stage");
    expect(existsSync(output)).toBe(false);
    expect((await cli(["hand-over", ...underway, "--abandon", "prepare"])).status).toBe(0);
  });

  it("refuses a folder in which something is, and one that cannot be written", async () => {
    const full = path.join(folder, "full");
    mkdirSync(full);
    writeFileSync(path.join(full, "terraform.tfstate"), "{}");
    for (const output of [full, path.join(full, "terraform.tfstate"), path.join(folder, "finished.state.json/below")]) {
      const { status, stderr } = await cli(["hand-over", ...finished, "--output", output]);
      expect(status).toBe(2);
      expect(stderr).toContain("CLI_OUTPUT");
    }
    expect(readdirSync(full)).toEqual(["terraform.tfstate"]);
  });

  it("reads the state from standard input", async () => {
    const [migration = "", option = "", synthesized = "", , state = ""] = finished;
    const text = readFileSync(state, "utf8");
    for (const named of [[], ["--state", "-"]]) {
      const args = ["hand-over", migration, option, synthesized, ...named];
      expect((await cli(args, { stdin: piped(text) })).status).toBe(0);
    }
    const { status, stderr } = await cli(["hand-over", migration, option, synthesized]);
    expect(status).toBe(2);
    expect(stderr).toContain("CLI_MISSING_ARGUMENT");
  });

  it("reads no more of a state than it takes", async () => {
    let given = 0;
    const chunk = Buffer.alloc(1024 * 1024, " ");
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; given < 500; given += 1) yield await Promise.resolve(chunk);
    }
    const { status, stderr } = await cli(["hand-over", ...finished.slice(0, 3)], { stdin: endless() });
    expect(status).toBe(2);
    expect(stderr).toContain("[PLAN_HAND_OVER_STATE] standard input");
    expect(given).toBeLessThan(130);
  });

  it.each([
    ["no migration", [], "CLI_MISSING_ARGUMENT"],
    ["two of them", ["a", "b"], "CLI_UNEXPECTED_ARGUMENT"],
    ["one that is not there", ["shop/other", ...finished.slice(1)], "PLAN_HAND_OVER_MIGRATION"],
    ["a folder without an app", ["shop/orders", "--synthesized", folder], "PLAN_SYNTHESIZED_APP"],
    ["a state that is not there", [...finished.slice(0, 4), path.join(folder, "no.json")], "CLI_INPUT_FILE"],
    ["a state that is a folder", [...finished.slice(0, 4), folder], "CLI_INPUT_FILE"],
    ["a state that is a device", [...finished.slice(0, 4), "/dev/zero"], "CLI_INPUT_FILE"],
    ["a state that is none", [...finished.slice(0, 4), file("none.json", "{}")], "PLAN_HAND_OVER_STATE"],
  ])("refuses %s with exit status 2", async (_what, args, code) => {
    const { status, stdout, stderr } = await cli(["hand-over", ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(`[${code}]`);
  });
});
