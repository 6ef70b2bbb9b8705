/**
 * The instance types that right-sizing chooses from. Few on purpose: one current generation, three ratios of memory to CPU
 * that are offered in every commercial region, one family for much memory on few CPUs, and the burstable types for whoever
 * asks for them. Anything else is a per-server `instanceType`.
 *
 * Every row was checked in November 2026 against the EC2 price list and `DescribeInstanceTypes`, as two programs keep them
 * that choose instances by them: vCPUs and memory against Kubernetes' `cluster-autoscaler` (`ec2_instance_types.go`), sizes
 * and prices against Karpenter's `zz_generated.pricing_aws.go` of 2026-02-09 for us-east-1.
 *
 * Left out, with the reason: `m7i-flex` and its like give full CPU only for 95 % of the time, while a source server gives it
 * always; the `u` types are bought, not launched; bare metal and GPU are decisions, not sizes.
 */
import { admit } from "../../../core/door/admit";

/** The processor architectures that EC2 offers. */
export type InstanceArchitecture = "x86_64" | "arm64";

/** An instance type, as far as right-sizing needs it. */
export interface InstanceType {
  /** The name as EC2 writes it: `m7i.2xlarge`. */
  readonly name: string;
  /** The part before the dot: `m7i`. A dedicated host takes the sizes of one family. */
  readonly family: string;
  readonly architecture: InstanceArchitecture;
  readonly vcpus: number;
  readonly memoryMiB: number;
  /**
   * The rank in the order of price: the list price for Linux on demand in us-east-1 in ten-thousandths of a US
   * dollar an hour, rounded to a whole number for each vCPU. Only the order means something, here and in other regions.
   */
  readonly relativeCost: number;
  /**
   * The baseline of a burstable type: the part of its vCPUs' time that it may use for ever, in percent.
   * @default - all of it
   */
  readonly baselinePercent?: number;
}

interface Family {
  readonly name: string;
  readonly architecture: InstanceArchitecture;
  readonly gibPerVcpu: number;
  readonly costPerVcpu: number;
  /** The vCPUs of a dedicated host of the family: as many as the family's bare-metal size, which is the whole host. */
  readonly hostVcpus: number;
  /** Whether a host takes several sizes of the family; else it is made for one of them. */
  readonly mixedHost: boolean;
  readonly sizes: Readonly<Record<string, number>>;
}

const X86_SIZES = {
  large: 2,
  xlarge: 4,
  "2xlarge": 8,
  "4xlarge": 16,
  "8xlarge": 32,
  "12xlarge": 48,
  "16xlarge": 64,
  "24xlarge": 96,
  "48xlarge": 192,
};
const GRAVITON_SIZES = {
  medium: 1,
  large: 2,
  xlarge: 4,
  "2xlarge": 8,
  "4xlarge": 16,
  "8xlarge": 32,
  "12xlarge": 48,
  "16xlarge": 64,
};
const X2_SIZES = {
  xlarge: 4,
  "2xlarge": 8,
  "4xlarge": 16,
  "8xlarge": 32,
  "16xlarge": 64,
  "24xlarge": 96,
  "32xlarge": 128,
};

/**
 * The families of instance types. Source of `mixedHost`: Amazon EC2 User Guide, "Amazon EC2 Dedicated Host instance capacity
 * configurations"; where that is not certain, a host is made for one size, which always works.
 */
const FAMILIES: readonly Family[] = [
  {
    name: "c7i",
    architecture: "x86_64",
    gibPerVcpu: 2,
    costPerVcpu: 446,
    hostVcpus: 192,
    mixedHost: true,
    sizes: X86_SIZES,
  },
  {
    name: "m7i",
    architecture: "x86_64",
    gibPerVcpu: 4,
    costPerVcpu: 504,
    hostVcpus: 192,
    mixedHost: true,
    sizes: X86_SIZES,
  },
  {
    name: "r7i",
    architecture: "x86_64",
    gibPerVcpu: 8,
    costPerVcpu: 662,
    hostVcpus: 192,
    mixedHost: true,
    sizes: X86_SIZES,
  },
  {
    name: "x2iedn",
    architecture: "x86_64",
    gibPerVcpu: 32,
    costPerVcpu: 2084,
    hostVcpus: 128,
    mixedHost: false,
    sizes: X2_SIZES,
  },
  {
    name: "c7g",
    architecture: "arm64",
    gibPerVcpu: 2,
    costPerVcpu: 363,
    hostVcpus: 64,
    mixedHost: false,
    sizes: GRAVITON_SIZES,
  },
  {
    name: "m7g",
    architecture: "arm64",
    gibPerVcpu: 4,
    costPerVcpu: 408,
    hostVcpus: 64,
    mixedHost: false,
    sizes: GRAVITON_SIZES,
  },
  {
    name: "r7g",
    architecture: "arm64",
    gibPerVcpu: 8,
    costPerVcpu: 536,
    hostVcpus: 64,
    mixedHost: false,
    sizes: GRAVITON_SIZES,
  },
];

