/**
 * ```ts
 * for (const row of table.rows) {
 *   const cells = new RowCells(table, row, findings);
 *   const name = cells.text("VM", "Name");                          // the first of these columns that the table has
 *   cells.subject = name ?? cells.subject;                          // what findings about this row are about
 *   const cpus = cells.integer(["CPUs", "# CPU"], { minimum: 1 });  // undefined: blank, or a finding has been added
 * }
 * ```
 *
 * A cell is what a person or a tool left in it. The same number is `1024`, `"1024"`, `"1,024"`, `"1.024"` or `"1 024"`,
 * depending on the tool and the locale of the machine it ran on, and a date may be a bare count of days. Each typed access
 * gives the value, or `undefined` where the cell is blank; where it is not blank and makes no sense, it adds the finding
 * `inventory-value-invalid` with the cell's place and gives `undefined`. A column the table does not have reads as blank.
 */
import { DAY_MILLISECONDS } from "../core/duration";
import type { Location } from "../core/location";
import { withoutSecrets } from "../core/secret/redact";
import type { ReaderFindings } from "./reader";
import { valueInvalid } from "./reader-rules";
import type { Cell, Table, TableRow } from "./table";

/** The header of a column, or several of which the first that the table has is taken. */
export type ColumnNames = string | readonly string[];

/** The range in which a number makes sense. */
export interface NumberLimits {
  /** The smallest number that makes sense. @default - no limit */
  readonly minimum?: number;
  /** The largest number that makes sense. @default - no limit */
  readonly maximum?: number;
}

/** The words that people and tools write where they have no number, date or truth value to write. In a text they are text. */
const NOTHING = new Set([
  "n/a",
  "na",
  "#n/a",
  "none",
  "null",
  "nil",
  "unknown",
  "not available",
  "not known",
  "-",
  "--",
]);

/** The values that a spreadsheet shows where a formula failed (ECMA-376 part 1, 18.18.11, cell type `e`). */
const SPREADSHEET_ERRORS = new Set([
  "#DIV/0!",
  "#N/A",
  "#NAME?",
  "#NULL!",
  "#NUM!",
  "#REF!",
  "#VALUE!",
  "#GETTING_DATA",
]);

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

const SHOWN_CHARACTERS = 60;

/** Typed access to the cells of one row, with findings about values that make no sense. */
export class RowCells {
  /** The subject of findings about this row. Set it once the row's name is known. */
  public subject: string;

  constructor(
    public readonly table: Table,
    public readonly row: TableRow,
    private readonly findings: ReaderFindings,
    subject?: string,
  ) {
    this.subject = subject ?? `${table.sheet ?? table.file} row ${row.row}`;
  }

  /** Checks whether the table has one of these columns. */
  public has(...names: readonly string[]): boolean {
    return this.table.position(...names) !== undefined;
  }

  /** Checks whether the first of these columns that the table has is blank in this row. */
  public blank(...names: readonly string[]): boolean {
    return isBlank(this.raw(names));
  }

  /** Returns the cell as the file gave it, without secrets: it is asked before anything is cut into pieces. */
  public raw(names: ColumnNames): Cell | undefined {
    const position = this.position(names);
    const cell = position === undefined ? undefined : this.row.cells[position];
    return typeof cell === "string" ? withoutSecrets(cell) : cell;
  }

  /** Returns the cell as text, trimmed. A spreadsheet's error, `#REF!`, is a finding. */
  public text(...names: readonly string[]): string | undefined {
    const text = toText(this.raw(names));
    if (text === undefined || !SPREADSHEET_ERRORS.has(text)) return text;
    this.invalid(names, "text");
    return undefined;
  }

  /** Returns the texts of a cell that holds several, separated by commas, semicolons, bars or white space. */
  public list(names: ColumnNames, separators: RegExp = /[\s,;|]+/): string[] {
    const text = this.text(...asList(names));
    return text === undefined
      ? []
      : text.split(separators).flatMap((part) => (part.trim() === "" ? [] : [part.trim()]));
  }

