/**
 * The stages of a data move. What replicates stands in all of them but the last, and runs until the cut-over, whose steps
 * stop it: production then writes to the target. Going back takes those writes to the source by hand and starts it anew.
 * `finalized` tears down what replicates and keeps the target, its data and the evidence.
 */
import type { PartSteps } from "../../core/migration-part";
import type { RunbookStep } from "../../core/stage";
import type { LiftAndShiftStage } from "../stage-names";

/**
 * The stages of a data move.
 *
 * - `replicate`: the target stands and data flows to it; production reads and writes the source.
 * - `test`: the same, and test clients look at the target.
 * - `cutover`: production reads and writes the target; nothing is copied on a schedule any more, the means to copy stay.
 * - `finalized`: what replicates is gone. Going back now means restoring.
 */
export type DataStage = LiftAndShiftStage;

/** Whether what replicates exists in the stage. */
export function replicatesIn(stage: DataStage): boolean {
  return stage !== "finalized";
}

/** Whether what replicates is expected to run in the stage: at the cut-over it stands still, for the way back. */
export function runsIn(stage: DataStage): boolean {
  return stage === "replicate" || stage === "test";
}

/** What people do, by stage: to enter it from the one before, and to leave it backwards. `finalized` has no way back. */
export type DataSteps = Readonly<Record<DataStage, PartSteps>>;

/** The step that deploys. What is done before and after it, is done before and after the deployment of the migration. */
export function deployed(stage: DataStage, expect: string): RunbookStep {
  return {
    title: `Declare the stage ${stage} and deploy`,
    owner: "platform engineer",
    command: "cdktf deploy",
    deploys: true,
    expect,
    minutes: 30,
  };
}

/** The same for the way back from the first stage, which withdraws everything. */
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
