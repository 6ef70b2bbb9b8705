import { MigrationError } from "../../core/error";
import { addDays, isoDate, type IsoDate } from "../../core/iso-date";
import type { WaveCalendar } from "./move";

/** The number of years within which a day that is not blacked out must be found. */
const YEARS_SEARCHED = 5;

/**
 * Returns the days of the first `count` waves: `everyDays` apart, each put off to the next day that is not blacked out.
 *
 * @throws MigrationError `WAVE_CALENDAR`
 */
export function waveDays(calendar: WaveCalendar, count: number): IsoDate[] {
  check(calendar);
  const days: IsoDate[] = [];
  let day = calendar.firstDay;
  while (days.length < count) {
    day = nextOpenDay(day, calendar);
    days.push(day);
    day = addDays(day, calendar.everyDays);
  }
  return days;
}

function nextOpenDay(from: IsoDate, { blackouts = [] }: WaveCalendar): IsoDate {
  const last = addDays(from, 366 * YEARS_SEARCHED);
  let day = from;
  for (;;) {
    const closed = blackouts.find((blackout) => blackout.from <= day && day <= blackout.to);
    if (closed === undefined) return day;
    day = addDays(closed.to, 1);
    if (day > last) {
      throw new MigrationError({
        code: "WAVE_CALENDAR",
        path: "calendar.blackouts",
        received: closed,
        allowed: `blackouts that leave a day open within ${YEARS_SEARCHED} years`,
        fix: "shorten the blackout",
      });
    }
  }
}

function check({ firstDay, everyDays, blackouts = [] }: WaveCalendar): void {
  const refuse = (path: string, received: unknown, allowed: string): never => {
    throw new MigrationError({ code: "WAVE_CALENDAR", path, received, allowed, fix: "correct the calendar" });
  };
  if (!isoDate.safeParse(firstDay).success) refuse("calendar.firstDay", firstDay, "a calendar day, YYYY-MM-DD");
  if (!Number.isInteger(everyDays) || everyDays < 1) refuse("calendar.everyDays", everyDays, "a whole number from 1");
  blackouts.forEach((blackout, index) => {
    const valid = isoDate.safeParse(blackout.from).success && isoDate.safeParse(blackout.to).success;
    if (!valid || blackout.from > blackout.to) {
      refuse(`calendar.blackouts[${index}]`, blackout, "two calendar days, the first not after the second");
    }
  });
}
