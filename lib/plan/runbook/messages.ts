/** Who is told what and when: the communications schedule, with its days reckoned from the wave's. */
import { addDays } from "../../core/iso-date";
import type { IsoDate } from "../../core/iso-date";
import type { CommunicationEvent, Communications } from "../communications";
import type { PlannedWave } from "../plan-document";
import type { ScheduledMessage } from "./plan-runbook-model";
import { shortList, spoken } from "./words";

const DAYS_BEFORE: Partial<Record<CommunicationEvent, number>> = { announcement: 7, reminder: 1 };

/** The decision is told before the window begins with it. */
const ORDER: readonly CommunicationEvent[] = [
  "announcement",
  "reminder",
  "go-no-go",
  "start",
  "completion",
  "rollback",
];

const WHEN: Record<CommunicationEvent, string> = {
  announcement: "a week before",
  reminder: "the day before",
  start: "when the window begins",
  "go-no-go": "as soon as it is decided",
  completion: "when it is decided that the cut-over stands",
  rollback: "when it is decided to go back, before the first step",
};

/** The same of a wave that has no window. */
const BY_DAYLIGHT: Partial<Record<CommunicationEvent, string>> = {
  start: "when the first step is begun",
  completion: "when the last step stands",
};

/** What people notice of a wave. */
export interface WhatMoves {
  /** What moves, as the people who use it know it. */
  readonly moved: readonly string[];
  /** What is changed and moves nothing, a connection or a routing: people notice it by what relies on it. */
  readonly changed: readonly string[];
}

/** What a message is about. */
export interface MessageSubject extends WhatMoves {
  readonly communications: Communications;
  readonly wave: PlannedWave;
  /** How the wave is called in a sentence. */
  readonly called: string;
  readonly sender: string;
  readonly asOf: IsoDate;
  /** Whether it is rolled out by daylight, without a change window. */
  readonly byDaylight: boolean;
  /** How long the way back takes from the end of the cut-over. */
  readonly backMinutes?: number;
}

/** The messages of a wave, in the order in which they are sent; an event of which nobody is told has none. */
export function messagesOf(subject: MessageSubject): ScheduledMessage[] {
  const { communications, wave, sender, asOf, byDaylight } = subject;
  return ORDER.flatMap((event): ScheduledMessage[] => {
    const to = communications.stakeholders.filter(
      ({ waves, events }) => (waves?.includes(wave.name) ?? true) && (events?.includes(event) ?? true),
    );
    if (to.length === 0) return [];
    const day = wave.day === undefined ? undefined : addDays(wave.day, -(DAYS_BEFORE[event] ?? 0));
    return [
      {
        event,
        ...(day === undefined ? {} : { day }),
        late: day !== undefined && day < asOf,
        when: (byDaylight ? BY_DAYLIGHT[event] : undefined) ?? WHEN[event],
        sender,
        to: to.map(({ name, role, channel }) => ({ name, role, channel })),
        text: textOf(event, subject),
      },
    ];
  });
}

function textOf(event: CommunicationEvent, subject: MessageSubject): string {
  const { wave, called, moved, backMinutes, byDaylight } = subject;
  const { day = "DAY", window } = wave;
  const at = window?.starts === undefined ? day : `${day}, ${window.starts}`;
  const happens = byDaylight
    ? "begins to be rolled out in steps, over days and by daylight"
    : moved.length === 0
      ? "is carried out, which moves no server"
      : "is cut over";
  const within = byDaylight ? "at each step" : window === undefined ? "during the change" : lasting(window.minutes);
  switch (event) {
    case "announcement":
      return `On ${at}, ${called} ${happens}: ${noticed(subject, within)}. Tell us at once if that day cannot be.`;
    case "reminder":
      return `Tomorrow, ${at}, ${called} ${happens}: ${noticed(subject, within)}.`;
    case "start":
      return `The ${byDaylight ? "rollout" : "change window"} of ${called} began at TIME: ${noticed(subject, byDaylight || window !== undefined ? within : undefined)}. The next message says how it went.`;
    case "go-no-go":
      return `${called}: DECISION (go or no-go), decided by NAME at TIME because REASON.`;
    case "completion":
      return `${called} is done: since TIME, ${reached(subject)}. Report anything unusual to CONTACT.`;
    case "rollback":
      return `${called} goes back because TRIGGER was seen at TIME: ${noticed(subject, backMinutes === undefined ? undefined : lasting(backMinutes))}. The next message comes at TIME.`;
  }
}

function lasting(minutes: number): string {
  return `for up to ${spoken(minutes)}`;
}

/** What people notice while it is done. */
function noticed({ moved, changed }: WhatMoves, duration: string | undefined): string {
  const unavailable = moved.length === 0 ? [] : [`${shortList(moved)} may be unavailable`];
  const interrupted = changed.length === 0 ? [] : [`what relies on ${shortList(changed)} may be interrupted`];
  const clauses = [...unavailable, ...interrupted];
  // Between two commas, or it would be said of the second clause only.
  const comma = clauses.length > 1 ? "," : "";
  return `${clauses.join(", and ")}${duration === undefined ? "" : `${comma} ${duration}`}`;
}

/** What is so when it is done. */
function reached({ moved, changed }: WhatMoves): string {
  return [
    ...(moved.length === 0 ? [] : [`${shortList(moved)} ${moved.length === 1 ? "runs" : "run"} at the new place`]),
    ...(changed.length === 0 ? [] : [`${shortList(changed)} ${changed.length === 1 ? "is" : "are"} in effect`]),
  ].join(", and ");
}
