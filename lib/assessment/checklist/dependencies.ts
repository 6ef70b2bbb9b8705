/** The catalog's group `identify_dependencies`: everything that the servers need and that is not on them. */
import { z } from "zod";
import { answer, EMPTY_LIST_MESSAGE, missingError } from "./answer";
import { nonEmptyText, owner } from "./fields";

const port = z.int().min(1).max(65_535);

/** The schema of a {@link DatabaseConnection}. */
export const databaseConnectionSchema = z.strictObject({
  database: nonEmptyText.describe("The database's name"),
  engine: nonEmptyText.describe("postgresql, mysql, sqlserver, oracle, mongodb …"),
  version: nonEmptyText.optional(),
  server: nonEmptyText.optional().describe("The server or the host it runs on"),
  port: port.optional(),
  clients: z.array(nonEmptyText).min(1).describe("The servers or applications that connect to it"),
  configuredIn: nonEmptyText
    .optional()
    .describe("The place where the clients' connection string is kept; never the string itself"),
  owner: owner.optional(),
});

/** The schema of an {@link ExternalIntegration}. */
export const externalIntegrationSchema = z.strictObject({
  name: nonEmptyText,
  hosts: z
    .array(nonEmptyText)
    .min(1)
    .describe("Host names, '*.example.com', addresses or CIDRs of the other side, as flows name them"),
  direction: z
    .enum(["outbound", "inbound", "both"])
    .default("outbound")
    .describe("The direction in which the connection is opened, seen from here"),
  ports: z.array(port).default([]),
  clients: z.array(nonEmptyText).default([]).describe("The servers or applications that use it"),
  owner,
  allowsOnlyKnownAddresses: z
    .boolean()
    .default(false)
    .describe("True where the other side admits only addresses on its allow list"),
});

/** The schema of a {@link FileSystemDependency}. */
export const fileSystemDependencySchema = z.strictObject({
  path: nonEmptyText.describe("The export, the share or the directory: '/srv/reports', '\\\\filer\\reports'"),
  protocol: z.enum(["nfs", "smb", "iscsi", "local", "other"]),
  server: nonEmptyText.optional().describe("The server that serves it"),
  clients: z.array(nonEmptyText).min(1).describe("The servers or applications that use it"),
  sizeMiB: z.number().nonnegative().optional(),
  owner: owner.optional(),
});

/** The schema of the group `identify_dependencies`. */
export const dependenciesSchema = z.strictObject(
  {
    database_connections: answer(
      "database_connections",
      "Which databases are there, on which engine, and who connects to them?",
      z.array(databaseConnectionSchema).min(1, EMPTY_LIST_MESSAGE),
    ),
    external_service_integrations: answer(
      "external_service_integrations",
      "Which services outside do the servers talk to, or are they called by, and who owns each integration?",
      z.array(externalIntegrationSchema).min(1, EMPTY_LIST_MESSAGE),
    ),
    file_system_dependencies: answer(
      "file_system_dependencies",
      "Which file systems are shared, mounted or exchanged between servers?",
      z.array(fileSystemDependencySchema).min(1, EMPTY_LIST_MESSAGE),
    ),
  },
  missingError("identify_dependencies"),
);

/** A database and its clients. */
export type DatabaseConnection = Readonly<z.output<typeof databaseConnectionSchema>>;
/** A service outside the estate, and the servers or applications that use it. */
export type ExternalIntegration = Readonly<z.output<typeof externalIntegrationSchema>>;
/** A file system, and the servers or applications that mount it. */
export type FileSystemDependency = Readonly<z.output<typeof fileSystemDependencySchema>>;
