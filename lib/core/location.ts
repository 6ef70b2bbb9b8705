/** A place in a user's own file. Rows, lines and columns count from 1, as spreadsheets and editors show them. */
import { admit } from "./door/admit";
export interface Location {
  /** The file as the user named it. */
  readonly file?: string;
  /** The sheet of a workbook, or the tab a CSV file stands for. */
  readonly sheet?: string;
  /** The row of a table, counted from 1 with the header. */
  readonly row?: number;
  /** The column's header in a table. */
  readonly column?: string;
  /** The line of a text file, counted from 1. */
  readonly line?: number;
  /** The character in the line, counted from 1. */
  readonly character?: number;
  /** The property path in a structured document: `servers[3].disks[0].capacityMiB`. */
  readonly path?: string;
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
