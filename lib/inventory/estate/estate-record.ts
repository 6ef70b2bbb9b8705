/**
 * ```ts
 * const estate = readEstateRecord(readFileSync("estate.lock.json", "utf8"));
 * new LiftAndShift(this, "wave-1", { …, estate });
 * ```
 *
 * The record of an estate's identities, `estate.lock.json`: what does not change of a server and a disk (its UUID, its key),
 * and what was made of it (its address in Terraform, size, device name, place). `migration-patterns lock` writes it, people
 * review it like a lock file, and it is passed in as data. With it, a correction of the inventory is told from another server.
 */
import { z } from "zod";
import { readDocument } from "../../core/document/document";
import { admit } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import { fileText } from "../../core/file-text";
import { formatPath } from "../../core/format-path";
import { compareText, lowerFirst } from "../../core/text";

/** The version of the format that is written. */
export const ESTATE_FORMAT = 1;

/** The name of the file that `migration-patterns lock` writes unless it is told another. */
export const ESTATE_FILE = "estate.lock.json";

const name = fileText(z.string().min(1));
const identifier = z.string().regex(/^[A-Za-z0-9._-]+$/, "must be letters, digits, dots, dashes and underscores");

function address(...types: readonly string[]): z.ZodType<string, string> {
  return z
    .string()
    .regex(
      new RegExp(`^(?:${types.join("|")})\\.[A-Za-z_][A-Za-z0-9_-]*$`),
      `must be the address of ${types.join(" or ")}`,
    );
}

/** The schema of a {@link RecordedDisk}. */
export const recordedDiskSchema = z.strictObject({
  key: fileText(z.string().min(1)).optional().describe("The disk's identity in its source, where the source says one"),
  name: name.describe("The disk's label"),
  address: address("aws_ebs_volume", "aws_instance").describe("The volume; of the root disk, the instance"),
  attachment: address("aws_volume_attachment").optional().describe("The volume's attachment; none for the root disk"),
  deviceName: z
    .string()
    .regex(/^(?:\/dev\/sd|xvd)[a-z]{1,2}\d{0,2}$/, "must be a device name, like /dev/sdf")
    .optional()
    .describe("The device name that the volume is attached by; none for the root disk"),
  sizeGiB: z.int().positive().max(65_536).describe("The volume's size in GiB"),
});

/** The schema of a {@link RecordedServer}. */
export const recordedServerSchema = z.strictObject({
  uuid: fileText(z.string().min(1))
    .optional()
    .describe("The hardware UUID, where the source says one that no other has"),
  name: name.describe("The server's name"),
  stack: z
    .string()
    .regex(/^\S+$/, "must be the name of a stack")
    .describe("The name of the stack that its resources are in"),
  migration: identifier.describe("The name of its migration"),
  address: address("aws_instance").describe("The instance"),
  adopted: z.literal(true).optional().describe("True where a replication tool has launched the instance"),
  group: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, "must be the id of a group")
    .describe("The id of its security group in the fleet"),
  subnet: fileText(z.string().min(1)).optional().describe("Its subnet's tier and zone: private/eu-central-1a"),
  privateAddress: z.ipv4().optional().describe("The private address that it keeps"),
  images: z
    .array(address("aws_ami", "aws_ebs_snapshot_import"))
    .optional()
    .describe("The imported snapshots in the order of its disks, and the image made of the first"),
  disks: z
    .array(recordedDiskSchema)
    .describe("Its disks, the root disk first, the others in the order of device names"),
});

/** The schema of an {@link EstateRecord}. */
export const estateRecordSchema = z.strictObject({
  formatVersion: z.literal(ESTATE_FORMAT),
  app: identifier.describe("The name of the app"),
  servers: z.array(recordedServerSchema),
});

/** A disk of a recorded server. */
export type RecordedDisk = Readonly<z.infer<typeof recordedDiskSchema>>;
/** A server with its resources, as recorded. */
export type RecordedServer = Readonly<z.infer<typeof recordedServerSchema>>;
/** The identities of an app's servers and disks, and the addresses of what was made of them. */
export type EstateRecord = Readonly<z.infer<typeof estateRecordSchema>>;

const ANEW =
  "write it anew: delete the file, synthesize the code that is deployed without it, and run migration-patterns lock";

/**
 * Reads a record of identities.
 *
 * @param text the content of the file
 * @param file the file's name, for messages
 * @throws MigrationError `ESTATE_RECORD_SYNTAX` (no JSON), `ESTATE_RECORD_VERSION` (of a newer version), `ESTATE_RECORD_SHAPE`
 * (what no record has: the error lists the entries), `ESTATE_RECORD_DUPLICATE` (two entries with one UUID or one address)
 */
