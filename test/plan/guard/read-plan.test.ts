import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import type { MigrationError } from "../../../lib/core/error";
import { PLAN_LIMIT, readTerraformPlan, refuseLarge } from "../../../lib/plan/guard/read-plan";
import { thrown } from "../../support/thrown";
import { bytesOf, planOf } from "./plan";

const read = (content: unknown) => readTerraformPlan({ name: "plan.json", bytes: bytesOf(content) });
const errorOf = (content: unknown): MigrationError => thrown(() => read(content));

describe("what is no plan", () => {
  it.each([
    [
      "a state file",
      { version: 4, terraform_version: "1.11.4", serial: 3, lineage: "x", resources: [] },
      "a state file",
    ],
    [
      "a state as terraform show -json prints it",
      { format_version: "1.0", terraform_version: "1.11.4", values: { root_module: { resources: [] } } },
      "a state, as terraform show -json prints it",
    ],
    ["an empty state", { format_version: "1.0" }, "a state, as terraform show -json prints it"],
    ["an encrypted plan", { serial: 1, lineage: "x", encrypted_data: "hunter2" }, "that OpenTofu has encrypted"],
    ["synthesized Terraform", { "//": {}, resource: {}, terraform: {} }, "Terraform's configuration in JSON"],
    ["the log of a plan", '{"@level":"info"}\n{"@level":"info"}\n', "the log of terraform plan -json"],
    ["a line of that log", { "@level": "info", "@message": "hunter2" }, "the log of terraform plan -json"],
    ["the schemas of providers", { format_version: "1.0", provider_schemas: {} }, "the schemas of providers"],
    [
      "the answer of a validation",
      { format_version: "1.0", diagnostics: [] },
      "the answer of terraform validate -json",
    ],
    ["a list", [1], "a list in JSON"],
    ["a value", "7", "a single value in JSON"],
    ["other JSON", { name: "hunter2" }, "JSON without a format_version"],
    ["nothing", "", "nothing"],
    ["blanks", " \n", "nothing"],
    [
      "the text of a plan",
      "\u001b[1mTerraform will perform the following actions:\u001b[0m\n  # aws_x.y will be created\n",
      "the text that terraform plan prints for people",
    ],
    ["the text of OpenTofu's plan", "OpenTofu will perform the following actions:\n", "the text that tofu plan"],
    [
      "the log of OpenTofu's plan",
      '{"@level":"info","@message":"OpenTofu 1.12.6","tofu":"1.12.6","type":"version"}\n{"@level":"info"}\n',
      "the log of tofu plan -json",
    ],
    [
      "a plan without changes",
      "\nNo changes. Your infrastructure matches the configuration.\n",
      "the text that terraform plan",
    ],
    ["HCL", 'resource "aws_db_instance" "a" {\n  password = "hunter2"\n}\n', "Terraform's configuration"],
    ["half a plan", JSON.stringify(planOf([])).slice(0, -20), "JSON that is cut off or damaged"],
    ["any text", "hunter2", "text that is not JSON"],
  ])("is told apart: %s", (_, content, what) => {
    const { code, message } = errorOf(content);
    expect(code).toBe("PLAN_GUARD_UNREADABLE");
    expect(message).toContain(what);
    expect(message).toMatch(/(?:terraform|tofu) show -json PLAN > plan\.json/);
    expect(message).not.toContain("hunter2");
  });

  it("is a plan file, an archive or no text at all, by its bytes", () => {
    const archived = Buffer.concat([Buffer.from("PK\u0003\u0004"), deflateRawSync("hunter2")]);
    const of = (bytes: Uint8Array): string => thrown(() => readTerraformPlan({ name: "plan", bytes })).message;
    expect(of(archived)).toContain("a saved plan file, which is binary");
    expect(of(archived)).toContain("terraform show -json PLAN > plan.json");
    expect(of(Buffer.from([0x1f, 0x8b, 8]))).toContain("a gzip archive");
    expect(of(Buffer.from([0xc3, 0x28, 0xff]))).toContain("bytes that are not text");
  });

  it("never has its text in the error, which Node.js would quote", () => {
    const plan = JSON.stringify(planOf([{ address: "aws_a.b", actions: ["no-op"], before: { password: "hunter2" } }]));
    const at = plan.indexOf("hunter2") + 3;
    const error = errorOf(`${plan.slice(0, at)}"${plan.slice(at)}`);
    expect(`${error.stack ?? ""}${JSON.stringify(error)}${String(error.cause)}`).not.toMatch(/hun|ter2/);
  });
});

