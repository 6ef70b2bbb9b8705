/**
 * The intake form of AWS Cloud Migration Factory, a row for each server.
 *
 * Columns and their meaning: the sample intake form that Cloud Migration Factory on AWS ships, and the attribute names of its
 * schema. The form says where each server goes and nothing of its size.
 */
import type { RowCells } from "./cell";
import type { Strategy } from "./model";
import type { ReaderFindings } from "./reader";
import { serverCsvReader, type RowReading } from "./server-csv";
import { accountIdOf, nonEmptyFields, operatingSystemOf, tagsOf, tenancyOf } from "./server-values";

/** The reader of the intake form of AWS Cloud Migration Factory. */
export const cloudMigrationFactoryReader = serverCsvReader({
  format: "cloud-migration-factory",
  title: "AWS Cloud Migration Factory intake form, CSV",
  signatures: [
    ["server_name", "r_type"],
    ["server_name", "wave_name"],
    ["server_name", "app_name"],
    ["server_name", "server_os_family"],
  ],
  columns: [["wave_name"], ["app_name"], ["server_os_family"], ["server_os_version"], ["server_fqdn"], ["r_type"]],
  server: readRow,
});

/** The factory's strategies. Its own list has `Reachitect`, which is how it spells rearchitect, and `TBC`, which is none yet. */
const STRATEGIES: Readonly<Record<string, Strategy>> = {
  rehost: "rehost",
  replatform: "replatform",
  repurchase: "repurchase",
  refactor: "refactor",
  rearchitect: "refactor",
  reachitect: "refactor",
  relocate: "relocate",
  retain: "retain",
  retire: "retire",
};

function readRow(cells: RowCells, findings: ReaderFindings): RowReading {
  const name = cells.text("server_name");
  if (name === undefined) return { noServer: "server_name is empty" };
  cells.subject = name;
  const family = cells.oneOf("server_os_family", {
    windows: "windows",
    linux: "linux",
    unix: "unix",
    other: "other",
  } as const);
  const os = operatingSystemOf(cells.text("server_os_version"), undefined);
  const target = nonEmptyFields({
    region: cells.text("aws_region"),
    accountId: accountIdOf(cells, "aws_accountid"),
    instanceType: cells.text("instanceType"),
    tenancy: tenancyOf(cells, "tenancy"),
    subnetIds: ids(cells, "subnet_IDs"),
    securityGroupIds: ids(cells, "securitygroup_IDs"),
  });
  return {
    name,
    fqdn: cells.text("server_fqdn"),
    os: family === undefined ? os : { ...os, family },
    application: cells.text("app_name"),
    tier: cells.text("server_tier"),
    wave: cells.text("wave_name"),
    environment: cells.text("server_environment"),
    strategy: isUndecided(cells) ? undefined : cells.oneOf("r_type", STRATEGIES),
    tags: tagsOf(cells, findings, "tags", /;/, "="),
    target,
  };
}

function isUndecided(cells: RowCells): boolean {
  return /^tb[cd]$/i.test(cells.text("r_type") ?? "");
}

function ids(cells: RowCells, column: string): string[] | undefined {
  const values = cells.list(column);
  return values.length === 0 ? undefined : values;
}
