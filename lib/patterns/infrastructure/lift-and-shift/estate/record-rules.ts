/** The rules about the record itself: whether there is one, and what it can know. */
import { defineRule, type Rule } from "../../../../core/rule";
import { count, firstOf } from "../../../../core/text";
import type { EstateReview } from "./estate-review";

/** The number of servers that a message names. */
const NAMES_SHOWN = 5;

/** Reports servers and disks that nothing but their names identifies, once for the fleet. */
export const estateIdentityUncertain: Rule<EstateReview> = defineRule<EstateReview>({
  id: "estate-identity-uncertain",
  title: "Some servers or disks have no identity but their names",
  severity: "info",
  why: "a rename of theirs cannot be told from one that goes and one that comes: it is reported as both",
  remedy:
    "read a source that has UUIDs and disk keys, or write uuid and key by hand; else say every rename with renamedFrom",
  *check({ record, identities, migration }) {
    if (record === undefined) return;
    const servers = identities.filter(({ entry }) => entry.uuid === undefined).map(({ entry }) => entry.name);
    const disks = identities.filter(({ entry }) => entry.disks.some(({ key }) => key === undefined));
    if (servers.length === 0 && disks.length === 0) return;
    const parts = [
      ...(servers.length === 0
        ? []
        : [
            `${count(servers.length, "server has", "servers have")} no UUID of their own (${firstOf(servers, NAMES_SHOWN)})`,
          ]),
      ...(disks.length === 0
        ? []
        : [
            `${count(disks.length, "server has", "servers have")} disks without a key (${firstOf(
              disks.map(({ entry }) => entry.name),
              NAMES_SHOWN,
            )})`,
          ]),
    ];
    yield { subject: migration, message: `uncertain: ${parts.join(", and ")}` };
  },
});

/** Reports a fleet beyond its first stage that no record protects, or servers that the record does not have yet. */
export const estateUnrecorded: Rule<EstateReview> = defineRule<EstateReview>({
  id: "estate-unrecorded",
  title: "Servers are not recorded",
  severity: "info",
  why: "what is not recorded is recognised by nothing but its name, and a correction of the inventory makes it anew",
  remedy: "deploy, write the record with migration-patterns lock, commit it and pass it as estate: readEstateRecord(…)",
  *check({ record, match, identities, migration, seeding }) {
    if (record === undefined) {
      if (seeding || identities.length === 0) return;
      yield {
        subject: migration,
        message: `no record is given for the ${count(identities.length, "server")} of ${migration}`,
      };
      return;
    }
    const names = identities
      .filter(({ plan }) => match.entryOf(plan.server) === undefined)
      .map(({ entry }) => entry.name);
    if (names.length === 0) return;
    yield {
      subject: migration,
      message: `the record does not have ${count(names.length, "server")} of ${migration}: ${firstOf(names, NAMES_SHOWN)}`,
    };
  },
});

/** The rules about the record. */
export const recordRules: readonly Rule<EstateReview>[] = [estateIdentityUncertain, estateUnrecorded];
