/**
 * The stages of a data move. Replication runs in all of them but the last, so that going back from a cut-over finds the
 * source's own data still flowing; `finalized` tears down what replicates and keeps the target, its data and the evidence.
 */
import type { RunbookStep } from "../../../../core/stage";

/**
 * The stages of a data move.
 *
 * - `replicate`: the target stands and data flows to it; production reads and writes the source.
 * - `test`: the same, and test clients look at the target.
 * - `cutover`: production reads and writes the target; nothing is copied on a schedule any more, the means to copy stay.
 * - `finalized`: what replicates is gone. Going back now means restoring.
 */
export type DataStage = "replicate" | "test" | "cutover" | "finalized";

/** The stages in order. */
export const dataStages = ["replicate", "test", "cutover", "finalized"] as const satisfies readonly DataStage[];

/** Whether what replicates exists in the stage. */
export function replicatesIn(stage: DataStage): boolean {
  return stage !== "finalized";
}

/** What people do, by stage: to enter it from the one before, or to leave it backwards. */
export type StageSteps = Readonly<Record<DataStage, readonly RunbookStep[]>>;
