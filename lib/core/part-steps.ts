/** Puts the steps of a migration and of its parts into one transition with one deployment. */
import type { RunbookStep } from "./runbook-step";
import { isReversible, type Stage } from "./stage";

/** The steps of a migration's part in one transition, beside the migration's own. */
export interface PartSteps {
  /**
   * The steps for entering the stage.
   * @default - nothing
   */
  readonly enter?: readonly RunbookStep[];
  /**
   * The steps for leaving the stage backwards.
   * @default - nothing; ignored where the stage itself is irreversible
   */
  readonly reverse?: readonly RunbookStep[];
}

/** A list of steps, cut at the one that deploys. */
interface Cut {
  readonly before: readonly RunbookStep[];
  /** The step that deploys; undefined where none does. */
  readonly deployment: RunbookStep | undefined;
  readonly after: readonly RunbookStep[];
}

/** Returns the stage with the steps of its parts around its deployment: one deploy for all of them. */
export function withPartSteps<StageName extends string>(
  stage: Stage<StageName>,
  parts: readonly PartSteps[],
): Stage<StageName> {
  const own = parts.filter(({ enter = [], reverse = [] }) => enter.length + reverse.length > 0);
  if (own.length === 0) return stage;
  return {
    ...stage,
    enter: around(
      stage.enter,
      own.map(({ enter = [] }) => enter),
    ),
    reverse: isReversible(stage)
      ? around(
          stage.reverse,
          own.map(({ reverse = [] }) => reverse),
        )
      : stage.reverse,
  };
}

/**
 * Returns the steps of several phases that one transition passes through, with one deployment: that of the last which has one.
 * A phase without a deployment keeps its place, so that what it does is done before the deployment of a later phase and after
 * that of an earlier one.
 */
export function joinSteps(phases: readonly (readonly RunbookStep[])[]): readonly RunbookStep[] {
  const at = phases.findLastIndex((steps) => steps.some(({ deploys }) => deploys === true));
  const cuts = phases.map((steps, index) => {
    const each = cut(steps);
    return each.deployment === undefined && index < at ? { ...each, before: each.after, after: [] } : each;
  });
  const last = cuts[at]?.deployment;
  if (last === undefined) return phases.flat();
  return [
    ...cuts.flatMap(({ before }) => before),
    { ...last, expect: expectations(cuts) },
    ...cuts.flatMap(({ after }) => after),
  ];
}

/**
 * Returns the parts' steps before the one that deploys, that one with everybody's expectation, the parts' steps after it.
 * Where the migration itself deploys nothing in the transition, the parts' steps follow its own.
 */
function around(own: readonly RunbookStep[], parts: readonly (readonly RunbookStep[])[]): RunbookStep[] {
  const { before, deployment, after } = cut(own);
  if (deployment === undefined) return [...own, ...parts.flat()];
  const cuts = parts.map(cut);
  return [
    ...before,
    ...cuts.flatMap((each) => each.before),
    { ...deployment, expect: expectations([{ before, deployment, after }, ...cuts]) },
    ...cuts.flatMap((each) => each.after),
    ...after,
  ];
}

/** Cuts the steps at the one that deploys. Without a deployment, all steps come after: they look at what was deployed. */
function cut(steps: readonly RunbookStep[]): Cut {
  const at = steps.findIndex(({ deploys }) => deploys === true);
  return at < 0
    ? { before: [], deployment: undefined, after: steps }
    : { before: steps.slice(0, at), deployment: steps[at], after: steps.slice(at + 1) };
}

function expectations(cuts: readonly Cut[]): string {
  return [...new Set(cuts.flatMap(({ deployment }) => deployment?.expect ?? []))].join("; ");
}
