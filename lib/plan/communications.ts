/** The data behind the communications schedule: stakeholders, and the events of which they are notified. */
import { admit } from "../core/door/admit";

/**
 * The events of a wave of which stakeholders are notified.
 *
 * - `announcement`: a week before the wave.
 * - `reminder`: the day before.
 * - `start`: the window has begun.
 * - `go-no-go`: the decision, and who took it.
 * - `completion`: the wave is done, with its outcome.
 * - `rollback`: the wave is rolled back, with the reason.
 */
export const communicationEvents = ["announcement", "reminder", "start", "go-no-go", "completion", "rollback"] as const;

/** An event of a wave of which stakeholders are notified: one of {@link communicationEvents}. */
export type CommunicationEvent = (typeof communicationEvents)[number];

/** A person or a group that is notified of the events of a wave. */
export interface Stakeholder {
  /** A person, a team or a group of customers. */
  readonly name: string;
  /** The role in the migration: `application owner`, `service desk`, `customers`. */
  readonly role: string;
  /** The channel, in words: `mail booking-team@example.com`, `phone bridge`, `status page`. */
  readonly channel: string;
  /**
   * The names of the waves of which the stakeholder is notified.
   * @default - all
   */
  readonly waves?: readonly string[];
  /**
   * The events of which the stakeholder is notified.
   * @default - all
   */
  readonly events?: readonly CommunicationEvent[];
}

/** The recipients of a plan's notifications, those sent by people and those sent by alarms. */
export interface Communications {
  readonly stakeholders: readonly Stakeholder[];
  /** Whether the plan's own alarms have a notification target. */
  readonly alarmsNotify: boolean;
}

/** Returns the name of an event's message: `announcement`, `go/no-go message`. */
export function messageName(event: CommunicationEvent): string {
  admit("messageName", { event });
  return event === "go-no-go"
    ? "go/no-go message"
    : event === "announcement" || event === "reminder"
      ? event
      : `${event} message`;
}
