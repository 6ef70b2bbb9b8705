/** Renders one wave of a plan's runbook as Markdown, in the order in which its parts are carried out. */
import { capital, count, shortList } from "../../core/text";
import {
  codeBlock,
  codeSpan,
  copyableMarkdown,
  escapeMarkdown,
  headingAnchor,
  markdownTable,
} from "../../core/markdown";
import { clockTime, clockTimeWithWaiting } from "../../core/duration";
import { messageName } from "../communications";
import type { CutoverItem, RollbackRow, RunbookGate, RunbookWave, ScheduledMessage } from "./plan-runbook-model";
import { headingsOf, type WaveHeadings } from "./wave-headings";
import { needsNoWindow } from "./wave-work";
import { renderBack, renderWork } from "./wave-work-markdown";

/** Renders the section of a wave. */
export function renderWave(wave: RunbookWave): string[] {
  const headings = headingsOf(wave);
  const gate = (id: RunbookGate["id"], heading: string | undefined): string[] =>
    wave.gates
      .filter((each) => each.id === id)
      .flatMap((each) => [`### ${escapeMarkdown(heading ?? each.title)}`, "", ...renderGate(each, headings)]);
  const titled = (heading: string | undefined, lines: readonly string[]): string[] =>
    heading === undefined ? [] : [`### ${escapeMarkdown(heading)}`, "", ...lines];
  return [
    `## ${escapeMarkdown(headings.wave)}`,
    "",
    ...facts(wave, headings),
    ...titled(headings.checklist, renderChecklist(wave.checklist)),
    ...titled(headings.preparation, renderWork(wave, "preparation", headings)),
    ...gate("start", headings.start),
    ...titled(headings.cutover, renderWork(wave, "cutover", headings)),
    ...gate("keep", headings.keep),
    ...gate("advance", headings.advance),
    ...titled(headings.rollout, renderWork(wave, "rollout", headings)),
    ...titled(headings.back, renderBack(wave)),
    ...gate("finalize", headings.finalize),
    ...titled(headings.afterwards, renderWork(wave, "afterwards", headings)),
    ...titled(headings.rollback, renderRollback(wave.rollback)),
    ...titled(headings.messages, renderMessages(wave.messages)),
  ];
}

function facts(wave: RunbookWave, headings: WaveHeadings): string[] {
  const { day, window, decisions, cutover, rollout, moves, unmoved, migrations } = wave;
  const last = decisions.at(-1);
  const spare =
    window === undefined || last?.backMinutes === undefined
      ? undefined
      : window.minutes - cutover.windowMinutes - last.backMinutes;
  return [
    `- Day: **${day ?? "not set"}**`,
    `- Window: **${window === undefined ? (needsNoWindow(wave) ? "none is needed" : "not set") : clockTime(window.minutes)}**${window?.starts === undefined ? "" : `, from **${escapeMarkdown(window.starts)}**`}`,
    ...(moves.length === 0 ? [] : [`- Moves: ${escapeMarkdown(shortList(moves, 12))}`]),
    ...migrations.map(
      ({ path, title, stage }) =>
        `- ${escapeMarkdown(title)} ${codeSpan(path)}: declared stage **${escapeMarkdown(stage)}**`,
    ),
    ...(unmoved.length === 0
      ? []
      : [
          `- **No migration of the plan moves these yet:** ${escapeMarkdown(shortList(unmoved, 12))}. They have no steps here.`,
        ]),
    ...(cutover.forward.length === 0
      ? []
      : [
          `- The cut-over takes ${clockTimeWithWaiting(cutover.windowMinutes, cutover.workMinutes)} of the window; ` +
            (last?.backMinutes === undefined
              ? "**there is no way back by steps from its end**"
              : `going back from its end takes **${clockTime(last.backMinutes)}**: [the way back](#${headingAnchor(headings.back)})`),
        ]),
    ...(rollout.forward.length === 0
      ? []
      : [
          `- The rollout takes ${clockTimeWithWaiting(rollout.minutes, rollout.workMinutes)}, by daylight and over days`,
        ]),
    ...(spare !== undefined && spare < 0
      ? [
          `- **It does not fit: forward and back together are ${clockTime(-spare)} longer than the window.** Lengthen the window, or move steps out of it.`,
        ]
      : []),
    "",
  ];
}

function renderChecklist(items: readonly CutoverItem[]): string[] {
  return ["T+0:00 is `__:__` o'clock. Decides: `________________`", "", ...items.map(renderItem), ""];
}

