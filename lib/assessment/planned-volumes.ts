import type { Disk, Server } from "../inventory/model";
import type { StorageRequirements, VolumeType } from "./checklist/infrastructure";

/** The volume that the checklist plans for a disk. */
export interface PlannedVolume {
  readonly volumeType: VolumeType;
  /** Room for growth, in percent of the disk's capacity. */
  readonly growthPercent: number;
}

/** A function that returns the planned volume of a disk. */
export type VolumePlanner = (server: Server, disk: Disk) => PlannedVolume;

/**
 * Returns the planner of the volumes that the checklist's `storage_requirements` plan for each disk: the disk's own volume
 * type before its server's, that before the general one, and gp3 where none is given. The assessment judges by it and
 * constructs build by it.
 *
 * @param find returns the server that a name in the checklist means
 */
export function plannedVolumes(
  storage: Partial<StorageRequirements> | undefined,
  find: (name: string) => Server | undefined,
): VolumePlanner {
  // By name, not by object: a construct may hold copies of the inventory's servers.
  const chosen = new Map<string, Map<string | undefined, VolumeType>>();
  for (const { server: name, disk, volumeType } of storage?.volumes ?? []) {
    const server = find(name);
    if (server === undefined) continue;
    const disks = chosen.get(server.name) ?? new Map<string | undefined, VolumeType>();
    chosen.set(server.name, disks.set(disk, volumeType));
  }
  const growthPercent = storage?.growthPercent ?? 0;
  const general = storage?.volumeType ?? "gp3";
  return (server, disk) => {
    const disks = chosen.get(server.name);
    return { volumeType: disks?.get(disk.name) ?? disks?.get(undefined) ?? general, growthPercent };
  };
}
