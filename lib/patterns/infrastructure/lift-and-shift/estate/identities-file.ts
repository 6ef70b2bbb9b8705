/**
 * The identities of one migration as it writes them beside its stack: a record of its own servers, in which each also says
 * what it was called before, so that `migration-patterns lock` finds its entry.
 */
import { z } from "zod";
import { compareText } from "../../../../core/text";
import { fileText } from "../../../../core/file-text";
import { ESTATE_FORMAT, recordedDiskSchema, recordedServerSchema } from "./estate-record";
import type { FleetIdentity } from "./fleet-identities";

const formerName = fileText(z.string().min(1)).optional();

/** The schema of {@link MigrationIdentities}. */
export const migrationIdentitiesSchema = z.strictObject({
  formatVersion: z.literal(ESTATE_FORMAT),
  app: z.string(),
  servers: z.array(
    recordedServerSchema.extend({
      renamedFrom: formerName,
      disks: z.array(recordedDiskSchema.extend({ renamedFrom: formerName })),
    }),
  ),
});

/** The identities of one migration's servers. */
export type MigrationIdentities = Readonly<z.infer<typeof migrationIdentitiesSchema>>;

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
