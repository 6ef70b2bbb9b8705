import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parseArguments } from "../../lib/cli/arguments";
import { runStatus } from "../../lib/cli/commands/status";
import { statusPage } from "../../lib/cli/pages/status";
import type { StageRecord } from "../../lib/core/stage-record";
import { captured, cli, temporaryFolder } from "./captured";

const { folder } = temporaryFolder();

/** Writes an app with a stack for each entry, and returns its folder. */
function synthesized(name: string, stacks: Readonly<Record<string, object>>): string {
  const app = path.join(folder, name);
  for (const [stack, terraform] of Object.entries(stacks)) {
    mkdirSync(path.join(app, "stacks", stack), { recursive: true });
    writeFileSync(path.join(app, "stacks", stack, "cdk.tf.json"), JSON.stringify(terraform));
  }
  const entries = Object.keys(stacks).map((stack) => [
    stack,
    { name: stack, synthesizedStackPath: `stacks/${stack}/cdk.tf.json` },
  ]);
  writeFileSync(path.join(app, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(entries) as object }));
  return app;
}

const declares = (name: string, stage: string, region?: string): object => ({
  provider: { aws: [region === undefined ? {} : { region }] },
  resource: {
    aws_ssm_parameter: { declared: { name: `/migration/${name}/declared`, insecure_value: stage } },
  },
});

const app = synthesized("app", {
  orders: declares("shop/orders", "migrate", "eu-central-1"),
  routing: declares("shop/routing", "serving", "eu-central-1"),
  edge: declares("web/edge", "live", "us-east-1"),
  network: {},
});

const records: readonly StageRecord[] = [
  {
    app: "shop",
    migration: "orders",
    declared: "migrate",
    reached: "expand",
    lastModified: "2026-11-02T10:00:00.000Z",
    dependents: [
      {
        app: "shop",
        name: "routing",
        mark: { needs: ["migrate", "contract"], while: ["serving", "full"], stack: "routing", before: "serving" },
      },
    ],
  },
];

interface Asked {
  readonly app: string;
  readonly region?: string;
}

async function status(args: readonly string[], env: Record<string, string> = {}, width?: string) {
  const terminal = captured({ env: { ...env, ...(width === undefined ? {} : { COLUMNS: width }) } });
  const asked: Asked[] = [];
  const exit = await runStatus(parseArguments(statusPage, args), terminal, (options) => {
    asked.push(options);
    return Promise.resolve(options.app === "shop" && options.region === "eu-central-1" ? records : []);
  });
  return { exit, asked, stdout: terminal.stdout.text };
}

