import { z } from "zod";
import { isoDate } from "./iso-date";

/** The schema of a {@link RollbackPlan}. */
export const rollbackPlanSchema = z.strictObject({
  owner: z.string().min(1),
  windowHours: z.number().positive(),
  triggers: z.array(z.string().min(1)).min(1),
  sourceRetentionDays: z.number().positive(),
  rehearsedOn: isoDate.optional(),
});

/**
 * The rollback plan of a migration. Required of every pattern: what to do is each stage's own reverse; this says who decides,
 * on what, and for how long it stays possible.
 *
 * @example
 * { owner: "migration lead", windowHours: 4, triggers: ["error rate above 1 % for 5 minutes"], sourceRetentionDays: 14 }
 */
export interface RollbackPlan {
  /** The role that decides to go back. */
  readonly owner: string;
  /** The time after a transition in which the decision may be taken, in hours. More than 0. */
  readonly windowHours: number;
  /** The triggers of the decision: alarm names, or observations as sentences. At least one. */
  readonly triggers: readonly string[];
  /** The time for which the source is kept intact after the last transition, in days. More than 0. */
  readonly sourceRetentionDays: number;
  /**
   * The day on which the rollback was last rehearsed, `YYYY-MM-DD`.
   * @default - never rehearsed, which the plan's rules report
   */
  readonly rehearsedOn?: string;
}
