/**
 * ```ts
 * rightSize({ cpus: 8, memoryMiB: 32_768, utilisation: { cpuP95Percent: 20, memoryP95Percent: 40 } });
 * // r7i.large: 2 CPUs and 16 GiB are needed, of 8 and 32
 * ```
 *
 * The right-sizing of servers. A server needs what it has, or what it uses at the 95th percentile plus headroom where that
 * was measured; the cheapest type that gives it is taken. Measured use never asks for more than the source has: a full page
 * cache reads as 100 % of memory and is no reason to buy more.
 */
import { admit } from "../../../core/door/admit";
import type { Server } from "../../../inventory/model";
import { burstableInstanceTypes, instanceTypes, type InstanceArchitecture, type InstanceType } from "./instance-types";

/** Options of {@link rightSize}. */
export interface RightSizingOptions {
  /**
   * The headroom that is added to the measured use, in percent of it.
   * @default 25
   */
  readonly headroomPercent?: number;
  /**
   * Whether burstable types may be chosen. They are only where CPU use was measured and stays below the type's baseline,
   * so that credits never run out.
   * @default false
   */
  readonly burstable?: boolean;
}

/** The properties of a server that decide its size. */
export type Sizable = Pick<Server, "cpus" | "memoryMiB" | "utilisation" | "os">;

/** The capacity that a server needs. */
export interface ServerNeed {
  readonly cpus: number;
  readonly memoryMiB: number;
  readonly architecture: InstanceArchitecture;
  /** The source of the numbers: the server's own capacity, or its measured use. */
  readonly basis: "capacity" | "utilisation";
}

/** The outcome of right-sizing a server: its instance type, or the reason why there is none. */
export type Sizing =
  | { readonly type: InstanceType; readonly need: ServerNeed }
  | { readonly type?: undefined; readonly need?: ServerNeed; readonly reason: string };

/** The default headroom that is added to the measured use, in percent of it. */
export const DEFAULT_HEADROOM_PERCENT = 25;

/** Returns the cheapest type of the table that gives the server what it needs, or the reason why there is none. */
export function rightSize(server: Sizable, options: RightSizingOptions = {}): Sizing {
  admit("rightSize", { server, options });
  const architecture = architectureOf(server);
  if (architecture === undefined) {
    return { reason: `no current instance type runs the architecture ${String(server.os.architecture)}` };
  }
  const { cpus, memoryMiB, utilisation } = server;
  if (cpus === undefined || memoryMiB === undefined) {
    return { reason: `its ${cpus === undefined ? "number of CPUs" : "memory"} is not known` };
  }
  const headroom = 1 + (options.headroomPercent ?? DEFAULT_HEADROOM_PERCENT) / 100;
  const cpuUse = utilisation?.cpuP95Percent;
  const memoryUse = utilisation?.memoryP95Percent;
  const need: ServerNeed = {
    cpus: cpuUse === undefined ? cpus : Math.min(cpus, (cpus * cpuUse * headroom) / 100),
    memoryMiB: memoryUse === undefined ? memoryMiB : Math.min(memoryMiB, (memoryMiB * memoryUse * headroom) / 100),
    architecture,
    basis: cpuUse === undefined && memoryUse === undefined ? "capacity" : "utilisation",
  };
  const steady = instanceTypes.find((type) => fits(type, need) && type.vcpus >= need.cpus);
  const burst =
    options.burstable === true && cpuUse !== undefined
      ? burstableInstanceTypes.find(
          (type) => fits(type, need) && (type.vcpus * (type.baselinePercent ?? 0)) / 100 >= need.cpus,
        )
      : undefined;
  const type =
    burst !== undefined && (steady === undefined || burst.relativeCost < steady.relativeCost) ? burst : steady;
  if (type !== undefined) return { type, need };
  return {
    need,
    reason: `it needs ${formatNumber(need.cpus)} CPUs and ${formatNumber(need.memoryMiB / 1024)} GiB, more than any ${architecture} type of the table has`,
  };
}

/**
 * Returns the architecture of the server's instance type, or undefined where EC2 has none. An unknown one is taken for
 * x86_64.
 */
export function architectureOf(server: Sizable): InstanceArchitecture | undefined {
  switch (server.os.architecture) {
    case undefined:
    case "x86_64":
      return "x86_64";
    case "arm64":
      return "arm64";
    // 32-bit images start only on types of generations before Nitro.
    case "x86":
    case "other":
      return undefined;
  }
}

function fits(type: InstanceType, need: ServerNeed): boolean {
  return type.architecture === need.architecture && type.memoryMiB >= need.memoryMiB;
}

function formatNumber(value: number): string {
  return String(Math.round(value * 10) / 10);
}
