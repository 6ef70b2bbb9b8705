import type { VolumeType } from "../checklist/infrastructure";

/** What an EBS volume of a type can be. Sizes in GiB. */
export interface VolumeLimits {
  readonly minimumGiB: number;
  readonly maximumGiB: number;
  /** Whether an instance can boot from it: the hard-disk types cannot be boot volumes. */
  readonly bootable: boolean;
}

/**
 * Limits of the EBS volume types (EC2 API Reference, `CreateVolume`, `Size`; EBS User Guide, "Amazon EBS volume types").
 * gp3 was raised from 16 to 64 TiB in September 2025.
 */
export const volumeLimits: Readonly<Record<VolumeType, VolumeLimits>> = {
  gp3: { minimumGiB: 1, maximumGiB: 65_536, bootable: true },
  gp2: { minimumGiB: 1, maximumGiB: 16_384, bootable: true },
  io2: { minimumGiB: 4, maximumGiB: 65_536, bootable: true },
  io1: { minimumGiB: 4, maximumGiB: 16_384, bootable: true },
  st1: { minimumGiB: 125, maximumGiB: 16_384, bootable: false },
  sc1: { minimumGiB: 125, maximumGiB: 16_384, bootable: false },
};

/**
 * The largest disk that a BIOS boots from, in MiB: 2^32 sectors of 512 bytes, because the master boot record counts sectors
 * in 32 bits (EBS User Guide, "Amazon EBS volume constraints").
 */
export const MASTER_BOOT_RECORD_LIMIT_MIB = 2 * 1024 * 1024;
