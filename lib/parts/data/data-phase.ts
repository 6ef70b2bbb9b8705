/**
 * The phases of a data move. The replication exists in all of them but the last, and runs until the phase `serve`, whose
 * steps stop it: production then writes to the target. The way back applies those writes to the source by hand and starts
 * the replication anew.
 * `final` destroys the replication and keeps the target, its data and the evidence.
 */
import { admit } from "../../core/door/admit";
import type { StageTransition, TransitionNames } from "../../core/migration-part";
import type { Phase } from "../../core/phase";
import type { RunbookStep } from "../../core/stage";

/** Checks whether the replication of a data move exists in the phase. */
export function replicatesIn(phase: Phase): boolean {
  admit("replicatesIn", { phase });
  return phase !== "final";
}

/**
 * Checks whether the replication of a data move is expected to run in the phase: from the cut-over on it is stopped, but
 * kept for the way back.
 */
export function runsIn(phase: Phase): boolean {
  return phase === "prepare" || phase === "try";
}

/** A phase that a transition between stages enters or passes through. */
export interface PhaseEntry {
  readonly phase: Phase;
  /** The names of the stages, for the texts of steps. */
  readonly names: TransitionNames;
  readonly transition: StageTransition;
}

/**
 * Returns the step that deploys the stage; an empty list if another phase of the transition deploys. Steps before and after
 * it are done before and after the deployment of the migration.
 */
export function deploySteps(entry: PhaseEntry, expect: string, minutes = 30): RunbookStep[] {
  if (!hasDeployment(entry)) return [];
  return [declare(entry.names.stage, expect, minutes)];
}

/** Returns the step that deploys the previous stage; an empty list if another phase of the transition deploys. */
export function deployBackSteps(entry: PhaseEntry, expect: string): RunbookStep[] {
  const { before } = entry.names;
  return before === undefined || !hasDeployment(entry) ? [] : [declare(before, expect, 30)];
}

/** Returns the step that destroys everything, on the way back from the first stage. */
export function destroyStep(expect: string): RunbookStep {
  return {
    title: "Destroy the resources of the data move",
    owner: "platform engineer",
    command: "cdktf destroy",
    deploys: true,
    expect,
    minutes: 60,
  };
}

/**
 * Checks whether the phase deploys: it is that of the stage that is entered, or for the first stage `prepare`, in which
 * everything is created.
 */
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
