/** The rules about what is recorded and would end: servers and disks that have gone, volumes that would shrink. */
import { defineRule, type Rule } from "../../../../core/rule";
import type { RecordedServer } from "../../../../inventory/estate/estate-record";
import {
  addressesOf,
  addressesOfDisk,
  isHere,
  observed,
  recordedIdentities,
  severityOf,
  type EstateReview,
} from "./estate-review";
import { constructId } from "../../../../core/construct-ids";
import { matchDisks } from "../../../../inventory/estate/identity";
import { forget, letGo, named, servingNamed } from "./mends";

/** Reports a recorded server that the fleet does not have any more. */
export const estateServerGone: Rule<EstateReview> = defineRule<EstateReview>({
  id: "estate-server-gone",
  about: "server",
  title: "A recorded server is no part of the fleet any more",
  severity: "blocker",
  why: "Terraform destroys what leaves the code, whatever prevent_destroy said of it (Terraform language, lifecycle)",
  remedy: "put it back, or have Terraform forget it, and drop it from the record",
  *check(review) {
    const { record, match, identities } = review;
    const present = new Set(identities.map(({ plan }) => match.entryOf(plan.server)));
    for (const entry of record?.servers ?? []) {
      if (!isHere(review, entry) || present.has(entry)) continue;
      const addresses = addressesOf(entry);
      if (addresses.every((address) => review.blocks().forgotten.has(address))) continue;
      const server = match.serverOf(entry);
      yield {
        ...observed(server ?? entry, {
          severity: severityOf(review),
          message: `${entry.name} is recorded in ${entry.migration}, and ${reasonOf(server, review)}: destroyed would be ${servingNamed(addresses)}`,
          remedy: `${backOf(entry, server)}; or keep its resources without this code: ${letGo(entry.stack, constructId(entry.name), addresses)}; deploy, then ${forget(entry.name)}`,
        }),
        subject: entry.name,
      };
    }
  },
});

/** Reports a recorded disk that its server does not have any more. */
export const estateDiskGone: Rule<EstateReview> = defineRule<EstateReview>({
  id: "estate-disk-gone",
  about: "server",
  title: "A recorded disk is not in the inventory any more",
  severity: "blocker",
  why: "Terraform destroys the volume that leaves the code, with its data",
  remedy: "put the disk back, or have Terraform forget the volume, and drop it from the record",
  *check(review) {
    for (const { plan, entry, recorded } of recordedIdentities(review)) {
      if (!isHere(review, recorded) || entry.adopted !== recorded.adopted) continue;
      const { server } = plan;
      for (const disk of matchDisks(server, recorded).gone) {
        // Which of several is the root disk is another rule's matter; the instance stays as long as it has one.
        const addresses = disk.address === recorded.address ? [] : addressesOfDisk(disk);
        if (addresses.length === 0 && server.disks.length === 0) continue;
        if (addresses.length > 0 && addresses.every((address) => review.blocks().forgotten.has(address))) continue;
        const { name, sizeGiB, key } = disk;
        const what = `${name} of ${server.name}${key === undefined ? "" : ` (key ${key})`}`;
        yield observed(server, {
          severity: severityOf(review),
          message:
            addresses.length === 0
              ? `the root disk ${what} is recorded and not in the inventory: another disk would be taken for the root disk`
              : `the disk ${what} is recorded and not in the inventory: destroyed would be ${named(addresses)}`,
          remedy: `put the disk back: name: ${JSON.stringify(name)}${key === undefined ? "" : `, key: ${JSON.stringify(key)}`}, capacityMiB: ${sizeGiB * 1024}${
            addresses.length === 0
              ? ""
              : `; or keep the volume without this code: ${letGo(recorded.stack, constructId(`${server.name} ${name}`), addresses)}; deploy, then ${forget(`${server.name}:${name}`)}`
          }`,
        });
      }
    }
  },
});

