/**
 * Groups files into exports of RVTools: a workbook is one, and so is a folder of CSV tabs. Rows of one export refer to
 * virtual machines of the same export, so that two vCenters may use one name for two machines.
 */
import { decodeText, detectDelimiter, readCsvTable } from "../csv-table";
import type { InputFile, ReaderFindings, ReadProgress } from "../reader";
import { headerKey, type Table } from "../table";
import { looksLikeWorkbook, Workbook } from "../workbook";
import { expectedHeaders, isUnreadTab, tabOfFile, tabOfHeaders, tabOfSheet, type Tab } from "./tabs";

/** An export of RVTools, its tabs not yet read. */
export interface RvtoolsExport {
  /** The workbook, or the folder of the CSV tabs. */
  readonly name: string;
  /** The names of its tabs, for the message that a needed one is missing. */
  readonly contents: readonly string[];
  has(tab: Tab): boolean;
  /** Reads the tab's tables, none where it is not there or cannot be read. Each is read anew with each call. */
  tables(tab: Tab, findings: ReaderFindings, progress?: ReadProgress): Promise<Table[]>;
}

/** Returns the exports in these files, in the files' order. */
export async function findExports(files: readonly InputFile[]): Promise<RvtoolsExport[]> {
  const exports: RvtoolsExport[] = [];
  const folders = new Map<string, Map<Tab, InputFile[]>>();
  for (const file of files) {
    if (isWorkbook(file)) {
      exports.push(new WorkbookExport(file, await Workbook.open(file)));
      continue;
    }
    const tab = csvTab(file);
    if (tab === undefined || tab === "unread") continue;
    const folder = /^(.*)[/\\][^/\\]*$/.exec(file.name)?.[1] ?? "";
    let tabs = folders.get(folder);
    if (tabs === undefined) {
      tabs = new Map();
      folders.set(folder, tabs);
      exports.push(new CsvExport(folder === "" ? file.name : folder, tabs));
    }
    tabs.set(tab, [...(tabs.get(tab) ?? []), file]);
  }
  return exports;
}

/** Checks whether the file is a workbook by its content or by its name. */
export function isWorkbook(file: InputFile): boolean {
  return looksLikeWorkbook(file.bytes) || /\.xls[xmb]?$/i.test(file.name);
}

/**
 * Returns the tab of a CSV file, by its name where its headers agree, or else by its headers alone. `unread` for one of
 * RVTools' tabs of which nothing is read.
 */
export function csvTab(file: InputFile): Tab | "unread" | undefined {
  if (isUnreadTab(file.name)) return "unread";
  const keys = new Set(firstHeaders(file).map(headerKey));
  const named = tabOfFile(file.name);
  if (named !== undefined && expectedHeaders(named).some((header) => keys.has(headerKey(header)))) return named;
  return tabOfHeaders(keys, headerKey);
}

/** The size of the sample that holds the header: more than that of the widest tab, vInfo, with a hundred custom attributes. */
const HEADER_BYTES = 64 * 1024;

function firstHeaders(file: InputFile): string[] {
  const text = decodeText(file.bytes.subarray(0, HEADER_BYTES));
  if (text === undefined) return [];
  const line = text.split(/\r\n|\n|\r/).find((each) => each.trim() !== "" && !/^\uFEFF?sep=.$/i.test(each)) ?? "";
  return line.split(detectDelimiter(line)).map((header) => header.trim().replace(/^"|"$/g, ""));
}

class WorkbookExport implements RvtoolsExport {
  public readonly name: string;
  public readonly contents: readonly string[];

  constructor(
    file: InputFile,
    private readonly workbook: Workbook,
  ) {
    this.name = file.name;
    this.contents = workbook.sheetNames;
  }

  public has(tab: Tab): boolean {
    return this.sheets(tab).length > 0;
  }

  public async tables(tab: Tab, findings: ReaderFindings, progress?: ReadProgress): Promise<Table[]> {
    const tables: Table[] = [];
    for (const sheet of this.sheets(tab)) {
      progress?.({ what: `${this.name}, sheet ${sheet}`, done: 0 });
      const table = await this.workbook.table(sheet, findings, {
        expected: expectedHeaders(tab),
        progress: (done) => progress?.({ what: `${this.name}, sheet ${sheet}`, done }),
      });
      if (table !== undefined) tables.push(table);
    }
    return tables;
  }

  private sheets(tab: Tab): string[] {
    return this.contents.filter((sheet) => tabOfSheet(sheet) === tab);
  }
}

class CsvExport implements RvtoolsExport {
  constructor(
    public readonly name: string,
    private readonly tabs: ReadonlyMap<Tab, readonly InputFile[]>,
  ) {}

  public get contents(): readonly string[] {
    return [...this.tabs.keys()];
  }

  public has(tab: Tab): boolean {
    return this.tabs.has(tab);
  }

  public tables(tab: Tab, findings: ReaderFindings, progress?: ReadProgress): Promise<Table[]> {
    const tables = (this.tabs.get(tab) ?? []).flatMap((file) => {
      progress?.({ what: file.name, done: 0 });
      const table = readCsvTable(file, findings, { sheet: tab, expected: expectedHeaders(tab) });
      return table ?? [];
    });
    return Promise.resolve(tables);
  }
}
