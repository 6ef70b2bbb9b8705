import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { volumeTypes, type VolumeType } from "../../../../lib/assessment/checklist/infrastructure";
import { volumeLimits } from "../../../../lib/assessment/data/volume-types";
import {
  dataDeviceName,
  DATA_VOLUME_LIMIT,
  gibFromMib,
  sizeVolume,
  type VolumePerformance,
  type VolumeSize,
} from "../../../../lib/patterns/infrastructure/lift-and-shift";

describe("gibFromMib", () => {
  it.each([
    [0, 1],
    [1024, 1],
    [1025, 2],
    [102_400, 100],
    [102_400.5, 101],
  ])("rounds %d MiB up to %i GiB", (mib, gib) => {
    expect(gibFromMib(mib)).toBe(gib);
  });
});

describe("sizeVolume", () => {
  const disk = { capacityMiB: 102_400 };
  it.each([
    ["gp3 without more", {}, { type: "gp3", sizeGiB: 100 }],
    ["gp3 up to what is free", { iops: 3000, mibps: 125 }, { type: "gp3", sizeGiB: 100 }],
    ["gp3 with more IOPS", { iops: 9000 }, { type: "gp3", sizeGiB: 100, iops: 9000 }],
    ["gp3 with more throughput", { mibps: 300 }, { type: "gp3", sizeGiB: 100, throughput: 300 }],
    [
      "gp3 with the IOPS that throughput needs",
      { mibps: 1000 },
      { type: "gp3", sizeGiB: 100, iops: 4000, throughput: 1000 },
    ],
    ["gp3 at its limit", { iops: 80_000 }, { type: "gp3", sizeGiB: 160, iops: 80_000 }],
  ])("takes %s", (_what, need, size) => {
    expect(sizeVolume(disk, need)).toEqual({ size });
  });

  it("makes a small gp3 volume larger rather than of a more expensive type", () => {
    expect(sizeVolume({ capacityMiB: 1024 }, { iops: 8000 })).toEqual({
      size: { type: "gp3", sizeGiB: 16, iops: 8000 },
    });
  });

  it("takes gp3 up to 64 TiB", () => {
    expect(sizeVolume({ capacityMiB: 65_536 * 1024 })).toEqual({ size: { type: "gp3", sizeGiB: 65_536 } });
  });

  it("adds the room for growth before it rounds up", () => {
    const size = (capacityMiB: number, growthPercent: number) => sizeVolume({ capacityMiB }, {}, { growthPercent });
    expect(size(102_400, 10)).toEqual({ size: { type: "gp3", sizeGiB: 110 } });
    expect(size(102_401, 10)).toEqual({ size: { type: "gp3", sizeGiB: 111 } });
    expect(size(1024, 1)).toEqual({ size: { type: "gp3", sizeGiB: 2 } });
    expect(size(60_000 * 1024, 10)).toEqual({ reason: "66000 GiB, which exceeds the limit of 65536 GiB for gp3" });
  });

  it.each<[VolumeType, VolumePerformance, VolumeSize]>([
    ["gp2", {}, { type: "gp2", sizeGiB: 100 }],
    ["gp2", { iops: 3000, mibps: 128 }, { type: "gp2", sizeGiB: 100 }],
    ["io2", {}, { type: "io2", sizeGiB: 100, iops: 3000 }],
    ["io2", { iops: 20_000 }, { type: "io2", sizeGiB: 100, iops: 20_000 }],
    ["io1", {}, { type: "io1", sizeGiB: 100, iops: 3000 }],
    ["io1", { iops: 6000 }, { type: "io1", sizeGiB: 120, iops: 6000 }],
    ["io1", { mibps: 500 }, { type: "io1", sizeGiB: 100, iops: 3000 }],
    ["io1", { mibps: 1000 }, { type: "io1", sizeGiB: 1280, iops: 64_000 }],
    ["st1", { iops: 500, mibps: 30 }, { type: "st1", sizeGiB: 125 }],
    ["sc1", { iops: 250, mibps: 9 }, { type: "sc1", sizeGiB: 125 }],
  ])("takes the %s that was planned for %j", (volumeType, need, size) => {
    expect(sizeVolume(disk, need, { volumeType })).toEqual({ size });
  });

  it("makes io1 no larger than its disk only to give what gp3 would have", () => {
    expect(sizeVolume({ capacityMiB: 1 }, {}, { volumeType: "io1" })).toEqual({
      size: { type: "io1", sizeGiB: 4, iops: 200 },
    });
  });

  it.each<[VolumeType, VolumePerformance, VolumeSize, string]>([
    [
      "gp3",
      { iops: 80_001 },
      { type: "io2", sizeGiB: 100, iops: 80_001 },
      "80001 IOPS, which exceeds the limit of 80000 IOPS for gp3",
    ],
    [
      "gp3",
      { mibps: 1001 },
      { type: "io2", sizeGiB: 100, iops: 4004 },
      "1001 MiB/s, which exceeds the limit of 1000 MiB/s for gp3",
    ],
    [
      "gp3",
      { iops: 256_000 },
      { type: "io2", sizeGiB: 256, iops: 256_000 },
      "256000 IOPS, which exceeds the limit of 80000 IOPS for gp3",
    ],
    [
      "gp2",
      { iops: 3001 },
      { type: "gp3", sizeGiB: 100, iops: 3001 },
      "3001 IOPS, which exceeds the limit of 3000 IOPS for gp2 of 100 GiB",
    ],
    [
      "gp2",
      { mibps: 129 },
      { type: "gp3", sizeGiB: 100, throughput: 129 },
      "129 MiB/s, which exceeds the limit of 128 MiB/s for gp2 of 100 GiB",
    ],
    [
      "gp2",
      { iops: 90_000 },
      { type: "io2", sizeGiB: 100, iops: 90_000 },
      "90000 IOPS, which exceeds the limit of 3000 IOPS for gp2 of 100 GiB",
    ],
    [
      "io1",
      { iops: 64_001 },
      { type: "io2", sizeGiB: 100, iops: 64_001 },
      "64001 IOPS, which exceeds the limit of 64000 IOPS for io1",
    ],
    [
      "st1",
      { iops: 501 },
      { type: "gp3", sizeGiB: 100 },
      "501 IOPS, which exceeds the limit of 500 IOPS for st1 of 125 GiB",
    ],
    [
      "st1",
      { mibps: 31 },
      { type: "gp3", sizeGiB: 100 },
      "31 MiB/s, which exceeds the limit of 30 MiB/s for st1 of 125 GiB",
    ],
    [
      "sc1",
      { iops: 251 },
      { type: "st1", sizeGiB: 125 },
      "251 IOPS, which exceeds the limit of 250 IOPS for sc1 of 125 GiB",
    ],
    [
      "sc1",
      { mibps: 10 },
      { type: "st1", sizeGiB: 125 },
      "10 MiB/s, which exceeds the limit of 9 MiB/s for sc1 of 125 GiB",
    ],
  ])("leaves %s for %j, and says why", (volumeType, need, size, outgrown) => {
    expect(sizeVolume(disk, need, { volumeType })).toEqual({ size, outgrown });
  });

  it("lets gp2 grow with its size", () => {
    const gp2 = (gib: number, need: VolumePerformance) =>
      sizeVolume({ capacityMiB: gib * 1024 }, need, { volumeType: "gp2" }).size?.type;
    expect([gp2(5333, { iops: 15_999 }), gp2(5333, { iops: 16_000 }), gp2(5334, { iops: 16_000 })]).toEqual([
      "gp2",
      "gp3",
      "gp2",
    ]);
    expect([gp2(170, { mibps: 250 }), gp2(171, { mibps: 250 })]).toEqual(["gp3", "gp2"]);
  });

  it("boots from no hard-disk type", () => {
    const sized = (volumeType: VolumeType, root: boolean) => sizeVolume(disk, {}, { volumeType, root });
    expect(sized("st1", true)).toEqual({ reason: "a boot volume, and st1 cannot be one" });
    expect(sized("sc1", true)).toEqual({ reason: "a boot volume, and sc1 cannot be one" });
    for (const type of ["gp3", "gp2", "io2", "io1"] as const) expect(sized(type, true).size?.type).toBe(type);
  });

  it.each<[string, { capacityMiB: number }, VolumePerformance, VolumeType, string]>([
    [
      "a larger disk than any volume",
      { capacityMiB: 65_537 * 1024 },
      {},
      "gp3",
      "65537 GiB, which exceeds the limit of 65536 GiB for gp3",
    ],
    [
      "a larger disk than a gp2",
      { capacityMiB: 16_385 * 1024 },
      {},
      "gp2",
      "16385 GiB, which exceeds the limit of 16384 GiB for gp2",
    ],
    [
      "more IOPS than any volume",
      disk,
      { iops: 256_001 },
      "gp3",
      "256001 IOPS, which exceeds the limit of 256000 IOPS for io2",
    ],
    [
      "more throughput than any volume",
      disk,
      { mibps: 4001 },
      "gp3",
      "4001 MiB/s, which exceeds the limit of 4000 MiB/s for io2",
    ],
  ])("says why there is none for %s", (_what, of, need, volumeType, reason) => {
    expect(sizeVolume(of, need, { volumeType })).toEqual({ reason });
  });

  it("never makes a volume smaller or slower than was asked, nor one that EBS has not", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 80_000_000 }),
        fc.integer({ min: 0, max: 300_000 }),
        fc.integer({ min: 0, max: 5000 }),
        fc.constantFrom(...volumeTypes),
        fc.integer({ min: 0, max: 100 }),
        fc.boolean(),
        (capacityMiB, iops, mibps, volumeType, growthPercent, root) => {
          const sizing = sizeVolume({ capacityMiB }, { iops, mibps }, { volumeType, growthPercent, root });
          const { size } = sizing;
          if (size === undefined) return;
          const limits = volumeLimits[size.type];
          expect(size.sizeGiB * 1024).toBeGreaterThanOrEqual(capacityMiB);
          expect(size.sizeGiB).toBeGreaterThanOrEqual(limits.minimumGiB);
          expect(size.sizeGiB).toBeLessThanOrEqual(limits.maximumGiB);
          expect(iops).toBeLessThanOrEqual(limits.maximumIops);
          expect(mibps).toBeLessThanOrEqual(limits.maximumMibps);
          if (root) expect(limits.bootable).toBe(true);
          const { provisionedIops } = limits;
          if (provisionedIops === undefined) {
            expect(size).not.toHaveProperty("iops");
            return;
          }
          const given = size.iops ?? 3000;
          expect(given).toBeGreaterThanOrEqual(iops);
          expect(given).toBeGreaterThanOrEqual(provisionedIops.minimum);
          if (size.iops !== undefined) expect(size.iops).toBeLessThanOrEqual(size.sizeGiB * provisionedIops.perGiB);
          if (size.type === "gp3") expect(size.throughput ?? 125).toBeGreaterThanOrEqual(mibps);
          else expect(size.iops).toBeDefined();
          expect("outgrown" in sizing).toBe(size.type !== volumeType);
        },
      ),
    );
  });
});

describe("dataDeviceName", () => {
  it("begins at f, in the form of the operating system", () => {
    expect(dataDeviceName("linux", 0)).toBe("/dev/sdf");
    expect(dataDeviceName("unknown", 10)).toBe("/dev/sdp");
    expect(dataDeviceName("windows", 0)).toBe("xvdf");
    expect(dataDeviceName("windows", 10)).toBe("xvdp");
  });

  it("ends with z", () => {
    expect(dataDeviceName("linux", DATA_VOLUME_LIMIT - 1)).toBe("/dev/sdz");
    expect(dataDeviceName("linux", DATA_VOLUME_LIMIT)).toBeUndefined();
  });
});
