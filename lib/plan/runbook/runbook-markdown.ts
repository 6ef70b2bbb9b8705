import { clockTime, clockTimeWithWaiting } from "../../core/duration";
import { headingAnchor, markdownTable, tableCell } from "../../core/markdown";
import type { RollbackPlan } from "../../core/rollback";
import { count, sentence } from "../../core/text";
import type { RunbookChapter, RunbookDocument, TimedStep, Transition } from "./runbook-document";

/** Renders the runbook as Markdown: one chapter per migration, first the way forward, then the way back. */
export function runbookMarkdown({ chapters }: RunbookDocument): string {
  const contents = chapters.map(
    (chapter) => `- [${heading(chapter)}](#${headingAnchor(heading(chapter))}), in stage **${chapter.stage}**`,
  );
  return `${["# Migration runbook", "", ...howToRead(), "", ...contents, "", ...chapters.flatMap(renderChapter)].join("\n").trimEnd()}\n`;
}

function howToRead(): string[] {
  return [
    "Every transition is a list of steps with an owner, what is seen when the step has worked, and the minutes it may take",
    "before somebody is called. `T+` is the time after the transition's start if every step uses its whole budget. To",
    "change a migration's stage, change the `stage` of its construct and deploy; going back is the same, with the stage before.",
  ];
}

function heading({ wave, title, migration }: RunbookChapter): string {
  return `${wave === undefined ? "" : `${wave}: `}${title} (${migration})`;
}

function renderChapter(chapter: RunbookChapter): string[] {
  return [
    `## ${heading(chapter)}`,
    "",
    `Current stage: **${chapter.stage}**.`,
    "",
    ...markdownTable(
      ["Stage", "Summary"],
      chapter.stages.map(({ name, summary }) => [name === chapter.stage ? `**${name}**` : name, sentence(summary)]),
    ),
    "",
    "### When to go back",
    "",
    ...rollbackDecision(chapter.rollback),
    "",
    ...chapter.forward.flatMap((transition) => renderTransition("Forward", transition)),
    ...chapter.back.flatMap((transition) => renderTransition("Back", transition)),
  ];
}

function rollbackDecision(rollback: RollbackPlan): string[] {
  const rehearsed = rollback.rehearsedOn === undefined ? "never" : rollback.rehearsedOn;
  return [
    `The ${rollback.owner} decides, within ${count(rollback.windowHours, "hour")} of a transition, when one of these is seen:`,
    "",
    ...rollback.triggers.map((trigger) => `- ${trigger}`),
    "",
    `The source is kept for ${rollback.sourceRetentionDays} days after the last transition. The way back was last rehearsed: ${rehearsed}.`,
  ];
}

function renderTransition(direction: "Forward" | "Back", transition: Transition): string[] {
  const { from, to, steps, minutes, workMinutes, irreversible } = transition;
  const title = `### ${direction}: ${from ?? "nothing deployed"} → ${to ?? "withdrawn"}`;
  if (irreversible !== undefined)
    return [title, "", `**There is no way back by steps.** ${sentence(irreversible)}`, ""];
  if (steps.length === 0) return [title, "", "Nothing to do.", ""];
  return [
    `${title} (${clockTimeWithWaiting(minutes, workMinutes)})`,
    "",
    ...markdownTable(["#", "T+", "Step", "Owner", "Seen when it has worked", "Budget"], steps.map(renderStep)),
    "",
  ];
}

function renderStep({ number, startsAt, title, command, owner, expect, minutes, waits }: TimedStep): string[] {
  const how = command === undefined ? "" : `<br>\`${command}\``;
  return [
    String(number),
    clockTime(startsAt),
    `${sentence(title)}${how}`,
    owner,
    sentence(expect),
    `${clockTime(minutes)}${waits === true ? " of waiting" : ""}`,
  ].map(tableCell);
}
