/** Reads the identities of servers and disks that the migrations of a synthesized app have written beside their stacks. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { MigrationError } from "../../core/error";
import { formatPath } from "../../core/format-path";
import { compareText, lowerFirst } from "../../core/text";
import { ESTATE_FORMAT } from "../../inventory/estate/estate-record";
import { migrationIdentitiesSchema, type MigrationIdentities } from "../../inventory/estate/migration-identities";
import { declaredMigrations } from "../status/declared-migrations";
import { readSynthesizedApp } from "../synthesized-app";

/** The folder beside a stack's Terraform in which the identities are. */
const FOLDER = "estate";

/**
 * Returns the identities of the app that was synthesized into the folder, one for each migration that has servers.
 *
 * @param place the argument or option that names the folder, for messages
 * @throws MigrationError `PLAN_SYNTHESIZED_APP`, `PLAN_ESTATE_IDENTITIES` where a file of identities cannot be read or is of
 * another version
 */
export function readIdentities(folder: string, place: string): MigrationIdentities[] {
  return readSynthesizedApp(folder, place).flatMap(({ name, folder: stack, terraform }) => {
    const at = path.join(stack, FOLDER);
    if (!existsSync(at)) return [];
    // A synthesis leaves the files of migrations that have gone.
    return declaredMigrations(name, terraform)
      .map(({ migration }) => path.join(at, `${migration}.json`))
      .filter((file) => existsSync(file))
      .sort(compareText)
      .map((file) => readFile(file));
  });
}

function readFile(file: string): MigrationIdentities {
  const refuse = (details: readonly string[], received?: unknown, cause?: unknown): MigrationError =>
    new MigrationError({
      code: "PLAN_ESTATE_IDENTITIES",
      path: file,
      ...(received === undefined ? {} : { received }),
      allowed: `identities of format ${ESTATE_FORMAT}, as this version of the library writes them beside a stack`,
      fix: "synthesize again with the version of the library that migration-patterns is of",
      details,
      ...(cause === undefined ? {} : { cause }),
    });
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw refuse([], undefined, cause);
  }
  const parsed = migrationIdentitiesSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refuse(
    parsed.error.issues.map((issue) => `${formatPath(issue.path) || "the file"}: ${lowerFirst(issue.message)}`),
    (value as { formatVersion?: unknown } | null)?.formatVersion,
    parsed.error,
  );
}
