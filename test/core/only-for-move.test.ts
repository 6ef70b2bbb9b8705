import { describe, expect, it } from "@jest/globals";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { HAND_OVER_COMMENT, isOnlyForMove, onlyForMove } from "../../lib/core/only-for-move";
import { Migration } from "../../lib/core/migration";
import { readyAssessment } from "../support/ready-assessment";
import { ToyMigration, toyStages } from "../support/toy-migration";

/** The comments of the parameters with the stage that was reached, in the order of their addresses. */
function comments(stack: TerraformStack): unknown[] {
  stack.prepareStack();
  // Not Testing.synth(), which leaves the comments out.
  const { resource } = stack.toTerraform() as {
    resource: { aws_ssm_parameter: Record<string, { name: string; "//": Record<string, unknown> }> };
  };
  return Object.values(resource.aws_ssm_parameter)
    .filter(({ name }) => name.endsWith("/reached"))
    .map((each) => each["//"][HAND_OVER_COMMENT]);
}

/** A migration whose stages a runner reaches. */
class RunnerMigration extends Migration {
  constructor(scope: Construct, id: string) {
    const rollback = {
      owner: "lead",
      windowHours: 4,
      triggers: ["errors"],
      sourceRetentionDays: 14,
      rehearsedOn: "2026-01-10",
    };
    const profile = { name: "run", title: "Run", category: "service", useCase: "tests" } as const;
    const props = { app: "toys", assessment: readyAssessment(), stage: "prepare", rollback };
    super(scope, id, props, { profile, role: "service", stages: toyStages, reachedBy: "runner" });
  }
}

describe("onlyForMove", () => {
  const stack = new TerraformStack(new App(), "shop");
  const migration = new ToyMigration(stack, "orders");
  const replication = new Construct(migration, "replication");
  const topic = new SnsTopic(new Construct(replication, "alarms"), "topic", {});
  const target = new SnsTopic(migration, "target", {});
  const other = new ToyMigration(stack, "users");
  const run = new RunnerMigration(stack, "runs");
  const moved = new SnsTopic(run, "moved", {});
  onlyForMove(replication, undefined);

  it("marks the construct and all that is below it", () => {
    expect([replication, topic, target, migration].map(isOnlyForMove)).toEqual([true, true, false, false]);
  });

  it("is told in the comment of each migration's record", () => {
    expect(comments(stack)).toEqual([
      { migration: "shop/orders", onlyForMove: [`aws_sns_topic.${topic.friendlyUniqueId}`] },
      { migration: other.node.path, onlyForMove: [] },
      // On whose record nothing depends, because a runner writes it: there the comment names the resources.
      { migration: "shop/runs", resources: [`aws_sns_topic.${moved.friendlyUniqueId}`], onlyForMove: [] },
    ]);
  });
});
