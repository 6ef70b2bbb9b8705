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
 * Typed access to the cells of a row, whose texts `cell-values.ts` understands. Each access gives the value, or `undefined` where
 * the cell is blank; where it is not blank and makes no sense, it adds the finding `inventory-value-invalid` with the cell's place
 * and gives `undefined`. A column the table does not have reads as blank.
 */
import type { Location } from "../core/location";
import { withoutSecrets } from "../core/secret/redact";
import { isBlank, toBoolean, toDate, toInteger, toNumber, toText } from "./cell-values";
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
