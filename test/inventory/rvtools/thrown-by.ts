import { MigrationError } from "../../../lib/core/error";

/** The MigrationError with which the promise fails. */
export async function thrownBy(promise: Promise<unknown>): Promise<MigrationError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof MigrationError) return error;
    throw error;
  }
  throw new Error("expected a MigrationError, but nothing was thrown");
}
