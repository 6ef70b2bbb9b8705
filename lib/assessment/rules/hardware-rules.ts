/** Rules about the virtual machine itself: its state, its firmware, its size, and its connected devices. */
import { defineRule } from "../../core/rule";
import { count } from "../../core/text";
import { MASTER_BOOT_RECORD_LIMIT_MIB } from "../data/volume-types";
import { bootDisk } from "../boot-disk";
import { locatedAt, type AssessmentSubject } from "../subject";

/** The oldest virtual hardware version with changed block tracking. */
const CHANGED_BLOCK_TRACKING_VERSION = 7;

/** Reports servers with snapshots of the hypervisor. */
export const snapshotsPresent = defineRule<AssessmentSubject>({
  id: "snapshots-present",
  title: "The server has snapshots",
  severity: "warning",
  why: "replication copies the chain of differences, which is slower and larger, and changed block tracking cannot be switched on while snapshots exist",
  remedy: "consolidate or delete the snapshots before replication starts",
  *check({ servers }) {
    for (const { name, snapshots, location } of servers) {
      if (snapshots.length === 0) continue;
      const counted = count(snapshots.length, "snapshot");
      const oldest = snapshots
        .map((snapshot) => snapshot.createdAt ?? "")
        .filter((day) => day !== "")
        .sort()[0];
      yield {
        subject: name,
        message: `it has ${counted}${oldest === undefined ? "" : `, the oldest of ${oldest.slice(0, 10)}`}`,
        ...locatedAt(location),
      };
    }
  },
});

/** Reports connected disc images, drives and USB devices. */
export const removableMediaConnected = defineRule<AssessmentSubject>({
  id: "removable-media-connected",
  title: "A disc image, drive or USB device is connected",
  severity: "warning",
  why: "it does not move along: a licence dongle or an installation source that is needed will be missed, and conversions stumble over the drive",
  remedy: "disconnect it; where the server needs it, find out what for, and replace it before the move",
  *check({ servers }) {
    for (const { name, removableMedia, location } of servers) {
      for (const { kind, connected, detail } of removableMedia) {
        if (!connected) continue;
        const what = { cd: "a CD or DVD drive", floppy: "a floppy drive", usb: "a USB device" }[kind];
        yield {
          subject: name,
          message: `${what} is connected${detail === undefined ? "" : `: ${detail}`}`,
          ...locatedAt(location),
        };
      }
    }
  },
});

/** Reports servers that are suspended. */
export const serverSuspended = defineRule<AssessmentSubject>({
  id: "server-suspended",
  title: "The server is suspended",
  severity: "blocker",
  why: "part of its state is in a memory file that no replication takes along, so a copy starts with whatever was on disk",
  remedy: "resume it and shut it down cleanly, or replicate it while it runs",
  *check({ servers }) {
    for (const { name, powerState, location } of servers) {
      if (powerState === "suspended") yield { subject: name, message: "it is suspended", ...locatedAt(location) };
    }
  },
});

/** Reports servers that the hypervisor mirrors in lock-step. */
export const serverFaultTolerant = defineRule<AssessmentSubject>({
  id: "server-fault-tolerant",
  title: "The hypervisor mirrors the server in lock-step",
  severity: "blocker",
  why: "such a server cannot be snapshotted, so it cannot be replicated without an agent, and EC2 has nothing that mirrors memory",
  remedy: "decide how the application stays available on the target, and turn fault tolerance off for the replication",
  *check({ servers }) {
    for (const { name, faultTolerant, location } of servers) {
      if (faultTolerant === true) yield { subject: name, message: "fault tolerance is on", ...locatedAt(location) };
    }
  },
});

/** Reports powered-off servers without a decided strategy. */
export const poweredOffUndecided = defineRule<AssessmentSubject>({
  id: "powered-off-undecided",
  title: "A powered-off server has no decided strategy",
  severity: "warning",
  why: "a server that has been off for long is often forgotten rather than needed, and moving it costs as much as moving one that runs",
  remedy: "decide under servers_and_specifications: a strategy of retire, retain, rehost …",
  *check({ servers }) {
    for (const { name, powerState, strategy, location } of servers) {
      if (powerState === "off" && strategy === undefined) {
        yield { subject: name, message: "it is powered off, and no strategy is decided", ...locatedAt(location) };
      }
    }
  },
});

const SECURE_BOOT_REMEDY = "turn Secure Boot off for the migration, and on again with keys of your own on the target";
const BIOS_REMEDY = "convert the boot disk to GPT and the server to UEFI, or move its data to a disk of its own";

