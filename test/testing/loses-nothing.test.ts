import { describe, expect, it } from "@jest/globals";
import { rehearse, type Rehearsal, type RehearsalOptions } from "cdktf-migration-patterns/plan";
import { assertLosesNothing, assessmentOf } from "cdktf-migration-patterns/testing";
import "cdktf-migration-patterns/testing/jest";
import { resource, stage, toyApp } from "../plan/rehearsal/toy";
import { messageOf } from "../support/message-of";
import { thrown } from "../support/thrown";

type Attributes = Readonly<Record<string, unknown>>;

/** A rehearsal of a stage `b` in which a resource of the type has other attributes, or is not there any more. */
function rehearsed(
  type: string,
  before: Attributes,
  after?: Attributes,
  options?: RehearsalOptions,
): Promise<Rehearsal> {
  const createApp = toyApp([stage("a"), stage("b")], (toy) => {
    const attributes = toy.hasReached("b") ? after : before;
    if (attributes !== undefined) resource(toy, "it", type, attributes);
  });
  return rehearse(createApp, options);
}

describe("toLoseNothing", () => {
  it("holds where what holds data stays", async () => {
    expect(await rehearsed("aws_s3_bucket", {}, { tags: { a: "b" } })).toLoseNothing();
  });

  it("shows what is lost, in which transition, and how to accept a loss that is meant", async () => {
    const rehearsal = await rehearsed("aws_s3_bucket", {});
    const message = messageOf(() => {
      expect(rehearsal).toLoseNothing();
    });
    expect(message).toMatch(
      /^expected that nothing is lost in 4 transitions of 1 migration, but 1 blocker is in the way\n/,
    );
    expect(message).toMatch(
      /rehearsal-data-destroyed on stack\/aws_s3_bucket\.toy_it.*: stack\/toy: entering b from a destroys/,
    );
    expect(message).toContain(`{ rule: "rehearsal-data-destroyed", subject: "stack/aws_s3_bucket.toy_it`);
    expect(() => {
      assertLosesNothing(rehearsal);
    }).toThrow(message);
  });

  it("does not hold of a cut in place", async () => {
    const cut = { retention_in_days: 7 };
    expect(await rehearsed("aws_cloudwatch_log_group", { retention_in_days: 365 }, cut)).not.toLoseNothing();
  });

  it.each([
    [
      "what a variable decides",
      "aws_cloudwatch_log_group",
      { retention_in_days: 365 },
      { retention_in_days: "${var.days}" },
    ],
    ["which instances of a count go", "aws_s3_bucket", { count: "${var.some}" }, { count: "${var.fewer}" }],
  ])("does not hold where it is not known %s, unless it is allowed", async (_what, type, before, after) => {
    const rehearsal = await rehearsed(type, before, after);
    const message = messageOf(() => {
      expect(rehearsal).toLoseNothing();
    });
    expect(message).toMatch(/but of \d changes? it is not known\n/);
    expect(message).toContain(`toLoseNothing({ uncertain: "allowed" })`);
    expect(rehearsal).toLoseNothing({ uncertain: "allowed" });
  });

  it("holds of a loss that is waived", async () => {
    const waiver = { reason: "the bucket is empty by then", approvedBy: "A. Owner", expires: "2026-12-31" };
    const waivers = [{ rule: "rehearsal-data-destroyed", ...waiver }];
    const rehearsal = await rehearsed("aws_s3_bucket", {}, undefined, { waivers, asOf: "2026-11-22" });
    expect(rehearsal).toLoseNothing();
    expect(rehearsal).toHaveFinding("rehearsal-data-destroyed", { waived: true });
    expect(
      messageOf(() => {
        expect(rehearsal).not.toLoseNothing();
      }),
    ).toBe("expected that something is lost in 4 transitions of 1 migration, and nothing is");
  });

  it("refuses what is no rehearsal", () => {
    const error = thrown(() => {
      expect(assessmentOf()).toLoseNothing();
    });
    expect(error).toMatchObject({
      code: "TESTING_SUBJECT",
      allowed: "the outcome of rehearse() or of a plan's rehearse()",
    });
  });

  it("leaves the assessment's rules to the assessment", async () => {
    const rehearsal = await rehearsed("aws_s3_bucket", {}, {});
    const error = thrown(() => {
      expect(rehearsal).not.toHaveFinding("raw-device-mapping");
    });
    expect(error.code).toBe("TESTING_RULE_NOT_RUN");
  });
});
