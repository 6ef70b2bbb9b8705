/**
 * The matchers in the global namespace `jest`: `@types/jest` declares its matchers there, and vitest takes over what other
 * packages declare there.
 */
import type { MigrationMatchers } from "./matchers";

declare global {
  // The only way to add to what a package has declared as a namespace.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    // The parameters must be those of the declarations that this one is merged with.
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars
    interface Matchers<R, T = {}> extends MigrationMatchers<R> {}
  }
}
