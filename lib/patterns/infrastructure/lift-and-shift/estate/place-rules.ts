/** The rules about the place of a recorded server: its stack, its subnet and its address. */
import { defineRule, type Rule } from "../../../../core/rule";
import type { RecordedServer } from "../../../../inventory/estate/estate-record";
import {
  addressesOf,
  isHere,
  observed,
  recordedIdentities,
  severityOf,
  stays,
  type EstateReview,
  type RecordedIdentity,
} from "./estate-review";
import { letGo, moveState, named, quoted, withoutFormerNames } from "./mends";
import { moveLines, pairs } from "./moved-pairs";
import { constructId } from "../../../../core/construct-ids";

/** Reports a server that is recorded in another migration. */
export const estateServerMoved: Rule<EstateReview> = defineRule<EstateReview>({
  id: "estate-server-moved",
  title: "A server is recorded in another migration",
  severity: "blocker",
  why: "each stack has a state of its own, and no moved block crosses that (Terraform language, Refactoring): here the server would be made a second time, and there destroyed",
  remedy: "move what was made in the states, or import it here and have the other stack forget it",
  *check(review) {
    for (const identity of recordedIdentities(review)) {
      const { plan, entry, recorded } = identity;
      if (isHere(review, recorded)) continue;
      const { server } = plan;
      const acrossStacks = recorded.stack !== review.stack;
      const taken = acrossStacks
        ? review.blocks().imported.has(entry.address)
        : stays(review, recorded.address, entry.address);
      if (taken) continue;
      yield observed(server, {
        severity: severityOf(review),
        message: `${server.name} is recorded in ${recorded.migration} of the stack ${recorded.stack}, and is in ${review.migration} of ${review.stack} now: made a second time would be ${entry.address}, and destroyed there ${named(addressesOf(recorded))}`,
        remedy: acrossStacks ? acrossMend(identity, review.stack) : sameStackMend(identity),
      });
    }
  },
});

/** Reports a server that keeps its recorded place where it would be put in another. */
export const estatePlaceKept: Rule<EstateReview> = defineRule<EstateReview>({
  id: "estate-place-kept",
  title: "A server keeps the place that it has",
  severity: "info",
  why: "another subnet or address would make the instance anew, another zone its volumes too",
  remedy: "nothing is to be done; overrides[server].subnetId puts it elsewhere, at that price",
  *check({ identities }) {
    for (const { plan } of identities) {
      const { server, kept } = plan;
      if (kept === undefined) continue;
      yield observed(server, {
        message: `${server.name} stays in ${kept.kept}, and would now be put in ${kept.otherwise}`,
      });
    }
  },
});

/** Reports a recorded server whose subnet or address would be another. */
export const estatePlaceChanged: Rule<EstateReview> = defineRule<EstateReview>({
  id: "estate-place-changed",
  title: "A server would be put in another place than it has",
  severity: "blocker",
  why: "another subnet or private address replaces the instance, another zone its volumes too: all of them are made anew",
  remedy: "keep the subnet in the network, and remove the override",
  *check(review) {
    for (const { plan, entry, recorded } of recordedIdentities(review)) {
      if (entry.adopted === true || recorded.adopted === true) continue;
      if (entry.subnet === recorded.subnet && entry.privateAddress === recorded.privateAddress) continue;
      const { server } = plan;
      yield observed(server, {
        severity: severityOf(review),
        message: `${server.name} is recorded in ${placeOf(recorded)}, and would be put in ${placeOf(entry)}: destroyed would be ${named(addressesOf(recorded).filter((each) => !each.startsWith("aws_ami.") && !each.startsWith("aws_ebs_snapshot_import.")))}`,
        remedy: `remove subnetId from the fleet's overrides of ${server.name}, and keep the subnet ${recorded.subnet ?? "that it has"} in the network`,
      });
    }
  },
});

/** The rules about places. */
export const placeRules: readonly Rule<EstateReview>[] = [estateServerMoved, estatePlaceKept, estatePlaceChanged];

function placeOf({ subnet, privateAddress }: RecordedServer): string {
  return `${subnet ?? "no known subnet"}${privateAddress === undefined ? "" : ` at ${privateAddress}`}`;
}

function sameStackMend(identity: RecordedIdentity): string {
  const without = withoutFormerNames(identity.plan.server);
  return `both are in one stack, so ${without}say where the resources were, behind the migration that has the server now: ${moveLines(identity)}`;
}

function acrossMend(identity: RecordedIdentity, stack: string): string {
  const { plan, recorded } = identity;
  const { name } = plan.server;
  const { instance, volumes, images } = pairs(identity);
  const moves = [instance, ...volumes.flatMap(({ was, now }) => addresses(was, now)), ...images];
  const imports = [
    `fleet.instances.get(${quoted(name)})?.importFrom("INSTANCE_ID");`,
    ...volumes.flatMap(({ was, index }) => [
      `fleet.volumes.get(${quoted(name)})?.[${index}]?.importFrom("VOLUME_ID_OF_${was.address}");`,
      `fleet.attachments.get(${quoted(name)})?.[${index}]?.importFrom("${was.deviceName ?? "DEVICE"}:VOLUME_ID_OF_${was.address}:INSTANCE_ID");`,
    ]),
  ];
  return [
    `give ${name} back its wave; or move what was made, before either stack is deployed, in the folder that has cdktf.out: ${moveState(recorded, stack, moves)}`,
    `then waive estate-server-moved and estate-server-gone for ${name} until both stacks are deployed and migration-patterns lock has written the record anew`,
    `or import it here, behind the migration, with the ids that terraform -chdir=cdktf.out/stacks/${recorded.stack} state show ADDRESS prints: ${imports.join(" ")}, and let go of it there: ${letGo(recorded.stack, constructId(recorded.name), addressesOf(recorded))}; deploy ${stack} first, then ${recorded.stack}; a snapshot import cannot be imported and is made again`,
  ].join("; ");
}

function addresses(
  was: { readonly address: string; readonly attachment: string },
  now: { readonly address: string; readonly attachment: string },
): (readonly [string, string])[] {
  return [
    [was.address, now.address],
    [was.attachment, now.attachment],
  ];
}
