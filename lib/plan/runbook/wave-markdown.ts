/** Renders one wave of a plan's runbook as Markdown, in the order in which its parts are carried out. */
import { capital, count, sentence, shortList } from "../../core/text";
import { codeBlock, codeCell, codeSpan, escapeMarkdown, headingAnchor, markdownTable } from "../../core/markdown";
import { clockTime, clockTimeWithWaiting } from "../../core/duration";
import { messageName } from "../communications";
import type {
  CutoverItem,
  RollbackRow,
  RunbookGate,
  RunbookWave,
  ScheduledMessage,
  WaveStep,
  WaveTransition,
  WaveWork,
} from "./plan-runbook-model";

/** The headings of a wave's section, in order; absent where the wave has no such part. */
export interface WaveHeadings {
  readonly wave: string;
  readonly checklist?: string;
  readonly preparation: string;
  readonly start?: string;
  readonly cutover?: string;
  readonly keep?: string;
  readonly advance?: string;
  readonly rollout?: string;
  readonly back: string;
  readonly finalize?: string;
  readonly afterwards?: string;
  readonly rollback: string;
  readonly messages: string;
}

/** Returns the headings of a wave's section. */
export function headingsOf({ name, gates, cutover, rollout, afterwards, checklist }: RunbookWave): WaveHeadings {
  const title = capital(name);
  const has = (id: RunbookGate["id"]): boolean => gates.some((gate) => gate.id === id);
  return {
    wave: title,
    ...(checklist.length === 0 ? {} : { checklist: `${title}: the cut-over on one page` }),
    preparation: `${title}: preparation`,
    ...(has("start") ? { start: `${title}: go or no-go before the cut-over` } : {}),
    ...(cutover.forward.length + cutover.done.length === 0 ? {} : { cutover: `${title}: cut-over` }),
    ...(has("keep") ? { keep: `${title}: go or no-go after the cut-over` } : {}),
    ...(has("advance") ? { advance: `${title}: go or no-go before each step of the rollout` } : {}),
    ...(rollout.forward.length + rollout.done.length === 0 ? {} : { rollout: `${title}: rollout` }),
    back: `${title}: the way back`,
    ...(has("finalize") ? { finalize: `${title}: go or no-go before the source is given up` } : {}),
    ...(afterwards.forward.length + afterwards.done.length === 0 ? {} : { afterwards: `${title}: afterwards` }),
    rollback: `${title}: when to go back`,
    messages: `${title}: who is told`,
  };
}

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
    ...titled(headings.preparation, renderWork(wave.preparation, headings, beforehand(wave))),
    ...gate("start", headings.start),
    ...titled(headings.cutover, renderWork(wave.cutover, headings, inTheWindow(wave))),
    ...gate("keep", headings.keep),
    ...gate("advance", headings.advance),
    ...titled(headings.rollout, renderWork(wave.rollout, headings, byDaylight(wave))),
    ...titled(headings.back, renderBack(wave)),
    ...gate("finalize", headings.finalize),
    ...titled(headings.afterwards, renderWork(wave.afterwards, headings, [])),
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

/** Checks whether the wave needs no change window. Servers that no migration moves yet may need one. */
export function needsNoWindow({ cutover, migrations, unmoved }: RunbookWave): boolean {
  return migrations.length > 0 && unmoved.length === 0 && cutover.forward.length + cutover.done.length === 0;
}

function renderChecklist(items: readonly CutoverItem[]): string[] {
  return ["T+0:00 is \\_\\_\\_:\\_\\_\\_ o'clock. Decides: \\_\\_\\_\\_\\_\\_\\_\\_", "", ...items.map(renderItem), ""];
}

function renderItem({ kind, step, at, owner, text }: CutoverItem): string {
  const who = owner === undefined ? "" : ` · ${escapeMarkdown(owner)}`;
  const clock = at === undefined ? "" : `T+${clockTime(at)}`;
  switch (kind) {
    case "step":
      return `- [ ] **${step ?? ""}** ${clock}${who}: ${escapeMarkdown(text)}`;
    case "deadline":
      return at === undefined ? `- [ ] **${escapeMarkdown(text)}**` : `- [ ] **By ${clock}: ${escapeMarkdown(text)}**`;
    case "gate":
      return `- [ ] **${escapeMarkdown(text)}**${who}`;
    case "message":
      return `- [ ] ${escapeMarkdown(text)}${who}`;
  }
}

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