describe("the format", () => {
  it.each(["0.1", "0.2", "1.0", "1.2", "1.99"])("%s is read", (version) => {
    expect(read(planOf([], { format_version: version })).formatVersion).toBe(version);
  });

  it.each(["2.0", "17.3"])("%s is refused, and both are named", (version) => {
    const { code, message } = errorOf(planOf([], { format_version: version }));
    expect(code).toBe("PLAN_GUARD_FORMAT");
    expect(message).toContain(`received "${version}"`);
    expect(message).toContain("a plan of format 1.x");
  });

  it.each([["v2"], [2], [""], ["1"]])("%j is none", (version) => {
    expect(errorOf(planOf([], { format_version: version })).message).toContain(
      "a plan whose format_version is no version",
    );
  });

  it("is read in UTF-16, as PowerShell writes it, and with a byte order mark", () => {
    const text = JSON.stringify(planOf([{ address: "aws_a.b", actions: ["create"] }]));
    for (const bytes of [Buffer.from(`\ufeff${text}`, "utf16le"), Buffer.from(`\ufeff${text}`)]) {
      expect(readTerraformPlan({ name: "plan.json", bytes }).changes.map(({ address }) => address)).toEqual([
        "aws_a.b",
      ]);
    }
  });

  it("is a plan without resources too", () => {
    expect(read({ format_version: "1.2", planned_values: {}, configuration: {} }).changes).toEqual([]);
  });

  it("refuses an action that it does not know, rather than pass it over", () => {
    for (const actions of [["vaporize"], [], ["delete", "vaporize"], "delete", undefined]) {
      const { code, message } = errorOf(
        planOf([], { resource_changes: [{ address: "a.b", type: "a", change: { actions } }] }),
      );
      expect(code).toBe("PLAN_GUARD_UNREADABLE");
      expect(message).toContain("plan.json: resource_changes[0].change.actions");
    }
  });

  it.each([
    [{ resource_changes: { a: 1 } }, "resource_changes"],
    [{ resource_changes: [null] }, "resource_changes[0]"],
    [{ resource_changes: [{ address: 1, type: "a" }] }, "resource_changes[0]"],
    [{ resource_drift: [7] }, "resource_drift[0]"],
    [{ deferred_changes: [{}] }, "deferred_changes[0].resource_change"],
    [{ action_invocations: [{ address: "action.a.b" }] }, "action_invocations[0]"],
    [{ deferred_action_invocations: [{}] }, "deferred_action_invocations[0].action_invocation"],
  ])("refuses what is damaged: %j", (more, place) => {
    expect(errorOf(planOf([], more)).message).toContain(`plan.json: ${place}:`);
  });
});

describe("the size", () => {
  it("is refused above the limit, with a way to make it smaller", () => {
    expect(() => {
      refuseLarge("plan.json", PLAN_LIMIT);
    }).not.toThrow();
    const { code, message } = thrown(() => {
      refuseLarge("plan.json", 500 * 1024 * 1024);
    });
    expect(code).toBe("PLAN_GUARD_TOO_LARGE");
    expect(message).toContain("500 MB or more");
    expect(message).toContain("at most 128 MB");
    expect(message).toContain("jq '{format_version, terraform_version, resource_changes,");
  });

  it("has values of a hundred levels at most", () => {
    const deep = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
    const text = (levels: number): string =>
      JSON.stringify(planOf([{ address: "aws_s3_bucket.a", actions: ["update"], before: { rule: 1 } }])).replace(
        '{"rule":1}',
        `{"rule":${deep(levels)}}`,
      );
    expect(read(text(99)).changes).toHaveLength(1);
    for (const levels of [101, 200_000]) {
      const { code, message } = errorOf(text(levels));
      expect(code).toBe("PLAN_GUARD_UNREADABLE");
      expect(message).toContain("plan.json: resource_changes[0]: allowed is values of at most 100 levels");
    }
  });
});
