/** The rules about an application's configuration. */
import { defineRule, type Rule } from "../../../../core/rule";
import type { Inventory } from "../../../../inventory/model";
import { findMentions, type MentionKind } from "./mentions";
import type { ConfigurationSettings } from "./settings";

/** What the rules look at. */
export interface ConfigurationReview {
  readonly configuration: ConfigurationSettings;
  /** The estate that moves. */
  readonly inventory: Inventory;
}

const HOW: Readonly<Record<MentionKind, string>> = {
  address: "an address of",
  name: "the name of",
  word: "the word that is the name of",
  network: "a network with an address of",
};

/** A value of the target names a server of the source. */
export const configurationMentionsSource: Rule<ConfigurationReview> = defineRule<ConfigurationReview>({
  id: "configuration-mentions-source",
  title: "The configuration at the target names a server of the source",
  severity: "blocker",
  why: "the application goes on using the source after the move, and breaks on the day the source is switched off",
  remedy:
    "name the target in that value; list in validAtTarget what stays right, because a server keeps it or something else moves it",
  *check({ configuration, inventory }) {
    for (const { path, subject, text, kind, server } of findMentions(configuration, inventory)) {
      yield {
        subject,
        message: `${path} has ${text}, ${HOW[kind]} ${server.name}, which is migrated`,
        location: { path },
        // A word may be a database or a user, and a network may be meant as a whole: somebody has to look.
        ...(kind === "word" || kind === "network" ? { severity: "warning" as const } : {}),
      };
    }
  },
});

/** All rules about an application's configuration. */
export const configurationRules: readonly Rule<ConfigurationReview>[] = [configurationMentionsSource];
