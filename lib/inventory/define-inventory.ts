import { z } from "zod";
import { MigrationError } from "../core/error";
import { inventorySchema, type Inventory, type InventoryInput } from "./model";

/**
 * Defines an inventory in code: everything that has a default may be left out.
 *
 * @example
 * defineInventory({ servers: [{ name: "web-01", cpus: 2, memoryMiB: 4096 }] })
 *
 * @throws MigrationError `INVENTORY_INVALID`, with everything that is wrong
 */
export function defineInventory(input: InventoryInput): Inventory {
  const result = inventorySchema.safeParse(input);
  if (result.success) return result.data;
  throw new MigrationError({
    code: "INVENTORY_INVALID",
    path: "inventory",
    fix: "correct the values that are listed below",
    details: z.prettifyError(result.error).split("\n"),
    cause: result.error,
  });
}
