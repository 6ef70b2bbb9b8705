/** The communications schedule of a wave: the messages with their recipients and their days, relative to the wave's day. */
import { spokenDuration } from "../../core/duration";
import { addDays } from "../../core/iso-date";
import type { IsoDate } from "../../core/iso-date";
import { shortList } from "../../core/text";
import type { CommunicationEvent, Communications } from "../communications";
import type { PlannedWave } from "../plan-document";
import type { ScheduledMessage } from "./plan-runbook-model";

const DAYS_BEFORE: Partial<Record<CommunicationEvent, number>> = { announcement: 7, reminder: 1 };

/** The order of the messages: the decision is announced before the start of the window. */
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
  completion: "when it is decided to keep the cut-over",
  rollback: "when it is decided to go back, before the first step",
};

/** The occasions of the messages that differ for a wave without a window. */
const BY_DAYLIGHT: Partial<Record<CommunicationEvent, string>> = {
  start: "when the first step is begun",
  completion: "when the last step is verified",
};

/** The effects of a wave that people notice. */
export interface WaveEffects {
  /** The names of the servers that move, as their users know them. */
  readonly moved: readonly string[];
  /** The connections and routings that change and move nothing: people notice them by the services that rely on them. */
  readonly changed: readonly string[];
}

/** The input of {@link messagesOf}. */
export interface MessageSubject extends WaveEffects {
  readonly communications: Communications;
  readonly wave: PlannedWave;
  /** The name of the wave in a sentence. */
  readonly called: string;
  readonly sender: string;
  readonly asOf: IsoDate;
  /** Whether the wave is rolled out by daylight, without a change window. */
  readonly byDaylight: boolean;
  /** The minutes of the way back from the end of the cut-over. */
  readonly backMinutes?: number;
}

/** Builds the messages of a wave, in the order in which they are sent; an event without recipients has none. */
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
  return `for up to ${spokenDuration(minutes)}`;
}

/** Describes the effects that people notice during the change. */
function noticed({ moved, changed }: WaveEffects, duration: string | undefined): string {
  const unavailable = moved.length === 0 ? [] : [`${shortList(moved)} may be unavailable`];
  const interrupted = changed.length === 0 ? [] : [`what relies on ${shortList(changed)} may be interrupted`];
  const clauses = [...unavailable, ...interrupted];
  // Between two commas, or it would be said of the second clause only.
  const comma = clauses.length > 1 ? "," : "";
  return `${clauses.join(", and ")}${duration === undefined ? "" : `${comma} ${duration}`}`;
}

/** Describes the state after the change. */
function reached({ moved, changed }: WaveEffects): string {
  return [
    ...(moved.length === 0 ? [] : [`${shortList(moved)} ${moved.length === 1 ? "runs" : "run"} at the new place`]),
    ...(changed.length === 0 ? [] : [`${shortList(changed)} ${changed.length === 1 ? "is" : "are"} in effect`]),
  ].join(", and ");
}
