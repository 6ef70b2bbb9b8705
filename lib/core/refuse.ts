/** The one way to refuse what was passed. */
import { MigrationError, type MigrationErrorInit } from "./error";
import { isUnresolved } from "./unresolved";

/**
 * Throws the error that says what came, what is allowed and what to do. What only Terraform knows is said to be that: its token
 * would tell nobody anything.
 *
 * @throws MigrationError with the code
 */
export function refuse(init: MigrationErrorInit): never {
  const { received, ...rest } = init;
  throw new MigrationError(
    received === undefined ? rest : { ...rest, received: isUnresolved(received) ? UNRESOLVED : received },
  );
}

/** The words of a message for a value that only Terraform knows. */
export const UNRESOLVED = "a value that only Terraform knows";
