import { z } from "zod";
import { admit } from "./door/admit";
import { DAY_MILLISECONDS } from "./duration";
import { refuse } from "./refuse";

/** A calendar day, `YYYY-MM-DD`. Days compare as strings. */
export type IsoDate = string;

/** The schema of a calendar day that exists: `2026-02-30` does not. */
export const isoDate = z.iso.date("must be a calendar day, YYYY-MM-DD");

/** Returns today's day in UTC. The only clock of the library: everything that depends on the day takes it as an argument. */
export function today(): IsoDate {
  return new Date().toISOString().slice(0, 10);
}

/**
 * Returns the day that is so many days later, or earlier where the number is negative.
 *
 * @throws MigrationError `ADD_DAYS_DAY`, `ADD_DAYS_DAYS`
 */
export function addDays(day: IsoDate, days: number): IsoDate {
  admit("addDays", { day, days });
  const from = Date.parse(`${day}T00:00:00Z`);
  const later = new Date(from + days * DAY_MILLISECONDS);
  if (!Number.isNaN(later.getTime())) return later.toISOString().slice(0, 10);
  const path = Number.isNaN(from) ? "day" : "days";
  return refuse({
    code: path === "day" ? "ADD_DAYS_DAY" : "ADD_DAYS_DAYS",
    path,
    received: path === "day" ? day : days,
    allowed:
      path === "day" ? "a calendar day, YYYY-MM-DD" : "a number of days within the calendar, which has 200 million",
    fix: "correct the value",
  });
}

/** Returns the number of days from one day to another, negative where the second is the earlier one. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  admit("daysBetween", { from, to });
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MILLISECONDS);
}

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** The months, shortened, from January. */
export const MONTHS: readonly string[] = [
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "Jun",
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
];

/** Returns a day with its weekday and its year: `Sat 5 Dec 2026`. */
export function formatDay(day: IsoDate): string {
  admit("formatDay", { day });
  const date = new Date(`${day}T00:00:00Z`);
  return `${WEEKDAYS[date.getUTCDay()] ?? ""} ${formatShortDay(day)} ${date.getUTCFullYear()}`;
}

/** Returns a day without its year: `5 Dec`. */
export function formatShortDay(day: IsoDate): string {
  admit("formatShortDay", { day });
  const date = new Date(`${day}T00:00:00Z`);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ""}`;
}
