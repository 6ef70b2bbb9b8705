/** The rule about servers that two migrations of one app move. A plan refuses them when it is made; an app may have no plan. */
import { defineRule, type Rule } from "./rule";

/** A migration as the rule about its servers sees it. */
export interface MovedServersReview {
  /** The path of the migration. */
  readonly migration: string;
  /** The servers that it moves and that a migration made before it moves as well, with the path of that one. */
  readonly shared: readonly { readonly server: string; readonly other: string }[];
}

/** Reports a server that two migrations move, at the one that was made later. */
export const serverMovedTwice: Rule<MovedServersReview> = defineRule<MovedServersReview>({
  id: "server-moved-twice",
  title: "Two migrations move the same server",
  severity: "blocker",
  why: "each of them makes an instance of it and cuts over to its own: users write to both, and no way back brings their data together again",
  remedy:
    "leave the server to one of the two, for example by their waves; where two sites have a server of this name, waive the finding for it",
  *check({ migration, shared }) {
    for (const { server, other } of shared) {
      yield { subject: server, message: `${other} moves it, and so does ${migration}` };
    }
  },
});

/** The rules about the servers that migrations move. */
export const movedServersRules: readonly Rule<MovedServersReview>[] = [serverMovedTwice];
