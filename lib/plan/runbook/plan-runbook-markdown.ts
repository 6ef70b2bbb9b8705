/**
 * Renders the plan's runbook for people. It is read at night, by somebody who has not slept, on a phone beside the terminal: so
 * the instructions for an emergency come first, every step is a block of its own with its command to copy, and each transition
 * links to its way back.
 */
import { admit } from "../../core/door/admit";
import { clockTime, clockTimeWithWaiting } from "../../core/duration";
import {
  codeBlock,
  codeSpan,
  copyableMarkdown,
  escapeMarkdown,
  headingAnchor,
  markdownTable,
} from "../../core/markdown";
import { capital, count, shortList } from "../../core/text";
import { dataWithoutSecrets } from "../../core/secret/redact";
import { alarmCommands } from "./alarm-command";
import type { PlanRunbook, RunbookWave } from "./plan-runbook-model";
import { headingsOf } from "./wave-headings";
import { renderWave } from "./wave-markdown";
import { needsNoWindow } from "./wave-work";

/** Renders the runbook as one Markdown document. The same runbook gives the same bytes. */
export function planRunbookMarkdown(runbook: PlanRunbook): string {
  admit("planRunbookMarkdown", { runbook });
  return writePlanRunbookMarkdown(dataWithoutSecrets(runbook));
}

