/** Migrations of no pattern, for tests of what knows none by its name. */
import type { Construct } from "constructs";
import type { Assessment } from "../../lib/assessment/assessment";
import { Migration } from "../../lib/core/migration";
import type { MigrationProps } from "../../lib/core/migration-props";
import type { MigrationPart, PartSteps } from "../../lib/core/migration-part";
import type { PatternProfile } from "../../lib/core/pattern-profile";
import type { Phase } from "../../lib/core/phase";
import type { MigrationRole } from "../../lib/core/role";
import { Stages, type RunbookStep, type Stage } from "../../lib/core/stage";
import { liftAndShiftStages } from "../../lib/patterns/infrastructure/lift-and-shift/stages";
import type { LiftAndShiftStage } from "../../lib/patterns/infrastructure/lift-and-shift/stage-names";
import { readyAssessment } from "./ready-assessment";

const step = (title: string): RunbookStep => ({ title, owner: "lead", expect: "it is done", minutes: 10 });

/** `prepare`, `try` and `serve`, which carries all traffic. */
export const toyStages = Stages.of<ToyStage>([
  {
    name: "prepare",
    phase: "prepare",
    summary: "it stands",
    enter: [step("make it")],
    reverse: [step("take it away")],
  },
  { name: "try", phase: "try", summary: "it is tried out", enter: [step("try it")], reverse: [step("stop trying")] },
  {
    name: "serve",
    phase: "serve",
    summary: "it serves",
    trafficShare: 1,
    enter: [step("switch")],
    reverse: [step("switch back")],
  },
]);

export type ToyStage = "prepare" | "try" | "serve";

/** What a test says of its migration; the rest is sensible. */
export interface ToyProps extends Partial<MigrationProps<ToyStage>> {
  readonly servers?: readonly string[];
  readonly risk?: string;
  readonly role?: MigrationRole;
}

const defaults = {
  app: "toys",
  rollback: {
    owner: "migration lead",
    windowHours: 4,
    triggers: ["errors"],
    sourceRetentionDays: 14,
    rehearsedOn: "2026-01-10",
  },
};

function profileOf(risk?: string): PatternProfile {
  return {
    name: "toy",
    title: "Toy",
    category: "service",
    useCase: "tests",
    ...(risk === undefined ? {} : { risk }),
  };
}

export class ToyMigration extends Migration<ToyStage> {
  declare public readonly assessment: Assessment;
  private readonly servers: readonly string[];

  constructor(scope: Construct, id: string, { servers = [], risk, role = "service", ...props }: ToyProps = {}) {
    super(
      scope,
      id,
      { ...defaults, assessment: readyAssessment(), stage: "prepare", ...props },
      { profile: profileOf(risk), role, stages: toyStages },
    );
    this.servers = servers;
  }

  public override get moves(): readonly string[] {
    return this.servers;
  }
}

/** Returns stages of those phases, with a deployment in each: `prepare-1`, `prepare-2`, `serve-1`. */
export function stagesOf(phases: readonly Phase[]): Stages {
  const names = phases.map(
    (phase, at) => `${phase}-${phases.slice(0, at + 1).filter((each) => each === phase).length}`,
  );
  const deploy = (what: string): RunbookStep => ({ ...step(`Deploy ${what}`), deploys: true });
  return Stages.of(
    phases.map((phase, at): Stage => {
      const name = names[at] ?? "";
      return {
        name,
        phase,
        summary: `${name} holds`,
        enter: [step("decide"), deploy(name), step("look")],
        reverse: [deploy(names[at - 1] ?? "nothing")],
      };
    }),
  );
}

/** The stages of a lift and shift, without the evidence that the last one demands. */
export const liftedStages: Stages<LiftAndShiftStage> = Stages.of(
  [...liftAndShiftStages].map(({ evidence: _evidence, ...stage }) => stage),
);

/** What a test says of a {@link StagedMigration}. */
export type StagedProps = Partial<MigrationProps> & { readonly assessment?: Assessment; readonly stages?: Stages };

/** A migration of any stages; of those of a lift and shift where a test says none. */
export class StagedMigration extends Migration {
  declare public readonly assessment: Assessment;

  constructor(scope: Construct, id: string, { stages = liftedStages, ...props }: StagedProps = {}) {
    super(
      scope,
      id,
      { ...defaults, assessment: readyAssessment(), stage: stages.names[0] ?? "", ...props },
      { profile: profileOf(), role: "workload", stages },
    );
  }
}

/** Returns the migration of a scope that is in the stage of a lift and shift; makes it where there is none. */
export function inStage(
  scope: Construct,
  stage: LiftAndShiftStage,
  props: Omit<StagedProps, "stage" | "stages"> = {},
): StagedMigration {
  const id = `migration-${stage}`;
  return (
    (scope.node.tryFindChild(id) as StagedMigration | undefined) ?? new StagedMigration(scope, id, { stage, ...props })
  );
}

/** Returns the steps of a part by the stages of its migration: what entering each takes, and leaving it backwards. */
export function stageSteps(part: MigrationPart): Record<LiftAndShiftStage, PartSteps> {
  const { stages } = part.migration;
  return Object.fromEntries(
    [...stages].map((to) => [to.name, part.stepsOf({ from: stages.before(to.name), to })]),
  ) as Record<LiftAndShiftStage, PartSteps>;
}
