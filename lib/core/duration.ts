/** Durations in minutes, in the three notations of the documents, and the milliseconds of an hour and of a day. */
import { count } from "./text";

/** The milliseconds of an hour. */
export const HOUR_MILLISECONDS = 3_600_000;

/** The milliseconds of a day. */
export const DAY_MILLISECONDS = 86_400_000;

/** Returns the minutes as a runbook's clock shows them, in hours and minutes: `1:05`, `-0:30`. */
export function clockTime(minutes: number): string {
  const whole = Math.round(minutes);
  const absolute = Math.abs(whole);
  return `${whole < 0 ? "-" : ""}${Math.floor(absolute / 60)}:${String(absolute % 60).padStart(2, "0")}`;
}

/** Returns a duration on the clock, with the part of it that is only waited for: `1:05`, `0:45 of work and 8:00 of waiting`. */
export function clockTimeWithWaiting(minutes: number, workMinutes: number): string {
  if (workMinutes >= minutes) return clockTime(minutes);
  return workMinutes === 0
    ? `${clockTime(minutes)} of waiting`
    : `${clockTime(workMinutes)} of work and ${clockTime(minutes - workMinutes)} of waiting`;
}

/** Returns the minutes with the symbols of their units: `2 h 15 min`, `45 min`. */
export function shortDuration(minutes: number): string {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** Returns the minutes in words, for people outside the change window: `45 minutes`, `6 hours`, `1 hour and 5 minutes`. */
export function spokenDuration(minutes: number): string {
  const whole = Math.max(0, Math.round(minutes));
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  if (hours === 0) return count(rest, "minute");
  return rest === 0 ? count(hours, "hour") : `${count(hours, "hour")} and ${count(rest, "minute")}`;
}
