/**
 * The go/no-go gates of a wave. Each question names the source of its answer, and what the plan itself knows; every question
 * can be answered within the window.
 */
import { unique } from "../../core/collections";
import { clockTime } from "../../core/duration";
import { addDays } from "../../core/iso-date";
import { shellWord } from "../../core/shell";
import { count, listed, shortList } from "../../core/text";
import { appOf, hasDeclared } from "../needs";
import {
  hasAlarm,
  type PlanDocument,
  type PlannedMigration,
  type PlannedNeed,
  type PlannedVerification,
  type PlannedWave,
} from "../plan-document";
import { alarmCommands, historyCommand, type NamedAlarm } from "./alarm-command";
import type { Decision, GateQuestion, RunbookGate, ScheduledMessage } from "./plan-runbook-model";
import { typedCommand } from "./stack-command";
import type { WaveWorkByPart } from "./wave-work";

/** The input of {@link gatesOf}. */
export interface GateSubject {
  readonly document: PlanDocument;
  readonly wave: PlannedWave;
  readonly migrations: readonly PlannedMigration[];
  readonly work: WaveWorkByPart;
  readonly decisions: readonly Decision[];
  readonly messages: readonly ScheduledMessage[];
  readonly blockers: readonly string[];
}

/** Builds the gates of a wave that are still ahead, in their order. */
export function gatesOf(subject: GateSubject): RunbookGate[] {
  const { cutover, rollout, afterwards } = subject.work;
  const gates: RunbookGate[] = [];
  if (cutover.forward.length > 0) gates.push(startGate(subject), keepGate(subject));
  if (rollout.forward.length > 0) gates.push(advanceGate(subject));
  if (afterwards.forward.length > 0) gates.push(finalizeGate(subject));
  return gates;
}

/** Returns the roles that decide about the rollback of the migrations, as a list in words. */
export function decidingRoles(migrations: readonly PlannedMigration[]): string {
  return listed(unique(migrations.map(({ rollback }) => rollback.owner)));
}

function startGate(subject: GateSubject): RunbookGate {
  const { document, migrations, work, messages } = subject;
  return {
    id: "start",
    title: "Start the cut-over?",
    decides: decidingRoles(migrations),
    questions: [
      ...groundQuestions(subject),
      ...alarmQuestions(
        migrations,
        stopAlarmOf(document),
        "for each INSUFFICIENT_DATA, name the reason why there is no data yet",
      ),
      rehearsedQuestion(migrations),
      {
        ask: "Have all stakeholders been notified?",
        look: "the messages of this wave",
        now: toldOf(messages),
      },
      {
        ask: "Is every owner of a step in the window present?",
        look: "the call",
        now: listed(unique(work.cutover.forward.flatMap(({ steps }) => steps.map(({ owner }) => owner)))),
      },
      ...fitQuestion(subject),
    ],
    go: "Every answer is yes. Write down who decided, and when.",
    noGo: "Do not begin. Nothing has to be undone: production stays where it is. Send the go/no-go message, agree on another day, and leave the declared stage as it is.",
  };
}

/** Builds the questions about the prerequisites: the plan itself, the dependencies of the wave, and its preparation. */
function groundQuestions({ document, wave, migrations, work, blockers }: GateSubject): GateQuestion[] {
  const { forward } = work.preparation;
  return [
    {
      ask: "Is the assessment ready, and does nothing block the plan?",
      look: `the plan's report, or the output of \`${typedCommand("cdktf synth")}\`, made today`,
      now:
        blockers.length === 0
          ? `the verdict was ${document.verdict} on ${document.asOf}`
          : `no: ${count(blockers.length, "blocker")} on ${document.asOf}, the first is ${blockers[0] ?? ""}`,
    },
    ...dependencyQuestion(document, wave, migrations),
    {
      ask: "Is every preparation step done and verified?",
      look: "the ticked steps of the preparation, each with its expected result",
      now:
        forward.length === 0
          ? "all of its stages are done"
          : `still to do, from the declared stage on: ${listed(forward.map(transitionName))}`,
    },
  ];
}

function rehearsedQuestion(migrations: readonly PlannedMigration[]): GateQuestion {
  return {
    ask: "Has the way back been rehearsed, and is everybody who carries it out reachable?",
    look: "the record of the rehearsal, and the table of who is needed",
    now: migrations.map(({ path, rollback }) => `${path}: ${rollback.rehearsedOn ?? "never rehearsed"}`).join("; "),
  };
}

