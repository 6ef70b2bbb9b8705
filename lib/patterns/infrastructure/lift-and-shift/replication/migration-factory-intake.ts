/**
 * The intake form of Cloud Migration Factory on AWS, one row for each server. Several ids in one cell are separated by
 * semicolons, tags are `key=value`.
 *
 * Source: the sample intake form and the attribute schema of Cloud Migration Factory on AWS.
 */
import { admit } from "../../../../core/door/admit";
import { MigrationError } from "../../../../core/error";
import { compareText } from "../../../../core/text";
import type { Strategy } from "../../../../inventory/model";
import type { Tenancy } from "../fleet-options";
import { writeCsv, type CsvOptions, type CsvRecord } from "./csv";
import {
  checkNames,
  connectorAddress,
  type ReplicationDestination,
  type ReplicationServer,
} from "./replication-server";

/** Options of {@link writeMigrationFactoryIntake}. */
export interface MigrationFactoryIntakeOptions extends ReplicationDestination, CsvOptions {
  /** Tags of launched instances, beside the server's own. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The columns of the form, in its order. */
export const MIGRATION_FACTORY_COLUMNS = [
  "wave_name",
  "app_name",
  "aws_region",
  "aws_accountid",
  "server_name",
  "server_os_family",
  "server_os_version",
  "server_fqdn",
  "server_tier",
  "server_environment",
  "r_type",
  "subnet_IDs",
  "securitygroup_IDs",
  "subnet_IDs_test",
  "securitygroup_IDs_test",
  "instanceType",
  "tenancy",
  "tags",
] as const;

/** The columns without which Cloud Migration Factory refuses a server. */
export const MIGRATION_FACTORY_REQUIRED = [
  "wave_name",
  "app_name",
  "server_name",
  "server_os_family",
  "server_os_version",
  "server_fqdn",
  "server_tier",
  "server_environment",
  "r_type",
] as const;

const TENANCIES: Readonly<Record<Tenancy, string>> = {
  shared: "Shared",
  dedicated: "Dedicated",
  "dedicated-host": "Dedicated host",
};

/** The strategies as the factory spells them: its own list has `Reachitect`. */
const STRATEGIES: Readonly<Record<Strategy, string>> = {
  rehost: "Rehost",
  replatform: "Replatform",
  repurchase: "Repurchase",
  refactor: "Reachitect",
  relocate: "Relocate",
  retain: "Retain",
  retire: "Retire",
};

/**
 * Writes the intake form. A server without a strategy is rehosted: this is a lift and shift.
 *
 * @throws MigrationError `REPLICATION_SERVER_NAME`, `MIGRATION_FACTORY_TAG`, `CSV_FORMULA`, `CSV_NUL`
 */
export function writeMigrationFactoryIntake(
  servers: readonly ReplicationServer[],
  options: MigrationFactoryIntakeOptions,
): string {
  admit("writeMigrationFactoryIntake", { servers, options });
  checkNames(servers);
  const records = [...servers]
    .sort((a, b) => compareText(a.server.name, b.server.name))
    .map((each): CsvRecord => ({ subject: each.server.name, fields: intakeRow(each, options) }));
  return writeCsv(MIGRATION_FACTORY_COLUMNS, records, options);
}

/** Returns the fields of one server by column; an empty one is left out. */
export function intakeRow(each: ReplicationServer, options: MigrationFactoryIntakeOptions): Map<string, string> {
  const { server, target, subnetId } = each;
  const subnetIds = subnetId === undefined ? [] : [subnetId];
  const groups = target.securityGroupIds ?? [];
  const fields: Readonly<Record<(typeof MIGRATION_FACTORY_COLUMNS)[number], string | undefined>> = {
    wave_name: server.wave,
    app_name: server.application,
    aws_region: options.region,
    aws_accountid: options.accountId,
    server_name: server.name,
    server_os_family: server.os.family === "windows" || server.os.family === "linux" ? server.os.family : undefined,
    server_os_version: server.os.name ?? server.os.version,
    server_fqdn: connectorAddress(server),
    server_tier: server.tier,
    server_environment: server.environment,
    r_type: STRATEGIES[server.strategy ?? "rehost"],
    subnet_IDs: subnetIds.join(";"),
    securitygroup_IDs: groups.join(";"),
    subnet_IDs_test: (target.testSubnetIds ?? subnetIds).join(";"),
    securitygroup_IDs_test: (target.testSecurityGroupIds ?? groups).join(";"),
    instanceType: each.instanceType,
    tenancy: TENANCIES[each.tenancy],
    tags: tagsOf(server.name, { ...options.tags, ...server.tags, Name: server.name }),
  };
  return new Map(
    Object.entries(fields).flatMap(([key, value]) => (value === undefined || value === "" ? [] : [[key, value]])),
  );
}

function tagsOf(server: string, tags: Readonly<Record<string, string>>): string {
  return Object.keys(tags)
    .sort(compareText)
    .map((key) => {
      const value = tags[key] ?? "";
      if (/[;=]/.test(key) || value.includes(";")) {
        // The value is not quoted: people keep secrets in tags.
        throw new MigrationError({
          code: "MIGRATION_FACTORY_TAG",
          path: `${server}, tag ${key}`,
          allowed: "a key without ; and =, and a value without ;, which separate tags in the form",
          fix: "change the tag at its source, or leave it out",
        });
      }
      return `${key}=${value}`;
    })
    .join(";");
}
