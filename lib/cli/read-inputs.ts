import type { Inventory } from "../inventory/model";
import { readInventory } from "../inventory/read-inventory";
import type { Arguments } from "./arguments";
import { ProgressLine } from "./progress";
import type { Terminal } from "./terminal";

/**
 * Reads and merges the inventory files that a command was given in the format of `--reader`, with a progress line.
 *
 * @throws MigrationError what `readInventory` throws
 */
export async function readInventories(
  files: readonly string[],
  args: Arguments,
  terminal: Terminal,
): Promise<Inventory> {
  const format = args.value("reader");
  const progress = new ProgressLine(terminal);
  try {
    return await readInventory(files, {
      ...(format === undefined ? {} : { format }),
      ...(progress.callback === undefined ? {} : { progress: progress.callback }),
    });
  } finally {
    progress.end();
  }
}
