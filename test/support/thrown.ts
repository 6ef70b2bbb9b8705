import { MigrationError } from "../../lib/core/error";

/** The MigrationError that the call throws. Anything else it throws goes on, and no error is an error. */
export function thrown(call: () => unknown): MigrationError {
  try {
    call();
  } catch (error) {
    if (error instanceof MigrationError) return error;
    throw error;
  }
  throw new Error("expected a MigrationError, but nothing was thrown");
}
