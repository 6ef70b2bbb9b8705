/**
 * ```ts
 * sizeVolume({ capacityMiB: 102_401 }, { iops: 9000 }); // { size: { type: "gp3", sizeGiB: 101, iops: 9000 } }
 * sizeVolume({ capacityMiB: 102_400 }, { iops: 9000 }, { volumeType: "gp2" }); // gp3 as well, and says why: `outgrown`
 * ```
 *
 * The type that was planned, unless it cannot give what the disk needs; then the next dearer one that can. gp3 has 3,000
 * IOPS and 125 MiB/s in the price of its capacity, and more of either is bought by itself. Where a small disk needs many
 * IOPS the volume is made larger rather than dearer, because gigabytes cost less than io2.
 */
import type { VolumeType } from "../../../assessment/checklist/infrastructure";
import { grownGiB, volumeLimits, type ProvisionedIops } from "../../../assessment/data/volume-types";

/** What a volume has to give beyond its size. */
export interface VolumePerformance {
  /**
   * Operations a second.
   * @default - whatever the volume type gives
   */
  readonly iops?: number;
  /**
   * MiB a second.
   * @default - whatever the volume type gives
   */
  readonly mibps?: number;
}

/** What is planned for a disk. */
export interface VolumeChoice {
  /**
   * The EBS volume type.
   * @default "gp3"
   */
  readonly volumeType?: VolumeType;
  /**
   * Room for growth, in percent of the disk's capacity.
   * @default 0
   */
  readonly growthPercent?: number;
  /**
   * Whether the server boots from it.
   * @default false
   */
  readonly root?: boolean;
}

/** A volume as EBS takes it. */
export interface VolumeSize {
  readonly type: VolumeType;
  readonly sizeGiB: number;
  /** Set for io1 and io2, and for gp3 where it is more than the type gives by itself. */
  readonly iops?: number;
  /** MiB a second, for gp3 where it is more than the type gives by itself. */
  readonly throughput?: number;
}

/** The volume, or why EBS has none such. */
export type VolumeSizing =
  | {
      readonly size: VolumeSize;
      /** Why it is not of the planned type: what that cannot give. */
      readonly outgrown?: string;
    }
  | { readonly size?: undefined; readonly reason: string };

/** What gp3 gives without being asked: Amazon EBS User Guide, "General Purpose SSD volumes". */
const FREE_IOPS = 3000;
const FREE_MIBPS = 125;

/** The types to try when one is not enough, the cheapest first. */
const DEARER: Readonly<Record<VolumeType, readonly VolumeType[]>> = {
  sc1: ["st1", "gp3", "io2"],
  st1: ["gp3", "io2"],
  gp2: ["gp3", "io2"],
  gp3: ["io2"],
  io1: ["io2"],
  io2: [],
};

/** MiB in whole GiB, rounded up. At least 1. */
export function gibFromMib(mib: number): number {
  return Math.max(1, grownGiB(mib));
}

/** The volume of the planned type that holds the disk and gives the performance, or of the next type that does. */
export function sizeVolume(
  disk: { readonly capacityMiB: number },
  need: VolumePerformance = {},
  choice: VolumeChoice = {},
): VolumeSizing {
  const planned = choice.volumeType ?? "gp3";
  const gib = Math.max(1, grownGiB(disk.capacityMiB, choice.growthPercent));
  const iops = Math.ceil(need.iops ?? 0);
  const mibps = Math.ceil(need.mibps ?? 0);
  const { bootable, maximumGiB } = volumeLimits[planned];
  // A planned type that cannot hold the disk at all is a mistake in the plan, not a question of performance.
  if (choice.root === true && !bootable) return { reason: `a volume that boots, and ${planned} does not` };
  if (gib > maximumGiB) return { reason: `${gib} GiB, and ${planned} has at most ${maximumGiB}` };
  let outgrown: string | undefined;
  let reason = "";
  for (const type of [planned, ...DEARER[planned]]) {
    const missing = shortfall(type, gib, iops, mibps);
    if (missing === undefined) {
      return { size: provision(type, gib, iops, mibps), ...(outgrown === undefined ? {} : { outgrown }) };
    }
    outgrown ??= missing;
    reason = missing;
  }
  return { reason };
}