/** Reports servers whose firmware settings the target cannot boot. */
export const firmwareUnsupported = defineRule<AssessmentSubject>({
  id: "firmware-unsupported",
  title: "The target cannot boot the server with this firmware",
  severity: "blocker",
  why:
    "VM Import/Export does not import Windows with Secure Boot, and Linux needs its keys in the image (EC2 User Guide, UEFI " +
    "Secure Boot); a BIOS boots from a master boot record, which ends at 2 TiB (EBS User Guide, volume constraints)",
  remedy: `${SECURE_BOOT_REMEDY}; from a BIOS, ${BIOS_REMEDY}`,
  *check({ servers }) {
    for (const server of servers) {
      const { name, firmware, secureBoot, location } = server;
      if (secureBoot === true) {
        yield {
          subject: name,
          message: "Secure Boot is on",
          remedy: SECURE_BOOT_REMEDY,
          ...locatedAt(location),
        };
      }
      const boot = bootDisk(server);
      if (firmware === "bios" && boot !== undefined && boot.capacityMiB > MASTER_BOOT_RECORD_LIMIT_MIB) {
        yield {
          subject: name,
          message: `it boots with a BIOS from ${boot.name}, which has ${Math.ceil(boot.capacityMiB / 1024)} GiB and so is larger than 2 TiB`,
          remedy: BIOS_REMEDY,
          ...locatedAt(location),
        };
      }
    }
  },
});

/** Reports virtual hardware that is too old for agentless replication. */
export const hardwareVersionOld = defineRule<AssessmentSubject>({
  id: "hardware-version-old",
  title: "The virtual hardware is too old for agentless replication",
  severity: "warning",
  why: "replication from snapshots relies on changed block tracking, which virtual hardware has from version 7 on (VMware vSphere documentation)",
  remedy: "upgrade the virtual hardware, or replicate with an agent in the guest",
  *check({ servers }) {
    for (const { name, hardwareVersion, location } of servers) {
      if (hardwareVersion === undefined || hardwareVersion >= CHANGED_BLOCK_TRACKING_VERSION) continue;
      yield { subject: name, message: `its virtual hardware is version ${hardwareVersion}`, ...locatedAt(location) };
    }
  },
});

/** Reports servers without the sizes that are needed to choose an instance type or volumes. */
export const serverSpecificationMissing = defineRule<AssessmentSubject>({
  id: "server-specification-missing",
  title: "CPUs, memory or disks of a server are not known",
  severity: "warning",
  why: "neither an instance type nor a volume can be chosen without a size",
  remedy: "export all sheets again, or give cpus, memoryMiB or an instanceType under servers_and_specifications",
  *check({ servers }) {
    for (const { name, cpus, memoryMiB, disks, target, location } of servers) {
      const sized = target?.instanceType !== undefined;
      const unknown = [
        ...(cpus === undefined && !sized ? ["CPUs"] : []),
        ...(memoryMiB === undefined && !sized ? ["memory"] : []),
        ...(disks.length === 0 ? ["disks"] : []),
      ];
      if (unknown.length > 0)
        yield { subject: name, message: `not known: ${unknown.join(", ")}`, ...locatedAt(location) };
    }
  },
});

/** Reports servers whose CPU and memory use is not known. */
export const utilisationMissing = defineRule<AssessmentSubject>({
  id: "utilisation-missing",
  title: "CPU and memory use is not known",
  severity: "info",
  why: "without the 95th percentile of its use, a server is sized by its provisioned CPUs and memory, which is mostly too much",
  remedy: "collect at least two weeks of CPU and memory use and add it to the inventory",
  *check({ servers }) {
    const unknown = servers.filter(
      ({ utilisation, target }) =>
        target?.instanceType === undefined &&
        (utilisation?.cpuP95Percent ?? utilisation?.cpuPeakPercent) === undefined &&
        (utilisation?.memoryP95Percent ?? utilisation?.memoryPeakPercent) === undefined,
    );
    // A source without any use is one fact, not ten thousand.
    if (unknown.length > 1 && unknown.length === servers.length) {
      yield { subject: "all servers", message: `the CPU and memory use of all ${servers.length} servers is unknown` };
      return;
    }
    for (const { name, location } of unknown) {
      yield { subject: name, message: "neither its CPU nor its memory use is known", ...locatedAt(location) };
    }
  },
});

/** The rules about the virtual machine. */
export const hardwareRules = [
  snapshotsPresent,
  removableMediaConnected,
  serverSuspended,
  serverFaultTolerant,
  poweredOffUndecided,
  firmwareUnsupported,
  hardwareVersionOld,
  serverSpecificationMissing,
  utilisationMissing,
] as const;
