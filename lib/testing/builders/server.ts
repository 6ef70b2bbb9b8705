/**
 * ```ts
 * server("db-01", { os: "Windows Server 2022", disksGiB: [80, 500] })
 * ```
 *
 * A server for a test: complete and in order, so that no rule has anything to say about it but what the test has changed.
 */
import type { z } from "zod";
import type { serverSchema } from "../../inventory/model";
import { parseOperatingSystem } from "../../inventory/operating-system";

/** A server as it is written in an inventory. */
export type ServerInput = z.input<typeof serverSchema>;

/** Differences of a server from one that is in order. */
export interface ServerChanges extends Omit<ServerInput, "name" | "os"> {
  /**
   * The operating system: its name as a source prints it, from which family and version are read, or all of it.
   * @default "Ubuntu 24.04 (64-bit)"
   */
  readonly os?: string | ServerInput["os"];
  /**
   * The capacities of its disks in GiB, instead of `disks`. The first is the one that it boots from.
   * @default [50]
   */
  readonly disksGiB?: readonly number[];
}

/** The operating system of a server of a test: current, free of licences, and known to boot on the target. */
const OPERATING_SYSTEM = "Ubuntu 24.04 (64-bit)";

/**
 * Returns a server of 2 CPUs and 4 GiB with one disk of 50 GiB, on Ubuntu 24.04 and powered on, of the application `shop` and
 * to be rehosted, with what the changes say. {@link inventoryOf} gives it an address.
 */
export function server(
  name: string,
  { os = OPERATING_SYSTEM, disksGiB = [50], ...changes }: ServerChanges = {},
): ServerInput {
  return {
    name,
    powerState: "on",
    os: typeof os === "string" ? parseOperatingSystem(os) : os,
    cpus: 2,
    memoryMiB: 4096,
    disks: disksGiB.map((gibibytes, index) => ({
      name: `Hard disk ${index + 1}`,
      capacityMiB: gibibytes * 1024,
      kind: "thin",
      controller: "SCSI controller 0",
      unit: index,
    })),
    application: "shop",
    environment: "prod",
    strategy: "rehost",
    utilisation: { cpuP95Percent: 40, memoryP95Percent: 55 },
    firmware: "efi",
    hardwareVersion: 19,
    ...changes,
  };
}
