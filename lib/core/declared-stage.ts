/**
 * ```ts
 * await withDeclaredStage({ migration: "wave-1/servers", stage: "cutover" }, () => createApp());
 * ```
 *
 * A stage is declared in the stack's own code, and a rehearsal has to see the others. While the callback runs, the migrations
 * of those paths are made as if their code said the other stages; nothing else is different, so that what is rehearsed is what
 * would be deployed.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { admit } from "./door/admit";

/** A stage that a rehearsal declares instead of the stack's own code. */
export interface DeclaredStage {
  /** The migration's path in the tree. */
  readonly migration: string;
  readonly stage: string;
}

// A storage that follows the callback through its awaits, and no variable: two rehearsals at once, or a stack that somebody
// else makes meanwhile, must not see each other's stage.
const rehearsed = new AsyncLocalStorage<readonly DeclaredStage[]>();

/** Returns the stage that is rehearsed for the migration of that path; undefined where its own code decides. */
export function rehearsedStage(migration: string): string | undefined {
  return rehearsed.getStore()?.find((declared) => declared.migration === migration)?.stage;
}

/** Runs the callback, and whatever it awaits, with other stages declared: of one migration, or of several that hold each other. */
export async function withDeclaredStage<Result>(
  declared: DeclaredStage | readonly DeclaredStage[],
  callback: () => Result | Promise<Result>,
): Promise<Result> {
  admit("withDeclaredStage", { declared, callback });
  return rehearsed.run([declared].flat(), async () => callback());
}