function renderItem({ kind, step, at, owner, text }: CutoverItem): string {
  const who = owner === undefined ? "" : ` · ${escapeMarkdown(owner)}`;
  const clock = at === undefined ? "" : `T+${clockTime(at)}`;
  switch (kind) {
    case "step":
      return `- [ ] **${step ?? ""}** ${clock}${who}: ${copyableMarkdown(text)}`;
    case "deadline":
      return at === undefined
        ? `- [ ] **${copyableMarkdown(text)}**`
        : `- [ ] **By ${clock}: ${copyableMarkdown(text)}**`;
    case "gate":
      return `- [ ] **${copyableMarkdown(text)}**${who}`;
    case "message":
      return `- [ ] ${copyableMarkdown(text)}${who}`;
  }
}

function renderGate({ id, title, decides, questions, go, noGo }: RunbookGate, { back }: WaveHeadings): string[] {
  return [
    `**${escapeMarkdown(title)}** Decides: **${escapeMarkdown(decides)}**.`,
    "",
    ...questions.flatMap(({ ask, look, command, now }, index) => [
      `- [ ] **${index + 1}. ${copyableMarkdown(ask)}**  `,
      `  Look at: ${proseWithCode(look)}.${now === undefined ? "" : `  \n  The plan says: ${copyableMarkdown(now)}.`}`,
      ...(command === undefined ? [] : ["", ...codeBlock(command).map((line) => `  ${line}`), ""]),
    ]),
    "",
    `**Go:** ${copyableMarkdown(go)}`,
    "",
    `**No-go:** ${copyableMarkdown(noGo)}${id === "keep" || id === "advance" ? ` **[The way back](#${headingAnchor(back)}).**` : ""}`,
    "",
  ];
}

/** Escapes a phrase of the library, which has code between backticks. */
function proseWithCode(text: string): string {
  return text
    .split("`")
    .map((part, index) => (index % 2 === 1 ? codeSpan(part) : copyableMarkdown(part)))
    .join("");
}

function renderRollback(rows: readonly RollbackRow[]): string[] {
  const migrations = [...new Set(rows.map(({ migration }) => migration))];
  return migrations.flatMap((migration) => {
    const own = rows.filter((row) => row.migration === migration);
    const [first] = own;
    if (first === undefined) return [];
    return [
      `${codeSpan(migration)}: the **${escapeMarkdown(first.decides)}** decides, when one of these is seen:`,
      "",
      ...first.triggers.map((trigger) => `- ${copyableMarkdown(trigger)}`),
      "",
      `The source is kept for ${count(first.sourceRetentionDays, "day")} after the last transition${first.sourceKeptUntil === undefined ? "" : `: until **${first.sourceKeptUntil}**, if that is made on the wave's day`}.`,
      "",
      ...markdownTable(["From", "To", "Decide within", "Steps", "Takes", "What is lost"], own.map(renderRow)),
      "",
      ...(own.some(({ decideBy }) => decideBy !== undefined && decideBy >= 0)
        ? ["T+ leaves time to go all the way back before the window ends; “takes” is this one transition.", ""]
        : []),
      ...own.flatMap(({ stage, irreversible }) =>
        irreversible === undefined
          ? []
          : [`From ${escapeMarkdown(stage)} there is no way back by steps: ${copyableMarkdown(irreversible)}.`, ""],
      ),
    ];
  });
}

function renderRow({ stage, to, withinHours, decideBy, steps, minutes, lost, irreversible }: RollbackRow): string[] {
  const window = decideBy === undefined || decideBy < 0 ? "" : `T+${clockTime(decideBy)} in the window; after it, `;
  const none = irreversible !== undefined;
  return [
    escapeMarkdown(stage),
    escapeMarkdown(to ?? "withdrawn"),
    none ? "–" : `${window}${count(withinHours, "hour")} from the transition`,
    none ? "restore" : steps === undefined ? "none" : steps[0] === steps[1] ? steps[0] : `${steps[0]} to ${steps[1]}`,
    none ? "–" : clockTime(minutes),
    copyableMarkdown(lost),
  ];
}

function renderMessages(messages: readonly ScheduledMessage[]): string[] {
  if (messages.length === 0) return ["**No stakeholders are configured.** Add stakeholders to the plan.", ""];
  return messages.flatMap(({ event, day, late, when, sender, to, text }) => [
    `**${capital(messageName(event))}** · ${day === undefined ? when : `${day}, ${when}`} · sent by **${escapeMarkdown(sender)}**${late ? " · **that day is over: send it now**" : ""}`,
    "",
    ...to.map(
      ({ name, role, channel }) =>
        `- [ ] ${escapeMarkdown(name)} (${escapeMarkdown(role)}): ${copyableMarkdown(channel)}`,
    ),
    "",
    ...codeBlock(text, "text"),
    "",
  ]);
}
