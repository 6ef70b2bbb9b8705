/** Renders the parts of a wave's work as Markdown: the transitions forward, and the way back. */
import { clockTime, clockTimeWithWaiting } from "../../core/duration";
import { codeCell, codeSpan, escapeMarkdown, headingAnchor, markdownTable } from "../../core/markdown";
import { transitionEnds } from "../transition";
import type { RunbookWave, WaveStep, WaveTransition, WaveWork, WorkPart } from "./plan-runbook-model";
import { noWayBack, renderSteps } from "./transition-markdown";
import type { WaveHeadings } from "./wave-headings";
import { needsNoWindow } from "./wave-work";

/** Renders a part of the work, forward. */
export function renderWork(wave: RunbookWave, name: WorkPart, headings: WaveHeadings): string[] {
  const work = wave[name];
  return [
    ...INTRODUCTION[name](wave),
    ...work.done.map(
      ({ migration, to = "", steps }) =>
        `- Already done: ${codeSpan(migration)} is past **${escapeMarkdown(to)}**${steps.length === 0 ? "" : ` (${names(steps)})`}`,
    ),
    ...(work.done.length === 0 ? [] : [""]),
    ...work.forward.flatMap((transition) => renderForward(transition, work, headings)),
  ];
}

function names(steps: readonly WaveStep[]): string {
  const [first, last] = [steps[0]?.id ?? "", steps.at(-1)?.id ?? ""];
  return first === last ? first : `${first} to ${last}`;
}

/** Renders the way back of the whole wave, part by part, in the order in which it is needed. */
export function renderBack({ preparation, cutover, rollout, afterwards, decisions }: RunbookWave): string[] {
  const window = decisions.at(-1);
  const part = ({ back }: WaveWork, title: string, text: string): string[] =>
    back.length === 0 ? [] : [`**${title}.** ${text}`, "", ...back.flatMap(renderBackTransition)];
  return [
    "Begin with the last transition that was begun, even if it was not finished; skip what was never begun. T+ counts from the",
    "decision to go back.",
    "",
    ...part(
      rollout,
      "From the rollout",
      cutover.back.length === 0
        ? "One step back at a time, by daylight."
        : "Comes before the way back from the cut-over. T+ begins anew.",
    ),
    ...part(
      cutover,
      "From the cut-over",
      window?.backMinutes === undefined
        ? ""
        : `${clockTime(window.backMinutes)} from the end of what is left of it${window.decideBy === undefined || window.decideBy < 0 ? "." : `; **decide by T+${clockTime(window.decideBy)} of the window.**`}`,
    ),
    ...part(preparation, "From the preparation", "Only to abandon the wave. T+ begins anew."),
    ...part(afterwards, "From afterwards", "Comes before every other way back. T+ begins anew."),
  ];
}

const INTRODUCTION: Readonly<Record<WorkPart, (wave: RunbookWave) => string[]>> = {
  preparation: beforehand,
  cutover: inTheWindow,
  rollout: byDaylight,
  afterwards: () => [],
};

function beforehand(wave: RunbookWave): string[] {
  const { preparation, cutover, rollout } = wave;
  if (preparation.forward.length === 0) return ["Nothing is left to prepare.", ""];
  const next =
    cutover.forward.length > 0
      ? "Before the window"
      : rollout.forward.length > 0
        ? "Before the rollout"
        : "By daylight";
  return [
    `${next}, ${clockTimeWithWaiting(preparation.minutes, preparation.workMinutes)} if every step uses its budget.${
      needsNoWindow(wave) ? " The wave needs no window." : ""
    }`,
    "",
  ];
}

function byDaylight({ rollout }: RunbookWave): string[] {
  if (rollout.forward.length === 0) return ["Nothing is left to roll out.", ""];
  return [
    `${clockTimeWithWaiting(rollout.minutes, rollout.workMinutes)}, over days, without a change window. Repeat the gate above before each transition. T+ counts from the rollout's first step, without breaks.`,
    "",
  ];
}

