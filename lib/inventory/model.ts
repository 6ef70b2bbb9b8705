/**
 * The inventory: the estate to be migrated, whatever tool listed it. Every reader turns its own format into this one model,
 * every rule and every construct reads only this one, and the model's own YAML or JSON form is a format like the others.
 * Units are in the names: MiB is 1,048,576 bytes. What a source does not say is left out, never guessed: a rule can then tell
 * "no" from "not known".
 */
import { z } from "zod";
import { admit } from "../core/door/admit";
import { SEVERITIES } from "../core/finding";
import type { Finding, Severity } from "../core/finding";
import { fileText } from "../core/file-text";
import { isoDate } from "../core/iso-date";
import { dataWithoutSecrets } from "../core/secret/redact";

const name = fileText(z.string().trim().min(1));
const mebibytes = z.number().nonnegative().max(Number.MAX_SAFE_INTEGER);
const percent = z.number().min(0).max(100);

/** The schema of a `Location`: the place in a user's file where something was read. */
export const locationSchema = z.strictObject({
  file: z.string().optional(),
  sheet: z.string().optional(),
  row: z.int().positive().optional(),
  column: z.string().optional(),
  line: z.int().positive().optional(),
  character: z.int().positive().optional(),
  path: z.string().optional(),
});

/** The schema of a `Finding`, as an inventory that was written by the command line carries it. */
export const findingSchema: z.ZodType<Finding> = z.strictObject({
  rule: z.string(),
  severity: z.enum(SEVERITIES as [Severity, ...Severity[]]),
  subject: z.string(),
  location: locationSchema.optional(),
  message: z.string(),
  why: z.string(),
  remedy: z.string(),
  waived: z.strictObject({ reason: z.string(), approvedBy: z.string(), expires: isoDate }).optional(),
});

/** The ways in which a disk is provided to its server. */
export const diskKinds = ["thin", "thick", "raw-device-mapping", "unknown"] as const;

/** The schema of a {@link Disk}. */
export const diskSchema = z.strictObject({
  name: name.describe("The disk's label: 'Hard disk 1'"),
  key: fileText()
    .optional()
    .describe("The disk's identity in its source, which no relabelling changes: RVTools' Disk Key '2000', or its UUID"),
  renamedFrom: name
    .optional()
    .describe("The label it had when it was last deployed; may go when every state has moved"),
  capacityMiB: mebibytes.describe("Provisioned size in MiB"),
  usedMiB: mebibytes.optional().describe("The space that the guest's file systems on it use, in MiB"),
  kind: z.enum(diskKinds).default("unknown"),
  controller: fileText().optional().describe("The controller it is attached to: 'SCSI controller 0'"),
  unit: z.int().nonnegative().optional().describe("Unit number on the controller"),
  independent: z.boolean().optional().describe("True where snapshots and so replication leave the disk out"),
  shared: z.boolean().optional().describe("True where more than one server may write to it"),
  path: fileText().optional().describe("The disk's file in its datastore"),
  root: z.boolean().optional().describe("True for the disk the server boots from; without it, the first disk is taken"),
});

/** The schema of a {@link Nic}. */
export const nicSchema = z.strictObject({
  name: fileText().optional().describe("The adapter's label: 'Network adapter 1'"),
  network: fileText().optional().describe("The name of the network it is connected to"),
  mac: fileText().optional().describe("The MAC address, lower case with colons"),
  addresses: z.array(fileText()).default([]).describe("IPv4 and IPv6 addresses"),
  connected: z.boolean().optional(),
});

/** The power states of a server. */
export const powerStates = ["on", "off", "suspended", "unknown"] as const;

/** The families of operating systems. */
export const osFamilies = ["windows", "linux", "unix", "other", "unknown"] as const;

/** The schema of an {@link OperatingSystem}. */
export const operatingSystemSchema = z.strictObject({
  family: z.enum(osFamilies).default("unknown"),
  name: fileText().optional().describe("As the source prints it: 'Red Hat Enterprise Linux 7 (64-bit)'"),
  version: fileText().optional().describe("The version alone: '7', '2012 R2', '22.04'"),
  architecture: z.enum(["x86_64", "x86", "arm64", "other"]).optional(),
});

/** The migration strategies of a server: the seven Rs. */
export const strategies = ["rehost", "replatform", "repurchase", "refactor", "relocate", "retain", "retire"] as const;

