/** The stages of a lift and shift in order. What each means for servers, data and configuration is said where it is done. */
export const liftAndShiftStageNames = ["replicate", "test", "cutover", "finalized"] as const;

/**
 * The stages of a lift and shift.
 *
 * - `replicate`: the target stands and data moves; nobody but the servers themselves talks to it.
 * - `test`: test clients reach the servers on the ports that outside hosts use at the source; production does not.
 * - `cutover`: outside hosts reach the servers as they reached the source, which is kept.
 * - `finalized`: what replicates is gone and the source may be reused. It demands evidence, and going back means restoring.
 */
export type LiftAndShiftStage = (typeof liftAndShiftStageNames)[number];
