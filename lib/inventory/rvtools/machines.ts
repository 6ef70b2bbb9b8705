/** Reads vInfo, which has one row for each virtual machine, template or placeholder. */
import { isIP } from "node:net";
import { MigrationError } from "../../core/error";
import { RowCells, type NumberLimits } from "../cell";
import type { OperatingSystem, PowerState } from "../model";
import { parseOperatingSystem } from "../operating-system";
import type { ReaderFindings } from "../reader";
import { columnMissing, rowSkipped } from "../reader-rules";
import { CPU_LIMITS, MEMORY_LIMITS, omitUndefined, toUuid } from "../server-values";
import type { Table } from "../table";
import { customAttributes } from "./custom-attributes";
import { DISK_LIMITS } from "./disks";
import { identityOf, sizeColumns, type Machine, type ServerDraft } from "./machine";

const POWER_STATES: Readonly<Record<string, PowerState>> = {
  poweredOn: "on",
  poweredOff: "off",
  suspended: "suspended",
  on: "on",
  off: "off",
  unknown: "unknown",
};

/**
 * The states of fault tolerance, by whether the machine is mirrored (vSphere API, `VirtualMachineFaultToleranceState`); in
 * the state `disabled` nothing is mirrored.
 */
const FAULT_TOLERANCE: Readonly<Record<string, boolean>> = {
  notConfigured: false,
  disabled: false,
  enabled: true,
  needSecondary: true,
  starting: true,
  running: true,
};

const FIRMWARE = { bios: "bios", efi: "efi", uefi: "efi" } as const;

const CONFIGURED_OS = ["OS according to the configuration file", "OS according to the configuration", "OS"];
const RUNNING_OS = ["OS according to the VMware Tools"];
const TOTAL_DISK = sizeColumns("Total disk capacity");
const PROVISIONED = sizeColumns("Provisioned");
/** The columns of networks: four in older versions, eight now. */
const NETWORKS = Array.from({ length: 8 }, (_, index) => `Network #${index + 1}`);

/** The columns that rules and sizes depend on, by any of their names. */
const NEEDED: readonly (readonly string[])[] = [
  ["Powerstate"],
  ["Template"],
  ["CPUs"],
  ["Memory"],
  ["VM UUID", "SMBIOS UUID"],
  ["Host"],
  ["Firmware"],
  ["HW version", "VM Version"],
  [...CONFIGURED_OS, ...RUNNING_OS],
];

const DISK_COUNT_LIMITS: NumberLimits = { minimum: 0, maximum: 1024 };

const text = (cells: RowCells, columns: readonly string[]) => cells.text(...columns);
const boolean = (cells: RowCells, columns: readonly string[]) => cells.boolean(...columns);

/** The fields that a row of vInfo may fill in. */
const FIELDS: readonly Field[] = [
  field("powerState", ["Powerstate"], (cells, columns) => cells.oneOf(columns, POWER_STATES) ?? "unknown"),
  field("template", ["Template"], (cells, columns) => boolean(cells, columns) ?? false),
  field("placeholder", ["SRM Placeholder"], (cells, columns) => boolean(cells, columns) ?? false),
  field("os", [...RUNNING_OS, ...CONFIGURED_OS], (cells) =>
    chooseOperatingSystem(cells.text(...RUNNING_OS), cells.text(...CONFIGURED_OS)),
  ),
  field("fqdn", ["DNS Name"], text),
  field("cpus", ["CPUs"], (cells, columns) => cells.integer(columns, CPU_LIMITS)),
  field("memoryMiB", ["Memory", ...sizeColumns("Memory")], (cells, columns) => cells.integer(columns, MEMORY_LIMITS)),
  field("coresPerSocket", ["Cores p/s"], (cells, columns) => cells.integer(columns, CPU_LIMITS)),
  field("host", ["Host"], text),
  field("cluster", ["Cluster"], text),
  field("datacenter", ["Datacenter"], text),
  field("folder", ["Folder"], text),
  field("firmware", ["Firmware"], (cells, columns) => cells.oneOf(columns, FIRMWARE)),
  field("secureBoot", ["EFI Secure boot"], boolean),
  field("hardwareVersion", ["HW version", "VM Version"], hardwareVersion),
  field("faultTolerant", ["FT State"], (cells, columns) => cells.oneOf(columns, FAULT_TOLERANCE)),
  field("annotation", ["Annotation"], text),
];

/** The names of vSphere's own agents, which have a UUID or a number (VMware knowledge base 80472, vSphere Cluster Services). */
const CLUSTER_SERVICE = /^vCLS(?:-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\s*\(\d+\))?$/i;

/**
 * Reads the machines of a vInfo tab. `leftOut` is called with the name of each row that is left out on purpose, so that its
 * disks do not count as those of an unknown machine.
 *
 * @throws MigrationError `INVENTORY_RVTOOLS_COLUMNS` where the tab has no column VM
 */