export function readEstateRecord(text: string, file: string = ESTATE_FILE): EstateRecord {
  admit("readEstateRecord", { text, file });
  const allowed = "a record of identities, as migration-patterns lock writes it";
  const { value } = readDocument({ name: file, content: text }, { code: "ESTATE_RECORD_SYNTAX", allowed });
  return parseEstateRecord(value, file);
}

/**
 * Checks a record of identities that is JSON already.
 *
 * @throws MigrationError `ESTATE_RECORD_VERSION`, `ESTATE_RECORD_SHAPE`, `ESTATE_RECORD_DUPLICATE`
 */
export function parseEstateRecord(value: unknown, file: string = ESTATE_FILE): EstateRecord {
  admit("parseEstateRecord", { file });
  const version =
    typeof value === "object" && value !== null ? (value as Record<string, unknown>)["formatVersion"] : undefined;
  if (typeof version === "number" && version > ESTATE_FORMAT) {
    throw new MigrationError({
      code: "ESTATE_RECORD_VERSION",
      path: `${file}: formatVersion`,
      received: version,
      allowed: `${ESTATE_FORMAT}`,
      fix: "a newer version of the library has written it: take that version, or write it anew with this one",
    });
  }
  const parsed = estateRecordSchema.safeParse(value);
  if (!parsed.success) {
    throw new MigrationError({
      code: "ESTATE_RECORD_SHAPE",
      path: file,
      allowed: "what migration-patterns lock writes",
      fix: ANEW,
      details: parsed.error.issues.map(({ path, message }) => `${placeOf(path, value)}: ${lowerFirst(message)}`),
      cause: parsed.error,
    });
  }
  refuseDuplicates(parsed.data, file);
  return parsed.data;
}

/** Returns the record's text: sorted, so that two runs of the same app give the same file. Ends with a line feed. */
export function formatEstateRecord(estateRecord: EstateRecord): string {
  admit("formatEstateRecord", { estateRecord });
  const { app, servers } = estateRecord;
  const ordered = (server: RecordedServer): object => {
    const {
      uuid,
      name: named,
      stack,
      migration,
      address: at,
      adopted,
      group,
      subnet,
      privateAddress,
      images,
      disks,
    } = server;
    return {
      uuid,
      name: named,
      stack,
      migration,
      address: at,
      adopted,
      group,
      subnet,
      privateAddress,
      images,
      disks: disks.map(({ key, name: label, address: volume, attachment, deviceName, sizeGiB }) => ({
        key,
        name: label,
        address: volume,
        attachment,
        deviceName,
        sizeGiB,
      })),
    };
  };
  const sorted = [...servers].sort(
    (a, b) => compareText(a.stack, b.stack) || compareText(a.name, b.name) || compareText(a.address, b.address),
  );
  return `${JSON.stringify({ formatVersion: ESTATE_FORMAT, app, servers: sorted.map(ordered) }, null, 2)}\n`;
}

/** Names the entry as people find it: by its position, and by the name that it has. */
function placeOf(path: readonly PropertyKey[], value: unknown): string {
  const place = formatPath(path) || "the file";
  const [list, index] = path;
  if (list !== "servers" || typeof index !== "number") return place;
  const server = (value as { servers?: { name?: unknown }[] }).servers?.[index];
  return typeof server?.name === "string" ? `${place} (${server.name})` : place;
}

function refuseDuplicates({ servers }: EstateRecord, file: string): void {
  const seen = new Map<string, string>();
  const twice: string[] = [];
  const take = (what: string, value: string, place: string): void => {
    const other = seen.get(`${what} ${value}`);
    if (other === undefined) seen.set(`${what} ${value}`, place);
    else twice.push(`${what} ${value}: ${other} and ${place}`);
  };
  servers.forEach((server, index) => {
    const place = `servers[${index}] (${server.name})`;
    if (server.uuid !== undefined) take("uuid", server.uuid.toLowerCase(), place);
    take("address", `${server.address} of stack ${server.stack}`, place);
    server.disks.forEach((disk, at) => {
      const own = `servers[${index}].disks[${at}] (${disk.name} of ${server.name})`;
      if (disk.address !== server.address) take("address", `${disk.address} of stack ${server.stack}`, own);
      if (disk.key !== undefined) take(`key of ${place}`, disk.key, own);
      if (disk.deviceName !== undefined) take(`device name of ${place}`, disk.deviceName, own);
    });
  });
  if (twice.length === 0) return;
  throw new MigrationError({
    code: "ESTATE_RECORD_DUPLICATE",
    path: file,
    allowed: "each UUID, key, address and device name once",
    fix: `delete the wrong one of the two entries, or ${ANEW}`,
    details: twice,
  });
}
