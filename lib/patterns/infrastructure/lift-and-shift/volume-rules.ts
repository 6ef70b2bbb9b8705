/** The rules about a fleet's disks and volumes. */
import { defineRule, type Rule } from "../../../core/rule";
import { DATA_VOLUME_LIMIT } from "./device-names";
import { at, count, made, type FleetReview } from "./fleet-review";

/** A server's disks are not known. */
export const fleetDisksUnknown: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-disks-unknown",
  title: "A server's disks are not known",
  severity: "warning",
  why: "the server gets the image's root volume alone; whatever other disks it has are not there",
  remedy: "add the disks to the inventory, with the source's disk listing",
  *check({ plan }) {
    for (const { server } of made(plan)) {
      if (server.disks.length > 0) continue;
      yield { subject: server.name, message: `the inventory lists no disk of ${server.name}`, ...at(server) };
    }
  },
});

/** EBS has no volume of that type, size or performance. */
export const fleetVolumeSize: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-volume-size",
  title: "A disk is more than one volume can be",
  severity: "blocker",
  why: "each volume type has a largest size and performance, and st1 and sc1 do not boot (Amazon EBS User Guide, Amazon EBS volume types)",
  remedy:
    "plan another volume type in the checklist's storage_requirements, split the disk at the source or stripe it over several volumes, or state what it really needs in the fleet's overrides",
  *check({ plan }) {
    for (const { server, root, dataVolumes } of made(plan)) {
      for (const { disk, sizing } of root === undefined ? [] : [root, ...dataVolumes]) {
        if (sizing.size !== undefined) continue;
        yield {
          subject: server.name,
          message: `${disk.name} of ${server.name} needs ${sizing.reason}`,
          ...at(server),
        };
      }
    }
  },
});

/** The planned volume type cannot give what the disk needs. */
export const fleetVolumeType: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-volume-type",
  title: "A disk gets a dearer volume type than was planned",
  severity: "info",
  why: "what was measured, or stated in the overrides, is more than the planned type gives (Amazon EBS User Guide, Amazon EBS volume types)",
  remedy:
    "plan the dearer type in the checklist's storage_requirements, or state a smaller need in overrides[server].disks",
  *check({ plan }) {
    for (const { server, root, dataVolumes } of made(plan)) {
      for (const { disk, plannedType, sizing } of root === undefined ? [] : [root, ...dataVolumes]) {
        if (sizing.size === undefined || sizing.outgrown === undefined) continue;
        yield {
          subject: server.name,
          message: `${disk.name} of ${server.name} becomes ${sizing.size.type} and not ${plannedType}: it needs ${sizing.outgrown}`,
          ...at(server),
        };
      }
    }
  },
});

/** The storage requirements name a disk that the server does not have. */
export const fleetUnknownDisk: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-unknown-disk",
  title: "The storage requirements name a disk that the server does not have",
  severity: "warning",
  why: "it is a typing error, and the disk that was meant gets the general volume type, or the inventory misses the disk",
  remedy: "correct the disk's name in the checklist's storage_requirements, or add the disk to the inventory",
  *check({ plan }) {
    for (const { server, disk } of plan.unknownDisks) {
      yield { subject: server.name, message: `${server.name} has no disk ${disk}`, ...at(server) };
    }
  },
});

/** A server has more data disks than device names. */
export const fleetDeviceNames: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-device-names",
  title: "A server has more data disks than device names",
  severity: "blocker",
  why: `${DATA_VOLUME_LIMIT} device names are left for data volumes (Amazon EC2 User Guide, Device names for volumes)`,
  remedy:
    "merge disks at the source, or move some of them to a file system; a waiver leaves out the disks that are named",
  *check({ plan }) {
    for (const { server, dataVolumes } of made(plan)) {
      const nameless = dataVolumes.filter((volume) => volume.deviceName === undefined);
      if (nameless.length === 0) continue;
      yield {
        subject: server.name,
        message: `${server.name} has ${count(dataVolumes.length, "data disk")} for ${DATA_VOLUME_LIMIT} device names; left over: ${nameless.map(({ disk }) => disk.name).join(", ")}`,
        ...at(server),
      };
    }
  },
});

/** One disk is given the peak that was measured over several. */
export const fleetPeakDisk: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-peak-disk",
  title: "The measured peak is given to one of several disks",
  severity: "info",
  why: "utilisation is measured for all disks of a server together, so the largest data disk is taken to have had the peak",
  remedy: "state what each disk needs in overrides[server].disks where that is wrong",
  *check({ plan }) {
    for (const { server, dataVolumes } of made(plan)) {
      const bought = dataVolumes.find(({ raisedByPeak, sizing }) => raisedByPeak && sizing.size !== undefined);
      if (dataVolumes.length < 2 || bought === undefined) continue;
      yield {
        subject: server.name,
        message: `${bought.disk.name} is given more performance than the others of ${server.name}`,
        ...at(server),
      };
    }
  },
});

/** All rules about a fleet's disks and volumes. */
export const volumeRules: readonly Rule<FleetReview>[] = [
  fleetDisksUnknown,
  fleetUnknownDisk,
  fleetVolumeSize,
  fleetVolumeType,
  fleetDeviceNames,
  fleetPeakDisk,
];
