/**
 * The import template of AWS Migration Hub (AWS Application Discovery Service), a row for each server. Its reader is one of
 * those that `readInventory` chooses from.
 *
 * Columns and their meaning: Application Discovery Service User Guide, "Migration Hub import", table of import fields. It has
 * no disks, so they are unknown and not none. Its MB are read as MiB and its KB as KiB: operating systems and hypervisors, from
 * which people copy these numbers, count in powers of two, and if somebody did not, the larger unit errs on the safe side.
 */
import type { RowCells } from "./cell";
import type { ReaderFindings } from "./reader";
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
  tagsOf,
  toFqdn,
  toMegabits,
  toUuid,
} from "./server-values";

/** The reader of the import template of AWS Migration Hub. */
export const migrationHubReader = serverCsvReader({
  format: "migration-hub",
  title: "AWS Migration Hub import template, CSV",
  signatures: [["ExternalId", "HostName"], ["RAM.TotalSizeInMB"], ["CPU.NumberOfProcessors"], ["HostName", "OS.Name"]],
  columns: [
    ["IPAddress"],
    ["OS.Name"],
    ["CPU.NumberOfLogicalCores", "CPU.NumberOfCores", "CPU.NumberOfProcessors"],
    ["RAM.TotalSizeInMB"],
  ],
  server: readRow,
});

function readRow(cells: RowCells, findings: ReaderFindings): RowReading {
  const hostName = cells.text("HostName");
  const name =
    cells.text("VMware.VMName") ??
    hostName ??
    cells.text("ExternalId") ??
    cells.text("ServerId") ??
    cells.list("IPAddress")[0];
  if (name === undefined) {
    return { noServer: "VMware.VMName, HostName, ExternalId, ServerId and IPAddress are all empty" };
  }
  cells.subject = name;
  const nics = nicsOf(cells, "IPAddress", "MACAddress");

  const [application, ...more] = cells.list("Applications", /,/);
  if (more.length > 0) {
    const message = `the server belongs to ${more.length + 1} applications, of which the first is taken`;
    findings.add(valueInvalid, name, message, cells.locate("Applications"), "info");
  }
  const smbios = cells.text("SMBiosId");
  const uuid = toUuid(smbios);
  if (smbios !== undefined && uuid === undefined) cells.invalid("SMBiosId", "a UUID");
  const sockets = cells.integer("CPU.NumberOfProcessors", CPU_LIMITS);
  const cores = cells.integer("CPU.NumberOfCores", CPU_LIMITS);
  const memoryMiB = cells.number("RAM.TotalSizeInMB", MEMORY_LIMITS);
  return {
    name,
    // A host name beside another name is the guest's own; alone, it is a DNS name only if it has a domain.
    fqdn: hostName === name ? toFqdn(hostName) : hostName,
    uuid,
    os: operatingSystemOf(cells.text("OS.Name"), cells.text("OS.Version")),
    // Logical cores are what a guest calls its CPUs and EC2 its vCPUs.
    cpus: cells.integer("CPU.NumberOfLogicalCores", CPU_LIMITS) ?? cores ?? sockets,
    coresPerSocket: cores !== undefined && sockets !== undefined && cores % sockets === 0 ? cores / sockets : undefined,
    memoryMiB,
    nics,
    application,
    wave: cells.text("ApplicationWave"),
    utilisation: utilisationOf(cells, memoryMiB),
    tags: tagsOf(cells, findings, "Tags", /,/, ":"),
  };
}

function utilisationOf(cells: RowCells, memoryMiB: number | undefined) {
  const usedPercent = (column: string): number | undefined => {
    const used = cells.number(column, { minimum: 0, maximum: memoryMiB ?? Infinity });
    return used === undefined || memoryMiB === undefined ? undefined : rounded((used / memoryMiB) * 100);
  };
  const sumOfRates = (...columns: readonly string[]): number | undefined =>
    sumKnown(...columns.map((column) => cells.number(column, RATE_LIMITS)));
  const diskKibPerSecond = sumOfRates("DiskReadsPerSecondInKB.Max", "DiskWritesPerSecondInKB.Max");
  const networkKibPerSecond = sumOfRates("NetworkReadsPerSecondInKB.Max", "NetworkWritesPerSecondInKB.Max");
  return nonEmptyFields({
    cpuAveragePercent: cells.number("CPU.UsagePct.Avg", PERCENT_LIMITS),
    cpuPeakPercent: cells.number("CPU.UsagePct.Max", PERCENT_LIMITS),
    memoryAveragePercent: usedPercent("RAM.UsedSizeInMB.Avg"),
    memoryPeakPercent: usedPercent("RAM.UsedSizeInMB.Max"),
    diskIops: sumOfRates("DiskReadsOpsPerSecond.Max", "DiskWritesOpsPerSecond.Max"),
    diskMiBps: diskKibPerSecond === undefined ? undefined : rounded(diskKibPerSecond / 1024),
    networkMbps: networkKibPerSecond === undefined ? undefined : toMegabits(networkKibPerSecond / 1024),
  });
}
