/** The rules about corrections of the inventory that would have Terraform make anew what it has: renames, relabelled disks. */
import { nameAt } from "../../../../core/location";
import { defineRule, type Rule } from "../../../../core/rule";
import { groupBy } from "../../../../core/collections";
import { matchDisks } from "../../../../inventory/estate/identity";
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
import { moveBlock, moveImages, named, renameDisk, renameServer, withoutFormerNames } from "./mends";
import { moveLines } from "./moved-pairs";

const TERRAFORM = "Terraform destroys what had the old address and makes what has the new one";

/** Reports a server that has another name than the record, and does not say so. */
export const estateServerRenamed: Rule<EstateReview> = defineRule<EstateReview>({
  id: "estate-server-renamed",
  title: "A server has another name than when it was deployed",
  severity: "blocker",
  why: `the name is part of every address: ${TERRAFORM}, data included`,
  remedy: "say the server's former name with renamedFrom, or give it back that name",
  *check(review) {
    const names = new Set(review.servers.map(({ name }) => name));
    for (const identity of here(review)) {
      const { plan, entry, recorded } = identity;
      const { server } = plan;
      if (recorded.name === server.name || stays(review, recorded.address, entry.address)) continue;
      const taken = names.has(recorded.name)
        ? `; another server is called ${recorded.name} now: deploy this one under a third name first, which no other has, and write the record anew between the two`
        : "";
      yield observed(server, {
        severity: severityOf(review),
        message: `${server.name} is recorded as ${recorded.name}, and would be made anew: destroyed would be ${named(addressesOf(recorded))}`,
        remedy: `${renameOf(identity)}${taken}`,
      });
    }
  },
});

/** Reports a disk that has another label than the record, and does not say so. */
export const estateDiskRelabelled: Rule<EstateReview> = defineRule<EstateReview>({
  id: "estate-disk-relabelled",
  title: "A disk has another label than when it was deployed",
  severity: "blocker",
  why: `the label is part of the volume's address: ${TERRAFORM}, data included`,
  remedy: "say the disk's former label with renamedFrom, or give it back that label",
  *check(review) {
    for (const identity of here(review)) {
      const { server } = identity.plan;
      for (const { was, now } of movedDisks(review, identity)) {
        if (was.name === now.name) continue;
        yield observed(server, {
          severity: severityOf(review),
          message: `the disk ${now.name} of ${server.name} is recorded as ${was.name}, and would be made anew: destroyed would be ${named([was.address, ...(was.attachment === undefined ? [] : [was.attachment])])}`,
          remedy: renameDisk(server.name, now.name, was.name),
        });
      }
    }
  },
});

const ROOT_REMEDY = "mark the recorded root disk as root: true in the inventory";

/** Reports a server or disk of the same name that has another address than the record. */
export const estateAddressChanged: Rule<EstateReview> = defineRule<EstateReview>({
  id: "estate-address-changed",
  title: "A server has another address in Terraform than when it was deployed",
  severity: "blocker",
  why: `a construct on its path was renamed or moved, or another disk became the root disk: ${TERRAFORM}`,
  remedy: `give the construct back its id, say its former path with renamedFrom, or move each resource with moveFromId; where another disk became the root disk, ${ROOT_REMEDY}`,
  *check(review) {
    for (const identity of here(review)) {
      const { plan, entry, recorded } = identity;
      const { server } = plan;
      const lines: string[] = [];
      const gone: string[] = [];
      const instanceStays = stays(review, recorded.address, entry.address);
      // A server that is renamed takes its disks along.
      if (recorded.name !== server.name && !instanceStays) continue;
      if (!instanceStays) {
        gone.push(recorded.address);
        lines.push(moveBlock(server.name, "instances", 0, recorded.address));
        lines.push(...moveImages(server.name, recorded.images ?? []));
      }
      for (const { was, now, index } of movedDisks(review, identity)) {
        if (was.name !== now.name) continue;
        gone.push(was.address);
        // A volume cannot become a root disk by an address.
        if (index === undefined || was.attachment === undefined) continue;
        lines.push(moveBlock(server.name, "volumes", index, was.address));
        lines.push(moveBlock(server.name, "attachments", index, was.attachment));
      }
      if (gone.length === 0) continue;
      yield observed(server, {
        severity: severityOf(review),
        message: `${server.name} has other addresses than recorded, and would be made anew: destroyed would be ${named(gone)}`,
        ...(lines.length === 0
          ? { remedy: ROOT_REMEDY }
          : {
              remedy: `give the constructs back their ids; or ${withoutFormerNames(server)}say where the resources were: ${lines.join(" ")}`,
            }),
      });
    }
  },
});

