import { execFileSync } from "node:child_process";
import { createReadStream, readFileSync, truncateSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import type { InputStream } from "../../lib/cli/terminal";
import { planOf, stage, type ChangeInit } from "../plan/guard/plan";
import { cli, temporaryFolder } from "./captured";

const { file, folder } = temporaryFolder();
const plan = (name: string, changes: readonly ChangeInit[], more?: object): string =>
  file(name, JSON.stringify(planOf(changes, more)));
const lost: ChangeInit = {
  address: "aws_db_instance.orders",
  actions: ["delete"],
  before: { password: "hunter2" },
  after: null,
};
const harmless = plan("harmless.json", [{ address: "aws_sns_topic.a", actions: ["create"], before: null }]);
const blocked = plan("blocked.json", [lost, stage("replicate", "test")]);
const waivers = (expires: string): string =>
  file(
    `waivers-${expires}.yaml`,
    `- { rule: guard-data-destroyed, subject: aws_db_instance.orders, reason: it is in the archive, approvedBy: Ines, expires: ${expires} }\n`,
  );

async function* streamed(...chunks: readonly (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

describe("guard", () => {
  it("exits with 0 where nothing blocks, and with 1 where something does", async () => {
    expect(await cli(["guard", harmless])).toEqual(expect.objectContaining({ status: 0, stderr: "" }));
    const { status, stdout, stderr } = await cli(["guard", blocked]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toContain("guard: BLOCKED, 1 blocker");
    expect(stdout).toContain("migration shop/orders: replicate → test");
    expect(stdout).not.toContain("hunter2");
  });

  it("blocks a plan that ended in an error", async () => {
    const { status, stdout } = await cli(["guard", plan("errored.json", [], { errored: true })]);
    expect(status).toBe(1);
    expect(stdout).toContain("guard-plan-errored");
  });

  it("takes waivers until their last day", async () => {
    const accepted = waivers("2027-03-31");
    expect((await cli(["guard", blocked, "-w", accepted, "--as-of", "2027-03-31"])).status).toBe(0);
    const { status, stdout } = await cli(["guard", blocked, "-w", accepted, "--as-of", "2027-04-01"]);
    expect(status).toBe(1);
    expect(stdout).toContain("waiver-expired");
  });

  it("reads standard input, named by a dash or not at all", async () => {
    const text = readFileSync(blocked, "utf8");
    for (const args of [["guard", "-"], ["guard"]]) {
      const { status, stdout } = await cli(args, { stdin: streamed(text.slice(0, 100), Buffer.from(text.slice(100))) });
      expect(status).toBe(1);
      expect(stdout).toContain("plan: standard input");
    }
    expect((await cli(["guard"], { stdin: createReadStream(harmless) })).status).toBe(0);
  });

  it("reads a named pipe", async () => {
    const pipe = file("pipe");
    execFileSync("mkfifo", [pipe]);
    const writing = import("node:fs/promises").then(({ writeFile }) => writeFile(pipe, readFileSync(harmless)));
    expect((await cli(["guard", pipe])).status).toBe(0);
    await writing;
  });

  it.each(["text", "json", "markdown", "sarif", "junit"])("writes %s, to a file too", async (format) => {
    const output = file(`guard.${format}`);
    const { status, stdout } = await cli(["guard", blocked, "--format", format, "--output", output]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(readFileSync(output, "utf8")).toContain("guard-data-destroyed");
    expect(readFileSync(output, "utf8")).toBe((await cli(["guard", blocked, "--format", format])).stdout);
  });
});

describe("a plan that cannot be read", () => {
  it.each<[string, string[], RegExp]>([
    ["no such file", ["guard", "absent.json"], /\[CLI_INPUT_FILE\].*there is no such file/],
    ["a folder", ["guard", folder], /\[CLI_INPUT_FILE\].*neither a folder nor a device/],
    ["two plans", ["guard", "a.json", "b.json"], /\[CLI_UNEXPECTED_ARGUMENT\].*one plan at a time/],
    ["no plan at all", ["guard"], /\[CLI_MISSING_ARGUMENT\] PLAN/],
    ["a day that does not exist", ["guard", harmless, "--as-of", "2027-02-30"], /\[CLI_OPTION_VALUE\]/],
    [
      "a newer format",
      ["guard", plan("newer.json", [], { format_version: "2.0" })],
      /\[PLAN_GUARD_FORMAT\].*"2\.0".*1\.x/,
    ],
    [
      "a state",
      ["guard", file("state.json", '{"version":4,"lineage":"a"}')],
      /\[PLAN_GUARD_UNREADABLE\].*a state file/,
    ],
    [
      "the text of a plan",
      ["guard", file("plan.txt", "Plan: 1 to add, 0 to change")],
      /the text that terraform plan prints/,
    ],
    ["an empty file", ["guard", file("empty.json", "")], /received "nothing"/],
    ["a plan file", ["guard", file("plan.bin", "PK\u0003\u0004…")], /a saved plan file, which is binary/],
  ])("exits with 2: %s", async (_, args, message) => {
    const { status, stdout, stderr } = await cli(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });

  it("is not waited for where standard input is a terminal", async () => {
    const stdin: InputStream = Object.assign(streamed(), { isTTY: true });
    expect((await cli(["guard"], { stdin })).stderr).toContain("[CLI_MISSING_ARGUMENT]");
  });

  it("is refused within two seconds where it has 500 MB, as a file and as a pipe", async () => {
    const large = file("large.json", "{");
    truncateSync(large, 500 * 1024 * 1024);
    const started = performance.now();
    expect((await cli(["guard", large])).stderr).toMatch(/\[PLAN_GUARD_TOO_LARGE\].*500 MB or more/);
    let given = 0;
    const chunk = Buffer.alloc(1024 * 1024, " ");
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; given < 500; given += 1) yield await Promise.resolve(chunk);
    }
    const { status, stderr } = await cli(["guard"], { stdin: endless() });
    expect(status).toBe(2);
    expect(stderr).toContain("[PLAN_GUARD_TOO_LARGE] standard input");
    // Nothing is read beyond the limit.
    expect(given).toBeLessThan(130);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
