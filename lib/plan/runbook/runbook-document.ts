/**
 * The data model of the runbook of single migrations: for each migration its transitions, forward and back, with every step's
 * clock. It is derived from the stages that the migrations themselves declare, so that the rehearsed, the documented and the
 * deployed transitions are the same.
 */
import type { RollbackPlan } from "../../core/rollback";
import { workMinutes, type RunbookStep } from "../../core/runbook-step";
import { isReversible, type Stage } from "../../core/stage";
import { compareText } from "../../core/text";

/** The properties of a migration that its runbook uses; every `Migration` has them. */
export interface RunbookSubject {
  readonly node: { readonly path: string };
  readonly profile: { readonly name: string; readonly title: string };
  readonly wave?: string;
  readonly stage: Stage;
  /** The stages with all their steps. */
  readonly procedure: Iterable<Stage>;
  readonly rollback: RollbackPlan;
}

/** A step of a transition with its time on the clock. */
export interface TimedStep extends RunbookStep {
  /** The number of the step within its transition, from 1. */
  readonly number: number;
  /** The start of the step, in minutes after the transition's start, if every step before it used its whole budget. */
  readonly startsAt: number;
}

/** A transition of a migration from one stage to the next, or back. */
export interface Transition {
  /** The stage before; absent where nothing is deployed yet. */
  readonly from?: string;
  /** The stage afterwards; absent where everything has been withdrawn. */
  readonly to?: string;
  readonly steps: readonly TimedStep[];
  /** The minutes of all steps on the clock. */
  readonly minutes: number;
  /** The minutes in which somebody works. */
  readonly workMinutes: number;
  /**
   * The reason why there are no steps, and what to do instead.
   * @default - the transition has steps
   */
  readonly irreversible?: string;
}

/** The part of the runbook for one migration. */
export interface RunbookChapter {
  readonly migration: string;
  readonly pattern: string;
  readonly title: string;
  readonly wave?: string;
  /** The declared stage. */
  readonly stage: string;
  readonly stages: readonly { readonly name: string; readonly summary: string }[];
  readonly rollback: RollbackPlan;
  readonly forward: readonly Transition[];
  /** The transitions back from each stage, last stage first: the order in which they are needed. */
  readonly back: readonly Transition[];
}

/** The runbook of several migrations as data, in the order of their waves. */
export interface RunbookDocument {
  readonly chapters: readonly RunbookChapter[];
}

/**
 * Derives the runbook of the migrations. Chapters are sorted by wave, numbers by their value, then by the migrations' paths.
 */
export function runbookDocument(migrations: readonly RunbookSubject[]): RunbookDocument {
  return { chapters: migrations.map(chapter).sort(compareChapters) };
}

function chapter(subject: RunbookSubject): RunbookChapter {
  const stages = [...subject.procedure];
  const forward = stages.map((stage, index): Transition => {
    const from = stages[index - 1]?.name;
    return { ...(from === undefined ? {} : { from }), to: stage.name, ...timed(stage.enter) };
  });
  const back = stages
    .map((stage, index): Transition => {
      const to = stages[index - 1]?.name;
      const places = { from: stage.name, ...(to === undefined ? {} : { to }) };
      if (isReversible(stage)) return { ...places, ...timed(stage.reverse) };
      const { irreversible } = stage.reverse as { readonly irreversible: string };
      return { ...places, steps: [], minutes: 0, workMinutes: 0, irreversible };
    })
    .reverse();
  return {
    migration: subject.node.path,
    pattern: subject.profile.name,
    title: subject.profile.title,
    ...(subject.wave === undefined ? {} : { wave: subject.wave }),
    stage: subject.stage.name,
    stages: stages.map(({ name, summary }) => ({ name, summary })),
    rollback: subject.rollback,
    forward,
    back,
  };
}

function timed(steps: readonly RunbookStep[]): Pick<Transition, "steps" | "minutes" | "workMinutes"> {
  let minutes = 0;
  const clocked = steps.map((step, index) => {
    const startsAt = minutes;
    minutes += step.minutes;
    return { number: index + 1, startsAt, ...step };
  });
  return { steps: clocked, minutes, workMinutes: workMinutes(steps) };
}

function compareChapters(a: RunbookChapter, b: RunbookChapter): number {
  return compareText(waveKey(a.wave), waveKey(b.wave)) || compareText(a.migration, b.migration);
}

/** Returns the wave's sort key with padded numbers, so that wave-10 comes after wave-9; no wave comes last. */
function waveKey(wave: string | undefined): string {
  if (wave === undefined) return "\uFFFF";
  return wave.replace(/\d+/g, (digits) => digits.padStart(8, "0"));
}
