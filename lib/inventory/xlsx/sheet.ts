/**
 * Reads the rows of one sheet (`sheet1.xml`, ECMA-376 part 1, 18.3.1). Only cells that hold a value are kept: a sheet that
 * declares a million rows and fills ten costs ten. Nothing in a cell can stop the reading; a cell that makes no sense is
 * reported to `problem`.
 */
import type { Cell, TableRow } from "../table";
import { RichText, unescapeText, type StringPool } from "./shared-strings";
import { scanXml, type XmlAttributes, type XmlHandler } from "./xml";

/** The context that all sheets of a workbook share. */
export interface SheetContext {
  readonly strings: readonly string[];
  readonly pool: StringPool;
  /** Whether the numbers of each style are dates. */
  readonly dateStyles: readonly boolean[];
  readonly date1904: boolean;
  /** Takes that many cells from the workbook's limit; throws where it is used up. */
  readonly take: (cells: number) => void;
}

/** A problem with a cell that cannot be read. The column counts from 0. */
export interface CellProblem {
  readonly row: number;
  readonly column: number;
  /** The reason, as a clause: `its formula has no saved value`. */
  readonly why: string;
}

/** The last row and column of a sheet (Excel specifications and limits). Whatever lies outside is not a cell. */
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;

/** Reads the rows that hold a value. Merged cells that are one column wide give their value to all their rows. */
export async function readSheetRows(
  source: AsyncIterable<Uint8Array>,
  context: SheetContext,
  problem: (seen: CellProblem) => void,
  progress: (row: number) => void = () => undefined,
): Promise<TableRow[]> {
  const handler = new SheetHandler(context, problem, progress);
  await scanXml(source, handler);
  fillMerged(handler.rows, handler.merged, context.take);
  return handler.rows;
}

class SheetHandler implements XmlHandler {
  public readonly rows: { row: number; cells: Cell[] }[] = [];
  public readonly merged: string[] = [];
  private row = 0;
  private cells: Cell[] = [];
  private filled = false;
  private column = -1;
  private type = "n";
  private style: string | undefined;
  private value: string | undefined;
  private formula = false;
  private inValue = false;
  private inInline = false;
  private readonly inline = new RichText();

  constructor(
    private readonly context: SheetContext,
    private readonly problem: (seen: CellProblem) => void,
    private readonly progress: (row: number) => void,
  ) {}

  public open(name: string, attributes: XmlAttributes): void {
    switch (name) {
      case "c": {
        const reference = attributes.get("r");
        this.column = (reference === undefined ? undefined : columnOf(reference)) ?? this.column + 1;
        this.type = attributes.get("t") ?? "n";
        this.style = attributes.get("s");
        this.value = undefined;
        this.formula = false;
        break;
      }
      case "v":
        this.inValue = true;
        this.value = "";
        break;
      case "row": {
        const number = Number(attributes.get("r") ?? Number.NaN);
        this.row = Number.isInteger(number) && number > 0 ? number : this.row + 1;
        this.cells = [];
        this.filled = false;
        this.column = -1;
        break;
      }
      case "is":
        this.inInline = true;
        this.inline.start();
        break;
      case "f":
        this.formula = true;
        break;
      case "mergeCell":
        this.merged.push(attributes.get("ref") ?? "");
        break;
      default:
        if (this.inInline) this.inline.open(name);
    }
  }

  public close(name: string): void {
    switch (name) {
      case "c":
        this.endCell();
        break;
      case "v":
        this.inValue = false;
        break;
      case "row":
        if (this.filled) {
          this.rows.push({ row: this.row, cells: this.cells });
          if (this.rows.length % 1000 === 0) this.progress(this.rows.length);
        }
        break;
      case "is":
        this.inInline = false;
        this.value = this.inline.value;
        break;
      default:
        if (this.inInline) this.inline.close(name);
    }
  }

  public text(text: string): void {
    if (this.inValue) this.value = (this.value ?? "") + text;
    else if (this.inInline) this.inline.text(text);
  }

  private endCell(): void {
    const cell = this.cellValue();
    if (cell === null || cell === "") return;
    if (this.column >= LAST_COLUMN || this.row > LAST_ROW) {
      this.invalid("it is outside the sheet");
      return;
    }
    this.context.take(Math.max(1, this.column + 1 - this.cells.length));
    while (this.cells.length < this.column) this.cells.push(null);
    this.cells[this.column] = cell;
    this.filled = true;
  }

  private cellValue(): Cell {
    const { value, type, context } = this;
    if (value === undefined) {
      if (this.formula)
        this.invalid("its formula has no saved value; open the file in a spreadsheet program and save it");
      return null;
    }
    switch (type) {
      case "s": {
        if (value === "") return null;
        const text = context.strings[Number(value)];
        return text ?? this.invalid("its text is not in the workbook");
      }
      case "n": {
        if (value === "") return null;
        const number = Number(value);
        if (!Number.isFinite(number)) return this.invalid("it is not a number");
        return this.style !== undefined && context.dateStyles[Number(this.style)] === true
          ? (toDate(number, context.date1904) ?? number)
          : number;
      }
      case "b":
        return value === "1" || value === "true";
      case "d": {
        const date = new Date(value);
        return Number.isNaN(date.getTime()) ? context.pool.get(value) : date;
      }
      default:
        // inlineStr, str (a formula's text) and e (an error such as #REF!, which the reader of the cell reports).
        return context.pool.get(unescapeText(value));
    }
  }

  private invalid(why: string): null {
    this.problem({ row: this.row, column: this.column, why });
    return null;
  }
}

const DAYS_TO_1970 = 25_569;
const DAYS_TO_1904 = 1462;

/**
 * Converts a day number to a date, to the second. Undefined before March 1900, where day numbers are one off, and past 9999.
 */
function toDate(serial: number, date1904: boolean): Date | undefined {
  const days = serial + (date1904 ? DAYS_TO_1904 : 0);
  if (!(days >= 61 && days < 2_958_466)) return undefined;
  return new Date(Math.round((days - DAYS_TO_1970) * 86_400) * 1000);
}

/** Returns the column of a reference, counted from 0: `AB12` is 27. Undefined where it is none. */
function columnOf(reference: string): number | undefined {
  let column = 0;
  for (let index = 0; index < reference.length && index < 4; index++) {
    const code = reference.charCodeAt(index) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column === 0 ? undefined : column - 1;
}

/** Writes the value of a merged range one column wide into the rows it covers, where they hold values of their own. */
function fillMerged(
  rows: readonly { row: number; cells: Cell[] }[],
  ranges: readonly string[],
  take: SheetContext["take"],
): void {
  if (ranges.length === 0) return;
  const positions = new Map(rows.map(({ row }, position) => [row, position]));
  for (const range of ranges) {
    const match = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/i.exec(range);
    const [, from = "", first = "", to = "", last = ""] = match ?? [];
    const column = columnOf(from);
    const start = positions.get(Number(first));
    if (column === undefined || column !== columnOf(to) || start === undefined) continue;
    const value = rows[start]?.cells[column] ?? null;
    if (value === null) continue;
    for (let position = start + 1; position < rows.length; position++) {
      const below = rows[position];
      if (below === undefined || below.row > Number(last)) break;
      // Ranges may overlap without end, and every row of each is a step.
      take(Math.max(1, column + 1 - below.cells.length));
      while (below.cells.length <= column) below.cells.push(null);
      below.cells[column] ??= value;
    }
  }
}
