import { admit } from "../../core/door/admit";
import { clockTimeWithWaiting } from "../../core/duration";
import { copyableMarkdown, escapeMarkdown, headingAnchor, markdownTable } from "../../core/markdown";
import type { RollbackPlan } from "../../core/rollback";
import { count, sentence } from "../../core/text";
import { dataWithoutSecrets } from "../../core/secret/redact";
import { transitionEnds } from "../transition";
import type { NumberedStep, RunbookChapter, RunbookDocument } from "./runbook-document";
import type { TimedTransition } from "./step-clock";
import { renderSteps } from "./transition-markdown";

/** Renders the runbook as Markdown: one chapter per migration, first the way forward, then the way back. */
export function runbookMarkdown(runbookDocument: RunbookDocument): string {
  admit("runbookMarkdown", { runbookDocument });
  return writeRunbookMarkdown(dataWithoutSecrets(runbookDocument));
}

function writeRunbookMarkdown(runbookDocument: RunbookDocument): string {
  const { chapters } = runbookDocument;
  const contents = chapters.map(
    (chapter) =>
      `- [${escapeMarkdown(heading(chapter))}](#${headingAnchor(heading(chapter))}), in stage **${escapeMarkdown(chapter.stage)}**`,
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
    `## ${escapeMarkdown(heading(chapter))}`,
    "",
    `Current stage: **${escapeMarkdown(chapter.stage)}**.`,
    "",
    ...markdownTable(
      ["Stage", "Summary"],
      chapter.stages.map(({ name, summary }) => [
        name === chapter.stage ? `**${escapeMarkdown(name)}**` : escapeMarkdown(name),
        escapeMarkdown(sentence(summary)),
      ]),
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
    `The ${escapeMarkdown(rollback.owner)} decides, within ${count(rollback.windowHours, "hour")} of a transition, when one of these is seen:`,
    "",
    ...rollback.triggers.map((trigger) => `- ${copyableMarkdown(trigger)}`),
    "",
    `The source is kept for ${count(rollback.sourceRetentionDays, "day")} after the last transition. The way back was last rehearsed: ${rehearsed}.`,
  ];
}

function renderTransition(direction: "Forward" | "Back", transition: TimedTransition<NumberedStep>): string[] {
  const { steps, minutes, workMinutes } = transition;
  const takes = steps.length === 0 ? "" : ` (${clockTimeWithWaiting(minutes, workMinutes)})`;
  return [
    `### ${direction}: ${escapeMarkdown(transitionEnds(transition))}${takes}`,
    "",
    ...renderSteps(transition, ({ number }) => String(number)),
  ];
}
