/** The file of a fleet's identities, which `migration-patterns lock` reads. */
import { compareText } from "../../../../core/text";
import { ESTATE_FORMAT } from "../../../../inventory/estate/estate-record";
import type { MigrationIdentities } from "../../../../inventory/estate/migration-identities";
import type { FleetIdentity } from "./fleet-identities";

/** Returns the text of the file. */
export function formatIdentities(app: string, identities: readonly FleetIdentity[]): string {
  const servers = identities.map(({ plan, entry, disks }): MigrationIdentities["servers"][number] => ({
    ...entry,
    ...(plan.server.renamedFrom === undefined ? {} : { renamedFrom: plan.server.renamedFrom }),
    disks: disks.map(({ entry: disk, volume }) => ({
      ...disk,
      ...(volume.disk.renamedFrom === undefined ? {} : { renamedFrom: volume.disk.renamedFrom }),
    })),
  }));
  servers.sort((a, b) => compareText(a.name, b.name));
  return `${JSON.stringify({ formatVersion: ESTATE_FORMAT, app, servers }, null, 2)}\n`;
}
