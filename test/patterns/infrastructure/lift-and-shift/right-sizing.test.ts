import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  burstableInstanceTypes,
  findInstanceType,
  instanceTypes,
  rightSize,
} from "../../../../lib/patterns/infrastructure/lift-and-shift";
import {
  dedicatedHostVcpus,
  hostTakesSizes,
} from "../../../../lib/patterns/infrastructure/lift-and-shift/instance-types";
import { serverOf } from "./fixtures";

describe("rightSize", () => {
  it.each([
    ["what the source has, where nothing was measured", {}, "m7i.large"],
    ["one CPU and little memory", { cpus: 1, memoryMiB: 1024 }, "c7i.large"],
    ["memory that fits exactly", { cpus: 4, memoryMiB: 16_384 }, "m7i.xlarge"],
    ["one MiB more than fits", { cpus: 4, memoryMiB: 16_385 }, "r7i.xlarge"],
    ["much memory on few CPUs", { cpus: 2, memoryMiB: 400 * 1024 }, "x2iedn.4xlarge"],
    ["arm64", { os: { family: "linux", architecture: "arm64" } as const }, "m7g.large"],
    [
      "measured use and headroom",
      { cpus: 8, memoryMiB: 32_768, utilisation: { cpuP95Percent: 20, memoryP95Percent: 40 } },
      "r7i.large",
    ],
    [
      "measured CPU alone: memory stays as it is",
      { cpus: 16, memoryMiB: 32_768, utilisation: { cpuP95Percent: 10 } },
      "r7i.xlarge",
    ],
    [
      "full use, which never asks for more than the source has",
      { cpus: 4, memoryMiB: 16_384, utilisation: { cpuP95Percent: 100, memoryP95Percent: 100 } },
      "m7i.xlarge",
    ],
  ])("takes the cheapest type for %s", (_what, over, type) => {
    expect(rightSize(serverOf("a", over)).type?.name).toBe(type);
  });

  it("adds the headroom that is asked for", () => {
    const server = serverOf("a", {
      cpus: 8,
      memoryMiB: 8192,
      utilisation: { cpuP95Percent: 50, memoryP95Percent: 50 },
    });
    expect(rightSize(server, { headroomPercent: 0 }).type?.name).toBe("c7i.xlarge");
    expect(rightSize(server, { headroomPercent: 50 }).type?.name).toBe("c7i.2xlarge");
  });

  it("takes a burstable type only where it is allowed and the measured use is below the baseline", () => {
    const quiet = serverOf("a", { memoryMiB: 2048, utilisation: { cpuP95Percent: 10 } });
    const busy = serverOf("a", { memoryMiB: 2048, utilisation: { cpuP95Percent: 60 } });
    const unknown = serverOf("a", { memoryMiB: 2048 });
    expect(rightSize(quiet).type?.name).toBe("c7i.large");
    expect(rightSize(quiet, { burstable: true }).type?.name).toBe("t3.small");
    expect(rightSize(busy, { burstable: true }).type?.name).toBe("c7i.large");
    expect(rightSize(unknown, { burstable: true }).type?.name).toBe("c7i.large");
  });

  it.each([
    ["CPUs that are not known", { cpus: undefined }, "its number of CPUs is not known"],
    ["memory that is not known", { memoryMiB: undefined }, "its memory is not known"],
    [
      "an architecture that EC2 has not",
      { os: { family: "unix", architecture: "other" } as const },
      "no current instance type runs the architecture other",
    ],
    [
      "more than any type has",
      { cpus: 400 },
      "it needs 400 CPUs and 8 GiB, more than any x86_64 type of the table has",
    ],
  ])("says why there is none for %s", (_what, over, reason) => {
    expect(rightSize(serverOf("a", over))).toMatchObject({ reason });
  });

  it("never gives less than is needed, nor another architecture", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 192 }),
        fc.integer({ min: 1, max: 1_500_000 }),
        fc.constantFrom("x86_64" as const, "arm64" as const),
        fc.boolean(),
        (cpus, memoryMiB, architecture, burstable) => {
          const sizing = rightSize(serverOf("a", { cpus, memoryMiB, os: { family: "linux", architecture } }), {
            burstable,
          });
          if (sizing.type === undefined) return;
          expect(sizing.type.vcpus).toBeGreaterThanOrEqual(cpus);
          expect(sizing.type.memoryMiB).toBeGreaterThanOrEqual(memoryMiB);
          expect(sizing.type.architecture).toBe(architecture);
        },
      ),
    );
  });
});

describe("the table of instance types", () => {
  it("has no name twice, and is in the order of cost", () => {
    for (const table of [instanceTypes, burstableInstanceTypes]) {
      expect(new Set(table.map((type) => type.name)).size).toBe(table.length);
      const costs = table.map((type) => type.relativeCost);
      expect(costs).toEqual([...costs].sort((a, b) => a - b));
    }
  });

  it("has a dedicated host as large as the family's largest size", () => {
    for (const { name, family, vcpus } of instanceTypes) {
      expect({ name, host: dedicatedHostVcpus(family) }).toEqual({ name, host: expect.any(Number) });
      expect(dedicatedHostVcpus(family)).toBeGreaterThanOrEqual(vcpus);
    }
    expect(["m7i", "x2iedn", "m7g"].map((family) => dedicatedHostVcpus(family))).toEqual([192, 128, 64]);
    expect(["m7i", "x2iedn", "c6i"].map((family) => hostTakesSizes(family))).toEqual([true, false, false]);
    expect(dedicatedHostVcpus("c6i")).toBeUndefined();
  });

  it.each([
    // Hourly list prices of us-east-1 in ten-thousandths of a dollar.
    ["c7i.large", 892.5],
    ["m7i.48xlarge", 96_768],
    ["r7i.24xlarge", 63_504],
    ["x2iedn.xlarge", 8336.3],
    ["c7g.16xlarge", 23_200],
    ["m7g.medium", 408],
    ["r7g.4xlarge", 8568],
    ["t3.2xlarge", 3328],
    ["t4g.micro", 84],
  ])("has %s in its place in the order of price", (name, price) => {
    const { relativeCost = 0 } = findInstanceType(name) ?? {};
    expect(Math.abs(relativeCost / price - 1)).toBeLessThan(0.002);
  });

  it.each([
    ["m7i.48xlarge", 192, 768],
    ["c7i.large", 2, 4],
    ["r7i.24xlarge", 96, 768],
    ["x2iedn.32xlarge", 128, 4096],
    ["r7g.medium", 1, 8],
    ["t3.xlarge", 4, 16],
  ])("has %s with %i vCPUs and %i GiB", (name, vcpus, gib) => {
    expect(findInstanceType(name)).toMatchObject({ vcpus, memoryMiB: gib * 1024 });
  });
});
