/**
 * ```ts
 * const table = readCsvTable(file, findings, { expected: ["Server Name"] });
 * ```
 *
 * Reads CSV files as spreadsheets of all locales write them: commas, semicolons or tabs, UTF-8 with or without a mark, UTF-16
 * or Windows-1252, any line ends, quoted values with line breaks in them. Delimiter and encoding are therefore found out and
 * never asked for, and a row that is broken is a finding while the others are read.
 */
import { TextDecoder } from "node:util";
import { CsvError, parse } from "csv-parse/sync";
import type { InputFile, ReaderFindings } from "./reader";
import { rowSkipped, sheetUnreadable, valueInvalid } from "./reader-rules";
import { findTable, type Table, type TableRow } from "./table";

/** Options for {@link readCsvTable}. */
export interface CsvTableOptions {
  /**
   * The sheet that the file stands for, where it is one tab of a workbook.
   * @default - the file is the table
   */
  readonly sheet?: string;
  /**
   * Headers of which the header row has at least one; rows above it, a title for example, are left out.
   * @default - the first row with content is the header
   */
  readonly expected?: readonly string[];
}

/** The largest length of a row, in characters. A longer one has swallowed the file after a quote that is never closed. */
const LONGEST_ROW_CHARACTERS = 4 * 1024 * 1024;

/** The number of broken rows after which the file is given up: each costs another pass over the rest of it. */
const MOST_BROKEN_ROWS = 20;

const DELIMITERS = [",", ";", "\t", "|"] as const;

/**
 * Reads the table in a CSV file; undefined where there is none: then a finding says why, unless the file is empty. Rows are
 * counted as a spreadsheet counts them, so a value with line breaks in it does not shift the rows below.
 */
export function readCsvTable(
  file: InputFile,
  findings: ReaderFindings,
  options: CsvTableOptions = {},
): Table | undefined {
  const place = { file: file.name, ...(options.sheet === undefined ? {} : { sheet: options.sheet }) };
  const subject = options.sheet ?? file.name;
  const decoded = decodeText(file.bytes);
  if (decoded === undefined) {
    findings.add(sheetUnreadable, subject, "the file is not text but binary data", place);
    return undefined;
  }
  // The first line with which some exports tell Excel their delimiter.
  const declared = /^sep=(.)\r?\n/i.exec(decoded);
  const text = declared === null ? decoded : decoded.slice(declared[0].length);
  const rows = readRows(text, declared?.[1] ?? detectDelimiter(text), declared === null ? 1 : 2, (row, why) => {
    findings.add(row.last ? sheetUnreadable : rowSkipped, subject, why, { ...place, ...row.at });
  });
  const table = findTable(file.name, options.sheet, rows, options.expected);
  if (table === undefined) return undefined;
  reportRagged(table, findings);
  return table;
}

/** A row that could not be read, and whether reading ends there. */
interface BrokenRow {
  readonly at: { readonly row: number; readonly line?: number };
  readonly last: boolean;
}

/** Reads all rows, the first of which is row and line number `first`. A quote that is never closed costs its own line only. */
function readRows(
  text: string,
  delimiter: string,
  first: number,
  broken: (row: BrokenRow, why: string) => void,
): TableRow[] {
  const rows: TableRow[] = [];
  let row = first;
  let line = first;
  const number = () => ({ row, ...(line === row ? {} : { line }) });
  const add = (cells: string[]): void => {
    rows.push(line === row ? { row, cells } : { row, line, cells });
    row++;
    line += 1;
    for (const cell of cells) line += lineBreaks(cell);
  };
  const options = {
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: LONGEST_ROW_CHARACTERS,
  };
  // Most files are whole, and are read at once: to be called with each row costs as much again as to read it.
  try {
    for (const cells of parse(text, options)) add(cells);
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  let rest = text;
  for (let attempts = 1; ; attempts++) {
    const restLine = line;
    try {
      parse(rest, {
        ...options,
        on_record: (cells: string[]) => {
          add(cells);
          return null;
        },
      });
      return rows;
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      const why = error.code === "CSV_QUOTE_NOT_CLOSED" ? "a quote is opened and never closed" : error.message;
      if (attempts === MOST_BROKEN_ROWS) {
        broken({ at: number(), last: true }, `this row and all after it are not read: ${why}`);
        return rows;
      }
      broken({ at: number(), last: false }, why);
      rest = afterLines(rest, line - restLine + 1);
      row++;
      line++;
    }
  }
}

function lineBreaks(text: string): number {
  return text.includes("\n") || text.includes("\r") ? (text.match(/\r\n|\n|\r/g)?.length ?? 0) : 0;
}

function afterLines(text: string, lines: number): string {
  const breaks = /\r\n|\n|\r/g;
  for (let line = 0; line < lines; line++) if (breaks.exec(text) === null) return "";
  return text.slice(breaks.lastIndex);
}

/**
 * Decodes the text in these bytes, without its byte order mark: UTF-8, UTF-16 in either order, or else Windows-1252.
 * Undefined where the bytes are no text.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const encoding = detectUtf16(bytes);
  let text: string;
  if (encoding !== undefined) {
    text = new TextDecoder(encoding).decode(bytes);
  } else {
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      text = new TextDecoder("windows-1252").decode(bytes);
    }
  }
  if (!text.includes("\0")) return text;
  // No text has a NUL, but a stray one in somebody's remark must not cost all other rows.
  let controls = 0;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) < FIRST_WHITE_SPACE) controls++;
  return controls * BINARY_SHARE > text.length ? undefined : text.replaceAll("\0", "");
}

/** The code of the tab, below which are only control characters. */
const FIRST_WHITE_SPACE = 9;
/**
 * The number of characters for each control character at which a text is taken for binary data: compressed data has some two
 * in 50.
 */
const BINARY_SHARE = 50;

function detectUtf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  // Without a mark: a header is mostly ASCII, so every other byte is zero.
  if (bytes.length < 4) return undefined;
  const sample = bytes.subarray(0, 200);
  let even = 0;
  let odd = 0;
  sample.forEach((byte, index) => {
    if (byte === 0 && index % 2 === 0) even++;
    else if (byte === 0) odd++;
  });
  const most = sample.length * 0.4;
  if (odd > most && even === 0) return "utf-16le";
  return even > most && odd === 0 ? "utf-16be" : undefined;
}

/** Returns the delimiter that occurs most often, outside quotes, in the first line with content; the comma where none does. */
export function detectDelimiter(text: string): string {
  const counts = new Map<string, number>(DELIMITERS.map((delimiter) => [delimiter, 0]));
  let quoted = false;
  let content = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === "\n" || character === "\r")) {
      if (content) break;
    } else if (!quoted) {
      const count = counts.get(character);
      if (count !== undefined) counts.set(character, count + 1);
    }
    content ||= character.trim() !== "";
  }
  return DELIMITERS.reduce((best, next) => ((counts.get(next) ?? 0) > (counts.get(best) ?? 0) ? next : best));
}

/** Reports rows with values beyond the last column: most often a delimiter that should have been quoted has shifted them. */
function reportRagged(table: Table, findings: ReaderFindings): void {
  const width = table.headers.length;
  for (const row of table.rows) {
    const extra = row.cells.slice(width).filter((cell) => cell !== null && String(cell).trim() !== "");
    if (extra.length === 0) continue;
    const subject = `${table.sheet ?? table.file} row ${row.row}`;
    const message = `the row has ${row.cells.length} values and the header ${width} columns, so its values may be in the wrong columns`;
    findings.add(valueInvalid, subject, message, table.locate(row));
  }
}
