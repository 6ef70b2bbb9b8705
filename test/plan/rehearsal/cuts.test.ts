/** Changes that are made in place, and lose something all the same. */
import { describe, expect, it } from "@jest/globals";
import { rehearse } from "../../../lib/plan/rehearsal/rehearse";
import { resource, stage, toyApp } from "./toy";

/** The findings of entering the stage `b`, in which the resource has the other attributes. */
async function entering(
  type: string,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  discards: readonly string[] = [],
): Promise<string[]> {
  const { findings } = await rehearse(
    toyApp([stage("a"), stage("b", { discards })], (toy) =>
      resource(toy, "it", type, toy.hasReached("b") ? after : before),
    ),
  );
  return findings
    .filter(({ rule, message }) => rule === "rehearsal-cut" && message.includes("entering b"))
    .map(({ severity, message }) => `${severity}: ${message.replace(/_[0-9A-F]{8}$/, "")}`);
}

describe("a change in place", () => {
  it.each([
    ["aws_kms_key", { is_enabled: true }, { is_enabled: false }, "turns off is_enabled"],
    ["aws_cloudwatch_log_group", { retention_in_days: 365 }, { retention_in_days: 7 }, "lowers retention_in_days"],
    [
      "aws_db_instance",
      { backup_retention_period: 7 },
      { backup_retention_period: 0 },
      "sets backup_retention_period to 0",
    ],
  ])("of %s from %j to %j is a blocker", async (type, before, after, effect) => {
    expect(await entering(type, before, after)).toEqual([
      `blocker: stack/toy: entering b from a ${effect} of stack/${type}.toy_it`,
    ]);
    expect(await entering(type, after, before)).toEqual([]);
    expect(await entering(type, before, after, [type])).toEqual([expect.stringMatching(/^warning: /)]);
  });

  it("of a bucket's objects that expire after a day is a blocker", async () => {
    const rule = (days: number) => ({ rule: [{ id: "old", status: "Enabled", expiration: [{ days }] }] });
    expect(await entering("aws_s3_bucket_lifecycle_configuration", rule(365), rule(1))).toEqual([
      expect.stringMatching(/^blocker: stack\/toy: entering b from a .*expir/),
    ]);
    expect(await entering("aws_s3_bucket_lifecycle_configuration", rule(30), rule(365))).toEqual([]);
  });

  it("to a value that only Terraform knows is a warning", async () => {
    const days = { retention_in_days: "${var.days}" };
    expect(await entering("aws_cloudwatch_log_group", { retention_in_days: 365 }, days)).toEqual([
      expect.stringMatching(/^warning: .* may lower retention_in_days/),
    ]);
  });

  it("of an attribute that the resource ignores is none", async () => {
    const ignored = (days: number) => ({
      retention_in_days: days,
      lifecycle: { ignore_changes: ["retention_in_days"] },
    });
    expect(await entering("aws_cloudwatch_log_group", ignored(365), ignored(7))).toEqual([]);
  });
});
