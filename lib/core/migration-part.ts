import type { AssessmentRecord } from "./assessment-record";
import type { Finding } from "./finding";
import { isReversible, type RunbookStep, type Stage } from "./stage";
import type { Verification } from "./verification";

/** What a part of a migration does in one transition, beside the migration's own steps. */
export interface PartSteps {
  readonly enter?: readonly RunbookStep[];
  /** @default - nothing; ignored where the stage itself is irreversible */
  readonly reverse?: readonly RunbookStep[];
}

/**
 * A construct that does a part of a migration: its data, its configuration, its validation. The migration that includes it
 * speaks for it: its findings block, its steps are in the runbook, its verifications count.
 */
export interface MigrationPart {
  readonly node: { readonly path: string };
  /**
   * The stage that it was made for; it must be the migration's.
   * @default - it is the same in every stage
   */
  readonly stage?: string;
  /**
   * What its own rules find, given what the migration was assessed with. Asked when the tree is finished.
   * @default - nothing
   */
  findings?(assessment: AssessmentRecord): readonly Finding[];
  /** @default - none */
  readonly stageSteps?: Readonly<Partial<Record<string, PartSteps>>>;
  /** @default - none */
  readonly verifications?: readonly Verification[];
  /**
   * The names of the data that it moves.
   * @default - none
   */
  readonly dataMoved?: readonly string[];
}

/** The stage with the steps of the parts around its deployment: one deploy for all of them. */
export function withPartSteps<StageName extends string>(
  stage: Stage<StageName>,
  parts: readonly MigrationPart[],
): Stage<StageName> {
  const steps = parts.flatMap((part) => part.stageSteps?.[stage.name] ?? []);
  if (steps.length === 0) return stage;
  return {
    ...stage,
    enter: around(
      stage.enter,
      steps.map(({ enter }) => enter ?? []),
    ),
    reverse: isReversible(stage)
      ? around(
          stage.reverse,
          steps.map(({ reverse }) => reverse ?? []),
        )
      : stage.reverse,
  };
}

/**
 * The parts' steps before the one that deploys, that one with everybody's expectation, the parts' steps after it. Where the
 * migration itself deploys nothing in the transition, the parts' steps follow its own.
 */
function around(own: readonly RunbookStep[], parts: readonly (readonly RunbookStep[])[]): RunbookStep[] {
  const at = own.findIndex(({ deploys }) => deploys === true);
  const [deployment] = own.slice(at, at + 1);
  if (at < 0 || deployment === undefined) return [...own, ...parts.flat()];
  const cut = parts.map((steps) => {
    const deploys = steps.findIndex(({ deploys: each }) => each === true);
    return deploys < 0
      ? { before: [], expect: [], after: steps }
      : {
          before: steps.slice(0, deploys),
          expect: steps.slice(deploys, deploys + 1).map(({ expect }) => expect),
          after: steps.slice(deploys + 1),
        };
  });
  return [
    ...own.slice(0, at),
    ...cut.flatMap(({ before }) => before),
    { ...deployment, expect: [deployment.expect, ...new Set(cut.flatMap(({ expect }) => expect))].join("; ") },
    ...cut.flatMap(({ after }) => after),
    ...own.slice(at + 1),
  ];
}