  /** Returns the cell as a whole number. */
  public integer(names: ColumnNames, limits: NumberLimits = {}): number | undefined {
    return this.limited(names, toInteger, limits, "a whole number");
  }

  /** Returns the cell as a number. */
  public number(names: ColumnNames, limits: NumberLimits = {}): number | undefined {
    return this.limited(names, toNumber, limits, "a number");
  }

  /** Returns the cell as a truth value: `True`, `Yes`, `1`, and their opposites. */
  public boolean(...names: readonly string[]): boolean | undefined {
    return this.typed(names, toBoolean, () => "true or false, yes or no, 1 or 0");
  }

  /** Returns the cell as a date in ISO 8601, `2024-01-31` or `2024-01-31T12:00:00`. */
  public date(...names: readonly string[]): string | undefined {
    return this.typed(names, toDate, () => "a date such as 2024-01-31 12:00:00");
  }

  /** Returns the value that `meanings` has for the cell's text, which is compared without case, spaces and punctuation. */
  public oneOf<Value>(names: ColumnNames, meanings: Readonly<Record<string, Value>>): Value | undefined {
    return this.typed(
      names,
      (cell) => wordsOf(meanings).get(wordKey(toText(cell) ?? "")),
      () => `one of ${Object.keys(meanings).join(", ")}`,
    );
  }

  /** Adds the finding that the cell makes no sense. `allowed` is a phrase: `a whole number`. */
  public invalid(names: ColumnNames, allowed: string): void {
    const value = toText(this.raw(names)) ?? "";
    const shown = value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)}…` : value;
    this.findings.add(valueInvalid, this.subject, `${JSON.stringify(shown)} is not ${allowed}`, this.locate(names));
  }

  /** Adds the finding that something in the row is left out. `message` is a clause: `a tag has no key`. */
  public refuse(message: string): void {
    this.findings.add(valueInvalid, this.subject, message, this.locate());
  }

  /** The place of the row, or of its cell in the first of these columns that the table has. */
  public locate(names: ColumnNames = []): Location {
    return this.table.locate(this.row, this.position(names));
  }

  private limited(
    names: ColumnNames,
    parse: (cell: Cell | undefined) => number | undefined,
    { minimum = -Infinity, maximum = Infinity }: NumberLimits,
    what: string,
  ): number | undefined {
    return this.typed(
      names,
      (cell) => {
        const value = parse(cell);
        return value !== undefined && value >= minimum && value <= maximum ? value : undefined;
      },
      () => {
        const from = minimum === -Infinity ? "" : ` from ${minimum}`;
        const to = maximum === Infinity ? (from === "" ? "" : " up") : ` to ${maximum}`;
        return `${what}${from}${to}`;
      },
    );
  }

  private typed<Value>(
    names: ColumnNames,
    parse: (cell: Cell | undefined) => Value | undefined,
    // Made only where it is needed: hardly any cell of a large export is wrong.
    allowed: () => string,
  ): Value | undefined {
    const cell = this.raw(names);
    if (isBlank(cell)) return undefined;
    const value = parse(cell);
    if (value !== undefined) return value;
    if (typeof cell === "string" && NOTHING.has(cell.trim().toLowerCase())) return undefined;
    this.invalid(names, allowed());
    return undefined;
  }

  private position(names: ColumnNames): number | undefined {
    return typeof names === "string" ? this.table.position(names) : this.table.position(...names);
  }
}

function asList(names: ColumnNames): readonly string[] {
  return typeof names === "string" ? [names] : names;
}

/** The words of each set of meanings, kept because it is the same for every row. */
const knownWords = new WeakMap<object, ReadonlyMap<string, unknown>>();

function wordsOf<Value>(meanings: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  const known = knownWords.get(meanings) as ReadonlyMap<string, Value> | undefined;
  if (known !== undefined) return known;
  const words = new Map(Object.entries(meanings).map(([word, value]) => [wordKey(word), value]));
  knownWords.set(meanings, words);
  return words;
}

function wordKey(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}
