/**
 * The import template of Azure Migrate, and the sheets `All_Assessed_Machines` and `All_Assessed_Disks` of an assessment that
 * it exports, each saved as CSV.
 *
 * Columns and their meaning: Azure Migrate documentation, "Tutorial: Assess servers using an imported CSV file" (Memory in MB,
 * disk sizes in GB, throughput in MB a second, up to eight disks). MB and GB are read as MiB and GiB, as the hypervisors count
 * from which these numbers come, and Azure its disks; where somebody did not, the larger unit errs on the safe side.
 */
import type { RowCells } from "./cell";
import type { Disk, Utilisation } from "./model";
import { DISK_GIB_LIMITS, hasAssessedDisks, withAssessedDisks } from "./azure-assessed-disks";
import type { InventoryReader, ReaderFindings } from "./reader";
import { valueInvalid } from "./reader-rules";
import { serverCsvReader, type RowReading } from "./server-csv";
import {
  CPU_LIMITS,
  nonEmptyFields,
  MEMORY_LIMITS,
  nicsOf,
  operatingSystemOf,
  PERCENT_LIMITS,
  RATE_LIMITS,
  rounded,
  sumKnown,
  toFqdn,
  toMegabits,
} from "./server-values";
import { headerKey } from "./table";

const NAME = ["Server name", "Machine name", "Machine"];
const MEMORY = ["Memory (In MB)", "Memory (MB)", "Memory"];
const OS_NAME = ["OS name", "Operating system"];
const ADDRESSES = ["IP addresses", "IP address"];

const serversReader = serverCsvReader({
  format: "azure-migrate",
  title: "Azure Migrate import template or list of assessed machines, CSV",
  signatures: [
    ["Server name", "Cores"],
    ["Server name", "Memory (In MB)"],
    ["Machine", "Azure VM readiness"],
    ["Machine name", "Azure VM readiness"],
  ],
  columns: [["Cores"], MEMORY, OS_NAME, ADDRESSES],
  server: readRow,
});

/** The reader of Azure Migrate's import template, and of the machines and disks of an assessment. */
export const azureMigrateReader: InventoryReader = {
  ...serversReader,
  recognizes: async (files) => {
    const servers = files.filter((file) => !hasAssessedDisks(file));
    return files.length > 0 && (servers.length === 0 || (await serversReader.recognizes(servers)));
  },
  read: async (files, options) => {
    const disks = files.filter(hasAssessedDisks);
    const servers = files.filter((file) => !disks.includes(file));
    return withAssessedDisks(await serversReader.read(servers, options), disks);
  },
};

/** The key of the header of a disk's size: `Disk 2 size (In GB)`. */
const DISK_SIZE = /^disk(\d+)size/;

const COUNT_LIMITS = { minimum: 0, maximum: 1024 };

function readRow(cells: RowCells, findings: ReaderFindings): RowReading {
  const name = cells.text(...NAME);
  if (name === undefined) return { noServer: "Server name is empty" };
  cells.subject = name;
  const disks = disksOf(cells);
  const count = cells.integer("Number of disks", COUNT_LIMITS);
  if (count !== undefined && count > disks.length) {
    const message = `the row counts ${count} disks and gives the size of ${disks.length}; the others are not known`;
    findings.add(valueInvalid, name, message, cells.locate("Number of disks"));
  }
  const os = operatingSystemOf(cells.text(...OS_NAME), cells.text("OS version"));
  const architecture = cells.oneOf("OS architecture", {
    x64: "x86_64",
    amd64: "x86_64",
    x86_64: "x86_64",
    "64-bit": "x86_64",
    x86: "x86",
    "32-bit": "x86",
    arm64: "arm64",
  } as const);
  return {
    name,
    fqdn: toFqdn(name),
    os: architecture === undefined ? os : { ...os, architecture },
    cpus: cells.integer("Cores", CPU_LIMITS),
    memoryMiB: cells.number(MEMORY, MEMORY_LIMITS),
    disks,
    nics: nicsOf(cells, ADDRESSES, ["MAC address", "MAC addresses"]),
    host: cells.text("VM host"),
    firmware: cells.oneOf(["Boot type", "Firmware type"], { bios: "bios", uefi: "efi", efi: "efi" } as const),
    utilisation: utilisationOf(cells),
  };
}

/** Reads the disks of a row from columns with headers such as `Disk 2 size (In GB)`. */
function disksOf(cells: RowCells): Disk[] {
  const disks: Disk[] = [];
  for (const header of cells.table.headersLike(DISK_SIZE)) {
    const size = cells.number(header, DISK_GIB_LIMITS);
    // The template's unused disks are often filled with 0.
    if (size === undefined || size === 0) continue;
    const number = DISK_SIZE.exec(headerKey(header))?.[1] ?? "";
    disks.push({ name: `Disk ${number}`, capacityMiB: size * 1024, kind: "unknown" });
  }
  return disks;
}

function utilisationOf(cells: RowCells): Utilisation | undefined {
  const rates = (disk: RegExp, total: readonly string[]): number | undefined =>
    sumKnown(...cells.table.headersLike(disk).map((header) => cells.number(header, RATE_LIMITS))) ??
    sumKnown(cells.number(total, RATE_LIMITS));
  const reads = rates(/^disk\d+readops/, [
    "Total disks read ops",
    "Storage read ops (operations per second)",
    "Disk read(ops/sec)",
  ]);
  const writes = rates(/^disk\d+writeops/, [
    "Total disks write ops",
    "Storage write ops (operations per second)",
    "Disk write(ops/sec)",
  ]);
  const readMiBps = rates(/^disk\d+readthroughput/, [
    "Total disks read throughput",
    "Storage read throughput (MB per second)",
    "Disk read(MBPS)",
  ]);
  const writeMiBps = rates(/^disk\d+writethroughput/, [
    "Total disks write throughput",
    "Storage write throughput (MB per second)",
    "Disk write(MBPS)",
  ]);
  const networkMiBps = sumKnown(
    cells.number(["Network In throughput", "Network In throughput (MBps)", "Network in(MBPS)"], RATE_LIMITS),
    cells.number(["Network Out throughput", "Network Out throughput (MBps)", "Network out(MBPS)"], RATE_LIMITS),
  );
  const diskMiBps = sumKnown(readMiBps, writeMiBps);
  return nonEmptyFields({
    // Azure sizes on these two: its own measurements' percentile, by default the 95th, or what an imported file says instead.
    cpuP95Percent: cells.number(["CPU utilization percentage", "CPU usage(%)"], PERCENT_LIMITS),
    memoryP95Percent: cells.number(["Memory utilization percentage", "Memory usage(%)"], PERCENT_LIMITS),
    diskIops: sumKnown(reads, writes),
    diskMiBps: diskMiBps === undefined ? undefined : rounded(diskMiBps),
    networkMbps: networkMiBps === undefined ? undefined : toMegabits(networkMiBps),
  });
}