function writePlanRunbookMarkdown(runbook: PlanRunbook): string {
  const lines = [
    `# Runbook: ${escapeMarkdown(runbook.title)}`,
    "",
    ...standing(runbook),
    "## If something is wrong right now",
    "",
    ...emergency(runbook),
    "## Contents",
    "",
    ...contents(runbook),
    "## How to read this",
    "",
    ...howToRead(),
    "## The waves",
    "",
    ...overview(runbook),
    "## Who is needed when",
    "",
    ...people(runbook),
    ...runbook.waves.flatMap(renderWave),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

/** Renders the runbook as JSON, for programs. The same runbook gives the same bytes. */
export function planRunbookJson(runbook: PlanRunbook): string {
  admit("planRunbookJson", { runbook });
  return writePlanRunbookJson(dataWithoutSecrets(runbook));
}

function writePlanRunbookJson(runbook: PlanRunbook): string {
  return `${JSON.stringify(runbook, null, 2)}\n`;
}

function standing({ verdict, asOf, blockers, plan }: PlanRunbook): string[] {
  const lines = [`Plan ${codeSpan(plan)}, as of ${asOf}. Verdict: **${verdict}**.`, ""];
  if (blockers.length === 0) return lines;
  return [
    ...lines,
    `**Do not begin: ${count(blockers.length, "blocker")}.**`,
    "",
    ...blockers.slice(0, 10).map((blocker) => `- ${copyableMarkdown(blocker)}`),
    ...(blockers.length > 10 ? [`- and ${blockers.length - 10} more, in the plan's report`] : []),
    "",
  ];
}

function emergency({ stopAlarm, dashboard, region, waves }: PlanRunbook): string[] {
  const ways = waves
    .filter(({ cutover, rollout }) => cutover.back.length + rollout.back.length > 0)
    .map((wave) => {
      const back = wave.decisions.at(-1)?.backMinutes;
      const takes = back === undefined ? "" : `. It takes ${clockTime(back)} from the end of the cut-over`;
      const decides =
        wave.gates.find(({ id }) => id === "keep" || id === "advance")?.decides ?? wave.rollback[0]?.decides ?? "";
      return `- **[${escapeMarkdown(capital(wave.name))}: the way back](#${headingAnchor(headingsOf(wave).back)})**. Decides: ${escapeMarkdown(decides)}${takes}`;
    });
  return [
    "1. Stop. Begin no further step, and say on the call that you have stopped.",
    `2. Look at the alarms${stopAlarm === undefined ? "" : `. ${codeSpan(stopAlarm)} in ALARM means: stop the migration`}${dashboard === undefined ? "" : `. The dashboard is ${codeSpan(dashboard)}`}.`,
    "3. Find the wave and the last step that was begun. Whoever decides for that wave says whether it goes back.",
    "4. Go back along the steps of the last transition that was begun, then those of the one before it:",
    "",
    ...(ways.length === 0 ? ["- nothing is cut over or rolled out; each wave has its ways back at its end"] : ways),
    "",
    ...(stopAlarm === undefined
      ? []
      : [
          ...codeBlock(alarmCommands([{ name: stopAlarm, ...(region === undefined ? {} : { region }) }]).join("\n")),
          "",
        ]),
  ];
}

function contents({ waves }: PlanRunbook): string[] {
  const link = (heading: string, text = heading): string => `[${escapeMarkdown(text)}](#${headingAnchor(heading)})`;
  return [
    `- ${link("How to read this")}`,
    `- ${link("The waves")}`,
    `- ${link("Who is needed when")}`,
    ...waves.flatMap((wave) => {
      const { wave: whole, ...parts } = headingsOf(wave);
      const named = Object.values(parts).map((heading) => link(heading, capital(heading.slice(wave.name.length + 2))));
      return [`- ${link(whole)}`, ...named.map((each) => `  - ${each}`)];
    }),
    "",
  ];
}

function howToRead(): string[] {
  return [
    "- **Step names.** P is preparation, C the cut-over in the window, S the rollout by daylight, A what comes afterwards. RC3 is",
    "  the third step of the way back from the cut-over. Say the name on the call: “C4 done”.",
    "- **T+** is the time since that part of the work began, in hours and minutes, if every step before used its whole budget. For",
    "  the cut-over it counts from the beginning of the window.",
    "- **Budget** is how long a step may take before somebody is called. It is no target. **Waiting** passes without anybody's",
    "  work; it counts on the clock, but not as anybody's working time.",
    "- **Seen** is the observation that confirms that the step has worked. If you do not see it, the step is not done: stop.",
    "- **CAPITALS** in a command or a message stand for what you fill in: `ALARM` is the name of an alarm. Fill them in before the",
    "  window, not in it.",
    "- **Stage.** A stage is changed by changing the `stage` of the migration in the code, reviewing the plan and deploying it.",
    "  Going back is the same, with the stage before.",
    "",
  ];
}

function overview({ waves }: PlanRunbook): string[] {
  const headers = ["Wave", "Day", "Window", "What", "Forward", "Back", "Decide by", "To spare", "Rollout"];
  const rows = waves.map((wave) => {
    const last = wave.decisions.at(-1);
    const { window, cutover, rollout } = wave;
    const spare =
      window === undefined || last?.backMinutes === undefined
        ? undefined
        : window.minutes - cutover.windowMinutes - last.backMinutes;
    return [
      `[${escapeMarkdown(wave.name)}](#${headingAnchor(headingsOf(wave).wave)})`,
      wave.day ?? "not set",
      windowText(wave),
      escapeMarkdown(shortList(wave.moves.length === 0 ? wave.migrations.map(({ path }) => path) : wave.moves, 4)),
      cutover.forward.length === 0 ? "nothing left" : clockTime(cutover.windowMinutes),
      cutover.forward.length === 0
        ? "–"
        : last?.backMinutes === undefined
          ? "**no way back**"
          : clockTime(last.backMinutes),
      last?.decideBy === undefined ? "–" : last.decideBy < 0 ? "**too late**" : `T+${clockTime(last.decideBy)}`,
      spare === undefined ? "–" : spare < 0 ? `**${clockTime(spare)}: does not fit**` : clockTime(spare),
      rollout.forward.length === 0 ? "–" : clockTimeWithWaiting(rollout.minutes, rollout.workMinutes),
    ];
  });
  return [
    ...markdownTable(headers, rows),
    "",
    "Forward and back are the budgets of the steps in the window. Decide by: the latest time, counted from the beginning of the",
    "window, at which going back from the end of the cut-over still ends inside it. To spare: window less forward less back.",
    "Rollout: what follows by daylight, over days.",
    "",
  ];
}

/** Formats the wave's change window in words. */
export function windowText(wave: RunbookWave): string {
  const { window } = wave;
  if (window === undefined) return needsNoWindow(wave) ? "none needed" : "not set";
  return window.starts === undefined
    ? clockTime(window.minutes)
    : `${escapeMarkdown(window.starts)}, ${clockTime(window.minutes)}`;
}

function people({ waves }: PlanRunbook): string[] {
  const rows = waves.flatMap((wave) =>
    wave.roles.map(({ role, preparation, cutover, rollout, afterwards, back }) => [
      escapeMarkdown(wave.name),
      escapeMarkdown(capital(role)),
      ...[preparation, cutover, rollout, afterwards, back].map((minutes) => (minutes === 0 ? "–" : clockTime(minutes))),
    ]),
  );
  if (rows.length === 0) return ["Nobody: no wave has a step left.", ""];
  return [
    ...markdownTable(["Wave", "Role", "Before", "In the window", "Rollout", "Afterwards", "If it goes back"], rows),
    "",
    "Each in hours and minutes of work, with the whole budget of each step; waiting is not counted. Everybody with time in the",
    "last column has to be reachable for the whole window, and for the whole rollout.",
    "",
  ];
}
