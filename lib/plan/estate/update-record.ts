/**
 * Brings the record of an estate up to date with what the app makes now. What the app does not have any more stays recorded
 * until somebody says that it may go: a record that forgets by itself would warn of nothing.
 */
import { MigrationError } from "../../core/error";
import { compareText } from "../../core/text";
import {
  ESTATE_FORMAT,
  parseEstateRecord,
  type EstateRecord,
  type RecordedDisk,
  type RecordedServer,
} from "../../inventory/estate/estate-record";
import { matchDiskEntries, matchEntries } from "../../inventory/estate/identity";
import type { MigrationIdentities } from "../../inventory/estate/migration-identities";

/** The kinds of changes of a record. */
export const estateChangeKinds = ["added", "renamed", "moved", "resized", "changed", "gone"] as const;

/** A change of one server or disk of the record. */
export interface EstateChange {
  readonly kind: (typeof estateChangeKinds)[number];
  /** The server's name; of a disk `SERVER:DISK`. What is gone is named as `--forget` takes it. */
  readonly subject: string;
  /** The change in words: `db-01 before`, `100 GiB before, 200 GiB now`. Of what is gone, its addresses. */
  readonly detail: string;
}

/** The record as it would be written. */
export interface EstateUpdate {
  readonly record: EstateRecord;
  /** The changes in the order of their subjects. */
  readonly changes: readonly EstateChange[];
}

/**
 * Returns the record brought up to date. What is gone is among the changes, and still in the record.
 *
 * @param previous the record as it is; undefined where there is none yet
 * @throws MigrationError `PLAN_ESTATE_APP` where the identities are not of one app, or the record is of another,
 * `ESTATE_RECORD_DUPLICATE`
 */
export function updateEstate(
  previous: EstateRecord | undefined,
  identities: readonly MigrationIdentities[],
): EstateUpdate {
  const app = appOf(previous, identities);
  const now = identities.flatMap(({ servers }) => servers);
  const before = matchEntries(now, previous?.servers ?? []);
  const changes: EstateChange[] = [];
  const servers = now.map((server): RecordedServer => {
    const { renamedFrom: _former, disks, ...entry } = server;
    const was = before.get(server);
    if (was === undefined) changes.push({ kind: "added", subject: server.name, detail: server.address });
    else changes.push(...serverChanges(was, { ...entry, disks: [] }));
    const recorded = was?.adopted === entry.adopted ? (was?.disks ?? []) : [];
    const kept = matchDiskEntries(disks, recorded);
    const found = new Set(kept.values());
    const gone = recorded.filter((disk) => !found.has(disk));
    for (const disk of gone) {
      changes.push({ kind: "gone", subject: `${server.name}:${disk.name}`, detail: disk.address });
    }
    const current = disks.map((each): RecordedDisk => {
      const { renamedFrom: _label, ...disk } = each;
      if (was !== undefined) changes.push(...diskChanges(server.name, kept.get(each), disk));
      return disk;
    });
    return { ...entry, disks: [...current, ...gone] };
  });
  const found = new Set(before.values());
  const gone = (previous?.servers ?? []).filter((entry) => !found.has(entry));
  for (const { name, address, disks } of gone) {
    const addresses = new Set([address, ...disks.map((disk) => disk.address)]);
    changes.push({ kind: "gone", subject: name, detail: [...addresses].join(", ") });
  }
  const record: EstateRecord = { formatVersion: ESTATE_FORMAT, app, servers: [...servers, ...gone] };
  // What is gone may stand where something else is now; nothing is written then, and what is gone is what is said.
  if (!changes.some(({ kind }) => kind === "gone")) parseEstateRecord(record, "the identities of the app");
  return { record, changes: changes.sort((a, b) => compareText(a.subject, b.subject) || compareText(a.kind, b.kind)) };
}

/**
 * Returns the record without the servers and disks of those names. It reads no app: that may be blocked until they are
 * forgotten.
 *
 * @param names servers by name or UUID, disks as `SERVER:DISK`
 * @throws MigrationError `PLAN_ESTATE_FORGET` where a name means nothing of the record, or more than one
 */
