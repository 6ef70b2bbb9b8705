/**
 * The inventory CSV of AWS Application Migration Service (MGN), as it is imported and exported: rows for servers, with the
 * application and the wave they belong to and how they are launched.
 *
 * Columns and their meaning: Application Migration Service User Guide, "Importing your data inventory", import parameters.
 * Headers carry parts of their own: `mgn:server:tag:<key>`, `mgn:launch:nic:<index>:subnet-id`. The private addresses among
 * them are those of the target, so they are not taken for addresses of the source.
 */
import type { RowCells } from "./cell";
import { firstRows, whyNoTable } from "./csv-headers";
import type { InputFile } from "./reader";
import { serverCsvReader, type RowReading } from "./server-csv";
import { accountIdOf, nonEmptyFields, tagRecord, tenancyOf, toFqdn } from "./server-values";

/** The reader of the inventory CSV of AWS Application Migration Service. */
export const applicationMigrationServiceReader = serverCsvReader({
  format: "mgn",
  title: "AWS Application Migration Service inventory, CSV",
  signatures: [
    ["mgn:server:user-provided-id"],
    ["mgn:app:name"],
    ["mgn:wave:name"],
    ["mgn:account-id"],
    ["mgn:region"],
  ],
  columns: [["mgn:server:user-provided-id"], ["mgn:server:platform"], ["mgn:app:name"], ["mgn:wave:name"]],
  recognizes: (file: InputFile) =>
    firstRows(file).some((row) => row.filter((cell) => /^\W*mgn:[a-z-]+/i.test(cell)).length >= 2),
  whyNot: (file: InputFile) => whyNoTable(file) ?? "it has fewer than two columns that begin with mgn:",
  server: readRow,
});

function readRow(cells: RowCells): RowReading {
  const fqdn = cells.text("mgn:server:fqdn-for-action-framework");
  const tags = serverTags(cells);
  const name = cells.text("mgn:server:user-provided-id") ?? tags["Name"] ?? fqdn ?? cells.text("mgn:server:id");
  if (name === undefined) {
    // A row may describe an application or a wave alone.
    const about = ["mgn:app:name", "mgn:wave:name"].find((column) => !cells.blank(column));
    if (about !== undefined) return { noServer: `it is about ${about} alone`, harmless: true };
    return { noServer: "mgn:server:user-provided-id and mgn:server:fqdn-for-action-framework are empty" };
  }
  cells.subject = name;
  const target = nonEmptyFields({
    region: cells.text("mgn:region"),
    accountId: accountIdOf(cells, "mgn:account-id"),
    instanceType: cells.text("mgn:launch:instance-type"),
    tenancy: tenancyOf(cells, "mgn:launch:placement:tenancy"),
    subnetIds: texts(cells, /^mgn:launch:nic:\d+:subnet-id$/i),
    securityGroupIds: texts(cells, /^mgn:launch:nic:\d+:security-group-id:\d+$/i),
  });
  return {
    name,
    fqdn: toFqdn(fqdn),
    os: {
      family: cells.oneOf("mgn:server:platform", { linux: "linux", windows: "windows" } as const) ?? "unknown",
    },
    application: cells.text("mgn:app:name"),
    wave: cells.text("mgn:wave:name"),
    tags,
    target,
  };
}

function serverTags(cells: RowCells): Record<string, string> {
  const tags: [string, string][] = [];
  for (const header of cells.table.headers) {
    const key = /^mgn:server:tag:(.+)$/i.exec(header)?.[1];
    const value = key === undefined ? undefined : cells.text(header);
    if (key !== undefined && value !== undefined) tags.push([key, value]);
  }
  return tagRecord(cells, tags);
}

/** Returns the values of all columns whose header matches, in the order of the columns, each once. */
function texts(cells: RowCells, header: RegExp): string[] | undefined {
  const values = cells.table.headers.filter((each) => header.test(each)).flatMap((each) => cells.text(each) ?? []);
  return values.length === 0 ? undefined : [...new Set(values)];
}
