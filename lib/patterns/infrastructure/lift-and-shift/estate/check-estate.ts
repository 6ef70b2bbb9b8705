import { MigrationError } from "../../../../core/error";
import type { EstateRecord } from "../../../../inventory/estate/estate-record";
import { parseEstateRecord } from "../../../../inventory/estate/estate-record";
import type { EstateMatch } from "../../../../inventory/estate/identity";
import type { FleetOwner } from "./fleet-identities";

/** The construct that is given a record, and its app. */
export interface EstateHolder extends FleetOwner {
  readonly app: string;
  /** The construct's path, for errors. */
  readonly construct: string;
}

/**
 * Checks that the record is one, and of this app.
 *
 * @throws MigrationError `ESTATE_RECORD_FOREIGN` where it is of another app, and those of {@link parseEstateRecord}
 */
export function checkedEstate(estate: EstateRecord, { app, construct }: EstateHolder): EstateRecord {
  const record = parseEstateRecord(estate, "estate");
  if (record.app === app) return record;
  throw new MigrationError({
    code: "ESTATE_RECORD_FOREIGN",
    path: "estate.app",
    received: record.app,
    allowed: `the record of the app ${app}`,
    fix: "pass the record of this app, or write it: synthesize without estate, and run migration-patterns lock --output FILE with a file of its own",
    construct,
  });
}

/**
 * Checks that the record knows at least one of the servers, where it has entries of this migration.
 *
 * @throws MigrationError `ESTATE_RECORD_FOREIGN`
 */
export function checkKnown(record: EstateRecord, match: EstateMatch, holder: EstateHolder): void {
  const own = record.servers.filter(({ stack, migration }) => stack === holder.stack && migration === holder.migration);
  if (own.length === 0 || record.servers.some((entry) => match.serverOf(entry) !== undefined)) return;
  throw new MigrationError({
    code: "ESTATE_RECORD_FOREIGN",
    path: "estate.servers",
    allowed: "a record with at least one server of the inventory",
    fix: "it is of another estate, or the inventory is: pass the record that belongs to it, or write it anew: delete the file, synthesize the code that is deployed without it, and run migration-patterns lock",
    details: own.map(({ name, uuid, address }) => `${name}${uuid === undefined ? "" : ` (${uuid})`}: ${address}`),
    construct: holder.construct,
  });
}
