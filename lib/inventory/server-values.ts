/** Values that several formats write alike: addresses, lists of tags, operating systems, and sizes that cannot be. */
import { isIP } from "node:net";
import type { RowCells, ColumnNames, NumberLimits } from "./cell";
import type { Nic, OperatingSystem } from "./model";
import { parseOperatingSystem } from "./operating-system";
import type { ReaderFindings } from "./reader";
import { valueInvalid } from "./reader-rules";

/** CPUs of one server. The model's limit. */
export const CPU_LIMITS: NumberLimits = { minimum: 1, maximum: 65_536 };
/** Memory of one server in MiB: up to a pebibyte. Our own limit; no server has as much. */
export const MEMORY_LIMITS: NumberLimits = { minimum: 1, maximum: 2 ** 30 };
/** Percentages. */
export const PERCENT_LIMITS: NumberLimits = { minimum: 0, maximum: 100 };
/** A rate of any kind. Our own limit; no server reaches it. */
export const RATE_LIMITS: NumberLimits = { minimum: 0, maximum: 1e9 };

/** Megabits a second in one MiB a second. */
const MEGABITS = 8.388608;

/** The value with at most three decimals, so that a conversion prints as people would write it. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** MiB a second as megabits a second. */
export function toMegabits(mebibytesPerSecond: number): number {
  return rounded(mebibytesPerSecond * MEGABITS);
}

/** The sum of those that are known, or undefined where none is. */
export function sum(...values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0);
}

/** The object without the properties that are undefined; undefined where nothing is left. */
export function known<Value extends object>(value: Value): Value | undefined {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as Value);
}

/** The adapters of a row that lists addresses and MAC addresses: paired where there are as many of each. */
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

/** A UUID in its usual form, lower case, also out of VMware's `VMware-56 4d 3b …`; undefined where it is none. */
export function toUuid(text: string | undefined): string | undefined {
  const digits =
    text
      ?.replace(/^vmware-/i, "")
      .replace(/[-\s{}]/g, "")
      .toLowerCase() ?? "";
  if (!/^[0-9a-f]{32}$/.test(digits)) return undefined;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** The DNS name, where the text is one with a domain. */
export function toFqdn(text: string | undefined): string | undefined {
  return text?.includes(".") === true && isIP(text) === 0 && !/\s/.test(text) ? text : undefined;
}

/**
 * Tags out of `zone:1, critical:yes` or `CostCenter=123;BU=IT`: `between` two tags, and `inside` one. What cannot be
 * understood is counted and not quoted, because people keep secrets in tags.
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
  return Object.fromEntries(kept);
}

/** The operating system from a column with its name and one with its version, which is used where the name has none. */
export function operatingSystemOf(name: string | undefined, version: string | undefined): OperatingSystem {
  const os = parseOperatingSystem(name);
  if (name === undefined || version === undefined || os.version !== undefined) return os;
  // Windows' own version numbers (10.0.17763) are those of its kernel and not of the product.
  const said = os.family === "windows" ? /\b20\d\d( R2)?\b/i.exec(version)?.[0] : version;
  return said === undefined ? os : { ...os, version: said };
}

/** A 12-digit AWS account ID. Spreadsheets take it for a number and drop its leading zeros, which are put back. */
export function accountIdOf(cells: RowCells, ...columns: readonly string[]): string | undefined {
  const text = cells.text(...columns);
  if (text === undefined) return undefined;
  if (/^\d{1,12}$/.test(text)) return text.padStart(12, "0");
  cells.invalid(columns, "an AWS account ID of 12 digits");
  return undefined;
}

/** The tenancy as EC2 and the tools around it write it. */
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
