/** The names of the stages of a lift and shift, in order. Each part documents what a stage means for it. */
export const liftAndShiftStageNames = ["replicate", "test", "cutover", "finalized"] as const;

/**
 * The name of a stage of a lift and shift.
 *
 * - `replicate`: the target exists and data moves; only the servers themselves talk to each other.
 * - `test`: test clients reach the servers on the ports that outside hosts use at the source; production does not.
 * - `cutover`: outside hosts reach the servers as they reached the source, which is kept.
 * - `finalized`: replication is torn down and the source may be reused. It demands evidence, and going back means restoring.
 */
export type LiftAndShiftStage = (typeof liftAndShiftStageNames)[number];
