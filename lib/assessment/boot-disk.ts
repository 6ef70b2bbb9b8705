import type { Disk, Server } from "../inventory/model";

/**
 * Returns the disk that a server boots from: the one that is marked as such, or the first. Undefined where no disk is known.
 */
export function bootDisk(server: Server): Disk | undefined {
  return server.disks.find((disk) => disk.root === true) ?? server.disks[0];
}
