import { MigrationError } from "../../core/error";
import { APP_NAME, MIGRATION_NAME } from "../../core/stage-parameters";

/**
 * Checks the names that become part of a parameter's path.
 *
 * @throws MigrationError `STAGE_RECORD_NAME`
 */
export function checkNames(names: { readonly app: string; readonly migration?: string }): void {
  const { app, migration } = names;
  if (!APP_NAME.test(app)) {
    throw new MigrationError({
      code: "STAGE_RECORD_NAME",
      path: "app",
      received: app,
      allowed: "1 to 64 letters, digits, dashes and underscores",
      fix: "give the name of the app as the migration's construct has it",
    });
  }
  if (migration !== undefined && !MIGRATION_NAME.test(migration)) {
    throw new MigrationError({
      code: "STAGE_RECORD_NAME",
      path: "migration",
      received: migration,
      allowed: "1 to 128 letters, digits, dashes, dots and underscores",
      fix: "give the name of the migration as its construct has it",
    });
  }
}