function inTheWindow({ cutover, window, decisions }: RunbookWave): string[] {
  if (cutover.forward.length === 0) return ["Nothing is left to cut over.", ""];
  const lines = [
    `${clockTimeWithWaiting(cutover.minutes, cutover.workMinutes)}${window === undefined ? "" : `, of which ${clockTime(cutover.windowMinutes)} in a window of ${clockTime(window.minutes)}`}. ${
      window === undefined
        ? "T+0:00 is when the decision to go is written down."
        : "T+0:00 is the beginning of the window, also where the work begins later."
    }`,
    "",
  ];
  const rows = decisions.map(({ migration, stage, reachedAt, backMinutes, decideBy, beginBy }) => [
    `${codeCell(migration)} to ${escapeMarkdown(stage)}`,
    beginBy === undefined ? "–" : beginBy < 0 ? "**does not fit**" : `T+${clockTime(beginBy)}`,
    `T+${clockTime(reachedAt)}`,
    backMinutes === undefined ? "**no way back by steps**" : clockTime(backMinutes),
    decideBy === undefined
      ? "–"
      : decideBy < 0
        ? "**longer than the window**"
        : `**T+${clockTime(decideBy)}**${decideBy < reachedAt ? " (before it is over)" : ""}`,
  ]);
  return [
    ...lines,
    ...markdownTable(["Transition", "Begin by", "Over at", "Going back takes", "Decide by, at the latest"], rows),
    "",
    "Going back is all the way, to where the window began. Begun or decided later, it ends after the window.",
    "",
  ];
}

function renderForward(transition: WaveTransition, work: WaveWork, headings: WaveHeadings): string[] {
  const { migration, to, startsAt, minutes, workMinutes, declared, window } = transition;
  const reverse = work.back.find((each) => each.migration === migration && each.from === to);
  const back =
    reverse?.irreversible !== undefined
      ? noWayBack(reverse.irreversible)
      : reverse === undefined || reverse.steps.length === 0
        ? "Way back: nothing to do."
        : `**Way back: [${names(reverse.steps)}, ${clockTimeWithWaiting(reverse.minutes, reverse.workMinutes)}](#${headingAnchor(headings.back)})**`;
  return [
    `#### ${titleOf(transition)}`,
    "",
    `Begins at T+${clockTime(startsAt)}, takes ${clockTimeWithWaiting(minutes, workMinutes)}. ${back}`,
    "",
    ...(window === true && work.name === "afterwards" ? ["**In a change window of its own.**", ""] : []),
    ...(declared === true
      ? ["This stage is declared: skip the steps that have been deployed and seen to work already.", ""]
      : []),
    ...renderSteps(transition, ({ id }) => id, changeOf(transition)),
  ];
}

/** Says which line of the code declares the stage; nothing where it is declared already, or where nothing is declared any more. */
function changeOf({ migration, to, sourceFile, declared }: WaveTransition): string[] {
  if (to === undefined || declared === true) return [];
  const where = sourceFile === undefined ? "" : `: its construct is in ${codeSpan(sourceFile)}`;
  return [`In the code, the \`stage\` of ${codeSpan(migration)} becomes ${codeSpan(to)}${where}.`];
}

function renderBackTransition(transition: WaveTransition): string[] {
  const { startsAt, minutes, workMinutes, steps } = transition;
  return [
    `#### Back: ${titleOf(transition)}`,
    "",
    ...(steps.length === 0
      ? []
      : [`Begins at T+${clockTime(startsAt)}, takes ${clockTimeWithWaiting(minutes, workMinutes)}.`, ""]),
    ...renderSteps(transition, ({ id }) => id, changeOf(transition)),
  ];
}

function titleOf(transition: WaveTransition): string {
  const { title, migration } = transition;
  return `${escapeMarkdown(title)} ${codeSpan(migration)}: ${escapeMarkdown(transitionEnds(transition))}`;
}
