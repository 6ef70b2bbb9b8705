import { admit } from "./door/admit";

/**
 * A place in a user's own file. Rows, lines and columns count from 1, as spreadsheets and editors show them. What is not known may be
 * undefined as well as absent, as in the places of an inventory, which a rule hands on.
 */
export interface Location {
  /** The file as the user named it. */
  readonly file?: string | undefined;
  /** The sheet of a workbook, or the tab a CSV file stands for. */
  readonly sheet?: string | undefined;
  /** The row of a table, counted from 1 with the header. */
  readonly row?: number | undefined;
  /** The column's header in a table. */
  readonly column?: string | undefined;
  /** The line of a text file, counted from 1. */
  readonly line?: number | undefined;
  /** The character in the line, counted from 1. */
  readonly character?: number | undefined;
  /** The property path in a structured document: `servers[3].disks[0].capacityMiB`. */
  readonly path?: string | undefined;
}

/**
 * Formats the place as people write it: `estate.xlsx, sheet vInfo, row 12, column "Memory"` or
 * `checklist.yaml:12:5 (licences[0])`. An empty location gives an empty string.
 */
export function formatLocation(location: Location): string {
  admit("formatLocation", { location });
  const parts: string[] = [];
  if (location.file !== undefined) {
    const line = location.line === undefined ? "" : `:${location.line}`;
    const character = location.line === undefined || location.character === undefined ? "" : `:${location.character}`;
    parts.push(`${location.file}${line}${character}`);
  } else if (location.line !== undefined) {
    parts.push(`line ${location.line}`);
  }
  if (location.sheet !== undefined) parts.push(`sheet ${location.sheet}`);
  if (location.row !== undefined) parts.push(`row ${location.row}`);
  if (location.column !== undefined) parts.push(`column "${location.column}"`);
  const place = parts.join(", ");
  if (location.path === undefined) return place;
  return place === "" ? location.path : `${place} (${location.path})`;
}

/** Formats a name with the place where it was read: `web-01 (estate.csv, row 3)`; the name alone where there is no place. */
export function nameAt(named: { readonly name: string; readonly location?: Location }): string {
  admit("nameAt", { named });
  const { name, location } = named;
  const place = location === undefined ? "" : formatLocation(location);
  return place === "" ? name : `${name} (${place})`;
}
