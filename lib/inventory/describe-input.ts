/** What a file looks like to somebody who does not know its format: for the message that no reader knows it either. */
import { firstRows } from "./csv-headers";
import { decodeText } from "./csv-table";
import type { InputFile } from "./reader";
import { looksLikeWorkbook, Workbook } from "./workbook";

const SHOWN = 12;
const SAMPLE_BYTES = 64 * 1024;
/** What a column may be called. A cell that is anything else may be data, and data may be a secret. */
const HEADER = /^[\p{L}*#%][\p{L}\p{N} .:_*#%()/-]{0,40}$/u;

/**
 * The file in a few words: `a table with the columns A, B, C`.
 *
 * @throws MigrationError where the file is a workbook that cannot be opened: that is then what there is to say
 */
export async function describeInput(file: InputFile): Promise<string> {
  if (file.bytes.length === 0) return "an empty file";
  if (looksLikeWorkbook(file.bytes)) {
    const { sheetNames } = await Workbook.open(file);
    return `a workbook with the sheets ${listed(sheetNames)}`;
  }
  const text = decodeText(file.bytes.subarray(0, SAMPLE_BYTES));
  if (text === undefined) return "binary data";
  if (text.trim() === "") return "a file of blanks";
  const row = firstRows(file).find((cells) => cells.filter((cell) => cell.trim() !== "").length > 1);
  const headers = row?.map((cell) => cell.trim()).filter((cell) => HEADER.test(cell)) ?? [];
  if (headers.length > 1) return `a table with the columns ${listed(headers)}`;
  const keys = [...text.matchAll(/^(?:\s{0,4}")?([A-Za-z$][\w-]{0,40})"?:(?:\s|$)/gm)].map((match) => match[1] ?? "");
  if (keys.length > 0) return `a document with the keys ${listed([...new Set(keys)])}`;
  return "a text without a row of headers";
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).join(", ");
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown;
}
