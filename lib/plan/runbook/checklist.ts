/** The cut-over checklist: the items to tick off, in order, with deadlines. */
import { listed, lowerFirst } from "../../core/text";
import { clockTime } from "../../core/duration";
import { messageName } from "../communications";
import type { CutoverItem, Decision, RunbookGate, ScheduledMessage, WaveWork } from "./plan-runbook-model";

/** The input of {@link checklistOf}. */
export interface ChecklistSubject {
  readonly cutover: WaveWork;
  readonly decisions: readonly Decision[];
  readonly gates: readonly RunbookGate[];
  readonly messages: readonly ScheduledMessage[];
}

/** Builds the checklist of a wave's change window; empty where nothing is left to cut over. */
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
        text: `Decided: ${lowerFirst(title)}`,
        owner: decides,
      }));
  const steps = cutover.forward.flatMap(({ migration, to, steps: each }, index) => [
    ...beginBy(decisions[index], `${migration} to ${to ?? ""}`),
    ...each.map(({ id, title, owner, startsAt, waits, minutes }): CutoverItem => ({
      kind: "step",
      text: `${title} (${migration})${waits === true ? `, ${clockTime(minutes)} of waiting` : ""}`,
      step: id,
      at: startsAt,
      owner,
    })),
  ]);
  // Waiting at the end goes on after the window is over; the decision is taken before it.
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

/** Builds the deadline for beginning a transition, after which it could not be rolled back inside the window. */
function beginBy(decision: Decision | undefined, transition: string): CutoverItem[] {
  if (decision?.beginBy === undefined) return [];
  const { beginBy: at } = decision;
  if (at < 0) return [{ kind: "deadline", text: `${transition} and its way back do not fit into the window` }];
  return [
    {
      kind: "deadline",
      text: `begin ${transition}, or postpone it: begun later, it cannot be rolled back in time`,
      at,
    },
  ];
}

function decideBy(last: Decision | undefined): CutoverItem[] {
  const { decideBy: at, backMinutes } = last ?? {};
  if (at === undefined || backMinutes === undefined || at < 0) return [];
  return [
    { kind: "deadline", text: `decide whether to keep the cut-over: going back takes ${clockTime(backMinutes)}`, at },
  ];
}

function early(event: ScheduledMessage["event"]): boolean {
  return event === "announcement" || event === "reminder";
}
