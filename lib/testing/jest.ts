/**
 * ```ts
 * import "cdktf-migration-patterns/testing/jest"; // in the test, or in a file that setupFilesAfterEnv names
 * ```
 *
 * The matchers in jest, with and without its globals, and in whatever else understands `@jest/globals`.
 */
import { expect } from "@jest/globals";
import "./jest-namespace";
import { migrationMatchers, type MigrationMatchers } from "./matchers";

declare module "expect" {
  // The parameters must be those of the declaration that this one is merged with.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars
  interface Matchers<R extends void | Promise<void>, T = unknown> extends MigrationMatchers<R> {}
}

expect.extend(migrationMatchers);
