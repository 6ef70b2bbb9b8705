/** The cut-over on one page: what is ticked off, in order, with the latest times where they count. */
import { listed } from "../../core/words";
import type { CutoverItem, Decision, RunbookGate, ScheduledMessage, WaveWork } from "./plan-runbook-model";
import { duration, messageName } from "./words";

/** What a checklist is made of. */
export interface ChecklistSubject {
  readonly cutover: WaveWork;
  readonly decisions: readonly Decision[];
  readonly gates: readonly RunbookGate[];
  readonly messages: readonly ScheduledMessage[];
}

/** The boxes of a wave's window; none where nothing is left to cut over. */
export function checklistOf({ cutover, decisions, gates, messages }: ChecklistSubject): CutoverItem[] {
  if (cutover.forward.length === 0) return [];
  const send = (...events: readonly ScheduledMessage["event"][]): CutoverItem[] =>
    messages
      .filter(({ event }) => events.includes(event))
      .map(({ event, sender, to, day, when }) => ({
        kind: "message",
        text: `Send the ${messageName(event)} to ${listed(to.map(({ name }) => name))}${early(event) ? ` (${day ?? when})` : ""}`,
        owner: sender,
      }));
  const decide = (id: RunbookGate["id"]): CutoverItem[] =>
    gates
      .filter((gate) => gate.id === id)
      .map(({ title, decides }) => ({
        kind: "gate",
        text: `Decided: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
        owner: decides,
      }));
  const steps = cutover.forward.flatMap(({ migration, to, steps: each }, index) => [
    ...beginBy(decisions[index], `${migration} to ${to ?? ""}`),
    ...each.map(({ id, title, owner, startsAt, waits, minutes }): CutoverItem => ({
      kind: "step",
      text: `${title} (${migration})${waits === true ? `, ${duration(minutes)} of waiting` : ""}`,
      step: id,
      at: startsAt,
      owner,
    })),
  ]);
  // What is only waited for at the end goes on when the window is over, and the decision with it.
  const isWaited = ({ kind, at = 0 }: CutoverItem): boolean => kind === "step" && at >= cutover.windowMinutes;
  const end = steps.findLastIndex((item) => !isWaited(item)) + 1;
  return [
    ...send("announcement", "reminder"),
    ...decide("start"),
    ...send("go-no-go", "start"),
    ...steps.slice(0, end),
    ...decideBy(decisions.at(-1)),
    ...decide("keep"),
    ...steps.slice(end),
    ...send("completion"),
  ];
}

/** Begun later, the transition could not be taken back inside the window. */
function beginBy(decision: Decision | undefined, transition: string): CutoverItem[] {
  if (decision?.beginBy === undefined) return [];
  const { beginBy: at } = decision;
  if (at < 0) return [{ kind: "deadline", text: `${transition} and its way back do not fit the window` }];
  return [
    { kind: "deadline", text: `begin ${transition}, or leave it: later, it could not be taken back in time`, at },
  ];
}

function decideBy(last: Decision | undefined): CutoverItem[] {
  const { decideBy: at, backMinutes } = last ?? {};
  if (at === undefined || backMinutes === undefined || at < 0) return [];
  return [{ kind: "deadline", text: `decide whether it stands: going back takes ${duration(backMinutes)}`, at }];
}

function early(event: ScheduledMessage["event"]): boolean {
  return event === "announcement" || event === "reminder";
}
