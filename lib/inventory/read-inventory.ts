/**
 * ```ts
 * const inventory = await readInventory("exports/estate.xlsx");
 * const inventory = await readInventory(["exports/estate.xlsx", "flows.csv", "extra.yaml"]); // the most trusted first
 * ```
 *
 * Reads inventories of all formats. A file is recognized by its content, never by its name: exports are renamed, and every
 * tool's is called `export.csv`.
 */
import { admit } from "../core/door/admit";
import { MigrationError } from "../core/error";
import { applicationMigrationServiceReader } from "./application-migration-service";
import { azureMigrateReader } from "./azure-migrate";
import { cloudMigrationFactoryReader } from "./cloud-migration-factory";
import { describeInput } from "./describe-input";
import { flowsReader } from "./flows";
import { readInput, type Input } from "./input-files";
import { mergeInventories } from "./merge-inventories";
import { migrationHubReader } from "./migration-hub";
import type { Inventory } from "./model";
import { nativeReader } from "./native/native-reader";
import { ReaderFindings, type InputFile, type InventoryReader, type ReadOptions } from "./reader";
import { sheetUnreadable } from "./reader-rules";
import { csvTab } from "./rvtools/rvtools-exports";
import { rvtoolsReader } from "./rvtools/rvtools-reader";

/** All readers, in the order in which they are tried. RVTools is the last, because its reader claims broken workbooks. */
export const readers: readonly InventoryReader[] = [
  migrationHubReader,
  applicationMigrationServiceReader,
  cloudMigrationFactoryReader,
  azureMigrateReader,
  flowsReader,
  nativeReader,
  rvtoolsReader,
];

/** Options for {@link readInventoryFiles}. */
export interface ReadFilesOptions extends ReadOptions {
  /**
   * Readers of your own formats. They are tried before those in {@link readers}, so that one may also take the place of a reader
   * of the library.
   * @default - the readers of the library alone
   */
  readonly readers?: readonly InventoryReader[];
}

/** Options for {@link readInventory}. */
export interface ReadInventoryOptions extends ReadFilesOptions {
  /**
   * The format of all files, that of one of {@link readers} or of your own.
   * @default - each file is recognized by its content
   */
  readonly format?: string;
}

/**
 * Reads the inventory in a file, in a folder's files, or in several of either, the most trusted first: see
 * {@link mergeInventories}. Faults in a file are among the inventory's findings.
 *
 * @throws MigrationError
 * - `INVENTORY_FILE_NOT_FOUND`, `INVENTORY_FILE_UNREADABLE`, `INVENTORY_FILE_TOO_LARGE`, `INVENTORY_FOLDER_EMPTY`
 * - `INVENTORY_FORMAT_UNKNOWN` where no reader knows the file, `INVENTORY_FORMAT_NAME` where `format` names no reader
 * - `INVENTORY_NOTHING_GIVEN` where `paths` is empty
 * - those of the readers, where nothing at all can be read
 */
export async function readInventory(
  paths: string | readonly string[],
  options: ReadInventoryOptions = {},
): Promise<Inventory> {
  admit("readInventory", { paths, options });
  const names = typeof paths === "string" ? [paths] : paths;
  if (names.length === 0) {
    throw new MigrationError({
      code: "INVENTORY_NOTHING_GIVEN",
      path: "paths",
      fix: "name at least one file or folder",
    });
  }
  const reader = options.format === undefined ? undefined : readerOf(options.format, readersOf(options));
  const inventories: Inventory[] = [];
  for (const name of names) {
    const input = await readInput(name);
    inventories.push(
      await (reader === undefined ? recognizeAndRead(input, options) : reader.read(input.files, options)),
    );
  }
  return mergeInventories(...inventories);
}

/**
 * Recognizes files that are already in memory, and reads them.
 *
 * @throws MigrationError `INVENTORY_FORMAT_UNKNOWN`, and those of the readers
 */
export async function readInventoryFiles(
  files: readonly InputFile[],
  options: ReadFilesOptions = {},
): Promise<Inventory> {
  admit("readInventoryFiles", { files, options });
  return recognizeAndRead({ files, folder: files.length > 1 }, options);
}

/** Returns the readers in the order in which they are tried. */
function readersOf({ readers: own = [] }: ReadFilesOptions): readonly InventoryReader[] {
  return [...own, ...readers];
}

function readerOf(format: string, known: readonly InventoryReader[]): InventoryReader {
  const reader = known.find((each) => each.format === format);
  if (reader !== undefined) return reader;
  throw new MigrationError({
    code: "INVENTORY_FORMAT_NAME",
    path: "format",
    received: format,
    allowed: `one of ${known.map((each) => each.format).join(", ")}`,
    fix: "name one of these formats, or none, so that the file is recognized by its content",
  });
}

async function recognizeAndRead({ files, folder }: Input, options: ReadFilesOptions): Promise<Inventory> {
  const known = readersOf(options);
  const groups = new Map<InventoryReader, InputFile[]>();
  let unknown: InputFile[] = [];
  for (const file of files) {
    const reader = await readerFor([file], known);
    if (reader === undefined) unknown.push(file);
    else groups.set(reader, [...(groups.get(reader) ?? []), file]);
  }
  // RVTools writes each tab to a file of its own, of which only vInfo stands alone; without it, its reader says what is missing.
  const tabs = unknown.filter((file) => csvTab(file) !== undefined);
  if (tabs.length > 0 && (groups.size === 0 || groups.has(rvtoolsReader))) {
    groups.set(rvtoolsReader, [...(groups.get(rvtoolsReader) ?? []), ...tabs]);
    unknown = unknown.filter((file) => !tabs.includes(file));
  }
  const [first] = unknown;
  if (first !== undefined && groups.size === 0) throw await formatUnknown(first, known);
  const inventories: Inventory[] = [];
  // In the order of the files' names, so that whoever names them says which one is trusted most.
  for (const [reader, group] of groups) inventories.push(await reader.read(group, options));
  const merged = mergeInventories(...inventories);
  if (!folder || unknown.length === 0) return merged;
  const findings = new ReaderFindings();
  for (const file of unknown) {
    findings.add(sheetUnreadable, file.name, await whyUnknown(file), { file: file.name });
  }
  return { ...merged, findings: [...merged.findings, ...findings.all] };
}

async function readerFor(
  files: readonly InputFile[],
  known: readonly InventoryReader[],
): Promise<InventoryReader | undefined> {
  for (const reader of known) if (await reader.recognizes(files)) return reader;
  return undefined;
}

async function whyUnknown(file: InputFile): Promise<string> {
  try {
    return `no reader recognizes the file, which is ${await describeInput(file)}`;
  } catch (error) {
    if (error instanceof MigrationError) return `the file cannot be opened: ${error.fix}`;
    throw error;
  }
}

async function formatUnknown(file: InputFile, known: readonly InventoryReader[]): Promise<MigrationError> {
  const seen = await describeInput(file);
  const reasons = await Promise.all(
    known.map(async (reader) => `${reader.format} (${reader.title}): ${await reader.whyNot(file)}`),
  );
  return new MigrationError({
    code: "INVENTORY_FORMAT_UNKNOWN",
    path: file.name,
    allowed: `a file of one of the formats ${known.map(({ format }) => format).join(", ")}`,
    fix: `the file is ${seen}: export it anew in one of these formats, or name the format it is meant to be`,
    details: ["the readers that were tried, and why each said no:", ...reasons],
  });
}
