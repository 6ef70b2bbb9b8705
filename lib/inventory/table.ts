/**
 * A table as a file gave it, before anybody knows what it means: the sheet of a workbook or a CSV file. Columns are found
 * by name, never by position, because every tool and every version orders them anew; and every value can say which file,
 * sheet, row and column it stands in.
 */
import type { Location } from "../core/location";

/** What a cell can hold. CSV gives only text; a workbook gives typed values, and the readers take either. */
export type Cell = string | number | boolean | Date | null;

/** One row of a table. */
export interface TableRow {
  /** The row in the file, counted from 1 with the header. */
  readonly row: number;
  readonly cells: readonly Cell[];
}

/** A table with its header found. */
export class Table {
  /** The headers as written, by position. */
  public readonly headers: readonly string[];
  private readonly positions = new Map<string, number>();

  constructor(
    /** The file as the user named it. */
    public readonly file: string,
    /** The sheet's name, or undefined where the file is the table. */
    public readonly sheet: string | undefined,
    headers: readonly string[],
    public readonly rows: readonly TableRow[],
  ) {
    this.headers = headers;
    headers.forEach((header, position) => {
      const key = headerKey(header);
      // A repeated header: the first one counts.
      if (key !== "" && !this.positions.has(key)) this.positions.set(key, position);
    });
  }

  /** Position of the first of these headers that the table has, or undefined. Case, spaces and punctuation do not count. */
  public position(...names: readonly string[]): number | undefined {
    for (const name of names) {
      const position = this.positions.get(headerKey(name));
      if (position !== undefined) return position;
    }
    return undefined;
  }

  /** The place of a cell, for a finding. */
  public locate(row: TableRow, position?: number): Location {
    const column = position === undefined ? undefined : this.headers[position];
    return {
      file: this.file,
      ...(this.sheet === undefined ? {} : { sheet: this.sheet }),
      row: row.row,
      ...(column === undefined ? {} : { column }),
    };
  }
}

/**
 * What two spellings of one header have in common: `In Use MiB`, `in use  mib` and `InUse MiB` are the same. The unit stays
 * part of the key, because MB and MiB are told apart by it.
 */
export function headerKey(header: string): string {
  return header
    .replace(/^\uFEFF/, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%#]+/gu, "");
}
