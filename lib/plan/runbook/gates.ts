/**
 * The go/no-go gates of a wave. Each question says where its answer is found, and what the plan itself knows; nothing is
 * asked that nobody could answer in the window.
 */
import { count, listed } from "../../core/words";
import { addDays } from "../../core/iso-date";
import type { PlanDocument, PlannedMigration, PlannedWave } from "../plan-document";
import { alarmCommands, historyCommand, type NamedAlarm } from "./alarm-command";
import { phasesOf } from "./phases";
import type { Decision, GateQuestion, PhaseName, RunbookGate, ScheduledMessage, WavePhase } from "./plan-runbook-model";
import { duration, shortList, unique } from "./words";

/** What the gates of a wave are made of. */
export interface GateSubject {
  readonly document: PlanDocument;
  readonly wave: PlannedWave;
  readonly migrations: readonly PlannedMigration[];
  readonly phases: Readonly<Record<PhaseName, WavePhase>>;
  readonly decisions: readonly Decision[];
  readonly messages: readonly ScheduledMessage[];
  readonly blockers: readonly string[];
}

/** The gates that are still ahead, in the order in which they are met. */
export function gatesOf(subject: GateSubject): RunbookGate[] {
  const { cutover, afterwards } = subject.phases;
  const gates: RunbookGate[] = [];
  if (cutover.forward.length > 0) gates.push(startGate(subject), keepGate(subject));
  if (afterwards.forward.length > 0) gates.push(finalizeGate(subject));
  return gates;
}

/** The roles that decide for these migrations. */
export function deciders(migrations: readonly PlannedMigration[]): string {
  return listed(unique(migrations.map(({ rollback }) => rollback.owner)));
}

function startGate(subject: GateSubject): RunbookGate {
  const { document, wave, migrations, phases, blockers, messages } = subject;
  const { preparation, cutover } = phases;
  return {
    id: "start",
    title: "Does the cut-over begin?",
    decides: deciders(migrations),
    questions: [
      {
        ask: "Is the assessment ready, and does nothing block the plan?",
        look: "the plan's report, or the output of `cdktf synth`, made today",
        now:
          blockers.length === 0
            ? `the verdict was ${document.verdict} on ${document.asOf}`
            : `no: ${count(blockers.length, "blocker")} on ${document.asOf}, the first is ${blockers[0] ?? ""}`,
      },
      ...dependencyQuestion(document, wave, migrations),
      {
        ask: "Has every step of the preparation been seen to work?",
        look: "the ticked steps of the preparation, each with what was expected",
        now:
          preparation.forward.length === 0
            ? "all its stages are behind you"
            : `left from the declared stage on: ${listed(preparation.forward.map(transitionName))}`,
      },
      ...alarmQuestions(
        migrations,
        document.stopAlarm,
        "for INSUFFICIENT_DATA somebody says aloud why there is nothing to measure yet",
      ),
      {
        ask: "Has the way back been rehearsed, and is everybody who walks it reachable?",
        look: "the record of the rehearsal, and the table of who is needed",
        now: migrations.map(({ path, rollback }) => `${path}: ${rollback.rehearsedOn ?? "never rehearsed"}`).join("; "),
      },
      {
        ask: "Has everybody been told?",
        look: "the messages of this wave",
        now: toldOf(messages),
      },
      {
        ask: "Is everybody who has a step in the window present?",
        look: "the call",
        now: listed(unique(cutover.forward.flatMap(({ steps }) => steps.map(({ owner }) => owner)))),
      },
      ...fitQuestion(subject),
    ],
    go: "Every answer is yes. Write down who decided, and when.",
    noGo: "Do not begin. Nothing has to be undone: production stays where it is. Send the go/no-go message, agree on another day, and leave the declared stage as it is.",
  };
}

function keepGate({ document, migrations, decisions }: GateSubject): RunbookGate {
  const last = decisions.at(-1);
  const deadline =
    last?.backMinutes === undefined
      ? "there is no way back by steps from here: decide what replaces it before you begin"
      : last.decideBy === undefined
        ? `going back takes ${duration(last.backMinutes)}; the wave has no window, so agree on the latest time beforehand`
        : last.decideBy < 0
          ? `going back takes ${duration(last.backMinutes)}, which is longer than the window: it ends after it whenever you decide`
          : `decide by T+${duration(last.decideBy)} at the latest; going back takes ${duration(last.backMinutes)}`;
  return {
    id: "keep",
    title: "Does the cut-over stand?",
    decides: deciders(migrations),
    questions: [
      { ask: "Is there still time to decide?", look: "the clock of the window", now: deadline },
      ...alarmQuestions(migrations, document.stopAlarm, "INSUFFICIENT_DATA is a no"),
      ...lookQuestion(migrations),
      {
        ask: "Is none of the triggers seen?",
        look: "the dashboard and the people who use the application",
        now: unique(migrations.flatMap(({ rollback }) => rollback.triggers)).join("; "),
      },
      {
        ask: "Does the owner of each application say that it works?",
        look: "the call: each says it aloud, with name and time",
      },
    ],
    go: "Every answer is yes before the latest time. Write down who decided and when, and send the completion message.",
    noGo: "Go back, from the last transition that was begun. An answer that is not there in time is a no. Send the rollback message first.",
  };
}

