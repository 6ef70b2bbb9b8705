import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { allRules } from "../../lib/plan/all-rules";
import { cli, temporaryFolder } from "./captured";

describe("schema", () => {
  it.each(["inventory", "checklist", "waivers", "questionnaire"])("prints the JSON Schema of %s", async (name) => {
    const { status, stdout, stderr } = await cli(["schema", name]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema" });
    expect(stdout.endsWith("}\n")).toBe(true);
  });
});

describe("rules", () => {
  const { file } = temporaryFolder();

  it("prints all rules", async () => {
    const { status, stdout } = await cli(["rules", "--format", "json"]);
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as { id: string }[]).map(({ id }) => id)).toEqual(allRules.map(({ id }) => id));
  });

  it("prints those that are named", async () => {
    const { stdout } = await cli(["rules", "waiver-unused", "rule-failed"]);
    expect(stdout).toContain("waiver-unused warning");
    expect(stdout).toContain("rule-failed blocker");
    expect(stdout).not.toContain("waiver-expired");
  });

  it("colours on a terminal and not in a file", async () => {
    expect((await cli(["rules", "rule-failed"], { tty: true })).stdout).toContain("\u001b[31m");
    await cli(["rules", "--output", file("rules.txt")], { tty: true });
    expect(readFileSync(file("rules.txt"), "utf8")).not.toContain("\u001b[");
  });

  it("prints the table of the documentation as Markdown", async () => {
    expect((await cli(["rules", "--format", "markdown"])).stdout).toMatch(/^# Rules\n/);
  });
});
