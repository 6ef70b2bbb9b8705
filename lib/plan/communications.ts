/** Who is told what and when: the data behind the communications schedule. */

/**
 * What people are told of.
 *
 * - `announcement`: a week before the wave.
 * - `reminder`: the day before.
 * - `start`: the window has begun.
 * - `go-no-go`: the decision, and who took it.
 * - `completion`: the wave is done, and how it went.
 * - `rollback`: it goes back, and why.
 */
export const communicationEvents = ["announcement", "reminder", "start", "go-no-go", "completion", "rollback"] as const;

/** What people are told of. */
export type CommunicationEvent = (typeof communicationEvents)[number];

/** Somebody who is told. */
export interface Stakeholder {
  /** A person, a team or a group of customers. */
  readonly name: string;
  /** What they are to the migration: `application owner`, `service desk`, `customers`. */
  readonly role: string;
  /** How they are reached, as people say it: `mail booking-team@example.com`, `phone bridge`, `status page`. */
  readonly channel: string;
  /**
   * The waves they are told of, by name.
   * @default - all
   */
  readonly waves?: readonly string[];
  /**
   * @default - all
   */
  readonly events?: readonly CommunicationEvent[];
}

/** Who is told, by people and by machines. */
export interface Communications {
  readonly stakeholders: readonly Stakeholder[];
  /** Whether the plan's own alarms are sent to anybody. */
  readonly alarmsNotify: boolean;
}
