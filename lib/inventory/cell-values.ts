/**
 * The values of cells. A cell is what a person or a tool left in it: the same number is `1024`, `"1024"`, `"1,024"`, `"1.024"` or
 * `"1 024"`, depending on the tool and the locale of the machine it ran on, and a date may be a bare count of days.
 */
import { DAY_MILLISECONDS } from "../core/duration";
import type { Cell } from "./table";

/**
 * The words for true: English, and those with which German, French, Spanish, Italian, Dutch and Portuguese spreadsheets write
 * CSV.
 */
const TRUE_WORDS = new Set([
  "true",
  "yes",
  "y",
  "t",
  "1",
  "on",
  "x",
  "wahr",
  "ja",
  "vrai",
  "oui",
  "verdadero",
  "vero",
  "waar",
]);
const FALSE_WORDS = new Set([
  "false",
  "no",
  "n",
  "f",
  "0",
  "off",
  "falsch",
  "nein",
  "faux",
  "non",
  "falso",
  "onwaar",
  "nee",
]);

/**
 * The largest length of a number or a date, in characters. A pattern is not tried on more, because a cell may hold millions.
 */
const LONGEST_VALUE = 80;

/** Checks whether the cell is blank. */
export function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || cell === null || (typeof cell === "string" && cell.trim() === "");
}

/** Returns the cell as text, trimmed; undefined where it is blank. Dates become ISO 8601. */
export function toText(cell: Cell | undefined): string | undefined {
  if (cell === undefined || cell === null) return undefined;
  if (cell instanceof Date) return toDate(cell);
  const text = String(cell).trim();
  return text === "" ? undefined : text;
}

/**
 * Parses the cell as a number; undefined where it is none. Spaces, apostrophes and underscores group digits. Of dot and
 * comma:
 *
 * - Where both occur, the later one is the decimal sign.
 * - One that occurs more than once groups thousands.
 * - A single comma before exactly three digits groups thousands, any other single comma is a decimal sign.
 * - A single dot is a decimal sign; for a whole number (`toInteger`), one before exactly three digits groups thousands.
 *
 * A percent sign at the end is left out: `35 %` is 35.
 */
export function toNumber(cell: Cell | undefined): number | undefined {
  return parseNumber(cell, false);
}

/**
 * Parses the cell as a whole number; undefined where it is none. `1.024` is 1024, because no whole number is written `1.024`.
 */
export function toInteger(cell: Cell | undefined): number | undefined {
  const value = parseNumber(cell, true);
  return Number.isSafeInteger(value) ? value : undefined;
}