/** Builds the one gate for all steps of the rollout, which is repeated before each. */
function advanceGate(subject: GateSubject): RunbookGate {
  const { document, work } = subject;
  const concerned = new Set(work.rollout.forward.map(({ migration }) => migration));
  const those = subject.migrations.filter(({ path }) => concerned.has(path));
  return {
    id: "advance",
    title: "Continue the rollout?",
    decides: decidingRoles(those),
    questions: [
      // Where there was a window, they were asked before it.
      ...(work.cutover.back.length > 0 ? [] : [...groundQuestions(subject), rehearsedQuestion(those)]),
      {
        ask: "Which step is next?",
        look: "the declared stage of each migration; repeat every question before each step",
        now: listed(work.rollout.forward.map(transitionName)),
      },
      ...alarmQuestions(those, stopAlarmOf(document), "INSUFFICIENT_DATA counts as no"),
      ...lookQuestions(those),
      triggerQuestion(those),
    ],
    go: "Every answer is yes. Take only the next step, and write down who decided, and when. Then repeat the gate.",
    noGo: "Stay in the current stage, or go back one step at once if a rollback trigger has occurred; no window is needed. Send the rollback message first.",
  };
}

function triggerQuestion(migrations: readonly PlannedMigration[]): GateQuestion {
  return {
    ask: "Has none of the rollback triggers occurred?",
    look: "the dashboard and the people who use the application",
    now: unique(migrations.flatMap(({ rollback }) => rollback.triggers)).join("; "),
  };
}

function keepGate({ document, migrations, decisions }: GateSubject): RunbookGate {
  const last = decisions.at(-1);
  const deadline =
    last?.backMinutes === undefined
      ? "there is no way back by steps from here: agree on an alternative before you begin"
      : last.decideBy === undefined
        ? `going back takes ${clockTime(last.backMinutes)}; the wave has no window, so agree on the latest time beforehand`
        : last.decideBy < 0
          ? `going back takes ${clockTime(last.backMinutes)}, which is longer than the window: whenever you decide, it ends after the window`
          : `decide by T+${clockTime(last.decideBy)} at the latest; going back takes ${clockTime(last.backMinutes)}`;
  return {
    id: "keep",
    title: "Keep the cut-over?",
    decides: decidingRoles(migrations),
    questions: [
      { ask: "Is there still time to decide?", look: "the clock of the window", now: deadline },
      ...alarmQuestions(migrations, stopAlarmOf(document), "INSUFFICIENT_DATA counts as no"),
      ...lookQuestions(migrations),
      triggerQuestion(migrations),
      {
        ask: "Has the owner of each application confirmed that it works?",
        look: "the call: each confirms aloud, with name and time",
      },
    ],
    go: "Every answer is yes before the latest time. Write down who decided and when, and send the completion message.",
    noGo: "Go back, starting with the last transition that was begun. An answer that is missing at the latest time counts as no. Send the rollback message first.",
  };
}

function finalizeGate({ wave, migrations, work }: GateSubject): RunbookGate {
  const concerned = new Set(work.afterwards.forward.map(({ migration }) => migration));
  const those = migrations.filter(({ path }) => concerned.has(path));
  const alarms = alarmsOf(those);
  const retention = Math.max(...those.map(({ rollback }) => rollback.sourceRetentionDays));
  return {
    id: "finalize",
    title: "Give up the source?",
    decides: decidingRoles(those),
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
        ask: "Is the evidence recorded: the checks, their results, who signed, and the backup to restore from?",
        look: "the repository, beside the stage; the deployment fails without it",
      },
      {
        ask: "Is the rollback window over?",
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
        ask: "Have the budget owners of the source agreed to give it up?",
        look: "their written answer",
      },
    ],
    go: "Every answer is yes. Not all of the following steps can be rolled back.",
    noGo: "Stay in the current stage, keep the source, and set another day. Waiting costs nothing but money.",
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
  const needs = migrations.flatMap(({ path, dependsOn }) =>
    dependsOn.filter(({ migration }) => !inside.has(migration)).map((need) => ({ path, need })),
  );
  if (needs.length === 0) return [];
  const byPath = new Map(document.migrations.map((migration) => [migration.path, migration]));
  const others = unique(needs.map(({ need }) => need.migration)).flatMap((path) => byPath.get(path) ?? []);
  const apps = unique(needs.flatMap(({ need }) => (byPath.has(need.migration) ? [] : (appOf(need.migration) ?? []))));
  const commands = [
    ...apps.map((app) => typedCommand(`migration-patterns status --app ${shellWord(app)}`)),
    ...alarmCommands(alarmsOf(others)),
  ];
  return [
    {
      ask: "Do all migrations that this wave depends on work?",
      look: "the stage that each of them has reached, and their alarms",
      now: unique(needs.map(({ path, need }) => needWords(path, need, byPath.get(need.migration)))).join("; "),
      ...(commands.length === 0 ? {} : { command: commands.join("\n") }),
    },
  ];
}

