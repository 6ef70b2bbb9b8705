/** The small parts of a workbook (ECMA-376 part 1, chapter 18): its list of sheets, its relationships, its date formats. */
import { scanXml, type XmlAttributes } from "./xml";

/** A sheet as the workbook lists it. */
export interface SheetEntry {
  readonly name: string;
  /** The id of its relationship, which says in which part it is. */
  readonly relationship: string;
}

/** The content of `workbook.xml`. */
export interface WorkbookPart {
  readonly sheets: readonly SheetEntry[];
  /** Whether dates count from 1904, as old spreadsheets for the Macintosh did. */
  readonly date1904: boolean;
}

/** Reads `workbook.xml`. */
export async function readWorkbookPart(source: AsyncIterable<Uint8Array>): Promise<WorkbookPart> {
  const sheets: SheetEntry[] = [];
  let date1904 = false;
  await scanElements(source, (name, attributes) => {
    if (name === "sheet") {
      sheets.push({ name: attributes.get("name") ?? "", relationship: attributes.get("id") ?? "" });
    } else if (name === "workbookPr") {
      date1904 = ["1", "true", "on"].includes(attributes.get("date1904") ?? "");
    }
  });
  return { sheets, date1904 };
}

/** A relationship of the workbook: a sheet, the shared strings, the styles. */
export interface Relationship {
  readonly id: string;
  /** The last word of its type: `worksheet`, `sharedStrings`, `styles`. */
  readonly type: string;
  /** The path of its part in the archive. */
  readonly part: string;
}

/** Reads the relationships of a part that lies in the archive's folder `folder`. */
export async function readRelationships(source: AsyncIterable<Uint8Array>, folder: string): Promise<Relationship[]> {
  const relationships: Relationship[] = [];
  await scanElements(source, (name, attributes) => {
    if (name !== "Relationship") return;
    const target = (attributes.get("Target") ?? "").replaceAll("\\", "/");
    relationships.push({
      id: attributes.get("Id") ?? "",
      type: /[^/]*$/.exec(attributes.get("Type") ?? "")?.[0] ?? "",
      part: resolvePart(folder, target),
    });
  });
  return relationships;
}

function resolvePart(folder: string, target: string): string {
  const parts: string[] = target.startsWith("/") ? [] : folder.split("/").filter((part) => part !== "");
  for (const part of target.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** The formats of dates and times that need no definition (ECMA-376 part 1, 18.8.30), those of all locales. */
const DATE_FORMATS: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

/** Reads for each style of cells whether its numbers are dates. */
export async function readDateStyles(source: AsyncIterable<Uint8Array>): Promise<boolean[]> {
  const dateFormats = new Set<number>();
  const styles: boolean[] = [];
  let inCellFormats = false;
  await scanElements(
    source,
    (name, attributes) => {
      if (name === "cellXfs") inCellFormats = true;
      const format = Number(attributes.get("numFmtId") ?? Number.NaN);
      if (name === "numFmt" && isDateFormat(attributes.get("formatCode") ?? "")) dateFormats.add(format);
      if (name === "xf" && inCellFormats) {
        styles.push(dateFormats.has(format) || DATE_FORMATS.some(([first, last]) => format >= first && format <= last));
      }
    },
    (name) => {
      if (name === "cellXfs") inCellFormats = false;
    },
  );
  return styles;
}

/** Checks whether a number format shows a date: it has a year or a day, outside quoted text, colours and conditions. */
function isDateFormat(code: string): boolean {
  return /[yd]|h+:m/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ""));
}

async function scanElements(
  source: AsyncIterable<Uint8Array>,
  open: (name: string, attributes: XmlAttributes) => void,
  close: (name: string) => void = () => undefined,
): Promise<void> {
  await scanXml(source, { open, close, text: () => undefined });
}
