import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { cli, temporaryFolder } from "./captured";

const { folder, file } = temporaryFolder();

/** The folder of a synthesized app with one stack that has one role. */
function app(): string {
  const outdir = path.join(folder, "app");
  mkdirSync(path.join(outdir, "stacks/shop"), { recursive: true });
  const stack = { name: "shop", constructPath: "shop", synthesizedStackPath: "stacks/shop/cdk.tf.json" };
  writeFileSync(path.join(outdir, "manifest.json"), JSON.stringify({ version: "0.21.0", stacks: { shop: stack } }));
  const statement = { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" };
  const role = { assume_role_policy: JSON.stringify({ Statement: [statement] }) };
  writeFileSync(
    path.join(outdir, stack.synthesizedStackPath),
    JSON.stringify({ resource: { aws_iam_role: { open: role } } }),
  );
  return outdir;
}

describe("access", () => {
  const outdir = app();

  it("writes the page, under its title", async () => {
    const printed = await cli(["access", outdir, "--title", "Access of the shop"]);
    expect(printed).toMatchObject({ status: 0, stderr: "" });
    expect(printed.stdout).toContain("# Access of the shop\n");
    expect(printed.stdout).toContain("| May assume it | Only where |\n| --- | --- |\n| `everybody` | always |");
    const page = file("access.md");
    expect(await cli(["access", outdir, "-o", page])).toMatchObject({ status: 0, stdout: "" });
    expect(readFileSync(page, "utf8")).toBe(printed.stdout.replace("Access of the shop", "Access"));
  });

  it("prints JSON", async () => {
    const { stdout } = await cli(["access", outdir, "--format", "json"]);
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual([
      "stacks",
      "roles",
      "policies",
      "groups",
      "routes",
      "keys",
      "withoutOwnKey",
      "unread",
    ]);
  });

  it("says what is no synthesized app, and what is one too many", async () => {
    const none = await cli(["access", folder]);
    expect(none).toMatchObject({ status: 2, stdout: "" });
    expect(none.stderr).toContain("PLAN_SYNTHESIZED_APP");
    const two = await cli(["access", outdir, outdir]);
    expect(two).toMatchObject({ status: 2 });
    expect(two.stderr).toContain("CLI_UNEXPECTED_ARGUMENT");
  });
});
