/** The headers at the top of a CSV file, for telling formats apart without reading the whole file. */
import { parse } from "csv-parse/sync";
import { unique } from "../core/collections";
import { listed, shortList } from "../core/text";
import { decodeText, detectDelimiter } from "./csv-table";
import type { InputFile } from "./reader";
import { headerKey } from "./table";
import { looksLikeWorkbook } from "./workbook";

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

/** The number of headers that one reason names. */
const HEADERS_SHOWN = 6;

/**
 * Returns the reason why the file has none of these sets of headers: the headers that the nearest set lacks. Only the format's
 * own headers are named, so that no cell of the file is repeated.
 */
export function whyNoHeaders(file: InputFile, signatures: readonly (readonly string[])[]): string {
  const noTable = whyNoTable(file);
  if (noTable !== undefined) return noTable;
  let nearest: { readonly found: readonly string[]; readonly missing: readonly string[] } = { found: [], missing: [] };
  for (const row of firstRows(file)) {
    const keys = new Set(row.map(headerKey));
    for (const signature of signatures) {
      const found = signature.filter((header) => keys.has(headerKey(header)));
      if (found.length <= nearest.found.length) continue;
      nearest = { found, missing: signature.filter((header) => !found.includes(header)) };
    }
  }
  if (nearest.found.length === 0) {
    return `it has none of the columns ${shortList(unique(signatures.flat()), HEADERS_SHOWN)}`;
  }
  return `it has the column ${listed(nearest.found)}, and no column ${listed(nearest.missing)}`;
}

/** Returns the reason why the file is no table at all, or undefined where it is one. */
export function whyNoTable(file: InputFile): string | undefined {
  if (looksLikeWorkbook(file.bytes)) return "it is a workbook, and no CSV file";
  const rows = firstRows(file);
  if (rows.length === 0) return "it is no text with rows";
  return rows.some((row) => row.length > 1) ? undefined : "it is a text without columns";
}
