/**
 * The reader of the model's own form in YAML or JSON, which people write by hand and `inventory FILE --format json` prints. It
 * is one of the readers that `readInventory` chooses from.
 *
 * ```yaml
 * servers:
 *   - name: db01
 *     cpus: 4
 *     memoryMiB: 16384
 *     os: { family: linux, name: Ubuntu, version: 22.04 }
 * networks:
 *   - { name: production, cidr: 10.1.0.0/16 }
 * ```
 *
 * A document that names its `format` was written by a program: its items get no locations. One that does not was written by hand:
 * then every item is given the line it stands in, so that later findings can point there. What the model refuses is left out of
 * either, with a finding.
 */
import { readDocument } from "../../core/document/document";
import type { DocumentPath, DocumentPurpose, ParsedDocument } from "../../core/document/model";
import { MigrationError } from "../../core/error";
import { formatLocation, type Location } from "../../core/location";
import { formatPath } from "../../core/format-path";
import { decodeText } from "../csv-table";
import { mergeInventories } from "../merge-inventories";
import {
  databaseSchema,
  fileShareSchema,
  findingSchema,
  flowSchema,
  inventorySchema,
  networkSchema,
  serverSchema,
  type Inventory,
} from "../model";
import { ReaderFindings, type InputFile, type InventoryReader } from "../reader";
import { rowSkipped, valueInvalid } from "../reader-rules";
import { repair, type Removal } from "./repair";

const FORMAT = "native";

const PURPOSE: DocumentPurpose = {
  code: "INVENTORY_DOCUMENT_SYNTAX",
  aliasesCode: "INVENTORY_DOCUMENT_ALIASES",
  tooLargeCode: "INVENTORY_DOCUMENT_TOO_LARGE",
  allowed: "one YAML or JSON document",
};

/**
 * The largest number of faults that are reported for one item: one with more is wrong all over, and a finding for each would
 * only hide the others.
 */
const REMOVALS_SHOWN = 20;

/** The lists of an inventory by their keys, with the schema and the name of one item of each. */
const LISTS = {
  servers: { schema: serverSchema, item: "server" },
  networks: { schema: networkSchema, item: "network" },
  databases: { schema: databaseSchema, item: "database" },
  fileShares: { schema: fileShareSchema, item: "file share" },
  flows: { schema: flowSchema, item: "flow" },
  findings: { schema: findingSchema, item: "finding" },
} as const;

type ListKey = keyof typeof LISTS;
const LIST_KEYS = Object.keys(LISTS) as ListKey[];

const KEYS = `["']?(?:${LIST_KEYS.join("|")})["']?\\s*:`;
/** The pattern of a key of the model at the start of a line. */
const BLOCK_STYLE = new RegExp(`^${KEYS}(?:\\s|$)`, "m");
/** The pattern of a document in braces, JSON or YAML's flow style, with a key of the model in it. */
const FLOW_STYLE = new RegExp(`^\\s*\\{(?:[^]*[{,])?\\s*${KEYS}`);

/** The reader of one document or several, which are merged. */
export const nativeReader: InventoryReader = {
  format: FORMAT,
  title: "inventory in the library's own form, YAML or JSON",
  recognizes(files) {
    return files.length > 0 && files.every(looksNative);
  },
  whyNot: () => `it is no YAML or JSON document with one of the keys ${LIST_KEYS.join(", ")}`,
  // eslint-disable-next-line @typescript-eslint/require-await -- the interface is asynchronous; a throw must become a rejection
  async read(files) {
    return mergeInventories(...files.map(readNative));
  },
};

/** The size of the sample by which a file is recognized: enough to have passed any comment at the top. */
const SAMPLE_BYTES = 1024 * 1024;

function looksNative(file: InputFile): boolean {
  const text = decodeText(file.bytes.subarray(0, SAMPLE_BYTES));
  return text !== undefined && (BLOCK_STYLE.test(text) || FLOW_STYLE.test(text));
}