function needWords(
  path: string,
  { migration, reached, before }: PlannedNeed,
  other: PlannedMigration | undefined,
): string {
  const wanted = `${path} needs ${reached} before ${before}`;
  if (other === undefined) return `${migration} is not in this plan, and ${wanted}`;
  return hasDeclared(other, reached)
    ? `${migration} is in stage ${other.stage}`
    : `${migration} is only in stage ${other.stage}, and ${wanted}`;
}

function alarmsOf(migrations: readonly PlannedMigration[]): NamedAlarm[] {
  const found = new Map<string, NamedAlarm>();
  const verifications = migrations.flatMap(({ verifications, region: own }) =>
    verifications.map(({ alarm, region = own }) => ({ alarm, region })),
  );
  for (const { alarm, region } of verifications) {
    if (alarm === undefined) continue;
    found.set(`${region ?? ""} ${alarm}`, { name: alarm, ...(region === undefined ? {} : { region }) });
  }
  return [...found.values()];
}

function stopAlarmOf({ stopAlarm, region }: PlanDocument): NamedAlarm | undefined {
  return stopAlarm === undefined ? undefined : { name: stopAlarm, ...(region === undefined ? {} : { region }) };
}

function commandOf(alarms: readonly NamedAlarm[]): { readonly command?: string } {
  return alarms.length === 0 ? {} : { command: alarmCommands(alarms).join("\n") };
}

function alarmQuestions(
  migrations: readonly PlannedMigration[],
  stopAlarm: NamedAlarm | undefined,
  silence: string,
): GateQuestion[] {
  const alarms = alarmsOf(migrations);
  const all = stopAlarm === undefined ? alarms : [...alarms, stopAlarm];
  if (all.length === 0) return [];
  return [
    {
      ask: `Is every alarm OK${stopAlarm === undefined ? "" : `, ${stopAlarm.name} among them`}?`,
      look: `${count(all.length, "row")} with OK; ${silence}`,
      ...commandOf(all),
    },
  ];
}

/** Asks about the verifications of which no command shows the alarm. */
function lookQuestions(migrations: readonly PlannedMigration[]): GateQuestion[] {
  const named = (which: (verification: PlannedVerification) => boolean): string =>
    migrations
      .flatMap(({ path, verifications }) =>
        verifications.filter(which).map(({ kind, name }) => `${name} (${kind}, ${path})`),
      )
      .join("; ");
  return [
    {
      ask: "Is every alarm OK of which only Terraform knows the name?",
      look: "the alarm of each of these verifications, in the console of CloudWatch",
      now: named(({ unnamedAlarm = false }) => unnamedAlarm),
    },
    {
      ask: "Has every verification without an alarm been checked by hand?",
      look: "each verification, with name and time",
      now: named((verification) => !hasAlarm(verification)),
    },
  ].filter(({ now }) => now !== "");
}

function toldOf(messages: readonly ScheduledMessage[]): string {
  const before = messages.filter(({ event }) => event === "announcement" || event === "reminder");
  if (before.length === 0) return "no: no stakeholder is configured to be notified before this wave";
  return listed(
    before.map(({ event, day, to }) => {
      const who = shortList(to.map(({ name }) => name));
      return `the ${event}${day === undefined ? "" : ` of ${day}`} to ${who}`;
    }),
  );
}

function fitQuestion({ wave, work, decisions }: GateSubject): GateQuestion[] {
  const { window } = wave;
  const forward = work.cutover.windowMinutes;
  const back = decisions.at(-1)?.backMinutes;
  if (window === undefined || back === undefined) return [];
  const spare = window.minutes - forward - back;
  return [
    {
      ask: "Do the cut-over and the way back fit into the window?",
      look: "the budgets, and the clock if it begins late",
      now:
        `${spare < 0 ? "no: " : ""}forward ${clockTime(forward)}, back ${clockTime(back)}, ` +
        `window ${clockTime(window.minutes)}: ${spare < 0 ? `${clockTime(-spare)} too long` : `${clockTime(spare)} to spare`}`,
    },
  ];
}
