/** The catalog's `identify_dependencies`: what the servers need that is not on them. */
import { z } from "zod";
import { answer, AT_LEAST_ONE, missingError } from "./answer";
import { name, owner } from "./parts";

const port = z.int().min(1).max(65_535);

/** Checks what becomes {@link DatabaseConnection}. */
export const databaseConnectionSchema = z.strictObject({
  database: name.describe("The database's name"),
  engine: name.describe("postgresql, mysql, sqlserver, oracle, mongodb …"),
  version: name.optional(),
  server: name.optional().describe("The server or the host it runs on"),
  port: port.optional(),
  clients: z.array(name).min(1).describe("Who connects to it: servers or applications"),
  configuredIn: name.optional().describe("Where the clients' connection string is kept; never the string itself"),
  owner: owner.optional(),
});

/** Checks what becomes {@link ExternalIntegration}. */
export const externalIntegrationSchema = z.strictObject({
  name,
  hosts: z
    .array(name)
    .min(1)
    .describe("Host names, '*.example.com', addresses or CIDRs of the other side, as flows name them"),
  direction: z
    .enum(["outbound", "inbound", "both"])
    .default("outbound")
    .describe("Who opens the connection, seen from here"),
  ports: z.array(port).default([]),
  clients: z.array(name).default([]).describe("The servers or applications that use it"),
  owner,
  allowsOnlyKnownAddresses: z
    .boolean()
    .default(false)
    .describe("True where the other side admits only addresses that it has been told"),
});

/** Checks what becomes {@link FileSystemDependency}. */
export const fileSystemDependencySchema = z.strictObject({
  path: name.describe("The export, the share or the directory: '/srv/reports', '\\\\filer\\reports'"),
  protocol: z.enum(["nfs", "smb", "iscsi", "local", "other"]),
  server: name.optional().describe("Who serves it"),
  clients: z.array(name).min(1).describe("The servers or applications that use it"),
  sizeMiB: z.number().nonnegative().optional(),
  owner: owner.optional(),
});

/** Checks the group `identify_dependencies`. */
export const dependenciesSchema = z.strictObject(
  {
    database_connections: answer(
      "database_connections",
      "Which databases are there, on which engine, and who connects to them?",
      z.array(databaseConnectionSchema).min(1, AT_LEAST_ONE),
    ),
    external_service_integrations: answer(
      "external_service_integrations",
      "Which services outside do the servers talk to, or are they called by, and who owns each integration?",
      z.array(externalIntegrationSchema).min(1, AT_LEAST_ONE),
    ),
    file_system_dependencies: answer(
      "file_system_dependencies",
      "Which file systems are shared, mounted or exchanged between servers?",
      z.array(fileSystemDependencySchema).min(1, AT_LEAST_ONE),
    ),
  },
  missingError("identify_dependencies"),
);

/** A database and its clients. */
export type DatabaseConnection = Readonly<z.output<typeof databaseConnectionSchema>>;
/** A service outside the estate, and who talks to it. */
export type ExternalIntegration = Readonly<z.output<typeof externalIntegrationSchema>>;
/** A file system and who mounts it. */
export type FileSystemDependency = Readonly<z.output<typeof fileSystemDependencySchema>>;
