/**
 * The phases of a data move. What replicates stands in all of them but the last, and runs until the phase `serve`, whose steps
 * stop it: production then writes to the target. Going back takes those writes to the source by hand and starts it anew.
 * `final` tears down what replicates and keeps the target, its data and the evidence.
 */
import type { StageTransition, TransitionNames } from "../../core/migration-part";
import type { Phase } from "../../core/phase";
import type { RunbookStep } from "../../core/stage";

/** Checks whether what replicates exists in the phase. */
export function replicatesIn(phase: Phase): boolean {
  return phase !== "final";
}

/** Checks whether what replicates is expected to run in the phase: from the cut-over on it stands still, for the way back. */
export function runsIn(phase: Phase): boolean {
  return phase === "prepare" || phase === "try";
}

/** A phase that is entered, or passed through, in a transition. */
export interface PhaseEntry {
  readonly phase: Phase;
  /** The stages to name in steps. */
  readonly names: TransitionNames;
  readonly transition: StageTransition;
}

/**
 * Returns the step that deploys the stage; nothing where another phase of the transition has it. What is done before and after
 * it, is done before and after the deployment of the migration.
 */
export function deployed(entry: PhaseEntry, expect: string, minutes = 30): RunbookStep[] {
  if (!hasDeployment(entry)) return [];
  return [declare(entry.names.stage, expect, minutes)];
}

/** Returns the step that deploys the stage before; nothing where another phase of the transition has it. */
export function deployedBack(entry: PhaseEntry, expect: string): RunbookStep[] {
  const { before } = entry.names;
  return before === undefined || !hasDeployment(entry) ? [] : [declare(before, expect, 30)];
}

/** Returns the step that withdraws everything, on the way back from the first stage. */
export function destroyed(expect: string): RunbookStep {
  return {
    title: "Withdraw what was made",
    owner: "platform engineer",
    command: "cdktf destroy",
    deploys: true,
    expect,
    minutes: 60,
  };
}

/** The deployment is that of the stage that is entered; of the first stage, that in which everything is made. */
function hasDeployment({ phase, transition: { from, to } }: PhaseEntry): boolean {
  return phase === (from === undefined ? "prepare" : to.phase);
}

function declare(stage: string, expect: string, minutes: number): RunbookStep {
  return {
    title: `Declare the stage ${stage} and deploy`,
    owner: "platform engineer",
    command: "cdktf deploy",
    deploys: true,
    expect,
    minutes,
  };
}
