/** The clock of a runbook's steps: when each begins, and what they take together, if every step uses its whole budget. */
import { windowMinutes, workMinutes, type RunbookStep } from "../../core/runbook-step";
import type { TransitionIdentity, TransitionSteps } from "../transition";

/** A step of a transition with its time on the clock. */
export interface TimedStep extends RunbookStep {
  /** The start of the step, in minutes of the clock, if every step before it used its whole budget. */
  readonly startsAt: number;
}

/**
 * A transition on the clock, as runbooks have it. What the chapter or the list in which it stands says already is not repeated:
 * the direction, and in a chapter the migration.
 */
export interface TimedTransition<Step extends TimedStep = TimedStep>
  extends Pick<TransitionIdentity, "from" | "to">, TransitionSteps<Step> {
  /** The minutes of all steps on the clock. */
  readonly minutes: number;
  /** The minutes in which somebody works. */
  readonly workMinutes: number;
}

/** The minutes of steps. */
export interface StepBudget extends Pick<TimedTransition, "minutes" | "workMinutes"> {
  /** The minutes to the end of the last step in which somebody works: waiting at the end needs no window. */
  readonly windowMinutes: number;
}

/** A clock that every step moves on by its budget. */
export class StepClock {
  private elapsed = 0;

  /** Returns the minutes that have passed. */
  public get minutes(): number {
    return this.elapsed;
  }

  /** Returns the steps with their times and their labels, a number or an id, and moves the clock on to the end of the last. */
  public timed<Label extends object>(
    steps: readonly RunbookStep[],
    label: (index: number) => Label,
  ): (Label & TimedStep)[] {
    return steps.map((step, index) => {
      const startsAt = this.elapsed;
      this.elapsed += step.minutes;
      return { ...label(index), startsAt, ...step };
    });
  }
}

/** Returns the minutes of the steps: on the clock, of work, and of a change window. */
export function budgetOf(steps: readonly RunbookStep[]): StepBudget {
  return {
    minutes: steps.reduce((sum, { minutes }) => sum + minutes, 0),
    workMinutes: workMinutes(steps),
    windowMinutes: windowMinutes(steps),
  };
}