function readNative(file: InputFile): Inventory {
  const text = decodeText(file.bytes);
  if (text === undefined) {
    throw new MigrationError({
      code: "INVENTORY_NOT_TEXT",
      path: file.name,
      allowed: "a YAML or JSON text",
      fix: "name the file's real format, or write the inventory as text",
    });
  }
  const document = readDocument({ name: file.name, content: text }, PURPOSE);
  const { value } = document;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new MigrationError({
      code: "INVENTORY_DOCUMENT_SHAPE",
      path: formatLocation(document.locate([])),
      received: value === null ? "an empty document" : Array.isArray(value) ? "a list" : `a ${typeof value}`,
      allowed: `a mapping with ${LIST_KEYS.join(", ")}`,
      fix: "put the servers under a key: servers",
    });
  }
  return new NativeDocument(file.name, document, value as Readonly<Record<string, unknown>>).read();
}

class NativeDocument {
  private readonly findings = new ReaderFindings();
  /** Whether the document was written by a program: then nothing is added to it. */
  private readonly writtenByProgram: boolean;

  constructor(
    private readonly file: string,
    private readonly document: ParsedDocument,
    private readonly value: Readonly<Record<string, unknown>>,
  ) {
    this.writtenByProgram = typeof value["format"] === "string";
  }

  public read(): Inventory {
    const lists = Object.fromEntries(LIST_KEYS.map((key) => [key, this.list(key)]));
    for (const key of Object.keys(this.value)) {
      if (!Object.hasOwn(inventorySchema.shape, key)) this.reportLeftOut([key], "is not a key of the format");
    }
    const inventory = inventorySchema.parse({
      ...this.text("$schema"),
      ...(this.writtenByProgram ? {} : { format: FORMAT, source: this.file }),
      ...this.text("format"),
      ...this.text("source"),
      ...lists,
    });
    return { ...inventory, findings: [...inventory.findings, ...this.findings.all] };
  }

  private text(key: string): Readonly<Record<string, string>> {
    const value = this.value[key];
    if (typeof value === "string") return { [key]: value };
    if (value !== undefined && value !== null) this.reportLeftOut([key], "is not a text");
    return {};
  }

  /** Returns the items of a list that the model accepts, each without what it refuses. */
  private list(key: ListKey): unknown[] {
    const { schema, item } = LISTS[key];
    const items = this.value[key];
    // `servers:` with nothing behind it is how YAML writes an empty list.
    if (items === undefined || items === null) return [];
    if (!Array.isArray(items)) {
      this.reportLeftOut([key], "is not a list");
      return [];
    }
    return items.flatMap((given: unknown, index) => {
      const base = [key, index];
      const repaired = repair(schema, given, (path) => this.document.literal([...base, ...path]));
      const subject = nameOf(given) ?? `${item} ${index + 1}`;
      for (const removal of repaired.removed.slice(0, REMOVALS_SHOWN)) {
        this.reportLeftOut([...base, ...removal.path], removal.reason, subject, removal.path);
      }
      const more = repaired.removed.length - REMOVALS_SHOWN;
      if (more > 0) {
        this.findings.add(valueInvalid, subject, `${more} more values are left out`, this.place(base));
      }
      if ("refused" in repaired) {
        this.reportSkipped(item, subject, base, repaired.refused);
        return [];
      }
      // The schema of a record passes over this key in silence.
      if (isRecord(given) && isRecord(given["tags"]) && Object.hasOwn(given["tags"], "__proto__")) {
        const path = ["tags", "__proto__"];
        this.reportLeftOut([...base, ...path], "is no key that a tag can have", subject, path);
      }
      const value: unknown = repaired.value;
      if (this.writtenByProgram || key === "findings" || !isRecord(value) || value["location"] !== undefined) {
        return [value];
      }
      return [{ ...value, location: this.document.locate(base) }];
    });
  }

  /** Reports an item that the model refuses as a whole. */
  private reportSkipped(item: string, subject: string, base: DocumentPath, { path, reason }: Removal): void {
    const what = path.length === 0 ? `the ${item}` : formatPath(path);
    this.findings.add(
      rowSkipped,
      subject,
      `the ${item} is left out, because ${what} ${reason}`,
      this.place([...base, ...path]),
    );
  }

  /** Reports a value that is left out while the rest of its item is kept. */
  private reportLeftOut(path: DocumentPath, reason: string, subject = this.file, shown: DocumentPath = path): void {
    this.findings.add(valueInvalid, subject, `${formatPath(shown)} ${reason} and is left out`, this.place(path));
  }

  private place(path: DocumentPath): Location {
    return this.document.locate(path);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const name = value["name"];
  return typeof name === "string" && name.trim() !== "" ? name.trim().slice(0, 255) : undefined;
}
