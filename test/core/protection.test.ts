/** What holds data is protected from the second stage on, and the two ways out of it. */
import { describe, expect, it } from "@jest/globals";
import { App, TerraformStack, TerraformResource, Testing } from "cdktf";
import { isBlocking, type Finding } from "../../lib/core/finding";
import { unprotectedExpired, unprotectedInForce, type Unprotected } from "../../lib/core/protection";
import { Stages } from "../../lib/core/stage";
import { readyAssessment } from "../support/ready-assessment";
import { thrown } from "../support/thrown";
import { StagedMigration, stagesOf, ToyMigration, type ToyProps, type ToyStage } from "../support/toy-migration";

type Lifecycle = Readonly<Record<string, unknown>> | undefined;

const asOf = "2026-11-22";
const accepted: Unprotected = { reason: "the wave is withdrawn after its test", approvedBy: "A. Owner", until: asOf };

class Volume extends TerraformResource {
  constructor(scope: TerraformStack, id: string, lifecycle?: TerraformResource["lifecycle"]) {
    super(scope, id, {
      terraformResourceType: "aws_ebs_volume",
      ...(lifecycle === undefined ? {} : { lifecycle }),
    });
  }
}

function make(props: ToyProps = {}): {
  readonly migration: ToyMigration;
  readonly stack: TerraformStack;
  readonly lifecycles: () => Readonly<Record<string, Lifecycle>>;
  readonly findings: () => readonly Finding[];
} {
  const stack = new TerraformStack(new App(), "stack");
  const migration = new ToyMigration(stack, "toy", { assessment: readyAssessment({ asOf }), ...props });
  return {
    migration,
    stack,
    lifecycles: () => {
      const { resource } = JSON.parse(Testing.synth(stack)) as {
        resource: { aws_ebs_volume: Record<string, { lifecycle?: Lifecycle }> };
      };
      return Object.fromEntries(
        Object.entries(resource.aws_ebs_volume).map(([name, { lifecycle }]) => [name, lifecycle]),
      );
    },
    findings: () => migration.evaluate().findings.filter(({ rule }) => rule.startsWith("unprotected")),
  };
}

describe("the protection of what holds data", () => {
  it.each<[ToyStage, boolean]>([
    ["prepare", false],
    ["try", true],
    ["serve", true],
  ])("in the stage %s is on: %s", (stage, on) => {
    const { migration, stack, lifecycles, findings } = make({ stage });
    migration.protect(new Volume(stack, "data"), undefined);
    new Volume(stack, "other");
    expect(migration.isProtected).toBe(on);
    expect(lifecycles()).toEqual({ data: on ? { prevent_destroy: true } : undefined, other: undefined });
    expect(findings()).toEqual([]);
  });

  it("leaves what is ignored ignored, whatever else a lifecycle says, and in either order", () => {
    const stack = new TerraformStack(new App(), "stack");
    const trafficShare = { from: 0, to: 1, controlledBy: "router" };
    const stages = Stages.of([...stagesOf(["prepare", "serve"])].map((stage) => ({ ...stage, trafficShare })));
    const migration = new StagedMigration(stack, "toy", { stages, stage: "serve-1" });
    const before = new Volume(stack, "before", { ignoreChanges: ["snapshot_id"], createBeforeDestroy: true });
    migration.protect(before);
    migration.leaveToController(before, "size");
    const after = new Volume(stack, "after");
    migration.leaveToController(after, "size");
    migration.protect(after);
    expect(before.lifecycle).toEqual({
      createBeforeDestroy: true,
      ignoreChanges: ["snapshot_id", "size"],
      preventDestroy: true,
    });
    expect(after.lifecycle).toEqual({ ignoreChanges: ["size"], preventDestroy: true });
  });

  it("is off while it is declared unprotected, and a warning says who approved it, why and until when", () => {
    const { migration, stack, lifecycles, findings } = make({ stage: "serve", unprotected: accepted });
    migration.protect(new Volume(stack, "data"));
    expect(lifecycles()).toEqual({ data: undefined });
    const [finding, ...others] = findings();
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: "unprotected", severity: "warning", subject: "stack/toy" });
    for (const part of Object.values(accepted)) expect(finding?.message).toContain(part);
  });

  it("is on again after the last day, which blocks until the exception is removed", () => {
    const { migration, stack, lifecycles, findings } = make({
      stage: "serve",
      unprotected: { ...accepted, until: "2026-11-21" },
    });
    migration.protect(new Volume(stack, "data"));
    expect(lifecycles()).toEqual({ data: { prevent_destroy: true } });
    const [finding, ...others] = findings();
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: "unprotected-expired", severity: "blocker", subject: "stack/toy" });
    expect(finding?.message).toContain("2026-11-21");
    expect(findings().filter(isBlocking)).toHaveLength(1);
    expect(() => Testing.synth(stack, true)).toThrow("unprotected-expired");
  });

  it.each<[path: string, unprotected: unknown]>([
    ["unprotected", true],
    ["unprotected", "because"],
    ["unprotected.reason", { ...accepted, reason: "short" }],
    ["unprotected.approvedBy", { ...accepted, approvedBy: "" }],
    ["unprotected.until", { ...accepted, until: "tomorrow" }],
    ["unprotected.until", { ...accepted, until: "2026-02-30" }],
    ["unprotected.until", { reason: accepted.reason, approvedBy: accepted.approvedBy }],
    ["unprotected", { ...accepted, expires: asOf }],
  ])("refuses %s where it is wrong", (path, unprotected) => {
    const error = thrown(() => make({ unprotected: unprotected as Unprotected }));
    expect(error).toMatchObject({ code: "MIGRATION_UNPROTECTED", path, construct: "stack/toy" });
  });
});

describe("the rules about the protection", () => {
  const review = (unprotected?: Unprotected) => ({ migration: "toy", unprotected, asOf });

  it("say nothing where nothing is unprotected", () => {
    expect(unprotectedInForce(review())).toEqual([]);
    expect(unprotectedExpired(review())).toEqual([]);
  });

  it("tell an exception in force from one that is over", () => {
    const over = { ...accepted, until: "2026-11-21" };
    expect(unprotectedInForce(review(accepted))).toHaveLength(1);
    expect(unprotectedInForce(review(over))).toEqual([]);
    expect(unprotectedExpired(review(accepted))).toEqual([]);
    expect(unprotectedExpired(review(over))).toHaveLength(1);
  });
});
