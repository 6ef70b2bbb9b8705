import { describe, expect, it } from "@jest/globals";
import type { StorageRequirements } from "../../../lib/assessment/checklist/infrastructure";
import { grownGiB } from "../../../lib/assessment/data/volume-types";
import * as rules from "../../../lib/assessment/rules/storage-rules";
import { aServer, checklistWith, seen, serverWith, subjectWith, type ServerInput } from "../fixture";

const TEBIBYTE = 1024 * 1024;
const disk = (changes: Partial<NonNullable<ServerInput["disks"]>[number]>) => ({
  disks: [{ name: "Hard disk 1", capacityMiB: 1024, ...changes }],
});

function planned(disks: ServerInput["disks"], storage: Partial<StorageRequirements>) {
  return subjectWith({
    inventory: { servers: [aServer({ disks })], databases: [], flows: [] },
    checklist: checklistWith({ infrastructure: { storage_requirements: storage } }),
  });
}

describe("disk-too-large", () => {
  it("accepts a disk of exactly the largest volume", () => {
    expect(seen(rules.diskTooLarge, serverWith(disk({ capacityMiB: 64 * TEBIBYTE })))).toEqual([]);
  });

  it("blocks one MiB more", () => {
    expect(seen(rules.diskTooLarge, serverWith(disk({ capacityMiB: 64 * TEBIBYTE + 1 })))).toEqual([
      "blocker web-01: Hard disk 1 needs 65537 GiB, which exceeds the EBS volume limit of 65536 GiB for gp3",
    ]);
  });

  it("takes the checklist's volume type, and its room for growth", () => {
    const { disks } = disk({ capacityMiB: 15 * TEBIBYTE });
    expect(seen(rules.diskTooLarge, planned(disks, { volumeType: "gp2" }))).toEqual([]);
    expect(seen(rules.diskTooLarge, planned(disks, { volumeType: "gp2", growthPercent: 10 }))).toEqual([
      "blocker web-01: Hard disk 1 needs 16896 GiB, which exceeds the EBS volume limit of 16384 GiB for gp2",
    ]);
  });

  it("rounds up after growth, without a rounding error of its own", () => {
    const gib = (count: number) => disk({ capacityMiB: count * 1024 }).disks;
    expect(seen(rules.diskTooLarge, planned(gib(14_894), { volumeType: "gp2", growthPercent: 10 }))).toEqual([]);
    expect(seen(rules.diskTooLarge, planned(gib(14_895), { volumeType: "gp2", growthPercent: 10 }))).toEqual([
      "blocker web-01: Hard disk 1 needs 16385 GiB, which exceeds the EBS volume limit of 16384 GiB for gp2",
    ]);
    expect([grownGiB(102_400, 10), grownGiB(102_401, 10), grownGiB(1024), grownGiB(0, 50)]).toEqual([110, 111, 1, 0]);
  });

  it("takes a disk's own volume type before its server's, and that before the general one", () => {
    const disks = [
      { name: "Hard disk 1", capacityMiB: 20 * TEBIBYTE },
      { name: "Hard disk 2", capacityMiB: 20 * TEBIBYTE },
    ];
    const volumes = [
      { server: "web-01", volumeType: "gp2" as const },
      { server: "web-01", disk: "Hard disk 2", volumeType: "io2" as const },
    ];
    expect(seen(rules.diskTooLarge, planned(disks, { volumes }))).toEqual([
      "blocker web-01: Hard disk 1 needs 20480 GiB, which exceeds the EBS volume limit of 16384 GiB for gp2",
    ]);
  });
});

describe("boot-volume-type", () => {
  it("accepts a hard-disk type for a data disk", () => {
    const disks = [
      { name: "Hard disk 1", capacityMiB: 1024 },
      { name: "Hard disk 2", capacityMiB: 200 * 1024 },
    ];
    const volumes = [{ server: "web-01", disk: "Hard disk 2", volumeType: "st1" as const }];
    expect(seen(rules.bootVolumeType, planned(disks, { volumes }))).toEqual([]);
  });

  it("blocks it for the boot disk", () => {
    expect(seen(rules.bootVolumeType, planned(disk({}).disks, { volumeType: "sc1" }))).toEqual([
      "blocker web-01: Hard disk 1 is the boot disk and planned as sc1",
    ]);
  });
});

describe.each([
  [
    "raw-device-mapping",
    rules.rawDeviceMapping,
    { kind: "raw-device-mapping" },
    "blocker web-01: Hard disk 1 is a raw-device mapping",
  ],
  ["independent-disk", rules.independentDisk, { independent: true }, "warning web-01: Hard disk 1 is independent"],
  ["shared-disk", rules.sharedDisk, { shared: true }, "blocker web-01: Hard disk 1 is shared"],
] as const)("%s", (_, rule, changes, message) => {
  it("finds nothing in an ordinary disk", () => {
    expect(seen(rule, serverWith({}))).toEqual([]);
    expect(seen(rule, serverWith(disk({ independent: false, shared: false })))).toEqual([]);
  });

  it("finds the disk", () => {
    expect(seen(rule, serverWith(disk(changes)))).toEqual([message]);
  });
});

describe("too-many-disks", () => {
  const disks = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `disk ${i}`, capacityMiB: 1024 }));

  it("accepts 21 disks", () => {
    expect(seen(rules.tooManyDisks, serverWith({ disks: disks(21) }))).toEqual([]);
  });

  it("warns of 22", () => {
    expect(seen(rules.tooManyDisks, serverWith({ disks: disks(22) }))).toEqual([
      "warning web-01: it has 22 disks, and one import takes 21",
    ]);
  });
});
