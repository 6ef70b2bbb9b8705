/**
 * The division of a wave's work: preparation by daylight, cut-over in the change window, rollout by daylight over days, and the
 * final stages after the target has proven itself. A stage declares itself whether it is entered in a window; nothing here
 * derives it from the traffic.
 */
import { needsWindow, type RunbookStep, type Stage } from "../../core/stage";
import type { PlannedMigration } from "../plan-document";
import { stageTransitions, type StageTransitions, type Transition } from "../transition";
import type { RunbookWave, WaveTransition, WaveWork, WorkPart } from "./plan-runbook-model";
import { stackCommand, type StackPlace } from "./stack-command";
import { budgetOf, StepClock } from "./step-clock";

/** The parts of a wave's work, in the order in which they are done. */
export const workParts = ["preparation", "cutover", "rollout", "afterwards"] as const satisfies readonly WorkPart[];

/** The work of a wave, by its parts. */
export type WaveWorkByPart = Readonly<Record<WorkPart, WaveWork>>;

/** A stage of a migration that is entered in a part of the work. */
interface Entry extends StageTransitions {
  readonly migration: PlannedMigration;
  readonly done: boolean;
}

/** Returns the work of a wave, its migrations one after the other. The stack of the plan is deployed with each stage, too. */
export function waveWork(migrations: readonly PlannedMigration[], planStack?: string): WaveWorkByPart {
  const entries: Record<WorkPart, Entry[]> = { preparation: [], cutover: [], rollout: [], afterwards: [] };
  for (const migration of migrations) {
    const { path, title, stages } = migration;
    const declared = stages.findIndex(({ name }) => name === migration.stage);
    const parts = workPartsOf(stages);
    stageTransitions({ migration: path, title }, stages).forEach((walked, index) => {
      const part = parts[index];
      if (part !== undefined) entries[part].push({ ...walked, migration, done: index < declared });
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

/** Checks whether the wave needs no change window. Servers that no migration moves yet may need one. */
export function needsNoWindow({ cutover, migrations, unmoved }: RunbookWave): boolean {
  return migrations.length > 0 && unmoved.length === 0 && cutover.forward.length + cutover.done.length === 0;
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

/** A transition of a wave before it is on the clock. */
interface Draft extends Transition, Pick<WaveTransition, "declared" | "window" | "sourceFile"> {
  readonly place: StackPlace;
}

function forwardOf({ migration, stage, before, forward }: Entry): Draft {
  const declared = stage.name === migration.stage ? { declared: true } : {};
  const windowed = needsWindow(stage, before) ? { window: true } : {};
  return { ...forward, ...declared, ...windowed, ...sourceOf(migration), place: placeOf(migration) };
}

function backOf({ migration, back }: Entry): Draft {
  return { ...back, ...sourceOf(migration), place: placeOf(migration) };
}

function sourceOf({ sourceFile }: PlannedMigration): Pick<WaveTransition, "sourceFile"> {
  return sourceFile === undefined ? {} : { sourceFile };
}

/** Returns the migration's stack: in a document that was made by hand and does not say it, the first part of the path. */
function placeOf({ path, stack, region }: PlannedMigration): StackPlace {
  return { stack: stack ?? path.split("/")[0] ?? path, ...(region === undefined ? {} : { region }) };
}

function namer(letter: string): () => { readonly id: string } {
  let count = 0;
  return () => ({ id: `${letter}${++count}` });
}

function clocked(
  drafts: readonly Draft[],
  name: () => { readonly id: string },
  planStack: string | undefined,
): WaveTransition[] {
  const clock = new StepClock();
  // The direction is left out: a wave's lists say it.
  return drafts.map(({ direction: _direction, place, steps, irreversible, ...transition }) => {
    const startsAt = clock.minutes;
    return {
      ...transition,
      steps: clock.timed(
        steps.map((step) => completed(step, planStack === undefined ? place : { ...place, planStack })),
        name,
      ),
      ...(irreversible === undefined ? {} : { irreversible }),
      startsAt,
      ...budgetOf(steps),
    };
  });
}

/** Returns the step with a command that can be typed as it is. */
function completed(step: RunbookStep, place: StackPlace): RunbookStep {
  const { command } = step;
  return command === undefined ? step : { ...step, command: stackCommand(command, place) };
}
