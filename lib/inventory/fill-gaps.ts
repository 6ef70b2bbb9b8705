/**
 * Fills the gaps in one record of a server or a network from another record of the same thing. Unknown is not a value: an
 * absent field, an empty list and `unknown` are filled in; anything else stays, and a difference is reported.
 */
import { isDeepStrictEqual } from "node:util";
import type { Disk, Network, Nic, Server } from "./model";

/** A field in which two records differ. The values are given only where they cannot hold what people wrote freely. */
export interface Conflict {
  readonly path: string;
  readonly kept?: string;
  readonly refused?: string;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The fields that are never compared: where and when something was read, and prose. Two tools never write these alike, and
 * both are right.
 */
const NEVER_COMPARED = /^(location|name|host|toolsStatus|snapshots|removableMedia|os\.name|utilisation\..*)$/;
/** The fields in which true outweighs false, which may only be the default. */
const FALSE_BY_DEFAULT = new Set(["template", "placeholder"]);
/** The fields that are never shown: free text, in which people keep passwords. */
const NEVER_SHOWN = /^(annotation|tags)/;

/** Returns `known` with its gaps filled from `other`. Neither is changed. */
export function fillGaps<Item extends Server | Network>(
  known: Item,
  other: Item,
): { value: Item; conflicts: Conflict[] } {
  const conflicts: Conflict[] = [];
  const value = fillFields(known, other, "", conflicts) as unknown as Item;
  return { value, conflicts };
}

function fillFields(known: object, other: object, base: string, conflicts: Conflict[]): Fields {
  // Tags have keys that people wrote: `constructor` is no property of a map that lacks it.
  const filled = new Map<string, unknown>(Object.entries(known));
  for (const [key, theirs] of Object.entries(other)) {
    const ours = filled.get(key);
    const path = base === "" ? key : `${base}.${key}`;
    if (isUnknown(theirs)) continue;
    if (isUnknown(ours)) filled.set(key, theirs);
    else if (FALSE_BY_DEFAULT.has(path)) filled.set(key, ours === true || theirs === true);
    else if (NEVER_COMPARED.test(path)) continue;
    else if (path === "disks") compareDisks(ours as Disk[], theirs as Disk[], conflicts);
    else if (path === "nics") filled.set(key, fillNics(ours as Nic[], theirs as Nic[], conflicts));
    else if (isMapping(ours) && isMapping(theirs)) filled.set(key, fillFields(ours, theirs, path, conflicts));
    else if (!same(ours, theirs)) conflicts.push(conflictOf(path, ours, theirs));
  }
  return Object.fromEntries(filled);
}

function isUnknown(value: unknown): boolean {
  if (value === undefined || value === null || value === "unknown" || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isMapping(value) && Object.values(value).every(isUnknown);
}

function isMapping(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Checks whether two values are the same. Names and addresses are the same in any case. */
function same(ours: unknown, theirs: unknown): boolean {
  if (typeof ours === "string" && typeof theirs === "string")
    return ours.trim().toLowerCase() === theirs.trim().toLowerCase();
  return isDeepStrictEqual(ours, theirs);
}

function conflictOf(path: string, ours: unknown, theirs: unknown): Conflict {
  if (NEVER_SHOWN.test(path) || !isPlain(ours) || !isPlain(theirs)) return { path };
  return { path, kept: String(ours), refused: String(theirs) };
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** Compares the sizes of two lists of disks. Disks have no identity that two tools share, so either list holds as a whole. */
function compareDisks(ours: readonly Disk[], theirs: readonly Disk[], conflicts: Conflict[]): void {
  const sizes = (disks: readonly Disk[]): number[] => disks.map((disk) => disk.capacityMiB).sort((a, b) => a - b);
  if (isDeepStrictEqual(sizes(ours), sizes(theirs))) return;
  const show = (disks: readonly Disk[]): string => `${sizes(disks).join(" + ")} MiB`;
  conflicts.push({ path: "disks", kept: show(ours), refused: show(theirs) });
}

/**
 * Fills the gaps in adapters. Two are the same by MAC address; where each side has only one and not both a MAC address, those
 * two are.
 */
function fillNics(ours: readonly Nic[], theirs: readonly Nic[], conflicts: Conflict[]): Nic[] {
  const filled = [...ours];
  for (const nic of theirs) {
    const onlyOnes = ours.length === 1 && theirs.length === 1 && (nic.mac === undefined || ours[0]?.mac === undefined);
    const position = onlyOnes ? 0 : filled.findIndex((each) => nic.mac !== undefined && each.mac === nic.mac);
    const known = filled[position];
    if (known !== undefined) {
      filled[position] = { ...nic, ...known, addresses: [...new Set([...known.addresses, ...nic.addresses])] };
      continue;
    }
    const addresses = new Set(filled.flatMap((each) => each.addresses));
    const missing = nic.addresses.filter((address) => !addresses.has(address));
    if (missing.length === 0) continue;
    conflicts.push({ path: "nics", kept: [...addresses].join(" ") || "without address", refused: missing.join(" ") });
  }
  return filled;
}
