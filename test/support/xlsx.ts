/**
 * ```ts
 * const bytes = writeXlsx([{ name: "vInfo", rows: [["VM", "CPUs"], ["web-01", 2], [{ shared: "db-01" }, { formula: "1+1", value: 2 }]] }]);
 * ```
 *
 * Workbooks of any shape for tests, the strange ones included: what a spreadsheet program would not write can be given as
 * XML.
 */
import { zip, type ZipEntry } from "./zip";

export type CellSpec =
  | string
  | number
  | boolean
  | null
  /** Text in the workbook's table of shared strings; several runs make it rich text. */
  | { readonly shared: string | readonly string[] }
  /** A formula with the value it had when it was saved. */
  | { readonly formula: string; readonly value?: string | number | boolean }
  /** A day number in a cell with a date's format. */
  | { readonly date: number }
  | { readonly error: string }
  /** The `<c>` element itself. */
  | { readonly xml: string };

export interface SheetSpec {
  readonly name: string;
  /** @default - no rows */
  readonly rows?: readonly (readonly CellSpec[])[];
  /** Numbers of the rows, where they do not follow each other. */
  readonly rowNumbers?: readonly number[];
  /** @default - no dimension element */
  readonly dimension?: string;
  /** Ranges that are merged: `A2:A3`. */
  readonly merges?: readonly string[];
  /** XML of the rows after the others: `<row r="9"/>`. */
  readonly moreRows?: string;
  /** The whole part instead of all that. */
  readonly xml?: string;
  /** @default - visible */
  readonly hidden?: boolean;
}

export interface WorkbookSpec {
  /** Leaves styles.xml out; date cells then refer to a style that is not there. */
  readonly withoutStyles?: boolean;
  /** Cells and rows do not say where they stand. */
  readonly withoutReferences?: boolean;
  /** Dates count from 1904. */
  readonly date1904?: boolean;
  /** Writes every element with this namespace prefix, as some programs do. */
  readonly prefix?: string;
  /** Changes the archive's files before they are packed. */
  readonly entries?: (entries: ZipEntry[]) => ZipEntry[];
}

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

const escape = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

/** The bytes of an .xlsx workbook (ECMA-376) with these sheets. */
export function writeXlsx(sheets: readonly SheetSpec[], options: WorkbookSpec = {}): Buffer {
  const p = options.prefix === undefined ? "" : `${options.prefix}:`;
  const namespace = options.prefix === undefined ? `xmlns="${MAIN}"` : `xmlns:${options.prefix}="${MAIN}"`;
  const strings: string[] = [];
  const text = (value: string) => `<${p}t xml:space="preserve">${escape(value)}</${p}t>`;

  const cell = (spec: CellSpec, reference: string): string => {
    const r = options.withoutReferences === true ? "" : ` r="${reference}"`;
    if (spec === null) return "";
    if (typeof spec === "string") return `<${p}c${r} t="inlineStr"><${p}is>${text(spec)}</${p}is></${p}c>`;
    if (typeof spec === "number") return `<${p}c${r}><${p}v>${spec}</${p}v></${p}c>`;
    if (typeof spec === "boolean") return `<${p}c${r} t="b"><${p}v>${spec ? 1 : 0}</${p}v></${p}c>`;
    if ("xml" in spec) return spec.xml;
    if ("error" in spec) return `<${p}c${r} t="e"><${p}f>A1</${p}f><${p}v>${spec.error}</${p}v></${p}c>`;
    if ("date" in spec) return `<${p}c${r} s="1"><${p}v>${spec.date}</${p}v></${p}c>`;
    if ("shared" in spec) {
      const runs = typeof spec.shared === "string" ? undefined : spec.shared;
      strings.push(
        runs === undefined ? text(spec.shared as string) : runs.map((run) => `<${p}r>${text(run)}</${p}r>`).join(""),
      );
      return `<${p}c${r} t="s"><${p}v>${strings.length - 1}</${p}v></${p}c>`;
    }
    const type = typeof spec.value === "string" ? ' t="str"' : typeof spec.value === "boolean" ? ' t="b"' : "";
    const shown = typeof spec.value === "boolean" ? Number(spec.value) : spec.value;
    const value = shown === undefined ? "" : `<${p}v>${escape(String(shown))}</${p}v>`;
    return `<${p}c${r}${type}><${p}f>${escape(spec.formula)}</${p}f>${value}</${p}c>`;
  };

  const sheetXml = (sheet: SheetSpec): string => {
    if (sheet.xml !== undefined) return sheet.xml;
    const rows = (sheet.rows ?? []).map((cells, index) => {
      const number = sheet.rowNumbers?.[index] ?? index + 1;
      const r = options.withoutReferences === true ? "" : ` r="${number}"`;
      return `<${p}row${r}>${cells.map((spec, column) => cell(spec, `${columnName(column)}${number}`)).join("")}</${p}row>`;
    });
    const dimension = sheet.dimension === undefined ? "" : `<${p}dimension ref="${sheet.dimension}"/>`;
    const merges = (sheet.merges ?? []).map((range) => `<${p}mergeCell ref="${range}"/>`).join("");
    return (
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<${p}worksheet ${namespace}>${dimension}` +
      `<${p}sheetData>${rows.join("")}${sheet.moreRows ?? ""}</${p}sheetData>` +
      `${merges === "" ? "" : `<${p}mergeCells>${merges}</${p}mergeCells>`}</${p}worksheet>`
    );
  };

  const parts: ZipEntry[] = sheets.map((sheet, index) => ({
    name: `xl/worksheets/sheet${index + 1}.xml`,
    data: sheetXml(sheet),
  }));
  const names = sheets.map(
    (sheet, index) =>
      `<${p}sheet name="${escape(sheet.name)}" sheetId="${index + 1}" ${sheet.hidden === true ? 'state="hidden" ' : ""}r:id="rId${index + 1}"/>`,
  );
  const related = sheets.map(
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${RELATIONSHIPS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  parts.push({
    name: "xl/workbook.xml",
    data:
      `<${p}workbook ${namespace} xmlns:r="${RELATIONSHIPS}"><${p}workbookPr${options.date1904 === true ? ' date1904="1"' : ""}/>` +
      `<${p}sheets>${names.join("")}</${p}sheets></${p}workbook>`,
  });
  if (strings.length > 0) {
    parts.push({
      name: "xl/sharedStrings.xml",
      data: `<${p}sst ${namespace}>${strings.map((string) => `<${p}si>${string}</${p}si>`).join("")}</${p}sst>`,
    });
    related.push(`<Relationship Id="rIdS" Type="${RELATIONSHIPS}/sharedStrings" Target="sharedStrings.xml"/>`);
  }
  if (options.withoutStyles !== true) {
    parts.push({
      name: "xl/styles.xml",
      data:
        `<${p}styleSheet ${namespace}><${p}cellStyleXfs count="1"><${p}xf numFmtId="0"/></${p}cellStyleXfs>` +
        `<${p}cellXfs count="2"><${p}xf numFmtId="0"/><${p}xf numFmtId="22" applyNumberFormat="1"/></${p}cellXfs></${p}styleSheet>`,
    });
    related.push(`<Relationship Id="rIdT" Type="${RELATIONSHIPS}/styles" Target="styles.xml"/>`);
  }
  parts.push(
    {
      name: "xl/_rels/workbook.xml.rels",
      data: `<Relationships xmlns="${PACKAGE}/relationships">${related.join("")}</Relationships>`,
    },
    {
      name: "_rels/.rels",
      data: `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: "[Content_Types].xml",
      data: `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    },
  );
  return zip(options.entries?.(parts) ?? parts);
}
