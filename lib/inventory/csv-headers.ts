/** The headers at the top of a CSV file, for telling formats apart without reading the whole file. */
import { parse } from "csv-parse/sync";
import { decodeText, detectDelimiter } from "./csv-table";
import type { InputFile } from "./reader";
import { headerKey } from "./table";

const SAMPLE_BYTES = 256 * 1024;
const SAMPLE_ROWS = 20;

/** The first rows by file, kept because every reader asks for the same file. */
const known = new WeakMap<InputFile, readonly (readonly string[])[]>();

/** Returns the first rows of the file as they are written; none where it is no text. Never throws. */
export function firstRows(file: InputFile): readonly (readonly string[])[] {
  let rows = known.get(file);
  if (rows === undefined) {
    rows = readRows(file);
    known.set(file, rows);
  }
  return rows;
}

function readRows(file: InputFile): string[][] {
  const decoded = decodeText(file.bytes.subarray(0, SAMPLE_BYTES));
  if (decoded === undefined) return [];
  const declared = /^sep=(.)\r?\n/i.exec(decoded);
  const text = declared === null ? decoded : decoded.slice(declared[0].length);
  const rows: string[][] = [];
  try {
    parse(text, {
      delimiter: declared?.[1] ?? detectDelimiter(text),
      relax_column_count: true,
      relax_quotes: true,
      to: SAMPLE_ROWS,
      on_record: (cells: string[]) => {
        rows.push(cells);
        return null;
      },
    });
  } catch {
    // What was read before the fault is enough to tell, or nothing is.
  }
  return rows;
}

/** Checks whether one of the first rows has all headers of one of these sets. Case, spaces and punctuation do not count. */
export function hasHeaders(file: InputFile, signatures: readonly (readonly string[])[]): boolean {
  const wanted = signatures.map((signature) => signature.map(headerKey));
  return firstRows(file).some((row) => {
    const keys = new Set(row.map(headerKey));
    return wanted.some((signature) => signature.every((key) => keys.has(key)));
  });
}
