/**
 * The data model of the runbook of single migrations: for each migration its transitions, forward and back, with every step's
 * clock.
 */
import { admit } from "../../core/door/admit";
import type { RollbackPlan } from "../../core/rollback";
import type { RunbookStep, Stage } from "../../core/stage";
import { compareText } from "../../core/text";
import { stageTransitions, type Transition } from "../transition";
import { typedCommand } from "./stack-command";
import { budgetOf, StepClock, type TimedStep, type TimedTransition } from "./step-clock";

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

/** A step of a chapter: people call it by its number. */
export interface NumberedStep extends TimedStep {
  /** The number of the step within its transition, from 1. */
  readonly number: number;
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
  /** The transitions, each with a clock of its own. */
  readonly forward: readonly TimedTransition<NumberedStep>[];
  /** The transitions back from each stage, last stage first: the order in which they are needed. */
  readonly back: readonly TimedTransition<NumberedStep>[];
}

/** The runbook of several migrations as data, in the order of their waves. */
export interface RunbookDocument {
  readonly chapters: readonly RunbookChapter[];
}

/**
 * Derives the runbook of the migrations. Chapters are sorted by wave, numbers by their value, then by the migrations' paths.
 */
export function runbookDocument(migrations: readonly RunbookSubject[]): RunbookDocument {
  admit("runbookDocument", { migrations });
  return { chapters: migrations.map(chapter).sort(compareChapters) };
}

function chapter(subject: RunbookSubject): RunbookChapter {
  const { title } = subject.profile;
  const walked = stageTransitions({ migration: subject.node.path, title }, subject.procedure);
  return {
    migration: subject.node.path,
    pattern: subject.profile.name,
    title,
    ...(subject.wave === undefined ? {} : { wave: subject.wave }),
    stage: subject.stage.name,
    stages: walked.map(({ stage: { name, summary } }) => ({ name, summary })),
    rollback: subject.rollback,
    forward: walked.map(({ forward }) => timed(forward)),
    back: walked.map(({ back }) => timed(back)).reverse(),
  };
}

function timed({ from, to, steps, irreversible }: Transition): TimedTransition<NumberedStep> {
  const { minutes, workMinutes } = budgetOf(steps);
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    steps: new StepClock().timed(steps.map(typed), (index) => ({ number: index + 1 })),
    minutes,
    workMinutes,
    ...(irreversible === undefined ? {} : { irreversible }),
  };
}

function typed({ command, ...step }: RunbookStep): RunbookStep {
  return command === undefined ? step : { ...step, command: typedCommand(command) };
}

function compareChapters(a: RunbookChapter, b: RunbookChapter): number {
  return compareText(waveKey(a.wave), waveKey(b.wave)) || compareText(a.migration, b.migration);
}

/** Returns the wave's sort key with padded numbers, so that wave-10 comes after wave-9; no wave comes last. */
function waveKey(wave: string | undefined): string {
  if (wave === undefined) return "\uFFFF";
  return wave.replace(/\d+/g, (digits) => digits.padStart(8, "0"));
}
