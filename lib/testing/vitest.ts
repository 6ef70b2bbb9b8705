/**
 * ```ts
 * import "cdktf-migration-patterns/testing/vitest"; // in the test, or in a file that setupFiles names
 * ```
 *
 * The matchers in vitest, with and without its globals. Vitest is an ES module and this package is CommonJS, so that it cannot
 * be imported here; it keeps its `expect` under a symbol that all of its copies share, which is taken.
 */
import { MigrationError } from "../core/error";
import "./jest-namespace";
import { migrationMatchers } from "./matchers";

/** The symbol of `GLOBAL_EXPECT` in `@vitest/expect`, the same in vitest 1 to 4. */
const GLOBAL_EXPECT = Symbol.for("expect-global");

const { [GLOBAL_EXPECT]: expect } = globalThis as {
  readonly [GLOBAL_EXPECT]?: { extend(matchers: typeof migrationMatchers): void };
};

if (expect === undefined) {
  throw new MigrationError({
    code: "TESTING_VITEST",
    path: "cdktf-migration-patterns/testing/vitest",
    allowed: "an import in a test, or in a setup file, that vitest runs",
    fix: "import it there; or extend yourself: expect.extend(migrationMatchers), with migrationMatchers of cdktf-migration-patterns/testing",
  });
}
expect.extend(migrationMatchers);