/** Reports a volume that would shrink. */
export const estateDiskShrunk: Rule<EstateReview> = defineRule<EstateReview>({
  id: "estate-disk-shrunk",
  title: "A volume would become smaller than it is",
  severity: "blocker",
  why: "EBS makes no volume smaller: ModifyVolume refuses, and the deployment ends halfway (Amazon EBS User Guide, Modify a volume)",
  remedy: "give the disk at least its recorded size",
  *check(review) {
    for (const { plan, disks, recorded } of recordedIdentities(review)) {
      const { server } = plan;
      const { entryOf } = matchDisks(server, recorded);
      for (const { entry, volume } of disks) {
        const was = entryOf(volume.disk);
        if (was === undefined || entry.sizeGiB >= was.sizeGiB) continue;
        yield observed(server, {
          severity: severityOf(review),
          message: `${entry.name} of ${server.name} has ${was.sizeGiB} GiB as recorded, and would have ${entry.sizeGiB} GiB: ${was.address} cannot shrink`,
          remedy: `write capacityMiB: ${was.sizeGiB * 1024} at the disk ${JSON.stringify(entry.name)} of ${server.name} in the inventory, or more`,
        });
      }
    }
  },
});

/** Reports a server that was created and is adopted now, or the other way round. */
export const estateAdoptionChanged: Rule<EstateReview> = defineRule<EstateReview>({
  id: "estate-adoption-changed",
  title: "A server is adopted that was created, or the other way round",
  severity: "blocker",
  why: "an instance that is in the state is not imported again: the volumes of a created one leave the code, and an adopted one gets the image, subnet and size of a new one",
  remedy: "give the server back the kind of image that it had, or have Terraform forget what it has first",
  *check(review) {
    for (const { plan, entry, recorded } of recordedIdentities(review)) {
      if (!isHere(review, recorded) || entry.adopted === recorded.adopted) continue;
      const { server } = plan;
      const addresses = addressesOf(recorded);
      // Forgotten and imported in one plan is refused, and so what was created is forgotten by a plan of its own.
      const adopted = entry.adopted === true;
      yield observed(server, {
        severity: severityOf(review),
        message: adopted
          ? `${server.name} is recorded as created by Terraform, and its image is ServerImage.adopt now: destroyed would be ${named(addresses.filter((each) => each !== recorded.address)) || "nothing, but the launched instance is not taken over"}`
          : `${server.name} is recorded as adopted, and its image would make it anew: destroyed would be ${recorded.address}`,
        remedy: adopted
          ? `give ${server.name} back its image; or let go of what it has before it is adopted: terraform -chdir=cdktf.out/stacks/${recorded.stack} state rm ${addresses.join(" ")}, then ${forget(recorded.name)}`
          : `give ${server.name} ServerImage.adopt with the id of its instance again; or let go of it before another is made: terraform -chdir=cdktf.out/stacks/${recorded.stack} state rm ${recorded.address}, then ${forget(recorded.name)}`,
      });
    }
  },
});

/** The rules about what would end. */
export const endRules: readonly Rule<EstateReview>[] = [
  estateServerGone,
  estateDiskGone,
  estateDiskShrunk,
  estateAdoptionChanged,
];

type Found = ReturnType<EstateReview["match"]["serverOf"]>;

function reasonOf(server: Found, { identities }: EstateReview): string {
  if (server === undefined) return "the inventory does not have it";
  if (server.strategy === "retire" || server.strategy === "retain") return `its strategy is ${server.strategy}`;
  const [first] = identities;
  if (server.wave !== first?.plan.server.wave) {
    return server.wave === undefined ? "it is in no wave any more" : `it is in the wave ${server.wave} now`;
  }
  return server.strategy === undefined ? "it has no instance here" : `its strategy is ${server.strategy}`;
}

function backOf({ name, migration }: RecordedServer, server: Found): string {
  if (server === undefined) return `put ${name} back into the inventory`;
  return `give it back the wave and the strategy by which it was in ${migration} (or see estate-server-moved of the migration that has it now)`;
}
