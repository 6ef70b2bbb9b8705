/** Rules about disks: small enough for the volume that is planned, and of a kind that can be copied. */
import { defineRule } from "../../core/rule";
import { evidenceOf } from "../checklist/answer";
import type { VolumeType } from "../checklist/infrastructure";
import { grownGiB, volumeLimits } from "../data/volume-types";
import { bootDisk } from "../boot-disk";
import { plannedVolumes } from "../planned-volumes";
import type { Disk, Server } from "../../inventory/model";
import { locatedAt, type AssessmentSubject } from "../subject";

/** The largest number of volumes that VM Import/Export imports with one server. */
const IMPORT_VOLUME_LIMIT = 21;

/** The volume that is planned for a disk. */
interface Planned {
  readonly volumeType: VolumeType;
  readonly sizeGiB: number;
}

/** Returns a function that returns the volume that the checklist plans for a disk, with its room for growth. */
function planner({ checklist, index }: AssessmentSubject): (server: Server, disk: Disk) => Planned {
  const storage = evidenceOf(checklist.inventory_current_infrastructure.storage_requirements);
  const planned = plannedVolumes(storage, (name) => index.find(name));
  return (server, disk) => {
    const { volumeType, growthPercent } = planned(server, disk);
    return { volumeType, sizeGiB: grownGiB(disk.capacityMiB, growthPercent) };
  };
}

/** Reports disks that exceed the limit of their planned volume type. */
export const diskTooLarge = defineRule<AssessmentSubject>({
  id: "disk-too-large",
  title: "A disk exceeds the limit of its EBS volume type",
  severity: "blocker",
  why: "EBS refuses the volume: the limit is 64 TiB for gp3 and io2, and 16 TiB for gp2, io1, st1 and sc1 (EC2 API Reference, CreateVolume)",
  remedy: "choose gp3 or io2 for it under storage_requirements, or split the file system over several disks",
  *check(subject) {
    const plan = planner(subject);
    for (const server of subject.servers) {
      for (const disk of server.disks) {
        const { volumeType, sizeGiB } = plan(server, disk);
        const { maximumGiB } = volumeLimits[volumeType];
        if (sizeGiB <= maximumGiB) continue;
        yield {
          subject: server.name,
          message: `${disk.name} needs ${sizeGiB} GiB, which exceeds the EBS volume limit of ${maximumGiB} GiB for ${volumeType}`,
          ...locatedAt(server.location),
        };
      }
    }
  },
});

/** Reports boot disks that are planned on a volume type that cannot boot. */
export const bootVolumeType = defineRule<AssessmentSubject>({
  id: "boot-volume-type",
  title: "The boot disk is planned on a volume type that cannot boot",
  severity: "blocker",
  why: "st1 and sc1 volumes cannot be boot volumes (EBS User Guide, Amazon EBS volume types)",
  remedy: "choose gp3 or io2 for the boot disk under storage_requirements",
  *check(subject) {
    const plan = planner(subject);
    for (const server of subject.servers) {
      const boot = bootDisk(server);
      if (boot === undefined) continue;
      const { volumeType } = plan(server, boot);
      if (volumeLimits[volumeType].bootable) continue;
      yield {
        subject: server.name,
        message: `${boot.name} is the boot disk and planned as ${volumeType}`,
        ...locatedAt(server.location),
      };
    }
  },
});

/** Reports disks that are raw-device mappings: volumes of the storage array, not files. */
export const rawDeviceMapping = defineRule<AssessmentSubject>({
  id: "raw-device-mapping",
  title: "A disk is a raw-device mapping",
  severity: "blocker",
  why: "VM Import/Export does not take raw-device mappings (VM Import/Export User Guide, Limitations), and a physical one is in no snapshot",
  remedy: "convert the disk to a virtual disk file; or replicate with an agent in the guest, and waive this",
  *check({ servers }) {
    for (const { name, disks, location } of servers) {
      for (const disk of disks) {
        if (disk.kind !== "raw-device-mapping") continue;
        yield { subject: name, message: `${disk.name} is a raw-device mapping`, ...locatedAt(location) };
      }
    }
  },
});

/** Reports disks that snapshots leave out. */
export const independentDisk = defineRule<AssessmentSubject>({
  id: "independent-disk",
  title: "A disk is independent of snapshots",
  severity: "warning",
  why: "replication without an agent copies snapshots, and an independent disk is in none: the server arrives without it",
  remedy: "make the disk dependent, or replicate with an agent in the guest",
  *check({ servers }) {
    for (const { name, disks, location } of servers) {
      for (const disk of disks) {
        if (disk.independent === true)
          yield { subject: name, message: `${disk.name} is independent`, ...locatedAt(location) };
      }
    }
  },
});

/** Reports disks that several servers write to. */
export const sharedDisk = defineRule<AssessmentSubject>({
  id: "shared-disk",
  title: "Several servers write to one disk",
  severity: "blocker",
  why: "a copy for each server is not a shared disk: a cluster on such copies corrupts its data at the first failover",
  remedy:
    "plan an io2 volume with Multi-Attach, Amazon FSx, or a cluster without shared disks, and waive this once it is planned",
  *check({ servers }) {
    for (const { name, disks, location } of servers) {
      for (const disk of disks) {
        if (disk.shared === true) yield { subject: name, message: `${disk.name} is shared`, ...locatedAt(location) };
      }
    }
  },
});

/** Reports servers with more disks than one import takes. */
export const tooManyDisks = defineRule<AssessmentSubject>({
  id: "too-many-disks",
  title: "The server has more disks than one import takes",
  severity: "warning",
  why: `VM Import/Export fails above ${IMPORT_VOLUME_LIMIT} volumes (VM Import/Export User Guide, Limitations), and an instance has a limit of attachments as well`,
  remedy: "join small disks, import the others as snapshots of their own, or replicate with an agent in the guest",
  *check({ servers }) {
    for (const { name, disks, location } of servers) {
      if (disks.length <= IMPORT_VOLUME_LIMIT) continue;
      yield {
        subject: name,
        message: `it has ${disks.length} disks, and one import takes ${IMPORT_VOLUME_LIMIT}`,
        ...locatedAt(location),
      };
    }
  },
});

/** The rules about disks. */
export const storageRules = [
  diskTooLarge,
  bootVolumeType,
  rawDeviceMapping,
  independentDisk,
  sharedDisk,
  tooManyDisks,
] as const;
