import { admit } from "../../../core/door/admit";
import type { Server } from "../../../inventory/model";

/**
 * The letters of data volumes, in the order they are given out: f to p are recommended for EBS on Linux, f to z on Windows,
 * and q to z are available on both. Amazon EC2 User Guide, "Device names for volumes on Amazon EC2 instances".
 */
const LETTERS = "fghijklmnopqrstuvwxyz";

/** The largest number of data volumes that one server can have: one for each device name. */
export const DATA_VOLUME_LIMIT = LETTERS.length;

/**
 * Returns the device name of a server's data volume, or undefined past the last letter: `/dev/sdf` on Linux, `xvdf` on
 * Windows. The guest may show another name: on Nitro it is an NVMe device, found by its volume id.
 */
export function dataDeviceName(os: Server["os"]["family"], index: number): string | undefined {
  admit("dataDeviceName", { os, index });
  const letter = LETTERS[index];
  if (letter === undefined) return undefined;
  return os === "windows" ? `xvd${letter}` : `/dev/sd${letter}`;
}

/**
 * Returns the device names for data volumes in the order in which they are given out, without those that are taken: a letter
 * counts as taken whichever form of it is.
 */
export function freeDeviceNames(os: Server["os"]["family"], taken: readonly string[]): string[] {
  const letters = new Set(taken.map((name) => name.replace(/^(?:\/dev\/sd|xvd)/, "")));
  return Array.from(LETTERS).flatMap((letter, index) => (letters.has(letter) ? [] : (dataDeviceName(os, index) ?? [])));
}

/** The name of the root device of an image that is registered from a snapshot. */
export const ROOT_DEVICE_NAME = "/dev/sda1";
