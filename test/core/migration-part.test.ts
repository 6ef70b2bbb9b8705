/** What a part of a user's own has to do, and what no part may. */
import { describe, expect, it } from "@jest/globals";
import { App, TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import {
  MigrationPart,
  type MigrationHost,
  type MigrationPartProps,
  type PartSteps,
  type StageTransition,
  type TransitionNames,
} from "../../lib/core/migration-part";
import type { Finding } from "../../lib/core/finding";
import type { Phase } from "../../lib/core/phase";
import type { RunbookStep } from "../../lib/core/stage";
import { thrown } from "../support/thrown";
import { StagedMigration, stagesOf } from "../support/toy-migration";

const step = (title: string): RunbookStep => ({ title, owner: "lead", expect: `${title} is done`, minutes: 5 });

/** A queue that is drained before production moves: a part as a user would write it. */
class QueueDrain extends MigrationPart {
  constructor(scope: Construct, id: string, props: MigrationPartProps, answers: readonly Phase[] = ["try", "serve"]) {
    super(scope, id, props, answers);
  }

  public override get verifications() {
    return [{ kind: "end-to-end-test", name: "an order passes" } as const];
  }

  public override get dataMoved() {
    return ["orders queue"];
  }

  public override get required() {
    return { alarmNames: ["queue-depth"], minimumBakeHours: 24 };
  }

  public override findings(): readonly Finding[] {
    return [
      {
        rule: "queue-unread",
        severity: "warning",
        subject: this.node.path,
        message: `nobody reads it in ${this.stage.name}`,
        why: "messages are lost",
        remedy: "start a reader",
      },
    ];
  }

  protected override stepsInto(phase: Phase, { stage, before }: TransitionNames): PartSteps {
    return {
      enter: [step(`${phase}: drain for ${stage}`)],
      reverse: [step(`${phase}: fill for ${before ?? "nothing"}`)],
    };
  }

  protected override stepsWithin({ from, to }: StageTransition): PartSteps {
    return { enter: [step(`from ${from?.name ?? "nothing"} to ${to.name}`)] };
  }
}

const stackOf = (id = "stack"): TerraformStack => new TerraformStack(Testing.app(), id);
const titles = (steps: readonly RunbookStep[] | { irreversible: string }): string[] =>
  (steps as readonly RunbookStep[]).map(({ title }) => title);

describe("a part of a user's own", () => {
  const stack = stackOf();
  const stages = stagesOf(["prepare", "try", "serve", "serve", "final"]);
  const migration = new StagedMigration(stack, "shop", { stages, stage: "try-1", tags: { team: "shop" } });
  const part = new QueueDrain(stack, "queue", { migration });

  it("knows stage, phase and tags of its migration", () => {
    expect([part.stage.name, part.phase]).toEqual(["try-1", "try"]);
    expect(part.tags).toEqual({ team: "shop", "migration:pattern": "toy" });
    expect(part.migration).toBe(migration);
  });

  it("is counted by the migration, without being included", () => {
    expect(migration.paths).toEqual(["stack/shop", "stack/queue"]);
    expect(migration.verifications.map(({ name }) => name)).toEqual(["an order passes"]);
    expect(migration.dataMoved).toEqual(["orders queue"]);
    expect(migration.required).toEqual({ alarmNames: ["queue-depth"], minimumBakeHours: 24 });
    expect(migration.evaluate().findings.map(({ message }) => message)).toEqual(["nobody reads it in try-1"]);
  });

  it("has its steps in the runbook, in the phases to which it answers, after the one that deploys", () => {
    expect(migration.procedure.map(({ enter }) => titles(enter))).toEqual([
      ["decide", "Deploy prepare-1", "look"],
      ["decide", "Deploy try-1", "try: drain for try-1", "look"],
      ["decide", "Deploy serve-1", "serve: drain for serve-1", "look"],
      ["decide", "Deploy serve-2", "from serve-1 to serve-2", "look"],
      ["decide", "Deploy final-1", "look"],
    ]);
    expect(titles(migration.procedure[2]?.reverse ?? [])).toEqual(["Deploy try-1", "serve: fill for try-1"]);
  });

  it("passes through the phases that a pattern leaves out, and back in the other order", () => {
    const other = stackOf();
    const short = new StagedMigration(other, "shop", { stages: stagesOf(["prepare", "serve"]) });
    new QueueDrain(other, "queue", { migration: short });
    const [, serve] = short.procedure;
    expect(titles(serve?.enter ?? [])).toEqual([
      "decide",
      "Deploy serve-1",
      "try: drain for serve-1",
      "serve: drain for serve-1",
      "look",
    ]);
    expect(titles(serve?.reverse ?? [])).toEqual([
      "Deploy prepare-1",
      "serve: fill for prepare-1",
      "try: fill for prepare-1",
    ]);
  });

  it("has nothing to say of itself unless it does", () => {
    class Quiet extends MigrationPart {
      public constructor(scope: Construct, id: string, props: MigrationPartProps) {
        super(scope, id, props);
      }
    }
    const other = stackOf();
    const quiet = new Quiet(other, "quiet", { migration: new StagedMigration(other, "shop", { stages }) });
    expect([quiet.verifications, quiet.dataMoved, quiet.required, quiet.findings()]).toEqual([[], [], undefined, []]);
    for (const to of stages) {
      expect(quiet.stepsOf({ from: stages.before(to.name), to })).not.toMatchObject({ enter: [expect.anything()] });
    }
  });
});

describe("a part is refused", () => {
  it("without a migration, whatever came instead", () => {
    for (const migration of [undefined, null, "shop", { node: {}, stage: "replicate" }, stackOf()]) {
      const error = thrown(() => new QueueDrain(stackOf(), "queue", { migration: migration as never }));
      expect([error.code, error.path, error.construct]).toEqual([
        "MIGRATION_PART_MIGRATION",
        "migration",
        "stack/queue",
      ]);
    }
    expect(thrown(() => new QueueDrain(stackOf(), "queue", undefined as never)).code).toBe("MIGRATION_PART_MIGRATION");
    expect(thrown(() => new QueueDrain(stackOf(), "queue", {} as never)).message).toBe(
      '[MIGRATION_PART_MIGRATION] migration: received "undefined", allowed is the migration that the part belongs to: a ' +
        "LiftAndShift, a HybridCloud, or another pattern's construct; make the migration first and pass it, as in " +
        "{ migration: shop, … } (in construct stack/queue)",
    );
  });

  it("in another app than its migration's", () => {
    const migration = new StagedMigration(stackOf("one"), "shop");
    const error = thrown(() => new QueueDrain(stackOf("two"), "queue", { migration }));
    expect(error.code).toBe("MIGRATION_PART_APP");
    expect(error.message).toContain('received "one/shop"');
    expect(error.message).toContain("two/queue");
  });

  it("in another stack than its migration's: a stage is one deploy", () => {
    const app = new App();
    const migration: MigrationHost = new StagedMigration(new TerraformStack(app, "one"), "shop");
    const error = thrown(() => new QueueDrain(new TerraformStack(app, "two"), "queue", { migration }));
    expect(error.code).toBe("MIGRATION_PART_STACK");
    expect(error.message).toContain("one/shop in the stack one");
    expect(error.message).toContain("a migration of the stack two, in which the part two/queue is");
  });

  it("of a migration that has no stage of the phases to which it answers", () => {
    const stack = stackOf();
    const migration = new StagedMigration(stack, "shop", { stages: stagesOf(["prepare", "serve", "final"]) });
    const error = thrown(() => new QueueDrain(stack, "queue", { migration }, ["try"]));
    expect(error.code).toBe("MIGRATION_PART_PHASE");
    expect(error.message).toContain("stack/shop, with stages of the phases prepare, serve, final");
    expect(error.message).toContain("a stage of the phases try, to which the part stack/queue answers");
    expect(migration.paths).toEqual(["stack/shop"]);
  });
});
