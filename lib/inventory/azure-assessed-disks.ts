/**
 * The sheet `All_Assessed_Disks` of an assessment that Azure Migrate exports, saved as CSV: a row for each disk. The sheet of
 * the machines has only the sum of their sizes.
 */
import { RowCells } from "./cell";
import { hasHeaders } from "./csv-headers";
import { readCsvTable } from "./csv-table";
import type { Disk, Inventory } from "./model";
import { ReaderFindings, type InputFile } from "./reader";
import { rowSkipped, unknownReference } from "./reader-rules";

const MACHINE = ["Machine", "Machine name"];
const SIZE = "Source disk size(GB)";

/** The limits of one disk's size in GiB: up to an exbibyte. Our own limit; no disk has as much. */
export const DISK_GIB_LIMITS = { minimum: 0, maximum: 2 ** 30 };

/** Checks whether the file is the sheet `All_Assessed_Disks`. */
export function hasAssessedDisks(file: InputFile): boolean {
  return hasHeaders(
    file,
    MACHINE.map((name) => [name, SIZE]),
  );
}

/** Returns the inventory, each server with its disks in these files. Faults in the files are added to the findings. */
export function withAssessedDisks(inventory: Inventory, files: readonly InputFile[]): Inventory {
  if (files.length === 0) return inventory;
  const findings = new ReaderFindings();
  const disks = new Map<string, Disk[]>(inventory.servers.map((server) => [server.name.toLowerCase(), []]));
  for (const file of files) readDisks(file, disks, findings);
  return {
    ...inventory,
    source: [inventory.source ?? "", ...files.map((file) => file.name)].filter((name) => name !== "").join(", "),
    servers: inventory.servers.map((server) => ({
      ...server,
      disks: [...server.disks, ...(disks.get(server.name.toLowerCase()) ?? [])],
    })),
    findings: [...inventory.findings, ...findings.all],
  };
}

function readDisks(file: InputFile, disks: ReadonlyMap<string, Disk[]>, findings: ReaderFindings): void {
  const table = readCsvTable(file, findings, { expected: [SIZE] });
  if (table === undefined) return;
  for (const row of table.rows) {
    const cells = new RowCells(table, row, findings);
    const machine = cells.text(...MACHINE);
    if (machine === undefined) {
      findings.add(
        rowSkipped,
        cells.subject,
        "the row is not read, because it names no machine",
        cells.locate(MACHINE),
      );
      continue;
    }
    cells.subject = machine;
    const known = disks.get(machine.toLowerCase());
    if (known === undefined) {
      findings.add(
        unknownReference,
        machine,
        "the disk belongs to a machine that no file lists",
        cells.locate(MACHINE),
      );
      continue;
    }
    const size = cells.number(SIZE, DISK_GIB_LIMITS);
    if (size === undefined) {
      const message = "the disk is not read, because its size is not known";
      findings.add(rowSkipped, machine, message, cells.locate(SIZE));
      continue;
    }
    const name = cells.text("Disk name") ?? `Disk ${known.length + 1}`;
    known.push({ name, capacityMiB: size * 1024, kind: "unknown" });
  }
}
