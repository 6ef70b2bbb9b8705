/**
 * The division of a wave's work: preparation by daylight, cut-over in the change window, rollout by daylight over days, and the
 * final stages after the target has proven itself. A stage declares itself whether it is entered in a window; nothing here
 * derives it from the traffic.
 */
import { windowMinutes, workMinutes } from "../../core/runbook-step";
import { isReversible, needsWindow, type RunbookStep, type Stage } from "../../core/stage";
import type { PlannedMigration } from "../plan-document";
import type { WaveStep, WaveTransition, WaveWork, WorkPart } from "./plan-runbook-model";
import { stackCommand } from "./stack-command";

/** The parts of a wave's work, in the order in which they are done. */
export const workParts = ["preparation", "cutover", "rollout", "afterwards"] as const satisfies readonly WorkPart[];

/** The work of a wave, by its parts. */
export type WaveWorkByPart = Readonly<Record<WorkPart, WaveWork>>;

/** A stage of a migration that is entered in a part of the work. */
interface Entry {
  readonly migration: PlannedMigration;
  readonly stage: Stage;
  readonly before?: Stage;
  readonly done: boolean;
}

/** Returns the work of a wave, its migrations one after the other. The stack of the plan is deployed with each stage, too. */
export function waveWork(migrations: readonly PlannedMigration[], planStack?: string): WaveWorkByPart {
  const entries: Record<WorkPart, Entry[]> = { preparation: [], cutover: [], rollout: [], afterwards: [] };
  for (const migration of migrations) {
    const declared = migration.stages.findIndex(({ name }) => name === migration.stage);
    workPartsOf(migration.stages).forEach((part, index) => {
      const stage = migration.stages[index];
      const before = migration.stages[index - 1];
      if (stage === undefined) return;
      entries[part].push({ migration, stage, ...(before === undefined ? {} : { before }), done: index < declared });
    });
  }
  return {
    preparation: work("preparation", entries.preparation, planStack),
    cutover: work("cutover", entries.cutover, planStack),
    rollout: work("rollout", entries.rollout, planStack),
    afterwards: work("afterwards", entries.afterwards, planStack),
  };
}

/**
 * Returns the part in which each stage is entered.
 *
 * - `preparation`: a stage of the phases `prepare` and `try`, and whatever else comes before the first window.
 * - `cutover`: from the first stage that is entered in a window to the last; a wave has one window, and their order is kept.
 * - `rollout`: what follows without a window while the migration still serves.
 * - `afterwards`: a stage of the phase `final`, also where it is entered in a window: that is another one, on another day.
 */
export function workPartsOf(stages: readonly Stage[]): WorkPart[] {
  const windows = stages.flatMap((stage, index) =>
    stage.phase !== "final" && needsWindow(stage, stages[index - 1]) ? [index] : [],
  );
  const [first] = windows;
  const last = windows.at(-1);
  return stages.map(({ phase }, index): WorkPart => {
    if (phase === "final") return "afterwards";
    if (first === undefined || last === undefined) return phase === "serve" ? "rollout" : "preparation";
    return index < first ? "preparation" : index <= last ? "cutover" : "rollout";
  });
}

const LETTER: Record<WorkPart, string> = { preparation: "P", cutover: "C", rollout: "S", afterwards: "A" };

function work(name: WorkPart, entries: readonly Entry[], planStack: string | undefined): WaveWork {
  // Names go on from what is done to what is left, so that a step keeps its name when the declared stage moves on.
  const names = namer(LETTER[name]);
  const done = clocked(entries.filter((entry) => entry.done).map(forwardOf), names, planStack);
  const forward = clocked(entries.filter((entry) => !entry.done).map(forwardOf), names, planStack);
  // What was done last is taken back first: what is left before what is done.
  const order = [...entries.filter((entry) => entry.done), ...entries.filter((entry) => !entry.done)].reverse();
  const back = clocked(order.map(backOf), namer(`R${LETTER[name]}`), planStack);
  return { name, done, forward, ...budgetOf(forward.flatMap(({ steps }) => steps)), back };
}

/** Returns the minutes of the steps: on the clock, of work, and of a change window. */
export function budgetOf(
  steps: readonly RunbookStep[],
): Pick<WaveTransition, "minutes" | "workMinutes" | "windowMinutes"> {
  return {
    minutes: steps.reduce((sum, { minutes }) => sum + minutes, 0),
    workMinutes: workMinutes(steps),
    windowMinutes: windowMinutes(steps),
  };
}

type Draft = Omit<WaveTransition, "startsAt" | "minutes" | "workMinutes" | "windowMinutes" | "steps"> & {
  readonly steps: readonly RunbookStep[];
  readonly stack: string;
};

function forwardOf({ migration, stage, before }: Entry): Draft {
  const declared = stage.name === migration.stage ? { declared: true } : {};
  const windowed = needsWindow(stage, before) ? { window: true } : {};
  return { ...named(migration), ...from(before), to: stage.name, ...declared, ...windowed, steps: stage.enter };
}

function backOf({ migration, stage, before }: Entry): Draft {
  const places = { ...named(migration), from: stage.name, ...(before === undefined ? {} : { to: before.name }) };
  if (isReversible(stage)) return { ...places, steps: stage.reverse };
  const { irreversible } = stage.reverse as { readonly irreversible: string };
  return { ...places, steps: [], irreversible };
}

function named({ path, title, stack }: PlannedMigration): Pick<Draft, "migration" | "title" | "stack"> {
  // A document that was made by hand may not say the stack: then it is the first part of the path.
  return { migration: path, title, stack: stack ?? path.split("/")[0] ?? path };
}

function from(stage: Stage | undefined): { readonly from?: string } {
  return stage === undefined ? {} : { from: stage.name };
}

function namer(letter: string): () => string {
  let count = 0;
  return () => `${letter}${++count}`;
}

function clocked(drafts: readonly Draft[], name: () => string, planStack: string | undefined): WaveTransition[] {
  let minutes = 0;
  return drafts.map(({ stack, ...draft }) => {
    const startsAt = minutes;
    const steps = draft.steps.map((step): WaveStep => {
      const { command } = step;
      const typed = command === undefined ? {} : { command: stackCommand(command, stack, planStack) };
      const timed = { id: name(), startsAt: minutes, ...step, ...typed };
      minutes += step.minutes;
      return timed;
    });
    return { ...draft, startsAt, ...budgetOf(steps), steps };
  });
}
