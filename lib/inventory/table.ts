/**
 * A table as a file gave it, before anybody knows what it means: the sheet of a workbook or a CSV file. Columns are found
 * by name, never by position, because every tool and every version orders them anew; and every value can say which file,
 * sheet, row and column it stands in.
 */
import type { Location } from "../core/location";
import { withoutSecrets } from "../core/secret/redact";

/** The value of a cell. CSV gives only text; a workbook gives typed values, and the readers take either. */
export type Cell = string | number | boolean | Date | null;

/** A row of a table. */
export interface TableRow {
  /** The row in the file, counted from 1 with the header. */
  readonly row: number;
  /**
   * The line of the text file, where it is not the same as the row: a quoted value has line breaks in it.
   * @default - the same as the row, or the file is not text
   */
  readonly line?: number;
  readonly cells: readonly Cell[];
}

/** A table with its header found. */
export class Table {
  /** The headers as written, by position; one that is a secret says its kind: headers become names of tags, and places. */
  public readonly headers: readonly string[];
  private readonly positions = new Map<string, number>();
  // Readers ask for the same few names once for each row.
  private readonly asked = new Map<string, number | undefined>();
  private readonly matched = new Map<string, readonly string[]>();

  constructor(
    /** The file as the user named it. */
    public readonly file: string,
    /** The sheet's name, or undefined where the file is the table. */
    public readonly sheet: string | undefined,
    headers: readonly string[],
    public readonly rows: readonly TableRow[],
  ) {
    this.headers = headers.map((header) => withoutSecrets(header));
    this.headers.forEach((header, position) => {
      const key = headerKey(header);
      // A repeated header: the first one counts.
      if (key !== "" && !this.positions.has(key)) this.positions.set(key, position);
    });
  }

  /**
   * Returns the position of the first of these headers that the table has, or undefined. Case, spaces and punctuation do not
   * count.
   */
  public position(...names: readonly string[]): number | undefined {
    for (const name of names) {
      let position = this.asked.get(name);
      if (position === undefined && !this.asked.has(name)) {
        position = this.positions.get(headerKey(name));
        this.asked.set(name, position);
      }
      if (position !== undefined) return position;
    }
    return undefined;
  }

  /** Returns the headers whose key, as of {@link headerKey}, matches the pattern, in their order. */
  public headersLike(pattern: RegExp): readonly string[] {
    let headers = this.matched.get(pattern.source);
    if (headers === undefined) {
      headers = this.headers.filter((header) => pattern.test(headerKey(header)));
      this.matched.set(pattern.source, headers);
    }
    return headers;
  }

  /** Returns the place of a cell, for a finding. */
  public locate(row: TableRow, position?: number): Location {
    const column = position === undefined ? undefined : this.headers[position];
    // Once for each row of a table: copying properties from objects that are made for it costs more than the place.
    const place: { -readonly [Key in keyof Location]: Location[Key] } = { file: this.file };
    if (this.sheet !== undefined) place.sheet = this.sheet;
    place.row = row.row;
    if (row.line !== undefined) place.line = row.line;
    if (column !== undefined) place.column = column;
    return place;
  }
}

/** The largest number of rows with content above the header: a title, a date, a remark. */
const HEADER_SEARCH_ROWS = 20;

/**
 * Finds the table in these rows. Its header is the first row, among the first 20 with content, that has one of the `expected`
 * headers, or simply the first row with content. Rows without content are left out. Undefined where no row has content.
 */
export function findTable(
  file: string,
  sheet: string | undefined,
  rows: readonly TableRow[],
  expected: readonly string[] = [],
): Table | undefined {
  const filled = rows.filter((row) => row.cells.some((cell) => cell !== null && String(cell).trim() !== ""));
  const keys = new Set(expected.map(headerKey));
  const found = filled
    .slice(0, HEADER_SEARCH_ROWS)
    .findIndex((row) => row.cells.some((cell) => typeof cell === "string" && keys.has(headerKey(cell))));
  const header = filled[Math.max(found, 0)];
  if (header === undefined) return undefined;
  const headers = header.cells.map((cell) => (cell === null ? "" : String(cell).trim()));
  return new Table(file, sheet, headers, filled.slice(Math.max(found, 0) + 1));
}

/**
 * Returns the key that all spellings of one header share: `In Use MiB`, `in use  mib` and `InUse MiB` are the same. The unit
 * stays part of the key, because MB and MiB are told apart by it.
 */
export function headerKey(header: string): string {
  return header
    .replace(/^\uFEFF/, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%#]+/gu, "");
}
