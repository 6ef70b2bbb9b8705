/**
 * Parsers of the values that several formats write alike: addresses, lists of tags, operating systems; and the limits of
 * sizes.
 */
import { isIP } from "node:net";
import { dataWithoutSecrets } from "../core/secret/redact";
import type { RowCells, ColumnNames, NumberLimits } from "./cell";
import type { Nic, OperatingSystem } from "./model";
import { parseOperatingSystem } from "./operating-system";
import type { ReaderFindings } from "./reader";
import { valueInvalid } from "./reader-rules";

/** The limits of the number of CPUs of one server. The model's limit. */
export const CPU_LIMITS: NumberLimits = { minimum: 1, maximum: 65_536 };
/** The limits of the memory of one server in MiB: up to a pebibyte. Our own limit; no server has as much. */
export const MEMORY_LIMITS: NumberLimits = { minimum: 1, maximum: 2 ** 30 };
/** The limits of a percentage. */
export const PERCENT_LIMITS: NumberLimits = { minimum: 0, maximum: 100 };
/** The limits of a rate of any kind. Our own limit; no server reaches it. */
export const RATE_LIMITS: NumberLimits = { minimum: 0, maximum: 1e9 };

/** The number of megabits in one MiB. */
const MEGABITS = 8.388608;

/** Rounds the value to at most three decimals, so that a conversion prints as people would write it. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Converts MiB a second to megabits a second. */
export function toMegabits(mebibytesPerSecond: number): number {
  return rounded(mebibytesPerSecond * MEGABITS);
}

/** Returns the sum of the values that are known, or undefined where none is. */
export function sumKnown(...values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0);
}

/** Returns the object without the properties that are undefined. */
export function omitUndefined<Value extends object>(
  value: Value,
): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  // Several times for each row of a table: a list of pairs costs more than the row.
  const kept: { [Key in keyof Value]?: Exclude<Value[Key], undefined> } = {};
  for (const name of Object.keys(value) as (keyof Value)[]) {
    const each = value[name];
    if (each !== undefined) kept[name] = each as Exclude<Value[keyof Value], undefined>;
  }
  return kept;
}

/** Returns the object without the properties that are undefined; undefined where nothing is left. */
export function nonEmptyFields<Value extends object>(value: Value): Value | undefined {
  const kept = omitUndefined(value);
  return Object.keys(kept).length === 0 ? undefined : (kept as Value);
}

/** Reads the adapters of a row that lists addresses and MAC addresses, which are paired where there are as many of each. */
export function nicsOf(cells: RowCells, addressColumns: ColumnNames, macColumns: ColumnNames): Nic[] {
  const addresses = cells.list(addressColumns).filter((address) => {
    if (isIP(address) !== 0) return true;
    cells.invalid(addressColumns, "a list of IPv4 and IPv6 addresses");
    return false;
  });
  const macs = cells.list(macColumns).flatMap((text) => {
    const mac = toMac(text);
    if (mac === undefined) cells.invalid(macColumns, "a list of MAC addresses");
    return mac ?? [];
  });
  if (macs.length > 1 && macs.length === addresses.length) {
    return macs.map((mac, index) => ({ mac, addresses: addresses.slice(index, index + 1) }));
  }
  const [mac] = macs;
  if (macs.length === 1 && mac !== undefined) return [{ mac, addresses }];
  // Which address belongs to which adapter is not known.
  return [...(addresses.length > 0 ? [{ addresses }] : []), ...macs.map((each) => ({ mac: each, addresses: [] }))];
}

function toMac(text: string): string | undefined {
  const digits = text.replace(/[-:.]/g, "").toLowerCase();
  return /^[0-9a-f]{12}$/.test(digits) ? (digits.match(/../g) ?? []).join(":") : undefined;
}

/** Parses a UUID into its usual form, lower case, also from VMware's `VMware-56 4d 3b …`; undefined where it is none. */
export function toUuid(text: string | undefined): string | undefined {
  const digits =
    text
      ?.replace(/^vmware-/i, "")
      .replace(/[-\s{}]/g, "")
      .toLowerCase() ?? "";
  if (!/^[0-9a-f]{32}$/.test(digits)) return undefined;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Returns the text where it is a DNS name with a domain, else undefined. */
export function toFqdn(text: string | undefined): string | undefined {
  return text?.includes(".") === true && isIP(text) === 0 && !/\s/.test(text) ? text : undefined;
}

/**
 * Reads tags from `zone:1, critical:yes` or `CostCenter=123;BU=IT`: `between` two tags, and `inside` one. Tags that cannot be
 * understood are counted and not quoted, because people keep secrets in tags.
 */
export function tagsOf(
  cells: RowCells,
  findings: ReaderFindings,
  column: string,
  between: RegExp,
  inside: string,
): Record<string, string> {
  const tags = new Map<string, string>();
  const parts = cells.list(column, between);
  for (const part of parts) {
    const at = part.indexOf(inside);
    const key = part.slice(0, Math.max(at, 0)).trim();
    if (key !== "") tags.set(key, part.slice(at + inside.length).trim());
  }
  const broken = parts.filter((part) => part.slice(0, Math.max(part.indexOf(inside), 0)).trim() === "").length;
  if (broken > 0) {
    const message = `${broken} of the ${parts.length} tags ${broken === 1 ? "is" : "are"} not written key${inside}value`;
    findings.add(valueInvalid, cells.subject, message, cells.locate(column));
  }
  return tagRecord(cells, tags);
}

/**
 * Returns the tags as the model has them. A tag called `__proto__` is left out with a finding: no object of JavaScript that
 * is copied property by property keeps it.
 */
export function tagRecord(cells: RowCells, tags: Iterable<readonly [string, string]>): Record<string, string> {
  const kept = new Map(tags);
  if (kept.delete("__proto__")) cells.refuse("a tag is called __proto__, which no tag can be, and is left out");
  // The name of a tag may say that its value is a secret.
  return dataWithoutSecrets(Object.fromEntries(kept));
}

/** Returns the operating system from a column with its name and one with its version, which is used where the name has none. */
export function operatingSystemOf(name: string | undefined, version: string | undefined): OperatingSystem {
  const os = parseOperatingSystem(name);
  if (name === undefined || version === undefined || os.version !== undefined) return os;
  // Windows' own version numbers (10.0.17763) are those of its kernel and not of the product.
  const said = os.family === "windows" ? /\b20\d\d( R2)?\b/i.exec(version)?.[0] : version;
  return said === undefined ? os : { ...os, version: said };
}

/** Reads a 12-digit AWS account ID. Spreadsheets take it for a number and drop its leading zeros, which are put back. */
export function accountIdOf(cells: RowCells, ...columns: readonly string[]): string | undefined {
  const text = cells.text(...columns);
  if (text === undefined) return undefined;
  if (/^\d{1,12}$/.test(text)) return text.padStart(12, "0");
  cells.invalid(columns, "an AWS account ID of 12 digits");
  return undefined;
}

/** Reads the tenancy as EC2 and the tools around it write it. */
export function tenancyOf(
  cells: RowCells,
  ...columns: readonly string[]
): "shared" | "dedicated" | "dedicated-host" | undefined {
  return cells.oneOf(columns, {
    shared: "shared",
    default: "shared",
    dedicated: "dedicated",
    "dedicated instance": "dedicated",
    host: "dedicated-host",
    "dedicated host": "dedicated-host",
  });
}
