/** The notices of a plan's waves: who is told of each, and on which day. */
import { addDays } from "../../core/iso-date";
import { communicationEvents, type CommunicationEvent, type Stakeholder } from "../../plan/communications";
import type { PlanDocument, PlannedWave } from "../../plan/plan-document";

/** The notices of one wave. */
export interface WaveNotices {
  readonly wave: PlannedWave;
  /** The day of the announcement; undefined where the wave has no day. */
  readonly announcedOn?: string;
  /** The day of the reminder. */
  readonly remindedOn?: string;
  /** The names of the stakeholders who are told. */
  readonly told: readonly string[];
}

/** Returns the notices of all waves that are cut over, in order. */
export function waveNotices({ waves, communications }: PlanDocument): WaveNotices[] {
  return waves
    .filter(({ number }) => number !== undefined)
    .map((wave) => ({
      wave,
      ...(wave.day === undefined ? {} : { announcedOn: addDays(wave.day, -7), remindedOn: addDays(wave.day, -1) }),
      told: communications.stakeholders.filter((each) => isToldOf(each, wave.name)).map(({ name }) => name),
    }));
}

/** Returns the events that a stakeholder is told of, in the order in which they happen. */
export function eventsOf({ events = communicationEvents }: Stakeholder): readonly CommunicationEvent[] {
  return communicationEvents.filter((event) => events.includes(event));
}

function isToldOf({ waves }: Stakeholder, wave: string): boolean {
  return waves === undefined || waves.includes(wave);
}
