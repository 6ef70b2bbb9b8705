import { z } from "zod";

/** A calendar day, `YYYY-MM-DD`. Days compare as strings. */
export type IsoDate = string;

/** Accepts a calendar day that exists: `2026-02-30` does not. */
export const isoDate = z.iso.date("must be a calendar day, YYYY-MM-DD");

/** Today in UTC. The only clock of the library: everything that depends on the day takes it as an argument. */
export function today(): IsoDate {
  return new Date().toISOString().slice(0, 10);
}

/** The day so many days later, or earlier where the number is negative. */
export function addDays(day: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
