/**
 * The writer of CSV tables as RFC 4180 has them: CRLF after every record, a field quoted where it must be and nowhere else,
 * so that the same servers give the same bytes.
 *
 * A field that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is a formula to a spreadsheet, and names and tags
 * come from anybody who could name a machine. The usual remedy, an apostrophe before it, would be imported as part of the
 * value, so such a field is refused, unless the caller knows that no person will open the file.
 *
 * Sources: RFC 4180; OWASP, "CSV Injection".
 */
import { MigrationError } from "../../../../core/error";
import { withoutSecrets } from "../../../../core/secret/redact";
import { isFormula } from "../../../../core/spreadsheet";

/** Options for writing a CSV table. */
export interface CsvOptions {
  /** Whether fields that a spreadsheet takes for a formula are written as they are. @default false: they are refused */
  readonly allowFormulas?: boolean;
  /**
   * Encodes a field, with the quotation marks around it.
   * @default - the field as it is
   */
  readonly encode?: (field: string) => string;
}

/** A record of a CSV table: its fields by column, and its name in errors. */
export interface CsvRecord {
  readonly subject: string;
  readonly fields: ReadonlyMap<string, string>;
}

/**
 * Writes the table as text. A column that a record does not have is empty there.
 *
 * @throws MigrationError `CSV_FORMULA`, `CSV_NUL`
 */
export function writeCsv(columns: readonly string[], records: readonly CsvRecord[], options: CsvOptions = {}): string {
  const encode = options.encode ?? ((field: string) => field);
  const write = (written: string, path: string): string => {
    // A tag is among them, and people keep secrets in tags.
    const field = withoutSecrets(written);
    if (options.allowFormulas !== true && isFormula(field)) {
      throw new MigrationError({
        code: "CSV_FORMULA",
        path,
        received: field,
        allowed:
          "a text that does not begin with =, +, -, @, a tab or a carriage return, which a spreadsheet runs as a formula",
        fix: "change it at its source, or pass allowFormulas where no person will open the file",
      });
    }
    if (field.includes("\0")) {
      throw new MigrationError({
        code: "CSV_NUL",
        path,
        allowed: "a text without NUL characters",
        fix: "remove the character at its source",
      });
    }
    return encode(quote(field));
  };
  const lines = [columns.map((column) => write(column, `the column ${column}`)).join(",")];
  for (const { subject, fields } of records) {
    lines.push(columns.map((column) => write(fields.get(column) ?? "", `${subject}, column ${column}`)).join(","));
  }
  return lines.map((line) => `${line}\r\n`).join("");
}

function quote(field: string): string {
  // White space at the ends is legal unquoted, and trimmed by most readers.
  return /[",\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
