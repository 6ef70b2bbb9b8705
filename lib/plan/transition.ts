/**
 * ```ts
 * for (const { stage, forward, back } of stageTransitions({ migration: "wave-1/servers", title }, migration.procedure)) …
 * ```
 *
 * The transitions of a migration: one into each stage, and one back out of it. They are derived from the stages that the
 * migrations themselves declare, here and nowhere else, so that the rehearsed, the documented and the automated transitions are
 * the same.
 */
import { isReversible, type Irreversible, type RunbookStep, type Stage } from "../core/stage";

/** The identity of a transition, by which a rehearsal, a runbook and an Automation document speak of the same one. */
export interface TransitionIdentity {
  /** The path of the migration in the tree. */
  readonly migration: string;
  readonly direction: "forward" | "back";
  /** The stage that is left; absent where nothing is deployed yet. */
  readonly from?: string;
  /** The stage that is entered; absent where the migration is withdrawn. */
  readonly to?: string;
}

/** The steps of a transition. */
export interface TransitionSteps<Step extends RunbookStep = RunbookStep> {
  readonly steps: readonly Step[];
  /**
   * The reason why there is no way back by steps, and what to do instead. There are no steps then.
   * @default - the transition has steps
   */
  readonly irreversible?: string;
}

/** A transition of a migration from one stage to the next, or back, with the steps that the stages declare. */
export interface Transition extends TransitionIdentity, TransitionSteps {
  /** The title of the migration's pattern. */
  readonly title: string;
}

/** A stage of a migration with the transition into it and the transition back out of it. */
export interface StageTransitions {
  readonly stage: Stage;
  /** The stage before; absent for the first. */
  readonly before?: Stage;
  readonly forward: Transition;
  readonly back: Transition;
}

/** Returns the transitions of a migration, stage by stage, in the order in which the stages are entered. */
export function stageTransitions(
  { migration, title }: Pick<Transition, "migration" | "title">,
  stages: Iterable<Stage>,
): StageTransitions[] {
  let before: Stage | undefined;
  return Array.from(stages, (stage): StageTransitions => {
    const from = before === undefined ? {} : { from: before.name };
    const to = before === undefined ? {} : { to: before.name };
    const walked = {
      stage,
      ...(before === undefined ? {} : { before }),
      forward: { migration, title, direction: "forward", ...from, to: stage.name, steps: stage.enter },
      back: { migration, title, direction: "back", from: stage.name, ...to, ...reverseOf(stage) },
    } as const;
    before = stage;
    return walked;
  });
}

function reverseOf(stage: Stage): TransitionSteps {
  if (isReversible(stage)) return { steps: stage.reverse };
  const { irreversible } = stage.reverse as Irreversible;
  return { steps: [], irreversible };
}

/**
 * Describes the two ends of a transition: `test → cutover`, `nothing deployed → replicate`, `replicate → withdrawn`.
 *
 * @param between - what stands between the two
 */
export function transitionEnds({ from, to }: Pick<TransitionIdentity, "from" | "to">, between = " → "): string {
  return `${from ?? "nothing deployed"}${between}${to ?? "withdrawn"}`;
}
