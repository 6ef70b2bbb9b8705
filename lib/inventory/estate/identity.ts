/**
 * Tells which recorded server or disk one of the inventory is: by what does not change (UUID, the disk's key), else by its
 * name, else by the name that it says it had. The file's order counts for nothing.
 */
import { groupBy } from "../../core/collections";
import { compareText } from "../../core/text";
import type { Disk, Server } from "../model";
import type { EstateRecord, RecordedDisk, RecordedServer } from "./estate-record";

/** The entries of a record, by the servers that they are about. */
export interface EstateMatch {
  readonly entryOf: (server: Server) => RecordedServer | undefined;
  readonly serverOf: (entry: RecordedServer) => Server | undefined;
}

/** The entries of a recorded server's disks, by the disks that they are about. */
export interface DiskMatch {
  readonly entryOf: (disk: Disk) => RecordedDisk | undefined;
  /** The recorded disks that the server does not have any more. */
  readonly gone: readonly RecordedDisk[];
}

/** A thing that has a name and may have had another. */
interface Named {
  readonly name: string;
  readonly renamedFrom?: string;
}

/**
 * Returns the UUIDs by which servers can be told apart, in lower case: those that exactly one of them has. Clones share one, and
 * a UUID of zeros alone is what firmware without one prints.
 */
export function identifyingUuids(servers: readonly Server[]): ReadonlySet<string> {
  const groups = groupBy(servers, ({ uuid }) => uuid?.trim().toLowerCase());
  return new Set([...groups].flatMap(([uuid, same]) => (same.length === 1 && /[1-9a-f]/.test(uuid) ? [uuid] : [])));
}

/** Returns the key by which the disk can be told apart, which no other disk of its server has. */
export function identifyingKey(disk: Disk, disks: readonly Disk[]): string | undefined {
  const { key } = disk;
  return key === undefined || disks.some((other) => other !== disk && other.key === key) ? undefined : key;
}

/** Returns the server's UUID in lower case where it tells the server apart. */
export function identityOf({ uuid }: Server, identifying: ReadonlySet<string>): string | undefined {
  const value = uuid?.trim().toLowerCase();
  return value !== undefined && identifying.has(value) ? value : undefined;
}

/**
 * Matches the servers of an inventory with the entries of a record.
 *
 * @param servers all servers of the inventory, those of other waves too
 */
export function matchServers(record: EstateRecord | undefined, servers: readonly Server[]): EstateMatch {
  const identifying = identifyingUuids(servers);
  const { pairs, back } = pair(
    servers,
    record?.servers ?? [],
    (server) => identityOf(server, identifying),
    (entry) => entry.uuid?.toLowerCase(),
  );
  // By name as well, which is unique in a fleet: whoever made the fleet may have passed copies of the inventory's servers.
  const byName = new Map([...pairs].map(([server, entry]) => [server.name, entry]));
  return {
    entryOf: (server) => pairs.get(server) ?? byName.get(server.name),
    serverOf: (entry) => back.get(entry),
  };
}

/** Matches the disks of a server with those of its entry. */
export function matchDisks({ disks }: Server, entry: RecordedServer | undefined): DiskMatch {
  const recorded = entry?.disks ?? [];
  const { pairs, back } = pair(
    disks,
    recorded,
    (disk) => identifyingKey(disk, disks),
    ({ key }) => key,
  );
  return { entryOf: (disk) => pairs.get(disk), gone: recorded.filter((each) => !back.has(each)) };
}

/**
 * Returns the server with its disks in an order that does not depend on the file: as recorded, the new ones behind them. A
 * server that is not recorded keeps the file's order, which its first deployment makes the recorded one.
 */
export function inRecordedOrder(server: Server, entry: RecordedServer | undefined): Server {
  if (entry === undefined || entry.disks.length === 0) return server;
  const { entryOf } = matchDisks(server, entry);
  const position = (disk: Disk): number => {
    const recorded = entryOf(disk);
    return recorded === undefined ? entry.disks.length : entry.disks.indexOf(recorded);
  };
  const disks = [...server.disks].sort(
    (a, b) =>
      position(a) - position(b) ||
      compareText(sortable(a.key ?? ""), sortable(b.key ?? "")) ||
      compareText(sortable(a.name), sortable(b.name)) ||
      a.capacityMiB - b.capacityMiB,
  );
  return { ...server, disks };
}

/** Returns the text with its numbers so long that `disk 10` comes behind `disk 9`. */
function sortable(text: string): string {
  return text.replace(/\d+/g, (digits) => digits.padStart(12, "0"));
}

/**
 * Matches what a fleet would be recorded as now with the entries of a record, whichever migration they are of: each with the
 * name that it had before.
 */
export function matchEntries<Item extends Named & { readonly uuid?: string }>(
  items: readonly Item[],
  entries: readonly RecordedServer[],
): ReadonlyMap<Item, RecordedServer> {
  const uuid = (each: { readonly uuid?: string }): string | undefined => each.uuid?.toLowerCase();
  return pair(items, entries, uuid, uuid).pairs;
}

/** Matches disks that would be recorded now with recorded ones. */
export function matchDiskEntries<Item extends Named & { readonly key?: string }>(
  items: readonly Item[],
  entries: readonly RecordedDisk[],
): ReadonlyMap<Item, RecordedDisk> {
  const key = (each: { readonly key?: string }): string | undefined => each.key;
  return pair(items, entries, key, key).pairs;
}

/** Pairs items with entries: by identity first, then by name, then by the former name; each once. */
function pair<Item extends Named, Entry extends { readonly name: string }>(
  items: readonly Item[],
  entries: readonly Entry[],
  identityOfItem: (item: Item) => string | undefined,
  identityOfEntry: (entry: Entry) => string | undefined,
): { readonly pairs: ReadonlyMap<Item, Entry>; readonly back: ReadonlyMap<Entry, Item> } {
  const pairs = new Map<Item, Entry>();
  const back = new Map<Entry, Item>();
  const take = (
    keyOfItem: (item: Item) => string | undefined,
    keyOfEntry: (entry: Entry) => string | undefined,
  ): void => {
    const free = groupBy(
      entries.filter((entry) => !back.has(entry)),
      keyOfEntry,
    );
    for (const item of items) {
      const key = pairs.has(item) ? undefined : keyOfItem(item);
      const candidates = key === undefined ? [] : (free.get(key) ?? []).filter((entry) => !back.has(entry));
      // Of two of one name the one with the same identity, which clones share, before the one that has another.
      const own = identityOfItem(item);
      const found = candidates.find((entry) => own !== undefined && identityOfEntry(entry) === own) ?? candidates[0];
      if (found === undefined) continue;
      pairs.set(item, found);
      back.set(found, item);
    }
  };
  take(identityOfItem, identityOfEntry);
  take(
    ({ name }) => name,
    ({ name }) => name,
  );
  take(
    ({ renamedFrom }) => renamedFrom,
    ({ name }) => name,
  );
  return { pairs, back };
}