function renderWork(work: WaveWork, headings: WaveHeadings, before: readonly string[]): string[] {
  return [
    ...before,
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

function renderForward(transition: WaveTransition, work: WaveWork, headings: WaveHeadings): string[] {
  const { migration, title, from, to = "", startsAt, minutes, workMinutes, steps, declared, window } = transition;
  const reverse = work.back.find((each) => each.migration === migration && each.from === to);
  const back =
    reverse?.irreversible !== undefined
      ? `**There is no way back by steps.** ${escapeMarkdown(sentence(reverse.irreversible))}`
      : reverse === undefined || reverse.steps.length === 0
        ? "Way back: nothing to do."
        : `**Way back: [${names(reverse.steps)}, ${clockTimeWithWaiting(reverse.minutes, reverse.workMinutes)}](#${headingAnchor(headings.back)})**`;
  return [
    `#### ${escapeMarkdown(title)} ${codeSpan(migration)}: ${escapeMarkdown(from ?? "nothing deployed")} → ${escapeMarkdown(to)}`,
    "",
    `Begins at T+${clockTime(startsAt)}, takes ${clockTimeWithWaiting(minutes, workMinutes)}. ${back}`,
    "",
    ...(window === true && work.name === "afterwards" ? ["**In a change window of its own.**", ""] : []),
    ...(declared === true
      ? ["This stage is declared: skip the steps that have been deployed and seen to work already.", ""]
      : []),
    ...(steps.length === 0 ? ["Nothing to do.", ""] : steps.flatMap(renderStep)),
  ];
}

function renderStep({ id, startsAt, owner, minutes, title, command, expect, waits }: WaveStep): string[] {
  return [
    `**${id}** · T+${clockTime(startsAt)} · **${escapeMarkdown(owner)}** · ${waits === true ? "waiting" : "budget"} ${clockTime(minutes)}  `,
    escapeMarkdown(sentence(title)),
    "",
    ...(command === undefined ? [] : [...codeBlock(command), ""]),
    `Seen: ${escapeMarkdown(expect)}${/[.!?]$/.test(expect) ? "" : "."}`,
    "",
  ];
}

function renderGate({ id, title, decides, questions, go, noGo }: RunbookGate, { back }: WaveHeadings): string[] {
  return [
    `**${escapeMarkdown(title)}** Decides: **${escapeMarkdown(decides)}**.`,
    "",
    ...questions.flatMap(({ ask, look, command, now }, index) => [
      `- [ ] **${index + 1}. ${escapeMarkdown(ask)}**  `,
      `  Look at: ${proseWithCode(look)}.${now === undefined ? "" : `  \n  The plan says: ${escapeMarkdown(now)}.`}`,
      ...(command === undefined ? [] : ["", ...codeBlock(command).map((line) => `  ${line}`), ""]),
    ]),
    "",
    `**Go:** ${escapeMarkdown(go)}`,
    "",
    `**No-go:** ${escapeMarkdown(noGo)}${id === "keep" || id === "advance" ? ` **[The way back](#${headingAnchor(back)}).**` : ""}`,
    "",
  ];
}

/** Escapes a phrase of the library, which has code between backticks. */
function proseWithCode(text: string): string {
  return text
    .split("`")
    .map((part, index) => (index % 2 === 1 ? codeSpan(part) : escapeMarkdown(part)))
    .join("");
}

function renderBack({ preparation, cutover, rollout, afterwards, decisions }: RunbookWave): string[] {
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

function renderBackTransition({
  migration,
  title,
  from = "",
  to,
  startsAt,
  minutes,
  workMinutes,
  steps,
  irreversible,
}: WaveTransition): string[] {
  const heading = `#### Back: ${escapeMarkdown(title)} ${codeSpan(migration)}: ${escapeMarkdown(from)} → ${escapeMarkdown(to ?? "withdrawn")}`;
  if (irreversible !== undefined) {
    return [heading, "", `**There is no way back by steps.** ${escapeMarkdown(sentence(irreversible))}`, ""];
  }
  if (steps.length === 0) return [heading, "", "Nothing to do.", ""];
  return [
    heading,
    "",
    `Begins at T+${clockTime(startsAt)}, takes ${clockTimeWithWaiting(minutes, workMinutes)}.`,
    "",
    ...steps.flatMap(renderStep),
  ];
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
      ...first.triggers.map((trigger) => `- ${escapeMarkdown(trigger)}`),
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
          : [`From ${escapeMarkdown(stage)} there is no way back by steps: ${escapeMarkdown(irreversible)}.`, ""],
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
    escapeMarkdown(lost),
  ];
}

function renderMessages(messages: readonly ScheduledMessage[]): string[] {
  if (messages.length === 0) return ["**No stakeholders are configured.** Add stakeholders to the plan.", ""];
  return messages.flatMap(({ event, day, late, when, sender, to, text }) => [
    `**${capital(messageName(event))}** · ${day === undefined ? when : `${day}, ${when}`} · sent by **${escapeMarkdown(sender)}**${late ? " · **that day is over: send it now**" : ""}`,
    "",
    ...to.map(
      ({ name, role, channel }) =>
        `- [ ] ${escapeMarkdown(name)} (${escapeMarkdown(role)}): ${escapeMarkdown(channel)}`,
    ),
    "",
    ...codeBlock(text, "text"),
    "",
  ]);
}
