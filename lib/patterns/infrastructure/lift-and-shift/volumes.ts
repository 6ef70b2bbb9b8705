/**
 * ```ts
 * sizeVolume({ capacityMiB: 102_401 }, { iops: 9000 }); // { size: { type: "gp3", sizeGiB: 101, iops: 9000 } }
 * sizeVolume({ capacityMiB: 102_400 }, { iops: 9000 }, { volumeType: "gp2" }); // gp3 as well, and says why: `outgrown`
 * ```
 *
 * The sizing of EBS volumes. A disk gets the type that was planned, or the next more expensive one where that cannot give
 * what the disk needs. gp3 has 3,000
 * IOPS and 125 MiB/s in the price of its capacity, and more of either is bought by itself. Where a small disk needs many
 * IOPS the volume is made larger rather than of a more expensive type, because gigabytes cost less than io2.
 */
import type { VolumeType } from "../../../assessment/checklist/infrastructure";
import { grownGiB, volumeLimits, type ProvisionedIops } from "../../../assessment/data/volume-types";
import { admit } from "../../../core/door/admit";

/** The performance that a volume has to give. */
export interface VolumePerformance {
  /**
   * IOPS, in operations a second.
   * @default - whatever the volume type gives
   */
  readonly iops?: number;
  /**
   * Throughput, in MiB a second.
   * @default - whatever the volume type gives
   */
  readonly mibps?: number;
}

/** The volume that is planned for a disk. */
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
  /** IOPS. Set for io1 and io2, and for gp3 where it is more than the type gives by itself. */
  readonly iops?: number;
  /** Throughput in MiB a second, for gp3 where it is more than the type gives by itself. */
  readonly throughput?: number;
}

/** The outcome of sizing a volume: the volume, or the reason why EBS has none. */
export type VolumeSizing =
  | {
      readonly size: VolumeSize;
      /** The reason why it is not of the planned type: the need that exceeds that type's limit. */
      readonly outgrown?: string;
    }
  | { readonly size?: undefined; readonly reason: string };

/** The IOPS that gp3 includes in the price of its capacity: Amazon EBS User Guide, "General Purpose SSD volumes". */
const FREE_IOPS = 3000;
const FREE_MIBPS = 125;

/** The more expensive types to try when one is not enough, the cheapest first. */
const MORE_EXPENSIVE: Readonly<Record<VolumeType, readonly VolumeType[]>> = {
  sc1: ["st1", "gp3", "io2"],
  st1: ["gp3", "io2"],
  gp2: ["gp3", "io2"],
  gp3: ["io2"],
  io1: ["io2"],
  io2: [],
};

/** Converts MiB to whole GiB, rounded up. At least 1. */
export function gibFromMib(mib: number): number {
  admit("gibFromMib", { mib });
  return Math.max(1, grownGiB(mib));
}

/** Returns the volume of the planned type that holds the disk and gives the performance, or of the next type that does. */
export function sizeVolume(
  disk: { readonly capacityMiB: number },
  need: VolumePerformance = {},
  choice: VolumeChoice = {},
): VolumeSizing {
  admit("sizeVolume", { disk, need, choice });
  const planned = choice.volumeType ?? "gp3";
  const gib = Math.max(1, grownGiB(disk.capacityMiB, choice.growthPercent));
  const iops = Math.ceil(need.iops ?? 0);
  const mibps = Math.ceil(need.mibps ?? 0);
  const { bootable, maximumGiB } = volumeLimits[planned];
  // A planned type that cannot hold the disk at all is a mistake in the plan, not a question of performance.
  if (choice.root === true && !bootable) return { reason: `a boot volume, and ${planned} cannot be one` };
  if (gib > maximumGiB) return { reason: `${gib} GiB, which exceeds the limit of ${maximumGiB} GiB for ${planned}` };
  let outgrown: string | undefined;
  let reason = "";
  for (const type of [planned, ...MORE_EXPENSIVE[planned]]) {
    const missing = shortfall(type, gib, iops, mibps);
    if (missing === undefined) {
      return { size: provision(type, gib, iops, mibps), ...(outgrown === undefined ? {} : { outgrown }) };
    }
    outgrown ??= missing;
    reason = missing;
  }
  return { reason };
}

/**
 * Returns the need that exceeds the type at its best, as a phrase: a measured peak may use up the credits of gp2, st1 and
 * sc1.
 */
function shortfall(type: VolumeType, gib: number, iops: number, mibps: number): string | undefined {
  const most = bestOf(type, gib);
  const subject = most.bySize ? `${type} of ${most.gib} GiB` : type;
  if (iops > most.iops) return `${iops} IOPS, which exceeds the limit of ${most.iops} IOPS for ${subject}`;
  if (mibps > most.mibps) return `${mibps} MiB/s, which exceeds the limit of ${most.mibps} MiB/s for ${subject}`;
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
 * Returns what a volume gives at its best. Amazon EBS User Guide, "General Purpose SSD volumes" (gp2: 3 IOPS for each GiB,
 * bursts of 3,000, and 128 MiB/s up to 170 GiB, 250 above) and "Throughput Optimized HDD and Cold HDD volumes" (bursts of
 * 250 and 80 MiB/s for each TiB).
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
 * Returns the IOPS that a throughput takes. Amazon EBS User Guide: gp3 and io2 give 0.25 MiB/s for each; io1 likewise up to
 * 500 MiB/s, and above it 16 KiB for each.
 */
function iopsOfThroughput(type: VolumeType, mibps: number): number {
  return mibps * (type === "io1" && mibps > 500 ? 64 : 4);
}

function largeEnough(sizeGiB: number, iops: number, { perGiB }: ProvisionedIops): number {
  return Math.max(sizeGiB, Math.ceil(iops / perGiB));
}
