/**
 * ```ts
 * const workbook = await Workbook.open(file);
 * const table = await workbook.table("vInfo", findings, { expected: ["VM"] });
 * ```
 *
 * The sheets of an .xlsx workbook as tables. A workbook is opened without reading its sheets, and only those that are asked
 * for are inflated, as a stream. The reader is our own because an inventory must survive its bad cells: the library that
 * was tried first (read-excel-file 9.3) gives up the whole file over one cell that refers to a missing style or text or
 * has no reference, and fails after a minute on a sheet with a million empty rows.
 */
import { MigrationError } from "../core/error";
import type { InputFile, ReaderFindings } from "./reader";
import { sheetUnreadable, valueInvalid } from "./reader-rules";
import { findTable, type Table, type TableRow } from "./table";
import {
  readDateStyles,
  readRelationships,
  readWorkbookPart,
  type Relationship,
  type WorkbookPart,
} from "./xlsx/workbook-parts";
import { readSheetRows, type CellProblem } from "./xlsx/sheet";
import { readSharedStrings, StringPool } from "./xlsx/shared-strings";
import { XmlError } from "./xlsx/xml";
import { damagedWorkbook, encryptedWorkbook, INFLATED_LIMIT_BYTES, ZipArchive } from "./xlsx/zip";

/** The limits on the size of a workbook. */
export interface WorkbookLimits {
  /** The largest number of bytes of all parts that are read, inflated. @default 1 GiB */
  readonly inflatedBytes?: number;
  /**
   * The largest number of cells of all sheets that are read, those left of a filled cell included.
   * @default 20,000,000, some 50,000 servers
   */
  readonly cells?: number;
}

/** Options for {@link Workbook.table}. */
export interface SheetTableOptions {
  /**
   * Headers of which the header row has at least one; rows above it are left out.
   * @default - the first row with content is the header
   */
  readonly expected?: readonly string[];
  /**
   * A callback that is called now and then with the number of rows read.
   * @default - no progress is reported
   */
  readonly progress?: (rows: number) => void;
}

const CELLS_LIMIT = 20_000_000;
/**
 * The largest number of bad cells that are reported for one sheet: one with more is bad all over, and a finding for each
 * would only hide the others.
 */
const PROBLEMS_SHOWN = 20;

/** An open workbook. */
export class Workbook {
  /**
   * Opens the workbook and reads the list of its sheets.
   * @throws MigrationError `INVENTORY_WORKBOOK_FORMAT` where it is something else than an .xlsx workbook,
   * `INVENTORY_WORKBOOK_ENCRYPTED`, `INVENTORY_WORKBOOK_DAMAGED`, `INVENTORY_WORKBOOK_TOO_LARGE`
   */
  public static async open(file: InputFile, limits: WorkbookLimits = {}): Promise<Workbook> {
    assertWorkbook(file);
    const archive = ZipArchive.open(file, limits.inflatedBytes ?? INFLATED_LIMIT_BYTES);
    if (!archive.has("xl/workbook.xml")) throw notExcel(file, archive);
    try {
      const part = await readWorkbookPart(archive.stream("xl/workbook.xml"));
      const relationships = archive.has("xl/_rels/workbook.xml.rels")
        ? await readRelationships(archive.stream("xl/_rels/workbook.xml.rels"), "xl")
        : [];
      return new Workbook(file, archive, part, relationships, limits.cells ?? CELLS_LIMIT);
    } catch (error) {
      if (error instanceof XmlError)
        throw damagedWorkbook(file, `the list of sheets cannot be read: ${error.message}`, error);
      throw error;
    }
  }

  /** The names of the sheets, in their order. */
  public readonly sheetNames: readonly string[];

  private readonly pool = new StringPool();
  private shared: { readonly strings: readonly string[]; readonly dateStyles: readonly boolean[] } | undefined;
  private cellsLeft: number;

  private constructor(
    private readonly file: InputFile,
    private readonly archive: ZipArchive,
    private readonly part: WorkbookPart,
    private readonly relationships: readonly Relationship[],
    private readonly cellsLimit: number,
  ) {
    this.sheetNames = part.sheets.map((sheet) => sheet.name);
    this.cellsLeft = cellsLimit;
  }

  /**
   * Reads the table on that sheet; undefined where the sheet is not there, is empty, or cannot be read: then a finding says
   * why.
   * @throws MigrationError `INVENTORY_WORKBOOK_TOO_LARGE`
   */
  public async table(
    sheetName: string,
    findings: ReaderFindings,
    options: SheetTableOptions = {},
  ): Promise<Table | undefined> {
    const entry = this.part.sheets.find((sheet) => sheet.name === sheetName);
    if (entry === undefined) return undefined;
    const part = this.relationships.find((each) => each.id === entry.relationship)?.part;
    const problems: CellProblem[] = [];
    const place = { file: this.file.name, sheet: sheetName };
    let rows: TableRow[];
    try {
      if (part === undefined) throw damagedWorkbook(this.file, `sheet ${sheetName} is listed but not there`);
      const { strings, dateStyles } = (this.shared ??= await this.readShared());
      rows = await readSheetRows(
        this.archive.stream(part),
        {
          strings,
          dateStyles,
          pool: this.pool,
          date1904: this.part.date1904,
          take: (cells) => {
            this.take(cells, sheetName);
          },
        },
        (seen) => problems.push(seen),
        options.progress,
      );
    } catch (error) {
      if (error instanceof XmlError) {
        findings.add(sheetUnreadable, sheetName, `the sheet is damaged: ${error.message}`, place);
        return undefined;
      }
      if (error instanceof MigrationError && error.code === "INVENTORY_WORKBOOK_DAMAGED") {
        findings.add(sheetUnreadable, sheetName, `the sheet cannot be read from ${String(error.received)}`, place);
        return undefined;
      }
      throw error;
    }
    const table = findTable(this.file.name, sheetName, rows, options.expected);
    this.report(problems, sheetName, table, findings);
    return table;
  }

