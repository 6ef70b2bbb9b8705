import type { Inventory } from "../inventory/model";
import { readInventory } from "../inventory/read-inventory";
import type { Arguments } from "./arguments";
import { ProgressLine } from "./progress";
import type { Terminal } from "./terminal";

/**
 * The inventory files that a command was given, read as `--reader` says, with a progress line, and merged.
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