/** The schema of a {@link Utilisation}. */
export const utilisationSchema = z.strictObject({
  cpuP95Percent: percent.optional().describe("95th percentile of CPU use, in percent of all CPUs"),
  cpuAveragePercent: percent.optional(),
  cpuPeakPercent: percent.optional(),
  memoryP95Percent: percent.optional().describe("95th percentile of memory use, in percent of its memory"),
  memoryAveragePercent: percent.optional(),
  memoryPeakPercent: percent.optional(),
  diskIops: z.number().nonnegative().optional().describe("Peak of reads and writes a second, all disks together"),
  diskMiBps: z.number().nonnegative().optional().describe("Peak throughput of all disks together, MiB a second"),
  networkMbps: z.number().nonnegative().optional().describe("Peak of both directions, megabits a second"),
});

/** The schema of a server's snapshot. */
export const snapshotSchema = z.strictObject({
  name: fileText().optional(),
  createdAt: fileText().optional().describe("ISO 8601"),
  sizeMiB: mebibytes.optional(),
});

/** The schema of a server's CD, floppy or USB device. */
export const removableMediaSchema = z.strictObject({
  kind: z.enum(["cd", "floppy", "usb"]),
  connected: z.boolean().default(false),
  detail: fileText().optional().describe("Its content: a path of an ISO image, a host device"),
});

/** The schema of a {@link Server}. */
export const serverSchema = z.strictObject({
  name: name.describe("The name in the source's own inventory; unique among the servers that are migrated"),
  renamedFrom: name.optional().describe("The name it had when it was last deployed; may go when every state has moved"),
  fqdn: fileText().optional().describe("The guest's DNS name"),
  uuid: fileText().optional().describe("The hardware UUID, lower case"),
  powerState: z.enum(powerStates).default("unknown"),
  template: z.boolean().default(false).describe("True for a template, which is not a server"),
  placeholder: z.boolean().default(false).describe("True for a disaster-recovery placeholder of a server elsewhere"),
  os: operatingSystemSchema.default({ family: "unknown" }),
  cpus: z.int().positive().max(65_536).optional(),
  coresPerSocket: z.int().positive().optional(),
  memoryMiB: mebibytes.optional(),
  disks: z.array(diskSchema).default([]),
  nics: z.array(nicSchema).default([]),
  host: fileText().optional().describe("The physical or hypervisor host"),
  cluster: fileText().optional(),
  datacenter: fileText().optional(),
  folder: fileText().optional(),
  application: fileText().optional().describe("The application it belongs to"),
  tier: fileText().optional().describe("Its tier in the application: web, app, db"),
  wave: fileText().optional(),
  environment: fileText().optional().describe("prod, test, dev …"),
  strategy: z.enum(strategies).optional().describe("One of the seven Rs"),
  utilisation: utilisationSchema.optional(),
  firmware: z.enum(["bios", "efi"]).optional(),
  secureBoot: z.boolean().optional(),
  hardwareVersion: z.int().positive().optional().describe("The VMware virtual hardware version: 13"),
  faultTolerant: z.boolean().optional().describe("True where the hypervisor mirrors it in lock-step"),
  snapshots: z.array(snapshotSchema).default([]),
  removableMedia: z.array(removableMediaSchema).default([]),
  toolsStatus: fileText().optional().describe("State of the guest tools as the source prints it"),
  annotation: fileText().optional().describe("Free text that people have written about it"),
  // The name of a tag may say that its value is a secret.
  tags: z.record(z.string(), fileText()).overwrite(dataWithoutSecrets).default({}),
  target: z
    .strictObject({
      region: fileText().optional(),
      accountId: fileText().optional(),
      instanceType: fileText().optional(),
      tenancy: z.enum(["shared", "dedicated", "dedicated-host"]).optional(),
      subnetIds: z.array(fileText()).default([]),
      securityGroupIds: z.array(fileText()).default([]),
    })
    .optional()
    .describe("The target, where the source already names it"),
  location: locationSchema.optional().describe("The place where it was read"),
});

/** The schema of a {@link Network}. */
export const networkSchema = z.strictObject({
  name,
  cidr: fileText().optional().describe("Its address range, where it is known"),
  vlan: z.int().min(0).max(4095).optional(),
  virtualSwitch: fileText().optional(),
  location: locationSchema.optional(),
});