function finalizeGate({ wave, migrations, phases }: GateSubject): RunbookGate {
  const concerned = new Set(phases.afterwards.forward.map(({ migration }) => migration));
  const those = migrations.filter(({ path }) => concerned.has(path));
  const alarms = alarmsOf(those);
  const retention = Math.max(...those.map(({ rollback }) => rollback.sourceRetentionDays));
  return {
    id: "finalize",
    title: "Is the source given up?",
    decides: deciders(those),
    questions: [
      ...(alarms.length === 0
        ? []
        : [
            {
              ask: "Has every alarm been in OK since the cut-over?",
              look: "the history of each alarm: no change to ALARM since CUTOVER_TIME",
              command: historyCommand(alarms),
            },
          ]),
      {
        ask: "Is the evidence written down: what was checked, what came out, who signed, and the backup to restore from?",
        look: "the repository, beside the stage; the deployment refuses to go on without it",
      },
      {
        ask: "Is the time over in which it may go back?",
        look: "the rollback decision table",
        now: [
          listed(
            those.map(({ path, rollback }) => `${path}: ${count(rollback.windowHours, "hour")} after the transition`),
          ),
          ...(wave.day === undefined
            ? []
            : [`the source is kept until ${addDays(wave.day, retention)}, if the wave is cut over on ${wave.day}`]),
        ].join("; "),
      },
      {
        ask: "Do the people who paid for the source agree that it goes?",
        look: "their written answer",
      },
    ],
    go: "Every answer is yes. What follows cannot all be taken back.",
    noGo: "Stay in the stage that holds, keep the source, and set another day. Waiting costs money and nothing else.",
  };
}

function transitionName({ migration, to }: { readonly migration: string; readonly to?: string }): string {
  return `${migration} to ${to ?? "withdrawn"}`;
}

function dependencyQuestion(
  document: PlanDocument,
  wave: PlannedWave,
  migrations: readonly PlannedMigration[],
): GateQuestion[] {
  const inside = new Set(wave.migrations);
  const needed = unique(migrations.flatMap(({ dependsOn }) => dependsOn)).filter((path) => !inside.has(path));
  const others = document.migrations.filter(({ path }) => needed.includes(path));
  if (others.length === 0) return [];
  return [
    {
      ask: "Does everything that this wave stands on work?",
      look: "the stages and the alarms of those migrations",
      now: others
        .map((other) => `${other.path} is ${arrived(other) ? "" : "not past its cut-over: "}in stage ${other.stage}`)
        .join("; "),
      ...commandOf(alarmsOf(others)),
    },
  ];
}

/** Whether the declared stage is the last of the cut-over, or a later one. */
function arrived({ stages, stage }: PlannedMigration): boolean {
  const phases = phasesOf(stages);
  const carries = phases.lastIndexOf(phases.includes("cutover") ? "cutover" : "preparation");
  return stages.findIndex(({ name }) => name === stage) >= carries;
}

function alarmsOf(migrations: readonly PlannedMigration[]): NamedAlarm[] {
  const found = new Map<string, NamedAlarm>();
  for (const { alarm, region } of migrations.flatMap(({ verifications }) => verifications)) {
    if (alarm === undefined) continue;
    found.set(`${region ?? ""} ${alarm}`, { name: alarm, ...(region === undefined ? {} : { region }) });
  }
  return [...found.values()];
}

function commandOf(alarms: readonly NamedAlarm[]): { readonly command?: string } {
  return alarms.length === 0 ? {} : { command: alarmCommands(alarms).join("\n") };
}

function alarmQuestions(
  migrations: readonly PlannedMigration[],
  stopAlarm: string | undefined,
  silence: string,
): GateQuestion[] {
  const alarms = alarmsOf(migrations);
  const all = stopAlarm === undefined ? alarms : [...alarms, { name: stopAlarm }];
  if (all.length === 0) return [];
  return [
    {
      ask: `Is every alarm OK${stopAlarm === undefined ? "" : `, ${stopAlarm} among them`}?`,
      look: `${count(all.length, "row")} with OK; ${silence}`,
      ...commandOf(all),
    },
  ];
}

function lookQuestion(migrations: readonly PlannedMigration[]): GateQuestion[] {
  const unalarmed = migrations.flatMap(({ path, verifications }) =>
    verifications.filter(({ alarm }) => alarm === undefined).map(({ kind, name }) => `${name} (${kind}, ${path})`),
  );
  if (unalarmed.length === 0) return [];
  return [
    {
      ask: "Has somebody looked at what no alarm watches?",
      look: "each by hand, with name and time",
      now: unalarmed.join("; "),
    },
  ];
}

function toldOf(messages: readonly ScheduledMessage[]): string {
  const before = messages.filter(({ event }) => event === "announcement" || event === "reminder");
  if (before.length === 0) return "no: nobody is to be told before this wave";
  return listed(
    before.map(({ event, day, to }) => {
      const who = shortList(to.map(({ name }) => name));
      return `the ${event}${day === undefined ? "" : ` of ${day}`} to ${who}`;
    }),
  );
}

function fitQuestion({ wave, phases, decisions }: GateSubject): GateQuestion[] {
  const { window } = wave;
  const back = decisions.at(-1)?.backMinutes;
  if (window === undefined || back === undefined) return [];
  const spare = window.minutes - phases.cutover.minutes - back;
  return [
    {
      ask: "Does the work fit the window, with the way back?",
      look: "the budgets, and the clock if it begins late",
      now:
        `${spare < 0 ? "no: " : ""}forward ${duration(phases.cutover.minutes)}, back ${duration(back)}, ` +
        `window ${duration(window.minutes)}: ${spare < 0 ? `${duration(-spare)} too long` : `${duration(spare)} to spare`}`,
    },
  ];
}