/** Reports a former name that something still has, or that two claim. */
export const estateRenamedFromTaken: Rule<EstateReview> = defineRule<EstateReview>({
  id: "estate-renamed-from-taken",
  title: "A former name is still somebody's name",
  severity: "blocker",
  why: "Terraform moves one resource from an address that nothing has any more (Terraform language, Refactoring)",
  remedy: "delete renamedFrom where it is wrong, or rename the other one first and deploy that",
  *check({ identities, servers }) {
    const plans = identities.map(({ plan }) => plan.server);
    for (const server of plans) {
      const { renamedFrom } = server;
      const other = renamedFrom === undefined ? undefined : servers.find(({ name }) => name === renamedFrom);
      if (other !== undefined) yield observed(server, { message: both(server, other, "is the name of") });
      for (const disk of server.disks) {
        if (disk.renamedFrom === undefined || !server.disks.some(({ name }) => name === disk.renamedFrom)) continue;
        yield observed(server, {
          message: `${disk.name} of ${server.name} says that it was called ${disk.renamedFrom}, which is the label of another disk of ${server.name}`,
        });
      }
      for (const [former, same] of groupBy(server.disks, (disk) => disk.renamedFrom)) {
        if (same.length < 2) continue;
        yield observed(server, {
          message: `${same.map(({ name }) => name).join(" and ")} of ${server.name} each say that they were called ${former}`,
        });
      }
    }
    for (const [, [first, ...others]] of groupBy(plans, ({ renamedFrom }) => renamedFrom)) {
      for (const other of others) yield observed(other, { message: both(other, first, "was also the name of") });
    }
  },
});

/** Reports a former name that nothing has been recorded about. */
export const estateRenameUnrecorded: Rule<EstateReview> = defineRule<EstateReview>({
  id: "estate-rename-unrecorded",
  title: "A server was renamed, and no record keeps its place",
  severity: "warning",
  why: "its zone is made of its former name; when renamedFrom goes, another zone would make the instance and its volumes anew",
  remedy: "write the record with migration-patterns lock and pass it as estate, before renamedFrom goes",
  *check({ identities, match }) {
    for (const { plan } of identities) {
      const { server } = plan;
      if (server.renamedFrom === undefined || match.entryOf(server) !== undefined) continue;
      yield observed(server, { message: `${server.name} was called ${server.renamedFrom} and is not recorded` });
    }
  },
});

/** The rules about corrections. */
export const correctionRules: readonly Rule<EstateReview>[] = [
  estateServerRenamed,
  estateDiskRelabelled,
  estateAddressChanged,
  estateRenamedFromTaken,
  estateRenameUnrecorded,
];

/** The recorded servers of the fleet that are in this stack and as they were made: by Terraform, or adopted. */
function here(review: EstateReview): RecordedIdentity[] {
  return recordedIdentities(review).filter(
    ({ entry, recorded }) => isHere(review, recorded) && entry.adopted === recorded.adopted,
  );
}

/** Returns the mend of a renamed server. Its former name alone does not lead to where it was if a construct above it changed too. */
function renameOf(identity: RecordedIdentity): string {
  const { plan, recorded, addressesAs } = identity;
  const { name } = plan.server;
  if (addressesAs(recorded.name).includes(recorded.address)) return renameServer(name, recorded.name);
  return `a construct above ${name} was renamed as well: give it back its id, or say its former path with renamedFrom and namedAfter; or ${withoutFormerNames(plan.server)}say behind the migration where the resources were: ${moveLines(identity)}`;
}

interface MovedDisk {
  readonly was: RecordedIdentity["recorded"]["disks"][number];
  readonly now: RecordedIdentity["disks"][number]["entry"];
  /** The volume's number among the server's data volumes; undefined for the root disk. */
  readonly index?: number;
}

/** Returns the recorded disks whose volumes have another address now, and which no `moved` block brings there. */
function* movedDisks(review: EstateReview, { plan, disks, recorded, entry }: RecordedIdentity): Iterable<MovedDisk> {
  const { entryOf } = matchDisks(plan.server, recorded);
  for (const { entry: now, volume } of disks) {
    const was = entryOf(volume.disk);
    if (was === undefined) continue;
    const [rootWas, rootNow] = [was.address === recorded.address, now.address === entry.address];
    if (rootWas && rootNow) continue;
    if (rootWas === rootNow && stays(review, was.address, now.address)) continue;
    const index = plan.dataVolumes.findIndex((each) => each === volume);
    yield { was, now, ...(index < 0 || rootWas !== rootNow ? {} : { index }) };
  }
}

function both(server: EstateReview["servers"][number], other: EstateReview["servers"][number], how: string): string {
  return `${nameAt(server)} says that it was called ${server.renamedFrom ?? ""}, which ${how} ${nameAt(other)}`;
}
