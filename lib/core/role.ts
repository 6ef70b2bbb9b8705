/**
 * The role of a migration, for whoever plans it: it tells what comes first, what users notice, and what its verification must
 * show. A pattern declares it, because it cannot be told from the outside: a VPN without alarms looks like a service without
 * a test.
 */

/**
 * The roles of migrations.
 *
 * - `connection`: connects networks. It stands before anything uses it, and what uses it is judged itself.
 * - `workload`: moves servers.
 * - `routing`: shifts the requests of a service between places.
 * - `schema`: changes the form of data in place.
 * - `data`: moves data to another store.
 * - `service`: replaces a service.
 * - `flag`: gives users a feature by parts.
 * - `guard`: protects another migration or service and moves nothing itself.
 */
export const migrationRoles = [
  "connection",
  "workload",
  "routing",
  "schema",
  "data",
  "service",
  "flag",
  "guard",
] as const;

/** The role of a migration. */
export type MigrationRole = (typeof migrationRoles)[number];
