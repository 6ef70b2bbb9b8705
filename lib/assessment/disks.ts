import type { Disk, Server } from "../inventory/model";

/** The disk a server boots from: the one that says so, or the first. Undefined where no disk is known. */
export function bootDisk(server: Server): Disk | undefined {
  return server.disks.find((disk) => disk.root === true) ?? server.disks[0];
}