  private async readShared(): Promise<{ strings: readonly string[]; dateStyles: readonly boolean[] }> {
    const stringsPart = this.partOfType("sharedStrings");
    const stylesPart = this.partOfType("styles");
    return {
      strings: stringsPart === undefined ? [] : await readSharedStrings(this.archive.stream(stringsPart), this.pool),
      dateStyles: stylesPart === undefined ? [] : await this.dateStyles(stylesPart),
    };
  }

  /** Reads the date styles. Without them a workbook has no dates but day numbers, which are understood as well. */
  private async dateStyles(part: string): Promise<boolean[]> {
    try {
      return await readDateStyles(this.archive.stream(part));
    } catch (error) {
      if (error instanceof XmlError) return [];
      throw error;
    }
  }

  private partOfType(type: string): string | undefined {
    const part = this.relationships.find((each) => each.type === type)?.part;
    return part !== undefined && this.archive.has(part) ? part : undefined;
  }

  private take(cells: number, sheetName: string): void {
    this.cellsLeft -= cells;
    if (this.cellsLeft >= 0) return;
    throw new MigrationError({
      code: "INVENTORY_WORKBOOK_TOO_LARGE",
      path: `${this.file.name}, sheet ${sheetName}`,
      received: `more than ${this.cellsLimit} cells`,
      allowed: `at most ${this.cellsLimit} cells in the sheets that are read`,
      fix: "export fewer servers at a time",
    });
  }

  private report(
    problems: readonly CellProblem[],
    sheet: string,
    table: Table | undefined,
    findings: ReaderFindings,
  ): void {
    for (const { row, column, why } of problems.slice(0, PROBLEMS_SHOWN)) {
      const header = table?.headers[column] ?? "";
      findings.add(valueInvalid, `${sheet} row ${row}`, `the cell is read as blank: ${why}`, {
        file: this.file.name,
        sheet,
        row,
        ...(header === "" ? {} : { column: header }),
      });
    }
    const more = problems.length - PROBLEMS_SHOWN;
    if (more <= 0) return;
    findings.add(valueInvalid, sheet, `${more} more cells of the sheet cannot be read`, {
      file: this.file.name,
      sheet,
    });
  }
}

const ZIP_MAGIC = "PK\u0003\u0004";
const EMPTY_ZIP_MAGIC = "PK\u0005\u0006";
/**
 * The first bytes of a Compound File Binary (MS-CFB 2.2), the container of .xls and of an .xlsx with a password (MS-OFFCRYPTO
 * 2.3.4.4).
 */
const COMPOUND_MAGIC = "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1";

/** Checks whether the bytes begin as a workbook does, whole or not, of this or an older format. */
export function looksLikeWorkbook(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
  return start.startsWith(ZIP_MAGIC) || start.startsWith(EMPTY_ZIP_MAGIC) || start === COMPOUND_MAGIC;
}

function assertWorkbook(file: InputFile): void {
  const bytes = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength);
  const start = bytes.toString("latin1", 0, 8);
  if (start.startsWith(ZIP_MAGIC)) return;
  if (start === COMPOUND_MAGIC) {
    // Stream names stand in the container's directory in UTF-16.
    if (bytes.includes(Buffer.from("EncryptedPackage", "utf16le"))) throw encryptedWorkbook(file);
    throw formatError(file, "the .xls format of Excel 97", "open it in a spreadsheet program and save it as .xlsx");
  }
  if (bytes.length === 0) throw formatError(file, "an empty file", "export the file again");
  if (/^[\t\n\r\u0020-\u00ff]{1,8}$/.test(start) && !bytes.includes(0)) {
    throw formatError(
      file,
      "a text file",
      "name it .csv where its columns are separated by commas or semicolons, or save it as .xlsx in a spreadsheet program",
    );
  }
  throw formatError(file, "unknown binary data", "export the file again as .xlsx");
}

function notExcel(file: InputFile, archive: ZipArchive): MigrationError {
  if (archive.has("xl/workbook.bin")) {
    return formatError(file, "the binary .xlsb format", "open it in a spreadsheet program and save it as .xlsx");
  }
  if (archive.has("content.xml")) {
    return formatError(file, "an OpenDocument file", "open it in a spreadsheet program and save it as .xlsx");
  }
  return formatError(
    file,
    "a zip archive without a workbook in it",
    "unpack the archive and name the file that is in it",
  );
}

function formatError(file: InputFile, received: string, fix: string): MigrationError {
  return new MigrationError({
    code: "INVENTORY_WORKBOOK_FORMAT",
    path: file.name,
    received,
    allowed: "an .xlsx workbook",
    fix,
  });
}
