/** Reads vDisk and vPartition; where the export has no vDisk, the sum of all disks in vInfo. */
import { RowCells } from "../cell";
import type { Disk } from "../model";
import type { ReaderFindings } from "../reader";
import { disksSummed, duplicateRow, rowSkipped, valueInvalid } from "../reader-rules";
import { omitUndefined, toUuid } from "../server-values";
import type { Table } from "../table";
import { sizeColumns, type Machine } from "./machine";
import type { MachineLookup } from "./machine-lookup";

const CAPACITY = sizeColumns("Capacity");
const CONSUMED = sizeColumns("Consumed");

/**
 * The limits of a disk's size in MiB: up to an exbibyte, our own limit, past which a figure is a mistake. The largest virtual
 * disk of vSphere has 62 TiB.
 */
export const DISK_LIMITS = { minimum: 0, maximum: 2 ** 40 };

/** The disk modes, by whether snapshots leave the disk out (vSphere API, `VirtualDiskMode`). */
const INDEPENDENT: Readonly<Record<string, boolean>> = {
  persistent: false,
  nonpersistent: false,
  undoable: false,
  append: false,
  independent_persistent: true,
  independent_nonpersistent: true,
};

/** The sharing modes, by whether several servers may write (vSphere API, `VirtualDiskSharing` and `VirtualSCSISharing`). */
const SHARED: Readonly<Record<string, boolean>> = {
  sharingNone: false,
  sharingMultiWriter: true,
  noSharing: false,
  virtualSharing: true,
  physicalSharing: true,
};

/** The keys of disks (`2000`), by which vPartition refers to them. */
export type DiskKeys = Map<Disk, string>;

/** Adds the disks of a vDisk tab to their machines, and records the key of each in `keys`. */
export function readDisks(table: Table, owners: MachineLookup, findings: ReaderFindings, keys: DiskKeys): void {
  const seen = new Map<Machine, Set<string>>();
  for (const row of table.rows) {
    const cells = new RowCells(table, row, findings);
    const machine = owners.find(cells);
    if (machine === undefined) continue;
    const key = cells.text("Disk Key");
    const path = cells.text("Disk Path", "Path");
    const name = cells.text("Disk") ?? (key === undefined ? undefined : `Disk ${key}`) ?? path;
    const capacityMiB = cells.integer(CAPACITY, DISK_LIMITS);
    if (name === undefined || capacityMiB === undefined) {
      const what = name === undefined ? "no name of a disk" : "no capacity that can be read";
      findings.add(
        rowSkipped,
        cells.subject,
        `the row has ${what}`,
        cells.locate(name === undefined ? "Disk" : CAPACITY),
      );
      continue;
    }
    const identity = [key ?? "", name, path ?? ""].join("\u0000");
    const known = seen.get(machine) ?? new Set();
    if (known.has(identity)) {
      findings.add(duplicateRow, cells.subject, `the row lists ${name} again, and is left out`, cells.locate("Disk"));
      continue;
    }
    seen.set(machine, known.add(identity));
    const disk: Disk = {
      name,
      capacityMiB,
      kind: diskKind(cells),
      ...omitUndefined({
        // Newer versions print the disk's UUID too, which outlives even a change of its controller.
        key: toUuid(cells.text("Disk UUID")) ?? key,
        controller: cells.text("Label", "Controller"),
        unit: cells.integer("Unit #", { minimum: 0, maximum: 255 }),
        independent: cells.oneOf("Disk Mode", INDEPENDENT),
        shared: shared(cells),
        path,
      }),
    };
    machine.server.disks.push(disk);
    if (key !== undefined) keys.set(disk, key);
  }
}

function diskKind(cells: RowCells): Disk["kind"] {
  if (cells.boolean("Raw") === true) return "raw-device-mapping";
  const thin = cells.boolean("Thin");
  return thin === undefined ? "unknown" : thin ? "thin" : "thick";
}

/** Reads whether the disk is shared: either the disk itself may have several writers, or its bus is shared. */
function shared(cells: RowCells): boolean | undefined {
  const disk = cells.oneOf("Sharing mode", SHARED);
  const bus = cells.oneOf("Shared Bus", SHARED);
  return disk === undefined && bus === undefined ? undefined : disk === true || bus === true;
}

/** Adds one disk of the total capacity, or failing that of the provisioned one, to machines of an export without vDisk. */
export function sumUpDisks(machines: readonly Machine[], findings: ReaderFindings): void {
  for (const { server, diskCount, totalDiskMiB, provisionedMiB } of machines) {
    if (diskCount === 0 || server.disks.length > 0) continue;
    const capacityMiB = totalDiskMiB ?? provisionedMiB;
    if (capacityMiB === undefined || capacityMiB === 0) continue;
    server.disks.push({ name: "all disks", capacityMiB, kind: "unknown" });
    if (diskCount === 1 && totalDiskMiB !== undefined) continue;
    const disks =
      diskCount === undefined ? "an unknown number of disks" : diskCount === 1 ? "one disk" : `${diskCount} disks`;
    const what = totalDiskMiB === undefined ? "MiB provisioned, swap file and snapshots included" : "MiB in all";
    findings.add(disksSummed, server.name, `${disks} with ${capacityMiB} ${what}, taken for one disk`, server.location);
  }
}

/** Adds the used space to each disk, from the tables of vPartition. */
export function readPartitions(
  tables: readonly Table[],
  owners: MachineLookup,
  findings: ReaderFindings,
  keys: DiskKeys,
): void {
  const used = new Map<Disk, { machine: Machine; filesystems: Map<string, number> }>();
  for (const table of tables) {
    for (const row of table.rows) {
      const cells = new RowCells(table, row, findings);
      const machine = owners.find(cells);
      if (machine === undefined) continue;
      const consumed = cells.integer(CONSUMED, DISK_LIMITS);
      const disk = diskOf(machine, cells.text("Disk Key"), keys);
      if (consumed === undefined || disk === undefined) continue;
      const entry = used.get(disk) ?? { machine, filesystems: new Map<string, number>() };
      used.set(disk, entry);
      // One file system mounted in several places (bind mounts, containers) is listed once for each, with the same figures.
      entry.filesystems.set(`${cells.integer(CAPACITY, DISK_LIMITS) ?? ""}/${consumed}`, consumed);
    }
  }
  for (const [disk, { machine, filesystems }] of used) {
    const usedMiB = [...filesystems.values()].reduce((sum, each) => sum + each, 0);
    if (usedMiB <= disk.capacityMiB) {
      machine.server.disks[machine.server.disks.indexOf(disk)] = { ...disk, usedMiB };
      continue;
    }
    const message = `vPartition says that ${usedMiB} MiB of ${disk.name} are used, which has ${disk.capacityMiB} MiB, so its use is left out`;
    findings.add(valueInvalid, machine.server.name, message, machine.server.location, "info");
  }
}

/** Returns the disk with that key; without a key, which old versions do not print, the machine's only disk. */
function diskOf({ server }: Machine, key: string | undefined, keys: DiskKeys): Disk | undefined {
  if (key !== undefined) return server.disks.find((disk) => keys.get(disk) === key);
  return server.disks.length === 1 ? server.disks[0] : undefined;
}