export function readMachines(table: Table, findings: ReaderFindings, leftOut: (name: string) => void): Machine[] {
  if (table.position("VM") === undefined) {
    throw new MigrationError({
      code: "INVENTORY_RVTOOLS_COLUMNS",
      path: table.sheet === undefined ? table.file : `${table.file}, sheet ${table.sheet}`,
      received: table.headers.slice(0, 5).join(", "),
      allowed: "a header row with the column VM",
      fix: "export again with RVTools' own column names, without the option -DBColumnNames",
    });
  }
  reportMissingColumns(table, findings);
  const custom = customAttributes(table);
  // Found once for the table: an old version, or somebody who kept few columns, has a fraction of them.
  const fields = FIELDS.filter(({ columns }) => table.position(...columns) !== undefined);
  const networks = NETWORKS.filter((column) => table.position(column) !== undefined);
  const machines: Machine[] = [];
  for (const row of table.rows) {
    const cells = new RowCells(table, row, findings);
    const { name, id, vcenter } = identityOf(cells);
    if (name === undefined) {
      findings.add(rowSkipped, cells.subject, "the row has no name in column VM", cells.locate("VM"));
      continue;
    }
    cells.subject = name;
    if (name === "VM" && cells.text("Powerstate") === "Powerstate") {
      findings.add(rowSkipped, name, "the row repeats the header", cells.locate("VM"), "info");
      continue;
    }
    if (CLUSTER_SERVICE.test(name)) {
      const message =
        "the row is an agent of vSphere Cluster Services, which vSphere creates by itself and which is not migrated";
      findings.add(rowSkipped, name, message, cells.locate("VM"), "info");
      leftOut(name);
      continue;
    }
    const uuids = readUuids(cells);
    const server: ServerDraft = { ...newServer(cells, name), ...custom(cells) };
    if (uuids.hardware !== undefined) server.uuid = uuids.hardware;
    for (const { assign } of fields) assign(cells, server);
    machines.push({
      server,
      uuids: [uuids.vcenter, uuids.hardware].filter((uuid) => uuid !== undefined),
      networks: networks.flatMap((column) => cells.text(column) ?? []),
      ...omitUndefined({
        id,
        vcenter,
        primaryAddress: primaryAddress(cells),
        diskCount: cells.integer("Disks", DISK_COUNT_LIMITS),
        totalDiskMiB: cells.integer(TOTAL_DISK, DISK_LIMITS),
        provisionedMiB: cells.integer(PROVISIONED, DISK_LIMITS),
      }),
    });
  }
  return machines;
}

/** Returns a server of which nothing is known but its name. */
function newServer(cells: RowCells, name: string): ServerDraft {
  return {
    name,
    powerState: "unknown",
    template: false,
    placeholder: false,
    os: { family: "unknown" },
    disks: [],
    nics: [],
    snapshots: [],
    removableMedia: [],
    tags: {},
    location: cells.locate(),
  };
}

/** A field of a server, with the columns it is read from, by any of their names. */
interface Field {
  readonly columns: readonly string[];
  /** Gives the server the field's value, where the row has one. */
  readonly assign: (cells: RowCells, server: ServerDraft) => void;
}

function field<Key extends keyof ServerDraft>(
  key: Key,
  columns: readonly string[],
  read: (cells: RowCells, columns: readonly string[]) => ServerDraft[Key],
): Field {
  return {
    columns,
    assign: (cells, server) => {
      const value = read(cells, columns);
      if (value !== undefined) server[key] = value;
    },
  };
}

/**
 * Reads a row's UUIDs. Newer exports tell vCenter's identity from the one the guest's hardware has; older ones have one
 * column for either.
 */
function readUuids(cells: RowCells): { vcenter: string | undefined; hardware: string | undefined } {
  const vcenter = readUuid(cells, "VM UUID");
  return { vcenter, hardware: readUuid(cells, "SMBIOS UUID") ?? vcenter };
}

function readUuid(cells: RowCells, column: string): string | undefined {
  const text = cells.text(column);
  const uuid = toUuid(text);
  if (text !== undefined && uuid === undefined) cells.invalid(column, "a UUID");
  return uuid;
}

/**
 * Chooses between the operating system that VMware Tools report as running, and the one that somebody once configured in a
 * list: the former. But Tools that print less (`Ubuntu Linux (64-bit)`) do not hide a version that the configuration has for
 * the same family.
 */
export function chooseOperatingSystem(running: string | undefined, configured: string | undefined): OperatingSystem {
  const runs = parseOperatingSystem(running);
  const set = parseOperatingSystem(configured);
  if (runs.family === "unknown" || runs.family === "other")
    return set.family === "unknown" && running !== undefined ? runs : set;
  const product = (os: OperatingSystem): string => os.name?.replace(/[\d(].*$/, "").trim() ?? "";
  return runs.version === undefined && set.version !== undefined && product(runs) === product(set) ? set : runs;
}

/** Reads the virtual hardware version: `vmx-13`, `13` or `v13`. */
function hardwareVersion(cells: RowCells, columns: readonly string[]): number | undefined {
  const text = cells.text(...columns);
  if (text === undefined) return undefined;
  const version = Number(/^(?:vmx-|v)?0*([1-9]\d{0,2})$/i.exec(text)?.[1]);
  if (Number.isInteger(version)) return version;
  cells.invalid(columns, "a virtual hardware version such as vmx-13");
  return undefined;
}

function primaryAddress(cells: RowCells): string | undefined {
  const address = cells.text("Primary IP Address");
  if (address === undefined || isIP(address) !== 0) return address;
  cells.invalid("Primary IP Address", "an IPv4 or IPv6 address");
  return undefined;
}

function reportMissingColumns(table: Table, findings: ReaderFindings): void {
  for (const names of NEEDED) {
    if (table.position(...names) !== undefined) continue;
    const place = { file: table.file, ...(table.sheet === undefined ? {} : { sheet: table.sheet }) };
    findings.add(columnMissing, names[0] ?? "", `vInfo has no column ${names.join(" or ")}`, place);
  }
}
