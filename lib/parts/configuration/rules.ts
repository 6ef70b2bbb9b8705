/** The rules about an application's configuration. */
import { defineRule, type Rule } from "../../core/rule";
import type { Inventory } from "../../inventory/model";
import { findMentions, MENTION_PHRASES } from "./mentions";
import type { ConfigurationSettings } from "./settings";

/** The subject of the rules about an application's configuration. */
export interface ConfigurationReview {
  readonly configuration: ConfigurationSettings;
  /** The inventory of the servers that migrate. */
  readonly inventory: Inventory;
}

/** Blocks a value at the target that names a migrating server of the source; warns if the reference is uncertain. */
export const configurationMentionsSource: Rule<ConfigurationReview> = defineRule<ConfigurationReview>({
  id: "configuration-mentions-source",
  title: "The configuration at the target names a server of the source",
  severity: "blocker",
  why: "the application goes on using the source after the move, and breaks on the day the source is switched off",
  remedy:
    "name the target in that value; list names and addresses that remain valid in validAtTarget, because a server keeps them or something else moves them",
  *check({ configuration, inventory }) {
    for (const { path, subject, text, kind, server } of findMentions(configuration, inventory)) {
      yield {
        subject,
        message: `${path} contains ${text}, ${MENTION_PHRASES[kind]} ${server.name}, which is migrated`,
        location: { path },
        // A word may be a database or a user, and a network may be meant as a whole: somebody has to look.
        ...(kind === "word" || kind === "network" ? { severity: "warning" as const } : {}),
      };
    }
  },
});

/** Warns about a DNS record that changes its type in a zone that is changed by hand. */
export const configurationRecordTypeChanges: Rule<ConfigurationReview> = defineRule<ConfigurationReview>({
  id: "configuration-record-type-changes",
  title: "A manually changed DNS record changes its type",
  severity: "warning",
  why: "between the removal of the old record and the creation of the new one the name does not resolve, and resolvers cache that for the smaller of the SOA record's time to live and its minimum (RFC 2308, section 5)",
  remedy:
    "keep the type, have the provider change both records in one step, or lower the SOA record's minimum before the cut-over",
  *check({ configuration: { dnsRecords = [] } }) {
    for (const [index, { fqdn, zoneId, source, target }] of dnsRecords.entries()) {
      // In Route 53 the provider deletes the one and makes the other in one change, which is made as a whole or not at all
      // (Terraform AWS provider, resource aws_route53_record; Route 53 API Reference, ChangeResourceRecordSets).
      if (zoneId !== undefined || source.type === target.type) continue;
      yield {
        subject: fqdn,
        message: `dnsRecords[${index}] is of type ${source.type} at the source and ${target.type} at the target, and is changed by hand`,
        location: { path: `dnsRecords[${index}].target.type` },
      };
    }
  },
});

/** All rules about an application's configuration. */
export const configurationRules: readonly Rule<ConfigurationReview>[] = [
  configurationMentionsSource,
  configurationRecordTypeChanges,
];