describe("status", () => {
  it("shows code, declared and reached, and what they mean", async () => {
    const { exit, asked, stdout } = await status(["--synthesized", app]);
    expect(exit).toBe(0);
    expect(asked).toEqual([
      { app: "shop", region: "eu-central-1" },
      { app: "web", region: "us-east-1" },
    ]);
    expect(stdout).toBe(
      [
        "eu-central-1",
        "",
        "migration     stack    code     declared  reached  state",
        "shop.orders   orders   migrate  migrate   expand   on its way",
        "  held by shop.routing (stack routing) while it is in serving, full: needs migrate or contract",
        "shop.routing  routing  serving  -         -        not deployed",
        "",
        "us-east-1",
        "",
        "migration  stack  code  declared  reached  state",
        "web.edge   edge   live  -         -        not deployed",
        "",
        "not deployed: the account has no record of it in the region: its stack has not been deployed yet,",
        "  was destroyed, or is in another region.",
        "on its way: another stage is declared than was reached: a deployment or a runner is in progress, or",
        "  has failed halfway.",
        "",
      ].join("\n"),
    );
  });

  it("keeps to the width, in lines where a table does not fit", async () => {
    const { stdout } = await status(["--synthesized", app], {}, "45");
    expect(stdout).toContain("shop.orders\n  stack      orders\n  code       migrate\n");
    expect(stdout.split("\n").filter((line) => line.length > 45)).toEqual([]);
  });

  it("colours on a terminal only", async () => {
    const terminal = captured({ tty: true });
    await runStatus(parseArguments(statusPage, ["-s", app]), terminal, () => Promise.resolve([]));
    expect(terminal.stdout.text).toContain("\u001b[");
    expect((await status(["-s", app])).stdout).not.toContain("\u001b[");
  });

  it("writes the same as JSON, always with the same keys", async () => {
    const { stdout } = await status(["--synthesized", app, "--app", "shop", "--format", "json"]);
    const { migrations } = JSON.parse(stdout) as { migrations: object[] };
    expect(migrations).toEqual([
      {
        app: "shop",
        migration: "orders",
        region: "eu-central-1",
        stack: "orders",
        code: "migrate",
        declared: "migrate",
        reached: "expand",
        state: "on its way",
        lastModified: "2026-11-02T10:00:00.000Z",
        dependents: [
          {
            app: "shop",
            migration: "routing",
            needs: ["migrate", "contract"],
            while: ["serving", "full"],
            stack: "routing",
            before: "serving",
          },
        ],
      },
      expect.objectContaining({ migration: "routing", declared: null, reached: null, state: "not deployed" }),
    ]);
  });

  it("reads the account alone, in one region, with --app", async () => {
    const { asked, stdout } = await status(["--app", "shop", "--app", "web", "--region", "eu-central-1"]);
    expect(asked).toEqual([
      { app: "shop", region: "eu-central-1" },
      { app: "web", region: "eu-central-1" },
    ]);
    expect(stdout).toContain("migration    declared  reached  state\nshop.orders  migrate   expand   on its way\n");
  });

  it("takes the region of the option, of the stack, of the environment, in this order", async () => {
    const free = synthesized("free", { orders: declares("shop/orders", "migrate") });
    expect((await status(["-s", free, "-r", "a"], { AWS_REGION: "b" })).asked).toEqual([{ app: "shop", region: "a" }]);
    expect((await status(["-s", free], { AWS_REGION: "b" })).asked).toEqual([{ app: "shop", region: "b" }]);
    const { asked, stdout } = await status(["-s", free]);
    expect(asked).toEqual([{ app: "shop" }]);
    expect(stdout).toMatch(/^region of the environment\n/);
  });

  it("shows escapes of what others wrote instead of sending them to the terminal", async () => {
    const terminal = captured();
    const bad = [{ app: "shop", migration: "orders", declared: "a\u001b[2J", reached: "none", dependents: [] }];
    await runStatus(parseArguments(statusPage, ["-a", "shop"]), terminal, () => Promise.resolve(bad));
    expect(terminal.stdout.text).toContain("a\\x1b[2J");
  });

  it("says that there is nothing", async () => {
    const empty = synthesized("empty", { network: {} });
    expect((await status(["-s", empty])).stdout).toBe(`no migration of ${empty} records its stages\n`);
    expect((await status(["-a", "nobody"])).stdout).toBe("no migration of nobody is recorded there\n");
    expect((await status(["-a", "nobody", "-f", "json"])).stdout).toBe('{\n  "migrations": []\n}\n');
  });
});

describe("a folder without a synthesized app", () => {
  const broken = (name: string, manifest: string): string => {
    mkdirSync(path.join(folder, name), { recursive: true });
    writeFileSync(path.join(folder, name, "manifest.json"), manifest);
    return path.join(folder, name);
  };

  it.each([
    [path.join(folder, "missing"), "run cdktf synth first"],
    [broken("text", "{"), "run cdktf synth again"],
    [broken("list", "[]"), "it lists no stacks"],
    [broken("pathless", '{"stacks":{"a":null}}'), "stack a has none"],
    [broken("hcl", '{"stacks":{"a":{"synthesizedStackPath":"stacks/a/cdk.tf"}}}'), "without --hcl"],
    [broken("gone", '{"stacks":{"a":{"synthesizedStackPath":"stacks/a/cdk.tf.json"}}}'), "ENOENT"],
  ])("%s is refused", async (name, says) => {
    const { status: exit, stdout, stderr } = await cli(["status", "--synthesized", name]);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
    expect(stderr).toMatch(/^migration-patterns: \[PLAN_SYNTHESIZED_APP\] --synthesized: /);
    expect(stderr).toContain(says);
  });

  it("takes no operands", async () => {
    expect((await cli(["status", "cdktf.out"])).stderr).toContain("[CLI_UNEXPECTED_ARGUMENT]");
  });

  it("refuses the name of an app that none can have before anything is asked", async () => {
    expect((await cli(["status", "--app", "a/b"])).stderr).toContain("[STAGE_RECORD_NAME] app: ");
  });
});
