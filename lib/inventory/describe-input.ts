/** Describes a file of an unknown format, for the message that no reader recognizes it. */
import { unique } from "../core/collections";
import { firstOf } from "../core/text";
import { firstRows } from "./csv-headers";
import { decodeText } from "./csv-table";
import type { InputFile } from "./reader";
import { looksLikeWorkbook, Workbook } from "./workbook";

const SHOWN = 12;
const SAMPLE_BYTES = 64 * 1024;
/** The texts that are taken for a column's name. A cell that is anything else may be data, and data may be a secret. */
const HEADER = /^[\p{L}*#%][\p{L}\p{N} .:_*#%()/-]{0,40}$/u;

/**
 * Describes the file in a few words: `a table with the columns A, B, C`.
 *
 * @throws MigrationError where the file is a workbook that cannot be opened: that is then what there is to say
 */
export async function describeInput(file: InputFile): Promise<string> {
  if (file.bytes.length === 0) return "an empty file";
  if (looksLikeWorkbook(file.bytes)) {
    const { sheetNames } = await Workbook.open(file);
    return `a workbook with the sheets ${firstOf(sheetNames, SHOWN)}`;
  }
  const text = decodeText(file.bytes.subarray(0, SAMPLE_BYTES));
  if (text === undefined) return "binary data";
  if (text.trim() === "") return "a file with nothing but white space";
  const row = firstRows(file).find((cells) => cells.filter((cell) => cell.trim() !== "").length > 1);
  const headers = row?.map((cell) => cell.trim()).filter((cell) => HEADER.test(cell)) ?? [];
  if (headers.length > 1) return `a table with the columns ${firstOf(headers, SHOWN)}`;
  const keys = [...text.matchAll(/^(?:\s{0,4}")?([A-Za-z$][\w-]{0,40})"?:(?:\s|$)/gm)].map((match) => match[1] ?? "");
  if (keys.length > 0) return `a document with the keys ${firstOf(unique(keys), SHOWN)}`;
  return "a text without a row of headers";
}