function parseNumber(cell: Cell | undefined, whole: boolean): number | undefined {
  if (typeof cell === "number") return Number.isFinite(cell) ? cell : undefined;
  if (typeof cell !== "string" || cell.length > LONGEST_VALUE) return undefined;
  // Most cells of a large export: the same as below, in a tenth of the time.
  if (/^\d{1,15}$/.test(cell)) return Number(cell);
  // \s has the no-break and the narrow no-break space, with which French and Scandinavian locales group.
  const text = cell.replace(/^\s+|[\s%]+$/g, "");
  if (/^[+-]?\d+(\.\d+)?e[+-]?\d{1,3}$/i.test(text)) return finite(Number(text));
  if (!/^[+-]?[\d.,]+(?:[\s'’_]\d{3})*(?:[.,]\d+)?$/.test(text)) return undefined;
  const digits = text.replace(/[\s'’_]/g, "");
  const comma = digits.lastIndexOf(",");
  const dot = digits.lastIndexOf(".");
  let decimal = "";
  if (comma >= 0 && dot >= 0) decimal = comma > dot ? "," : ".";
  else if (comma >= 0) decimal = isGrouped(digits, ",") ? "" : ",";
  else if (dot >= 0) decimal = isGrouped(digits, ".") && (whole || digits.indexOf(".") !== dot) ? "" : ".";
  const group = decimal === "," ? "." : decimal === "." ? "," : comma >= 0 ? "," : ".";
  const [integral = "", fraction, ...more] = decimal === "" ? [digits] : digits.split(decimal);
  if (more.length > 0 || (fraction !== undefined && !/^\d+$/.test(fraction))) return undefined;
  if (integral.includes(group) && !isGrouped(integral, group)) return undefined;
  const plain = integral.replaceAll(group, "");
  if (!/^[+-]?\d*$/.test(plain) || (!/\d/.test(plain) && fraction === undefined)) return undefined;
  return finite(Number(fraction === undefined ? plain : `${plain}.${fraction}`));
}

function isGrouped(digits: string, group: string): boolean {
  const [first = "", ...rest] = digits.split(group);
  return (
    rest.length > 0 &&
    /^[+-]?\d{1,3}$/.test(first) &&
    !/^[+-]?0/.test(first) &&
    rest.every((part) => /^\d{3}$/.test(part))
  );
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** Parses the cell as a truth value; undefined where it is none. */
export function toBoolean(cell: Cell | undefined): boolean | undefined {
  if (typeof cell === "boolean") return cell;
  if (typeof cell !== "string" && typeof cell !== "number") return undefined;
  const word = String(cell).trim().toLowerCase();
  if (TRUE_WORDS.has(word)) return true;
  return FALSE_WORDS.has(word) ? false : undefined;
}

/**
 * The number of days from the spreadsheet's day 0 (30 December 1899, which makes up for its belief that 1900 was a leap year)
 * to 1970.
 */
const SERIAL_OF_1970 = 25_569;
/** The day numbers of 1950 and 2200. A number outside is not taken for a date. */
const SERIAL_RANGE = { first: 18_264, last: 109_575 };

/**
 * Parses the cell as a date in ISO 8601, `2024-01-31` or `2024-01-31T12:00:00`, without a zone unless the source says one;
 * undefined where it is none, or where the day cannot be told from the month (`03/04/2024`). Numbers are spreadsheet day
 * numbers.
 */
export function toDate(cell: Cell | undefined): string | undefined {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? undefined : isoDateTime(cell);
  if (typeof cell === "number") return fromSerial(cell);
  if (typeof cell !== "string" || cell.length > LONGEST_VALUE) return undefined;
  const text = cell.trim();
  if (/^\d{5}([.,]\d+)?$/.test(text)) return fromSerial(Number(text.replace(",", ".")));
  const match =
    /^(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)? ?([AaPp][Mm])?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      text,
    );
  if (match === null) return undefined;
  const [, first = "", sign = "", second = "", third = "", hour, minute, seconds, half, zone] = match;
  const day = toDay(first, sign, second, third);
  if (day === undefined) return undefined;
  if (hour === undefined || minute === undefined) return day;
  let hours = Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return undefined;
    hours = (hours % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  }
  if (hours > 23 || Number(minute) > 59 || Number(seconds ?? 0) > 59) return undefined;
  return `${day}T${String(hours).padStart(2, "0")}:${minute}:${seconds ?? "00"}${zone ?? ""}`;
}

function fromSerial(serial: number): string | undefined {
  if (!(serial >= SERIAL_RANGE.first && serial <= SERIAL_RANGE.last)) return undefined;
  // Whole seconds: the fraction of a day is a binary number and never exact.
  const seconds = Math.round((serial - SERIAL_OF_1970) * (DAY_MILLISECONDS / 1000));
  return isoDateTime(new Date(seconds * 1000));
}

function toDay(first: string, sign: string, second: string, third: string): string | undefined {
  if (first.length === 4) return calendarDay(first, second, third);
  if (third.length !== 4) return undefined;
  if (sign !== "/") return calendarDay(third, second, first);
  // 01/31/2024 in the United States, 31/01/2024 elsewhere.
  if (Number(first) > 12 || first === second) return calendarDay(third, second, first);
  return Number(second) > 12 ? calendarDay(third, first, second) : undefined;
}

function calendarDay(year: string, month: string, day: string): string | undefined {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined;
}

function isoDateTime(date: Date): string {
  const text = date.toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, 19);
}
