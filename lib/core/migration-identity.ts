/** The identity of a migration: its app and its name, of which the names of the parameters that record its stages are made. */
import type { IConstruct } from "constructs";
import { constructId, cut } from "./construct-ids";
import { MigrationError } from "./error";
import { namePath } from "./rename";
import { APP_NAME, MIGRATION_NAME, type MigrationIdentity } from "./stage-parameters";
import { isUnresolved } from "./unresolved";

/** The greatest length of a name that is made of a construct's path: it leaves room for the run behind it. */
const LONGEST_OWN_NAME = 100;

/**
 * Returns the identity of a migration. Without a name it is made of the path that it is named after; a run is put behind it.
 *
 * @throws MigrationError `MIGRATION_APP`, `MIGRATION_NAME`
 */
export function migrationIdentity(
  construct: IConstruct,
  { app, name }: { readonly app: string; readonly name?: string },
  run: string | undefined,
): MigrationIdentity {
  const refuse = (code: string, path: string, received: unknown, allowed: string, fix: string): MigrationError =>
    new MigrationError({ code, path, received, allowed, fix, construct: construct.node.path });
  if (typeof (app as unknown) !== "string" || isUnresolved(app) || !APP_NAME.test(app)) {
    const allowed = "the app's name, known at synthesis: 1 to 64 letters, digits, dashes and underscores";
    const received = isUnresolved(app) ? "a value that only Terraform knows" : app;
    throw refuse("MIGRATION_APP", "app", received, allowed, "give all migrations of the app the same name, for good");
  }
  const own: unknown = name ?? cut(constructId(namePath(construct).replaceAll("/", "-")), LONGEST_OWN_NAME);
  const whole = run === undefined ? own : `${String(own)}.${run}`;
  if (typeof whole !== "string" || isUnresolved(whole) || !MIGRATION_NAME.test(whole)) {
    const allowed = "a name that is known at synthesis: 1 to 128 letters, digits, dashes, dots and underscores";
    const received = isUnresolved(whole) ? "a value that only Terraform knows" : whole;
    throw refuse("MIGRATION_NAME", "name", received, allowed, "give the migration another name");
  }
  return { app, name: whole };
}
