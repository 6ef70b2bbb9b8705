import { describe, expect, it } from "@jest/globals";
import { Fn, Lazy, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { z } from "zod";
import {
  formatFinding,
  formatLocation,
  formatPath,
  isReversible,
  isUnresolved,
  MigrationError,
  sortFindings,
  Stages,
  tokenOr,
  type Finding,
} from "../../lib/core";
import { thrown } from "../support/thrown";

describe("MigrationError", () => {
  it("reads as one sentence: the place, what came, what is allowed, what to do", () => {
    const error = new MigrationError({
      code: "CIDR_HOST_BITS",
      path: "sites[0].cidr",
      received: "10.0.0.5/8",
      allowed: "a network address",
      fix: "write 10.0.0.0/8",
      construct: "stack/vpn",
    });
    expect(error.message).toBe(
      '[CIDR_HOST_BITS] sites[0].cidr: received "10.0.0.5/8", allowed is a network address; write 10.0.0.0/8 (in construct stack/vpn)',
    );
  });

  it("puts details on lines of their own, and only those", () => {
    const error = new MigrationError({ code: "X_Y", fix: "mend\nit", details: ["first", "second\u001b"] });
    expect(error.message.split("\n")).toEqual(["[X_Y] mend\\nit", "  first", "  second\\x1b"]);
  });

  it("cuts what came at 120 characters, and survives what JSON cannot say", () => {
    expect(new MigrationError({ code: "X", received: "x".repeat(500), fix: "f" }).message.length).toBeLessThan(150);
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    expect(new MigrationError({ code: "X", received: circular, fix: "f" }).message).toContain("[object Object]");
    expect(new MigrationError({ code: "X", received: Symbol("s"), fix: "f" }).message).toContain("Symbol(s)");
    expect(new MigrationError({ code: "X", received: 1n, fix: "f" }).message).toContain("received 1,");
  });
});

describe("a name with control characters", () => {
  const name = "web\u001b[2J\u202e01\nnext";
  const shown = "web\\x1b[2J\\u202e01\\nnext";

  it("is escaped in an error", () => {
    const error = new MigrationError({
      code: "X",
      path: name,
      received: name,
      allowed: name,
      fix: name,
      construct: name,
    });
    // What came is JSON already, whose escapes of control characters look different.
    const received = '"web\\u001b[2J\\u202e01\\nnext"';
    expect(error.message).toBe(
      `[X] ${shown}: received ${received}, allowed is ${shown}; ${shown} (in construct ${shown})`,
    );
    expect(error.path).toBe(name);
  });

  it("is escaped in a finding, which keeps its own lines", () => {
    const text = formatFinding({
      rule: "r",
      severity: "warning",
      subject: name,
      location: { file: name },
      message: name,
      why: name,
      remedy: name,
      waived: { reason: name, approvedBy: name, expires: "2026-12-31" },
    });
    expect(text).toBe(
      [
        `warning r on ${shown}: ${shown}`,
        `  at:     ${shown}`,
        `  why:    ${shown}`,
        `  remedy: ${shown}`,
        `  waived: ${shown} (${shown}, until 2026-12-31)`,
      ].join("\n"),
    );
  });
});

describe("tokens", () => {
  const stack = new TerraformStack(Testing.app(), "s");
  const variable = new TerraformVariable(stack, "v", { type: "string" });
  const schema = tokenOr(z.string().regex(/^vpc-/, "must start with vpc-"));

  it.each([
    ["a string token", variable.stringValue],
    ["a token inside a string", `arn:${variable.stringValue}`],
    ["a number token", variable.numberValue],
    ["a list token", variable.listValue],
    ["a token in an array", [[variable.stringValue]]],
    ["a token in an object", { a: { b: variable.stringValue } }],
    ["a function", Fn.upper("x")],
    ["a lazy value", { a: Lazy.stringValue({ produce: () => "x" }) }],
  ])("sees %s", (_what, value) => {
    expect(isUnresolved(value)).toBe(true);
  });

  it("sees none where there is none, even in a circle", () => {
    const circle: Record<string, unknown> = { text: "x", list: [1, null, undefined] };
    circle["self"] = circle;
    expect(isUnresolved(circle)).toBe(false);
  });

  it("lets a token pass a schema unseen", () => {
    const vpcId = variable.stringValue;
    expect(schema.parse(vpcId)).toBe(vpcId);
  });

  it("checks everything else, and keeps the schema's own message and path", () => {
    const result = z.object({ network: z.object({ vpcId: schema }) }).safeParse({ network: { vpcId: "subnet-1" } });
    expect(result.error?.issues).toMatchObject([{ path: ["network", "vpcId"], message: "must start with vpc-" }]);
    expect(schema.parse("vpc-1")).toBe("vpc-1");
  });

  it("keeps the path inside the schema", () => {
    const list = tokenOr(z.array(z.number()));
    const result = z.object({ ports: list }).safeParse({ ports: [1, "two"] });
    expect(result.error?.issues[0]?.path).toEqual(["ports", 1]);
  });
});

describe("locations", () => {
  it.each([
    [{ file: "a.xlsx", sheet: "vInfo", row: 12, column: "Memory" }, 'a.xlsx, sheet vInfo, row 12, column "Memory"'],
    [{ file: "a.yaml", line: 3, character: 5, path: "servers[0]" }, "a.yaml:3:5 (servers[0])"],
    [{ line: 3 }, "line 3"],
    [{ path: "servers[0].name" }, "servers[0].name"],
    [{}, ""],
  ])("%j is %s", (location, text) => {
    expect(formatLocation(location)).toBe(text);
  });

  it("write paths as people do", () => {
    expect(formatPath(["tunnels", 0, "insideCidr"])).toBe("tunnels[0].insideCidr");
  });
});

describe("findings", () => {
  const finding = (severity: Finding["severity"], rule: string, subject: string): Finding => ({
    severity,
    rule,
    subject,
    message: "m",
    why: "w",
    remedy: "r",
  });

  it("are sorted by weight, rule and subject", () => {
    const sorted = sortFindings([
      finding("info", "a", "x"),
      finding("blocker", "b", "y"),
      finding("blocker", "b", "x"),
      finding("warning", "a", "x"),
    ]);
    expect(sorted.map((f) => `${f.severity} ${f.rule} ${f.subject}`)).toEqual([
      "blocker b x",
      "blocker b y",
      "warning a x",
      "info a x",
    ]);
  });

  it("are printed with their waiver", () => {
    const waived = { reason: "accepted until the move", approvedBy: "Ada", expires: "2027-01-31" };
    expect(formatFinding({ ...finding("blocker", "b", "x"), location: { file: "f.csv", row: 2 }, waived })).toBe(
      [
        "blocker b on x: m",
        "  at:     f.csv, row 2",
        "  why:    w",
        "  remedy: r",
        "  waived: accepted until the move (Ada, until 2027-01-31)",
      ].join("\n"),
    );
  });
});

describe("Stages", () => {
  const stage = <N extends string>(name: N) => ({
    name,
    phase: "prepare" as const,
    summary: "s",
    enter: [],
    reverse: [],
  });
  const stages = Stages.of([stage("replicate"), stage("test"), stage("cutover")]);

  it("know their order", () => {
    expect(stages.names).toEqual(["replicate", "test", "cutover"]);
    expect(stages.after("test")?.name).toBe("cutover");
    expect(stages.before("test")?.name).toBe("replicate");
    expect(stages.after("cutover")).toBeUndefined();
    expect(stages.before("replicate")).toBeUndefined();
    expect(stages.atLeast("test", "test")).toBe(true);
    expect(stages.atLeast("replicate", "test")).toBe(false);
    expect([...stages].map((each) => each.name)).toEqual(["replicate", "test", "cutover"]);
  });

  it("tell a way back from a dead end", () => {
    expect(isReversible(stage("a"))).toBe(true);
    expect(isReversible({ ...stage("a"), reverse: { irreversible: "restore" } })).toBe(false);
  });

  it.each([
    ["STAGES_EMPTY", () => Stages.of([])],
    ["STAGES_DUPLICATE", () => Stages.of([stage("a"), stage("a")])],
    ["STAGE_UNKNOWN", () => stages.get("finalised")],
  ])("%s", (code, make) => {
    expect(thrown(make).code).toBe(code);
  });
});
