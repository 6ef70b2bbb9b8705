import type { VolumeType } from "../checklist/infrastructure";

/** The limits of the IOPS that are bought for a volume, whatever its size. */
export interface ProvisionedIops {
  readonly minimum: number;
  /** The largest number of IOPS that may be bought for each GiB. */
  readonly perGiB: number;
}

/** The limits of an EBS volume type. Sizes in GiB, throughput in MiB a second. */
export interface VolumeLimits {
  readonly minimumGiB: number;
  readonly maximumGiB: number;
  /** Whether an instance can boot from it: the hard-disk types cannot be boot volumes. */
  readonly bootable: boolean;
  readonly maximumIops: number;
  readonly maximumMibps: number;
  /** The limits of the IOPS that may be bought; undefined where the size alone decides. */
  readonly provisionedIops?: ProvisionedIops;
}

/**
 * The limits of the EBS volume types (EC2 API Reference, `CreateVolume`, `Iops`, `Size` and `Throughput`, as of the AWS SDK's
 * model that has the gp3 of September 2025; EBS User Guide, "Amazon EBS volume types", "General Purpose SSD volumes" and
 * "Provisioned IOPS SSD volumes"). gp3 was raised in September 2025 from 16 to 64 TiB, from 16,000 to 80,000 IOPS and from
 * 1,000 to 2,000 MiB/s; of the last the AWS provider 5.100 takes 1,000 (`internal/service/ec2/ebs_volume.go`, `throughput`),
 * so that is the limit here.
 */
export const volumeLimits: Readonly<Record<VolumeType, VolumeLimits>> = {
  gp3: {
    minimumGiB: 1,
    maximumGiB: 65_536,
    bootable: true,
    maximumIops: 80_000,
    maximumMibps: 1000,
    provisionedIops: { minimum: 3000, perGiB: 500 },
  },
  gp2: { minimumGiB: 1, maximumGiB: 16_384, bootable: true, maximumIops: 16_000, maximumMibps: 250 },
  io2: {
    minimumGiB: 4,
    maximumGiB: 65_536,
    bootable: true,
    maximumIops: 256_000,
    maximumMibps: 4000,
    provisionedIops: { minimum: 100, perGiB: 1000 },
  },
  io1: {
    minimumGiB: 4,
    maximumGiB: 16_384,
    bootable: true,
    maximumIops: 64_000,
    maximumMibps: 1000,
    provisionedIops: { minimum: 100, perGiB: 50 },
  },
  st1: { minimumGiB: 125, maximumGiB: 16_384, bootable: false, maximumIops: 500, maximumMibps: 500 },
  sc1: { minimumGiB: 125, maximumGiB: 16_384, bootable: false, maximumIops: 250, maximumMibps: 250 },
};

/**
 * Returns a disk's capacity with its room for growth, in whole GiB, rounded up: a volume smaller than its disk does not take
 * it. Multiplied before it is divided, because 100 GiB and 10 % are 110 GiB and not a rounding error more.
 */
export function grownGiB(capacityMiB: number, growthPercent = 0): number {
  return Math.ceil((capacityMiB * (100 + growthPercent)) / (100 * 1024));
}

/**
 * The largest disk that a BIOS boots from, in MiB: 2^32 sectors of 512 bytes, because the master boot record counts sectors
 * in 32 bits (EBS User Guide, "Amazon EBS volume constraints").
 */
export const MASTER_BOOT_RECORD_LIMIT_MIB = 2 * 1024 * 1024;
