/**
 * ```ts
 * writeFileSync("mgn-import.csv", writeMgnImport(servers, { accountId: "123456789012", region: "eu-central-1" }));
 * ```
 *
 * The import file of AWS Application Migration Service, with servers, applications, waves and the launch settings of each
 * server. The row's key is `mgn:server:user-provided-id`, which is the server's name in the inventory: the agent must be
 * installed with the same, or the imported row and the replicating machine are two servers.
 *
 * Source of columns and their meaning: Application Migration Service User Guide, "Importing your data inventory", import
 * parameters and additional considerations; `mgn:wave:tag`, `mgn:app:tag` and their like carry the tag's key in the column.
 */
import { admit } from "../../../../core/door/admit";
import { compareText } from "../../../../core/text";
import type { Tenancy } from "../fleet-options";
import { writeCsv, type CsvOptions, type CsvRecord } from "./csv";
import {
  checkNames,
  connectorAddress,
  type ReplicationDestination,
  type ReplicationServer,
} from "./replication-server";

/** Options of {@link writeMgnImport}. */
export interface MgnImportOptions extends ReplicationDestination, CsvOptions {
  /** The instance profile of launched servers. @default - none */
  readonly instanceProfileName?: string;
  /** Tags of launched instances, beside the server's own. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

const TENANCIES: Readonly<Record<Tenancy, string>> = {
  shared: "default",
  dedicated: "dedicated",
  "dedicated-host": "host",
};

const PLATFORMS: Readonly<Record<string, string | undefined>> = { linux: "Linux", windows: "Windows" };

/** The columns that every file has, in their order, before those that depend on the servers. */
const FIXED_COLUMNS = [
  "mgn:account-id",
  "mgn:region",
  "mgn:wave:name",
  "mgn:app:name",
  "mgn:server:user-provided-id",
  "mgn:server:platform",
  "mgn:server:fqdn-for-action-framework",
  "mgn:launch:instance-type",
  "mgn:launch:iam-instance-profile:name",
  "mgn:launch:placement:tenancy",
  "mgn:launch:placement:host-id",
  "mgn:launch:placement:operating-system-licensing",
  "mgn:launch:nic:0:subnet-id",
  "mgn:launch:nic:0:private-ip:0",
] as const;

/**
 * Writes the import file of Application Migration Service. A cell without a value is empty, which the service ignores.
 *
 * @throws MigrationError `REPLICATION_SERVER_NAME`, `CSV_FORMULA`, `CSV_NUL`
 */
export function writeMgnImport(servers: readonly ReplicationServer[], options: MgnImportOptions): string {
  admit("writeMgnImport", { servers, options });
  checkNames(servers);
  const records = [...servers]
    .sort((a, b) => compareText(a.server.name, b.server.name))
    .map((each): CsvRecord => ({ subject: each.server.name, fields: rowOf(each, options) }));
  const more = new Set<string>();
  for (const { fields } of records) for (const column of fields.keys()) more.add(column);
  for (const column of FIXED_COLUMNS) more.delete(column);
  return writeCsv([...FIXED_COLUMNS, ...[...more].sort(compareColumns)], records, options);
}

function rowOf(each: ReplicationServer, options: MgnImportOptions): Map<string, string> {
  const { server, target } = each;
  const row = new Map<string, string>();
  const set = (column: string, value: string | undefined): void => {
    if (value !== undefined && value !== "") row.set(column, value);
  };
  set("mgn:account-id", options.accountId);
  set("mgn:region", options.region);
  set("mgn:wave:name", server.wave);
  set("mgn:app:name", server.application);
  set("mgn:server:user-provided-id", server.name);
  set("mgn:server:platform", PLATFORMS[server.os.family]);
  set("mgn:server:fqdn-for-action-framework", connectorAddress(server));
  set("mgn:launch:instance-type", each.instanceType);
  set("mgn:launch:iam-instance-profile:name", options.instanceProfileName);
  set("mgn:launch:placement:tenancy", TENANCIES[each.tenancy]);
  set("mgn:launch:placement:host-id", each.tenancy === "dedicated-host" ? target.hostId : undefined);
  set("mgn:launch:placement:operating-system-licensing", target.operatingSystemLicensing);
  set("mgn:launch:nic:0:subnet-id", each.subnetId);
  set("mgn:launch:nic:0:private-ip:0", each.privateAddress);
  for (const [index, group] of (target.securityGroupIds ?? []).entries()) {
    set(`mgn:launch:nic:0:security-group-id:${index}`, group);
  }
  for (const [device, type] of Object.entries(target.volumeTypes ?? {})) set(`mgn:launch:volume:${device}:type`, type);
  for (const [key, value] of Object.entries(server.tags)) set(`mgn:server:tag:${key}`, value);
  for (const [key, value] of Object.entries({ ...options.tags, Name: server.name })) {
    set(`mgn:launch:tag:instance:${key}`, value);
  }
  return row;
}

/** Compares columns by code unit, but the index of a security group as a number: 10 comes after 2. */
function compareColumns(a: string, b: string): number {
  const index = /^mgn:launch:nic:0:security-group-id:(\d+)$/;
  const [first, second] = [index.exec(a)?.[1], index.exec(b)?.[1]];
  return first !== undefined && second !== undefined ? Number(first) - Number(second) : compareText(a, b);
}
