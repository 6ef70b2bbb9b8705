/** The rules about a fleet's disks and volumes. */
import { defineRule, type Rule } from "../../../core/rule";
import { count } from "../../../core/text";
import { DATA_VOLUME_LIMIT } from "./device-names";
import { createdServers, locationOf, type FleetReview } from "./fleet-review";

/** Reports a server whose disks are not known. */
export const fleetDisksUnknown: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-disks-unknown",
  title: "A server's disks are not known",
  severity: "warning",
  why: "the server gets the image's root volume alone; whatever other disks it has are not there",
  remedy: "add the disks to the inventory, with the source's disk listing",
  *check({ plan }) {
    for (const { server } of createdServers(plan)) {
      if (server.disks.length > 0) continue;
      yield { subject: server.name, message: `the inventory lists no disk of ${server.name}`, ...locationOf(server) };
    }
  },
});

/** Reports a disk for which EBS has no volume of that type, size or performance. */
export const fleetVolumeSize: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-volume-size",
  title: "A disk exceeds the limits of an EBS volume",
  severity: "blocker",
  why: "each volume type has a largest size and performance, and st1 and sc1 do not boot (Amazon EBS User Guide, Amazon EBS volume types)",
  remedy:
    "plan another volume type in the checklist's storage_requirements, split the disk at the source or stripe it over several volumes, or state what it really needs in the fleet's overrides",
  *check({ plan }) {
    for (const { server, root, dataVolumes } of createdServers(plan)) {
      for (const { disk, sizing } of root === undefined ? [] : [root, ...dataVolumes]) {
        if (sizing.size !== undefined) continue;
        yield {
          subject: server.name,
          message: `${disk.name} of ${server.name} needs ${sizing.reason}`,
          ...locationOf(server),
        };
      }
    }
  },
});

/** Reports a disk that needs more than the planned volume type gives. */
export const fleetVolumeType: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-volume-type",
  title: "A disk gets a more expensive volume type than planned",
  severity: "info",
  why: "the measured peak, or the need stated in the overrides, is more than the planned type gives (Amazon EBS User Guide, Amazon EBS volume types)",
  remedy:
    "plan the more expensive type in the checklist's storage_requirements, or state a smaller need in overrides[server].disks",
  *check({ plan }) {
    for (const { server, root, dataVolumes } of createdServers(plan)) {
      for (const { disk, plannedType, sizing } of root === undefined ? [] : [root, ...dataVolumes]) {
        if (sizing.size === undefined || sizing.outgrown === undefined) continue;
        yield {
          subject: server.name,
          message: `${disk.name} of ${server.name} becomes ${sizing.size.type} and not ${plannedType}: it needs ${sizing.outgrown}`,
          ...locationOf(server),
        };
      }
    }
  },
});

/** Reports a disk of the storage requirements that the server does not have. */
export const fleetUnknownDisk: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-unknown-disk",
  title: "The storage requirements name a disk that the server does not have",
  severity: "warning",
  why: "the name is mistyped, and the disk that was meant gets the general volume type, or the disk is missing in the inventory",
  remedy: "correct the disk's name in the checklist's storage_requirements, or add the disk to the inventory",
  *check({ plan }) {
    for (const { server, disk } of plan.unknownDisks) {
      yield { subject: server.name, message: `${server.name} has no disk ${disk}`, ...locationOf(server) };
    }
  },
});

/** Reports a server with more data disks than device names. */
export const fleetDeviceNames: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-device-names",
  title: "A server has more data disks than device names",
  severity: "blocker",
  why: `${DATA_VOLUME_LIMIT} device names are left for data volumes (Amazon EC2 User Guide, Device names for volumes)`,
  remedy:
    "merge disks at the source, or move some of them to a file system; a waiver leaves out the disks that are named",
  *check({ plan }) {
    for (const { server, dataVolumes } of createdServers(plan)) {
      const nameless = dataVolumes.filter((volume) => volume.deviceName === undefined);
      if (nameless.length === 0) continue;
      yield {
        subject: server.name,
        message: `${server.name} has ${count(dataVolumes.length, "data disk")} for ${DATA_VOLUME_LIMIT} device names; left over: ${nameless.map(({ disk }) => disk.name).join(", ")}`,
        ...locationOf(server),
      };
    }
  },
});

/** Reports the disk that is sized for the peak that was measured over several. */
export const fleetPeakDisk: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-peak-disk",
  title: "The measured peak is attributed to one of several disks",
  severity: "info",
  why: "utilisation is measured for all disks of a server together, so the largest data disk is taken to have had the peak",
  remedy: "state what each disk needs in overrides[server].disks where that is wrong",
  *check({ plan }) {
    for (const { server, dataVolumes } of createdServers(plan)) {
      const bought = dataVolumes.find(({ raisedByPeak, sizing }) => raisedByPeak && sizing.size !== undefined);
      if (dataVolumes.length < 2 || bought === undefined) continue;
      yield {
        subject: server.name,
        message: `${bought.disk.name} is given more performance than the others of ${server.name}`,
        ...locationOf(server),
      };
    }
  },
});

/** The rules about a fleet's disks and volumes. */
export const volumeRules: readonly Rule<FleetReview>[] = [
  fleetDisksUnknown,
  fleetUnknownDisk,
  fleetVolumeSize,
  fleetVolumeType,
  fleetDeviceNames,
  fleetPeakDisk,
];