export function forgetRecorded(record: EstateRecord, names: readonly string[]): EstateRecord {
  return names.reduce((left, name) => forgetOne(left, name), record);
}

function forgetOne(record: EstateRecord, name: string): EstateRecord {
  const servers = record.servers.filter(
    (each) => each.name === name || each.uuid?.toLowerCase() === name.toLowerCase(),
  );
  const [server, ...others] = servers;
  if (server !== undefined && others.length === 0) {
    return { ...record, servers: record.servers.filter((each) => each !== server) };
  }
  const disks = record.servers.flatMap((each) =>
    each.disks.filter((disk) => `${each.name}:${disk.name}` === name).map((disk) => ({ each, disk })),
  );
  const [found, ...more] = disks;
  if (server === undefined && found !== undefined && more.length === 0) {
    const disksLeft = found.each.disks.filter((disk) => disk !== found.disk);
    return {
      ...record,
      servers: record.servers.map((each) => (each === found.each ? { ...each, disks: disksLeft } : each)),
    };
  }
  const several = servers.length > 1;
  throw new MigrationError({
    code: "PLAN_ESTATE_FORGET",
    path: "--forget",
    received: name,
    allowed: "the name or UUID of one recorded server, or SERVER:DISK for a disk",
    fix: several
      ? "give the UUID instead of the name; where there is none, delete the entry in the file"
      : "take the name from the record",
    details: (several ? servers : []).map((each) => `${each.uuid ?? "no UUID"}: ${each.address} in ${each.stack}`),
  });
}

function appOf(previous: EstateRecord | undefined, identities: readonly MigrationIdentities[]): string {
  const apps = [...new Set([...(previous === undefined ? [] : [previous.app]), ...identities.map(({ app }) => app)])];
  const [app, ...others] = apps;
  if (app !== undefined && others.length === 0 && identities.length > 0) return app;
  throw new MigrationError({
    code: "PLAN_ESTATE_APP",
    received: apps.join(", ") || "none",
    allowed: "one app, whose migrations have servers and have written their identities",
    fix:
      identities.length === 0
        ? "synthesize an app with a LiftAndShift, with this version of the library"
        : "keep a record for each app: name its file with --output, and its migrations with --app",
  });
}

function serverChanges(was: RecordedServer, now: RecordedServer): EstateChange[] {
  const changes: EstateChange[] = [];
  const { name: subject } = now;
  if (was.name !== now.name) changes.push({ kind: "renamed", subject, detail: `${was.name} before` });
  if (was.stack !== now.stack || was.migration !== now.migration) {
    changes.push({ kind: "moved", subject, detail: `${was.migration} of ${was.stack} before` });
  }
  const differs = (["uuid", "address", "adopted", "group", "subnet", "privateAddress"] as const).filter(
    (key) => was[key] !== now[key],
  );
  const said = [
    ...differs.map((key) => (was[key] === undefined ? `no ${key} before` : `${key} ${String(was[key])} before`)),
    ...((was.images ?? []).join() === (now.images ?? []).join() ? [] : ["other images before"]),
  ];
  if (changes.length === 0 && said.length > 0) changes.push({ kind: "changed", subject, detail: said.join(", ") });
  return changes;
}

function diskChanges(server: string, was: RecordedDisk | undefined, now: RecordedDisk): EstateChange[] {
  const subject = `${server}:${now.name}`;
  if (was === undefined) return [{ kind: "added", subject, detail: now.address }];
  const changes: EstateChange[] = [];
  if (was.name !== now.name) changes.push({ kind: "renamed", subject, detail: `${was.name} before` });
  if (was.sizeGiB !== now.sizeGiB) {
    changes.push({ kind: "resized", subject, detail: `${was.sizeGiB} GiB before, ${now.sizeGiB} GiB now` });
  }
  if (changes.length === 0 && was.deviceName !== now.deviceName) {
    changes.push({ kind: "changed", subject, detail: `device name ${was.deviceName ?? "none"} before` });
  }
  return changes;
}
