/** A step of a runbook: something that somebody does, or waits for, during a transition. */
import { admit } from "./door/admit";
export interface RunbookStep {
  /** The action, as an imperative sentence without a final period. */
  readonly title: string;
  /** The role that does it: `migration lead`, `network engineer`. */
  readonly owner: string;
  /**
   * The command or API call.
   * @default - nothing to run: the step is a decision or an observation
   */
  readonly command?: string;
  /** The observation that shows that it has worked. */
  readonly expect: string;
  /** The time that it may take before somebody is called, in minutes. */
  readonly minutes: number;
  /**
   * Whether its minutes pass without anybody's work: answers expire, a target bakes. They count on the clock, not as work, and
   * at the end of a transition they need no change window.
   * @default false
   */
  readonly waits?: boolean;
  /**
   * Whether this is the step that deploys the declared stage. A transition has at most one: a part's steps before and after
   * its own deployment are put before and after the migration's.
   * @default false
   */
  readonly deploys?: boolean;
}

/** Returns the minutes of the steps in which somebody works. */
export function workMinutes(steps: readonly RunbookStep[]): number {
  admit("workMinutes", { steps });
  return steps.reduce((sum, step) => sum + (step.waits === true ? 0 : step.minutes), 0);
}

/**
 * Returns the minutes from the first step to the end of the last in which somebody works. A change window must be that long.
 */
export function windowMinutes(steps: readonly RunbookStep[]): number {
  admit("windowMinutes", { steps });
  const last = steps.findLastIndex((step) => step.waits !== true);
  return steps.slice(0, last + 1).reduce((sum, step) => sum + step.minutes, 0);
}
