/** Who is told what and when: the communications schedule, with its days reckoned from the wave's. */
import type { IsoDate } from "../../core/iso-date";
import type { CommunicationEvent, Communications } from "../communications";
import type { PlannedWave } from "../plan-document";
import type { ScheduledMessage } from "./plan-runbook-model";
import { addDays, shortList, spoken } from "./words";

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

/** What a message is about. */
export interface MessageSubject {
  readonly communications: Communications;
  readonly wave: PlannedWave;
  /** What moves, as the people who use it know it. */
  readonly what: readonly string[];
  readonly sender: string;
  readonly asOf: IsoDate;
  /** How long the way back takes from the end of the cut-over. */
  readonly backMinutes?: number;
}

/** The messages of a wave, in the order in which they are sent; an event of which nobody is told has none. */
export function messagesOf(subject: MessageSubject): ScheduledMessage[] {
  const { communications, wave, sender, asOf } = subject;
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
        when: WHEN[event],
        sender,
        to: to.map(({ name, role, channel }) => ({ name, role, channel })),
        text: textOf(event, subject),
      },
    ];
  });
}

function textOf(event: CommunicationEvent, { wave, what: names, backMinutes }: MessageSubject): string {
  const { name, day = "DAY", window } = wave;
  const what = shortList(names);
  const at = window?.starts === undefined ? day : `${day}, ${window.starts}`;
  const within = window === undefined ? "during the change" : `for up to ${spoken(window.minutes)}`;
  switch (event) {
    case "announcement":
      return `On ${at}, ${name} is cut over: ${what} may be unavailable ${within}. Tell us at once if that day cannot be.`;
    case "reminder":
      return `Tomorrow, ${at}, ${name} is cut over: ${what} may be unavailable ${within}.`;
    case "start":
      return `The change window of ${name} began at TIME: ${what} may be unavailable${window === undefined ? "" : ` for up to ${spoken(window.minutes)}`}. The next message says how it went.`;
    case "go-no-go":
      return `${name}: DECISION (go or no-go), decided by NAME at TIME because REASON.`;
    case "completion":
      return `${name} is done: since TIME, ${what} run at the new place. Report anything unusual to CONTACT.`;
    case "rollback":
      return `${name} goes back because TRIGGER was seen at TIME: ${what} may be unavailable${backMinutes === undefined ? "" : ` for up to ${spoken(backMinutes)}`}. The next message comes at TIME.`;
  }
}
