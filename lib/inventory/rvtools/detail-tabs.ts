/**
 * The tabs that add a little to each machine: vSnapshot, vCD, vFloppy, vUSB, vTools, vCPU and vMemory. Of the last two only
 * sizes are read. Their use of CPU and memory is that of the moment of the export, which is no measure to size by.
 */
import { RowCells } from "../cell";
import type { ReaderFindings } from "../reader";
import { CPU_LIMITS, MEMORY_LIMITS, omitUndefined } from "../server-values";
import type { Table } from "../table";
import { sizeColumns, type Machine } from "./machine";
import { DISK_LIMITS } from "./disks";
import type { MachineLookup } from "./machine-lookup";
import type { Tab } from "./tabs";

type Detail = (cells: RowCells, machine: Machine) => void;

/** The columns of a snapshot's name. RVTools calls it Name; tools that work on its exports call it Snapshot. */
const SNAPSHOT_NAME = ["Name", "Snapshot", "Snapshot Name"];
const SNAPSHOT_SIZE = ["Size MiB (total)", "Size MB (total)", "Size MiB", "Size MB"];

/** The tabs with the function that adds a row of each to its machine, in the order in which they are read. */
export const DETAIL_TABS: readonly (readonly [Tab, Detail])[] = [
  ["vCPU", readCpu],
  ["vMemory", readMemory],
  ["vSnapshot", readSnapshot],
  ["vCD", removable("cd")],
  ["vFloppy", removable("floppy")],
  ["vUSB", removable("usb")],
  ["vTools", readTools],
];

/** Adds the rows of one such tab to their machines. */
export function readDetails(table: Table, detail: Detail, owners: MachineLookup, findings: ReaderFindings): void {
  for (const row of table.rows) {
    const cells = new RowCells(table, row, findings);
    const machine = owners.find(cells);
    if (machine !== undefined) detail(cells, machine);
  }
}

function readCpu(cells: RowCells, { server }: Machine): void {
  server.cpus ??= cells.integer("CPUs", CPU_LIMITS);
  server.coresPerSocket ??= cells.integer(["Cores p/s", "Cores per socket"], CPU_LIMITS);
}

function readMemory(cells: RowCells, { server }: Machine): void {
  server.memoryMiB ??= cells.integer(sizeColumns("Size"), MEMORY_LIMITS);
}

function readSnapshot(cells: RowCells, { server }: Machine): void {
  server.snapshots.push(
    omitUndefined({
      name: cells.text(...SNAPSHOT_NAME),
      createdAt: cells.date("Date / time", "Date/time", "Created"),
      // Sizes may have decimals here.
      sizeMiB: cells.number(SNAPSHOT_SIZE, DISK_LIMITS),
    }),
  );
}

function removable(kind: "cd" | "floppy" | "usb"): Detail {
  return (cells, { server }) => {
    const device = cells.text("Device Node");
    const type = cells.text("Device Type");
    // A USB controller has nothing in it that would have to be unplugged.
    if (kind === "usb" && cells.boolean("Connected") !== true && /controller/i.test(`${device ?? ""} ${type ?? ""}`))
      return;
    const detail = [device, type].filter((text) => text !== undefined).join(": ");
    server.removableMedia.push({
      kind,
      connected: cells.boolean("Connected") ?? false,
      ...(detail === "" ? {} : { detail }),
    });
  };
}

function readTools(cells: RowCells, { server }: Machine): void {
  server.toolsStatus ??= cells.text("Tools", "Tools Status");
}
