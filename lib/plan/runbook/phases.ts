/**
 * How a wave's work is divided. The change window is for what the customers can see, so a transition belongs in it when it
 * raises the share of the traffic that the target carries, or lies between two that do. What comes before is prepared by
 * daylight, what comes after waits until the cut-over has proven itself. A migration that never carries traffic has nothing
 * to do in a window: all of it is preparation, up to what cannot be taken back.
 */
import { isReversible, type RunbookStep, type Stage } from "../../core/stage";
import type { PlannedMigration } from "../plan-document";
import type { PhaseName, WavePhase, WaveStep, WaveTransition } from "./plan-runbook-model";
import { commandIn } from "./stack-command";

/** A transition before it has a clock. */
interface Entry {
  readonly migration: PlannedMigration;
  readonly stage: Stage;
  readonly before?: Stage;
  readonly done: boolean;
}

/** The phases of a wave, its migrations one after the other. The stack of the plan is deployed with each stage. */
export function wavePhases(migrations: readonly PlannedMigration[], planStack?: string): Record<PhaseName, WavePhase> {
  const entries: Record<PhaseName, Entry[]> = { preparation: [], cutover: [], afterwards: [] };
  for (const migration of migrations) {
    const declared = migration.stages.findIndex(({ name }) => name === migration.stage);
    phasesOf(migration.stages).forEach((phase, index) => {
      const stage = migration.stages[index];
      const before = migration.stages[index - 1];
      if (stage === undefined) return;
      entries[phase].push({ migration, stage, ...(before === undefined ? {} : { before }), done: index < declared });
    });
  }
  return {
    preparation: wavePhase("preparation", entries.preparation, planStack),
    cutover: wavePhase("cutover", entries.cutover, planStack),
    afterwards: wavePhase("afterwards", entries.afterwards, planStack),
  };
}

/** The phase in which each stage is entered. */
export function phasesOf(stages: readonly Stage[]): PhaseName[] {
  const raising = stages.flatMap((stage, index) =>
    (stage.trafficShare ?? 0) > (stages[index - 1]?.trafficShare ?? 0) ? [index] : [],
  );
  const [first] = raising;
  const last = raising.at(-1);
  if (first === undefined || last === undefined) {
    const final = stages.findIndex((stage) => !isReversible(stage));
    return stages.map((_stage, index) => (final >= 0 && index >= final ? "afterwards" : "preparation"));
  }
  return stages.map((_stage, index) => (index < first ? "preparation" : index <= last ? "cutover" : "afterwards"));
}

const LETTER: Record<PhaseName, string> = { preparation: "P", cutover: "C", afterwards: "A" };

function wavePhase(name: PhaseName, entries: readonly Entry[], planStack: string | undefined): WavePhase {
  // Names go on from what is done to what is left, so that a step keeps its name when the declared stage moves on.
  const names = namer(LETTER[name]);
  const done = clocked(entries.filter((entry) => entry.done).map(forwardOf), names, planStack);
  const forward = clocked(entries.filter((entry) => !entry.done).map(forwardOf), names, planStack);
  // What was done last is taken back first: what is left before what is done.
  const order = [...entries.filter((entry) => entry.done), ...entries.filter((entry) => !entry.done)].reverse();
  const back = clocked(order.map(backOf), namer(`R${LETTER[name]}`), planStack);
  return { name, done, forward, minutes: total(forward), back };
}

/** The budget of the transitions together. */
export function total(transitions: readonly WaveTransition[]): number {
  return transitions.reduce((sum, { minutes }) => sum + minutes, 0);
}

type Draft = Omit<WaveTransition, "startsAt" | "minutes" | "steps"> & {
  readonly steps: readonly RunbookStep[];
  readonly stack: string;
};

function forwardOf({ migration, stage, before }: Entry): Draft {
  const declared = stage.name === migration.stage ? { declared: true } : {};
  return { ...named(migration), ...from(before), to: stage.name, ...declared, steps: stage.enter };
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
      const typed = command === undefined ? {} : { command: commandIn(command, stack, planStack) };
      const timed = { id: name(), startsAt: minutes, ...step, ...typed };
      minutes += step.minutes;
      return timed;
    });
    return { ...draft, startsAt, minutes: minutes - startsAt, steps };
  });
}