/**
 * The burstable sizes: name, vCPUs, memory in MiB, baseline of each vCPU (Amazon EC2 User Guide, "Burstable performance
 * instances"), relative cost.
 */
const BURSTABLE: readonly (readonly [name: string, number, number, number, t3: number, t4g: number])[] = [
  ["micro", 2, 1024, 10, 104, 84],
  ["small", 2, 2048, 20, 208, 168],
  ["medium", 2, 4096, 20, 416, 336],
  ["large", 2, 8192, 30, 832, 672],
  ["xlarge", 4, 16_384, 40, 1664, 1344],
  ["2xlarge", 8, 32_768, 40, 3328, 2688],
];

/** All instance types with steady CPU, cheapest first. */
export const instanceTypes: readonly InstanceType[] = FAMILIES.flatMap((family) =>
  Object.entries(family.sizes).map(([size, vcpus]) => ({
    name: `${family.name}.${size}`,
    family: family.name,
    architecture: family.architecture,
    vcpus,
    memoryMiB: vcpus * family.gibPerVcpu * 1024,
    relativeCost: vcpus * family.costPerVcpu,
  })),
).sort((a, b) => a.relativeCost - b.relativeCost);

/** The burstable instance types, cheapest first. Dedicated hosts take t3 only, and this library puts none there. */
export const burstableInstanceTypes: readonly InstanceType[] = BURSTABLE.flatMap(
  ([size, vcpus, memoryMiB, baselinePercent, t3, t4g]) => [
    {
      name: `t3.${size}`,
      family: "t3",
      architecture: "x86_64" as const,
      vcpus,
      memoryMiB,
      baselinePercent,
      relativeCost: t3,
    },
    {
      name: `t4g.${size}`,
      family: "t4g",
      architecture: "arm64" as const,
      vcpus,
      memoryMiB,
      baselinePercent,
      relativeCost: t4g,
    },
  ],
).sort((a, b) => a.relativeCost - b.relativeCost);

const byName = new Map([...instanceTypes, ...burstableInstanceTypes].map((type) => [type.name, type]));
const families = new Map(FAMILIES.map((family) => [family.name, family]));

/** Returns the instance type of that name, or undefined where the table does not have it; EC2 may. */
export function findInstanceType(name: string): InstanceType | undefined {
  admit("findInstanceType", { name });
  return byName.get(name);
}

/** Returns the vCPUs of a dedicated host of the family, or undefined where the table does not have the family. */
export function dedicatedHostVcpus(family: string): number | undefined {
  return families.get(family)?.hostVcpus;
}

/**
 * Checks whether a dedicated host of the family takes several of its sizes. False where the table does not have the family.
 */
export function hostTakesSizes(family: string): boolean {
  return families.get(family)?.mixedHost ?? false;
}

/**
 * The families of former generations of which EC2 offers a throughput of its own for volumes for no size, or for some only. Every
 * other family has it always: Amazon EC2 User Guide, "Amazon EBS-optimized instance types".
 */
const WITHOUT_EBS_OPTIMIZATION = ["c1", "c3", "cc2", "cr1", "g2", "hs1", "i2", "m1", "m2", "m3", "r3", "t1", "t2"];

/** Checks whether every size of the type's family has a throughput of its own for volumes. A token is not known to. */
export function isEbsOptimized(instanceType: string): boolean {
  return /^[a-z]/.test(instanceType) && !WITHOUT_EBS_OPTIMIZATION.includes(instanceType.split(".")[0] ?? "");
}
