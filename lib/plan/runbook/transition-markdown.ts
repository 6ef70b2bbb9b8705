/**
 * Renders the steps of a transition as Markdown, for every runbook. Each step is a block of its own with its command to copy: in
 * a cell of a table a command could not be copied whole.
 */
import { clockTime } from "../../core/duration";
import { codeBlock, copyableMarkdown, escapeMarkdown } from "../../core/markdown";
import { sentence } from "../../core/text";
import type { TransitionSteps } from "../transition";
import type { TimedStep } from "./step-clock";

/**
 * Renders the steps, each called by its name; or says that there are none, and why.
 *
 * @param change the lines about what is changed in the code before the step that deploys
 */
export function renderSteps<Step extends TimedStep>(
  { steps, irreversible }: TransitionSteps<Step>,
  nameOf: (step: Step) => string,
  change: readonly string[] = [],
): string[] {
  if (irreversible !== undefined) return [noWayBack(irreversible), ""];
  if (steps.length === 0) return ["Nothing to do.", ""];
  return steps.flatMap((step) => renderStep(nameOf(step), step, step.deploys === true ? change : []));
}

/** Says that there is no way back by steps, and what to do instead. */
export function noWayBack(irreversible: string): string {
  return `**There is no way back by steps.** ${copyableMarkdown(sentence(irreversible))}`;
}

function renderStep(
  name: string,
  { startsAt, owner, minutes, title, command, expect, waits }: TimedStep,
  change: readonly string[],
): string[] {
  return [
    `**${name}** · T+${clockTime(startsAt)} · **${escapeMarkdown(owner)}** · ${waits === true ? "waiting" : "budget"} ${clockTime(minutes)}  `,
    copyableMarkdown(sentence(title)),
    ...change,
    "",
    ...(command === undefined ? [] : [...codeBlock(command), ""]),
    `Seen: ${copyableMarkdown(expect)}${/[.!?]$/.test(expect) ? "" : "."}`,
    "",
  ];
}
