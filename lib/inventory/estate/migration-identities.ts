/**
 * The identities of one migration as it writes them beside its stack: a record of its own servers, in which each also says
 * what it was called before, so that `migration-patterns lock` finds its entry.
 */
import { z } from "zod";
import { fileText } from "../../core/file-text";
import { ESTATE_FORMAT, recordedDiskSchema, recordedServerSchema } from "./estate-record";

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
