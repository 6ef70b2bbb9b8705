/** A migration of no pattern, for tests of what knows none by its name. */
import type { Construct } from "constructs";
import { Migration, type MigrationProps } from "../../lib/core/migration";
import type { PatternProfile } from "../../lib/core/pattern-profile";
import { Stages, type RunbookStep } from "../../lib/core/stage";
import { readyAssessment } from "./ready-assessment";

const step = (title: string): RunbookStep => ({ title, owner: "lead", expect: "it is done", minutes: 10 });

/** `prepare`, `try` and `serve`, which carries all traffic. */
export const toyStages = Stages.of([
  { name: "prepare", summary: "it stands", enter: [step("make it")], reverse: [step("take it away")] },
  { name: "try", summary: "it is tried out", enter: [step("try it")], reverse: [step("stop trying")] },
  { name: "serve", summary: "it serves", trafficShare: 1, enter: [step("switch")], reverse: [step("switch back")] },
] as const);

export type ToyStage = "prepare" | "try" | "serve";

/** What a test says of its migration; the rest is sensible. */
export interface ToyProps extends Partial<MigrationProps<ToyStage>> {
  readonly servers?: readonly string[];
  readonly risk?: string;
}

export class ToyMigration extends Migration<ToyStage> {
  private readonly servers: readonly string[];

  constructor(scope: Construct, id: string, { servers = [], risk, ...props }: ToyProps = {}) {
    const profile: PatternProfile = {
      name: "toy",
      title: "Toy",
      category: "service",
      useCase: "tests",
      ...(risk === undefined ? {} : { risk }),
    };
    super(
      scope,
      id,
      {
        assessment: readyAssessment(),
        stage: "prepare",
        rollback: {
          owner: "migration lead",
          windowHours: 4,
          triggers: ["errors"],
          sourceRetentionDays: 14,
          rehearsedOn: "2026-01-10",
        },
        ...props,
      },
      { profile, stages: toyStages },
    );
    this.servers = servers;
  }

  public override get moves(): readonly string[] {
    return this.servers;
  }
}
