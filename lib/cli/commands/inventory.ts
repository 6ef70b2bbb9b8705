import { renderInventory } from "../../report/render";
import { missingArgument, type Arguments } from "../arguments";
import { deliver } from "../write-output";
import { EXIT_OK } from "../exit-status";
import { readInventories } from "../read-inputs";
import { inventoryPage } from "../pages/inventory";
import { outputFile, reportOptions } from "../report-options";
import type { Terminal } from "../terminal";

/** Runs `migration-patterns inventory`. */
export async function runInventory(args: Arguments, terminal: Terminal): Promise<number> {
  if (args.operands.length === 0) throw missingArgument(inventoryPage, "FILE");
  const { format, options } = reportOptions(args, terminal);
  const inventory = await readInventories(args.operands, args, terminal);
  deliver(
    terminal,
    outputFile(args),
    renderInventory(inventory, format, { ...options, defaultFile: args.operands[0] }),
  );
  return EXIT_OK;
}
