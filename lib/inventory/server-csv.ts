/**
 * ```ts
 * export const reader = serverCsvReader({ format: "…", title: "…", signatures: […], columns: […], server: (cells) => ({ … }) });
 * ```
 *
 * Makes the readers of the four formats that are a CSV file with one row for each server. They differ in the columns; all
 * else is here: finding the header, skipping rows that name no server, telling repeated rows from servers that share a name.
 */
import { append } from "../core/collections";
import { MigrationError } from "../core/error";
import { formatPath } from "../core/format-path";
import { RowCells } from "./cell";
import { hasHeaders, whyNoHeaders } from "./csv-headers";
import { readCsvTable } from "./csv-table";
import { serverSchema, type Inventory, type InventoryInput, type Server } from "./model";
import { ReaderFindings, type InputFile, type InventoryReader, type ReadOptions } from "./reader";
import { columnMissing, duplicateRow, rowSkipped } from "./reader-rules";
import { nonEmptyFields } from "./server-values";
import type { Table } from "./table";

/** The server that a row describes, or the reason why the row is not one: a phrase after "the row is not read, because". */
export type RowReading =
  NonNullable<InventoryInput["servers"]>[number] | { readonly noServer: string; readonly harmless?: boolean };

/** A format with one row for each server. */
export interface ServerCsvFormat {
  readonly format: string;
  readonly title: string;
  /** The sets of headers that mark the format. A file that has all of one set is of this format. */
  readonly signatures: readonly (readonly string[])[];
  /**
   * The columns that the assessment depends on: a finding says which are missing. Each is one header, or several that mean
   * the same.
   */
  readonly columns: readonly (readonly string[])[];
  /** Recognizes the format by its headers, where sets of them do not suffice. @default - by `signatures` */
  readonly recognizes?: (file: InputFile) => boolean;
  /** Returns the reason why a file is refused, where `recognizes` is given. @default - the headers that it lacks */
  readonly whyNot?: (file: InputFile) => string;
  /** Reads a row. Findings about it go through `cells`. */
  readonly server: (cells: RowCells, findings: ReaderFindings) => RowReading;
}

/** The number of rows after which a long read reports its progress. */
const PROGRESS_ROWS = 1000;

/** Makes the reader of a format. */
export function serverCsvReader(definition: ServerCsvFormat): InventoryReader {
  const { format, title } = definition;
  const isOurs = definition.recognizes ?? ((file) => hasHeaders(file, definition.signatures));
  return {
    format,
    title,
    recognizes: (files) => files.length > 0 && files.every(isOurs),
    whyNot: definition.whyNot ?? ((file) => whyNoHeaders(file, definition.signatures)),
    // eslint-disable-next-line @typescript-eslint/require-await -- the interface is asynchronous; a throw must become a rejection
    async read(files, options = {}) {
      return readFiles(definition, isOurs, files, options);
    },
  };
}

function readFiles(
  definition: ServerCsvFormat,
  isOurs: (file: InputFile) => boolean,
  files: readonly InputFile[],
  options: ReadOptions,
): Inventory {
  const findings = new ReaderFindings();
  const servers: Server[] = [];
  for (const file of files) {
    if (!isOurs(file)) throw headersMissing(definition, file);
    const table = readCsvTable(file, findings, { expected: definition.signatures.flat() });
    if (table === undefined) continue;
    for (const names of definition.columns) {
      if (table.position(...names) !== undefined) continue;
      findings.add(columnMissing, names[0] ?? "", `the file has no column "${names[0] ?? ""}"`, { file: file.name });
    }
    append(servers, new TableReading(definition, table, findings).read(options));
  }
  return {
    format: definition.format,
    source: files.map((file) => file.name).join(", "),
    servers,
    networks: [],
    databases: [],
    fileShares: [],
    flows: [],
    findings: findings.all,
  };
}

function headersMissing(definition: ServerCsvFormat, file: InputFile): MigrationError {
  return new MigrationError({
    code: "INVENTORY_HEADERS",
    path: file.name,
    allowed: `a CSV file with the columns ${definition.signatures.map((names) => names.join(" and ")).join(", or ")}`,
    fix: `export the ${definition.title} again, or name the file's real format`,
  });
}

class TableReading {
  private readonly seen = new Map<string, { readonly row: number; readonly cells: readonly unknown[] }>();

  constructor(
    private readonly definition: ServerCsvFormat,
    private readonly table: Table,
    private readonly findings: ReaderFindings,
  ) {}

  public read({ progress }: ReadOptions): Server[] {
    const servers: Server[] = [];
    const total = this.table.rows.length;
    for (const [index, row] of this.table.rows.entries()) {
      if (index > 0 && index % PROGRESS_ROWS === 0) progress?.({ what: this.table.file, done: index, total });
      const server = this.readRow(new RowCells(this.table, row, this.findings));
      if (server !== undefined) servers.push(server);
    }
    return servers;
  }

  private readRow(cells: RowCells): Server | undefined {
    const reading = this.definition.server(cells, this.findings);
    if ("noServer" in reading) {
      const message = `the row is not read, because ${reading.noServer}`;
      this.findings.add(
        rowSkipped,
        cells.subject,
        message,
        cells.locate(),
        reading.harmless === true ? "info" : undefined,
      );
      return undefined;
    }
    const result = serverSchema.safeParse(nonEmptyFields({ ...reading, location: cells.locate() }));
    if (!result.success) {
      const [issue] = result.error.issues;
      const message = `the row is not read, because its ${formatPath(issue?.path ?? [])} is refused`;
      this.findings.add(rowSkipped, cells.subject, message, cells.locate());
      return undefined;
    }
    return this.isRepeated(cells, result.data) ? undefined : result.data;
  }

  /** Checks whether the row repeats an earlier one, value by value. */
  private isRepeated(cells: RowCells, server: Server): boolean {
    const key = server.name.toLowerCase();
    const earlier = this.seen.get(key);
    if (earlier === undefined) {
      this.seen.set(key, { row: cells.row.row, cells: cells.row.cells });
      return false;
    }
    const repeated = JSON.stringify(earlier.cells) === JSON.stringify(cells.row.cells);
    const message = repeated
      ? `the row repeats row ${earlier.row} and is not read again`
      : `row ${earlier.row} has a server of the same name with other values; both are read`;
    this.findings.add(duplicateRow, server.name, message, cells.locate());
    return repeated;
  }
}