/** The schema of a {@link Database}. */
export const databaseSchema = z.strictObject({
  name,
  engine: fileText().describe("postgresql, mysql, sqlserver, oracle, mongodb …"),
  version: fileText().optional(),
  server: fileText().optional().describe("The server it runs on"),
  port: z.int().min(1).max(65_535).optional(),
  sizeMiB: mebibytes.optional(),
  location: locationSchema.optional(),
});

/** The schema of a {@link FileShare}. */
export const fileShareSchema = z.strictObject({
  name: name.describe("The export or the share: '/srv/reports', '\\\\filer\\reports'"),
  protocol: z.enum(["nfs", "smb", "other"]).default("other"),
  server: fileText().optional(),
  sizeMiB: mebibytes.optional(),
  usedBy: z.array(fileText()).default([]).describe("The servers that mount it"),
  location: locationSchema.optional(),
});

/** The schema of a {@link Flow}. */
export const flowSchema = z.strictObject({
  source: name.describe("The side that opens the connection: a server's name, its fqdn, an address or an outside host"),
  destination: name.describe("The side that accepts it"),
  port: z.int().min(0).max(65_535).optional().describe("The destination's port; none for ICMP"),
  protocol: fileText().default("tcp").describe("tcp, udp, icmp or an IP protocol's number"),
  count: z.number().nonnegative().optional().describe("The number of times it was seen"),
  process: fileText().optional().describe("The process on the destination's side, where it is known"),
  location: locationSchema.optional(),
});

/** The schema of an {@link Inventory}. */
export const inventorySchema = z
  .strictObject({
    $schema: z.string().optional(),
    format: z.string().optional().describe("The format it was read from: rvtools, migration-hub …"),
    source: fileText().optional().describe("The file or folder it was read from"),
    servers: z.array(serverSchema).default([]),
    networks: z.array(networkSchema).default([]),
    databases: z.array(databaseSchema).default([]),
    fileShares: z.array(fileShareSchema).default([]),
    flows: z.array(flowSchema).default([]),
    findings: z.array(findingSchema).default([]).describe("The findings of the reader about the file"),
  })
  // Places and findings too, which are no texts of the source.
  .overwrite(dataWithoutSecrets);

/** A disk of a server. Sizes in MiB. */
export type Disk = Readonly<z.infer<typeof diskSchema>>;
/** A network adapter of a server. */
export type Nic = Readonly<z.infer<typeof nicSchema>>;
/** A server, virtual or physical. */
export type Server = Readonly<z.infer<typeof serverSchema>>;
/** The operating system of a server. */
export type OperatingSystem = Readonly<z.infer<typeof operatingSystemSchema>>;
/** The utilisation of a server. Percentages are of its own CPUs and memory. */
export type Utilisation = Readonly<z.infer<typeof utilisationSchema>>;
/** A network that servers are connected to. */
export type Network = Readonly<z.infer<typeof networkSchema>>;
/** A database, and the server it runs on. */
export type Database = Readonly<z.infer<typeof databaseSchema>>;
/** An NFS export or an SMB share, and the servers that mount it. */
export type FileShare = Readonly<z.infer<typeof fileShareSchema>>;
/** A connection that was observed, or is declared. */
export type Flow = Readonly<z.infer<typeof flowSchema>>;
/** A migration strategy: one of the seven Rs. */
export type Strategy = (typeof strategies)[number];
/** The power state of a server. */
export type PowerState = (typeof powerStates)[number];

/** The estate to be migrated, and the findings of the readers of its files. */
export type Inventory = Readonly<z.infer<typeof inventorySchema>>;

/** The input of an {@link Inventory}: everything that has a default may be left out. */
export type InventoryInput = z.input<typeof inventorySchema>;

/**
 * Returns the servers that are to be migrated: neither templates nor placeholders, and not those whose strategy is to retire
 * or retain them. Powered-off servers are among them: whether they move is for a person to say, by their strategy.
 */
export function migratingServers(inventory: Inventory): Server[] {
  admit("migratingServers", { inventory });
  return inventory.servers.filter(
    (server) => !server.template && !server.placeholder && server.strategy !== "retire" && server.strategy !== "retain",
  );
}
