/** A migration of four lines, for tests that are about the stages and not about a pattern. */
import { App, TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { AssessmentRecord } from "../../../lib/core/assessment-record";
import { Migration } from "../../../lib/core/migration";
import type { MigrationDependency } from "../../../lib/core/migration-dependency";
import { Stages, type Stage } from "../../../lib/core/stage";
import { makeTemporaryFolder } from "../../support/temporary-folder";

const step = { title: "do it", owner: "lead", expect: "it is done", minutes: 5 };

export const assessed: AssessmentRecord = {
  verdict: "ready",
  findings: [],
  waivers: [],
  deferredWaivers: [],
  asOf: "2026-11-22",
};

/** A stage that can be left by steps and on which nothing depends, unless `changes` say otherwise. */
export function stage(name: string, changes: Partial<Stage> = {}): Stage {
  return { name, phase: "prepare", summary: name, enter: [step], reverse: [step], ...changes };
}

/** Its stages are given, and so is what it makes in each. */
export class Toy extends Migration {
  constructor(
    scope: Construct,
    id: string,
    stages: readonly Stage[],
    declared: string,
    make: (toy: Toy) => void,
    dependsOn: readonly MigrationDependency[] = [],
  ) {
    super(
      scope,
      id,
      {
        app: "shop",
        dependsOn,
        assessment: assessed,
        stage: declared,
        rollback: { owner: "lead", windowHours: 4, triggers: ["errors"], sourceRetentionDays: 14 },
      },
      {
        profile: { name: "toy", title: "Toy", category: "database", useCase: "tests" },
        role: "schema",
        stages: Stages.of(stages),
      },
    );
    make(this);
  }
}

/** A resource of any type with any attributes. */
export function resource(
  scope: Construct,
  id: string,
  type: string,
  attributes: Readonly<Record<string, unknown>> = {},
): TerraformResource {
  const made = new TerraformResource(scope, id, { terraformResourceType: type });
  for (const [name, value] of Object.entries(attributes)) made.addOverride(name, value);
  return made;
}

const outdir = makeTemporaryFolder("rehearsal");

/** An app whose `cdktf.out` is nobody's. */
export function emptyApp(): App {
  return new App({ outdir });
}

/** An app with one stack, `stack`, and one migration in it, `toy`. */
export function toyApp(stages: readonly Stage[], make: (toy: Toy) => void, declared = stages[0]!.name): () => App {
  return () => {
    const app = emptyApp();
    new Toy(new TerraformStack(app, "stack"), "toy", stages, declared, make);
    return app;
  };
}