/** What the type cannot give, at its best: a measured peak may use up the credits of gp2, st1 and sc1. */
function shortfall(type: VolumeType, gib: number, iops: number, mibps: number): string | undefined {
  const most = bestOf(type, gib);
  const subject = most.bySize ? `${type} of ${most.gib} GiB` : type;
  if (iops > most.iops) return `${iops} IOPS, and ${subject} has at most ${most.iops}`;
  if (mibps > most.mibps) return `${mibps} MiB/s, and ${subject} has at most ${most.mibps}`;
  return undefined;
}

interface Best {
  readonly gib: number;
  readonly iops: number;
  readonly mibps: number;
  /** Whether a larger volume would give more. */
  readonly bySize: boolean;
}

/**
 * What a volume gives at its best. Amazon EBS User Guide, "General Purpose SSD volumes" (gp2: 3 IOPS for each GiB, bursts
 * of 3,000, and 128 MiB/s up to 170 GiB, 250 above) and "Throughput Optimized HDD and Cold HDD volumes" (bursts of 250
 * and 80 MiB/s for each TiB).
 */
function bestOf(type: VolumeType, planned: number): Best {
  const { maximumIops, maximumMibps, minimumGiB } = volumeLimits[type];
  const gib = Math.max(planned, minimumGiB);
  switch (type) {
    case "gp2":
      return {
        gib,
        iops: Math.min(maximumIops, Math.max(FREE_IOPS, 3 * gib)),
        mibps: gib <= 170 ? 128 : maximumMibps,
        bySize: true,
      };
    case "st1":
      return { gib, iops: maximumIops, mibps: Math.min(maximumMibps, Math.floor((250 * gib) / 1024)), bySize: true };
    case "sc1":
      return { gib, iops: maximumIops, mibps: Math.min(maximumMibps, Math.floor((80 * gib) / 1024)), bySize: true };
    case "gp3":
    case "io1":
    case "io2":
      return { gib, iops: maximumIops, mibps: maximumMibps, bySize: false };
  }
}

function provision(type: VolumeType, gib: number, iops: number, mibps: number): VolumeSize {
  const { minimumGiB, provisionedIops } = volumeLimits[type];
  const sizeGiB = Math.max(gib, minimumGiB);
  if (provisionedIops === undefined) return { type, sizeGiB };
  const throughput = type === "gp3" && mibps > FREE_MIBPS ? { throughput: mibps } : {};
  const bought = Math.max(iops, type === "gp3" && mibps <= FREE_MIBPS ? 0 : iopsOfThroughput(type, mibps));
  if (type === "gp3" && bought <= FREE_IOPS) return { type, sizeGiB, ...throughput };
  // io1 and io2 get at least what gp3 would have given, as far as that makes no volume larger.
  const given = Math.max(bought, provisionedIops.minimum, Math.min(FREE_IOPS, sizeGiB * provisionedIops.perGiB));
  return { type, sizeGiB: largeEnough(sizeGiB, given, provisionedIops), iops: given, ...throughput };
}

/**
 * How many IOPS a throughput takes. Amazon EBS User Guide: gp3 and io2 give 0.25 MiB/s for each; io1 likewise up to
 * 500 MiB/s, and above it 16 KiB for each.
 */
function iopsOfThroughput(type: VolumeType, mibps: number): number {
  return mibps * (type === "io1" && mibps > 500 ? 64 : 4);
}

function largeEnough(sizeGiB: number, iops: number, { perGiB }: ProvisionedIops): number {
  return Math.max(sizeGiB, Math.ceil(iops / perGiB));
}
