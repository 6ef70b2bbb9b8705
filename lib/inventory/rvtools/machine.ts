/** A virtual machine while it is being read: vInfo makes it, the other tabs add to it. */
import type { RowCells } from "../cell";
import { omitUndefined } from "../server-values";
import type { Server } from "../model";

/** A server whose fields are still being filled in. */
export type ServerDraft = { -readonly [Key in keyof Server]: Server[Key] };

/** A virtual machine of an export. */
export interface Machine {
  readonly server: ServerDraft;
  /** Its UUIDs: vCenter's own (`VM UUID`), and the one its guest sees (`SMBIOS UUID`). */
  readonly uuids: readonly string[];
  /** The managed object's id, `vm-42`, unique in its vCenter. */
  readonly id?: string;
  /** The vCenter it was read from. */
  readonly vcenter?: string;
  /** The networks that vInfo names, as well as the disks' sizes below, for exports that lack the tabs about them. */
  readonly networks: readonly string[];
  readonly primaryAddress?: string;
  readonly diskCount?: number;
  readonly totalDiskMiB?: number;
  readonly provisionedMiB?: number;
}

/** Reads the identity columns that every tab about virtual machines may have. */
export function identityOf(cells: RowCells): { name?: string; id?: string; vcenter?: string } {
  return omitUndefined({
    name: cells.text("VM"),
    id: cells.text("VM ID"),
    vcenter: cells.text("VI SDK Server", "VI SDK UUID"),
  });
}

/**
 * Returns the names of a column with a size. Both labels mean the same unit: vSphere gives a disk's capacity in KB of 1,024
 * bytes, memory in MB of 1,048,576 and the size of files in bytes (vSphere Web Services API: `VirtualDisk.capacityInKB`,
 * `VirtualHardware.memoryMB`, `VirtualMachineUsageOnDatastore.committed`), and RVTools divides by powers of 1,024. Its older
 * versions labelled that MB, and a disk of 100 GiB is 102,400 in either. So MB columns are read as they are, and nothing is
 * multiplied.
 */
export function sizeColumns(label: string): readonly string[] {
  return [`${label} MiB`, `${label} MB`, `${label} (MiB)`, `${label} (MB)`];
}
