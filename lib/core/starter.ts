/**
 * ```ts
 * export const hybridCloudStarter: Starter = {
 *   creates: "hybridCloud",
 *   network: true,
 *   stacks: `… export function hybridCloud(scope: App, surroundings: Surroundings): HybridCloud[] { … }`,
 *   next: ["…"],
 * };
 * ```
 *
 * The code with which a user begins a pattern: what `migration-patterns init --pattern NAME` writes to `stacks/NAME.ts`. It is
 * text, because it is code of the user's repo and not of the library; nothing of it depends on what is migrated, so that nothing
 * from a file is ever written as code. A test compiles, synthesizes and validates it by itself and beside all others.
 */

/** The code with which a user begins a pattern, part of its manifest. */
export interface Starter {
  /**
   * The name of the function that the file exports. It is called with the app and the `Surroundings` of the repo's
   * `stacks/platform-stack.ts`, makes the pattern's stacks, and returns their migrations: `hybridCloud`.
   */
  readonly creates: string;
  /** Whether the pattern's resources go into the network that the repo's migrations share. */
  readonly network: boolean;
  /** The text of `stacks/NAME.ts`, formatted as prettier does with lines of 120 characters. */
  readonly stacks: string;
  /** The steps between a repo that synthesizes and the pattern's first deployment, for the repo's README. Markdown. */
  readonly next: readonly string[];
}
