/** An app with one migration of no pattern, for tests of what looks at findings. */
import { App, TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import { defineRule, type Finding } from "cdktf-migration-patterns/core";
import { assessmentOf } from "cdktf-migration-patterns/testing";
import { MigrationPart } from "../../lib/core/migration-part";
import { ToyMigration, type ToyProps } from "../support/toy-migration";

/** The app, its stack and its migration. */
export interface ToyApp {
  readonly app: App;
  readonly stack: TerraformStack;
  readonly migration: ToyMigration;
}

/** Makes an app with a migration that is ready, and whatever the props say. */
export function toyApp(props: ToyProps = {}): ToyApp {
  const app = Testing.app();
  const stack = new TerraformStack(app, "wave-1");
  return { app, stack, migration: new ToyMigration(stack, "servers", { assessment: assessmentOf(), ...props }) };
}

/** The rule of a part of a user's own. */
export const partRule = defineRule<string>({
  id: "acme-part",
  title: "A part is not allowed here",
  severity: "blocker",
  why: "the platform team says so",
  remedy: "ask it",
  *check(path) {
    yield { subject: path, message: "it is here", location: { file: "parts.yaml", line: 7 } };
  },
});

/** A part of a user's own that is in the way. */
export class ToyPart extends MigrationPart {
  constructor(scope: Construct, id: string, migration: ToyMigration) {
    super(scope, id, { migration });
  }

  public override findings(): readonly Finding[] {
    return partRule(this.node.path);
  }
}
