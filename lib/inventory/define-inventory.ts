import { z } from "zod";
import { refuseUnreadable } from "../core/door/refuse-unreadable";
import { MigrationError } from "../core/error";
import { formatPath } from "../core/format-path";
import { upperSnake } from "../core/text";
import { inventorySchema, type Inventory, type InventoryInput } from "./model";

/**
 * Defines an inventory in code: everything that has a default may be left out.
 *
 * @example
 * defineInventory({ servers: [{ name: "web-01", cpus: 2, memoryMiB: 4096 }] })
 *
 * @throws MigrationError `INVENTORY_SERVERS` and its like, named after the property where the first fault is, with everything
 * that is wrong; `INVENTORY_INVALID` for what is no object at all, `INVENTORY_UNREADABLE` where a getter throws
 */
export function defineInventory(input: InventoryInput): Inventory {
  refuseUnreadable("INVENTORY_UNREADABLE", input);
  const result = inventorySchema.safeParse(input);
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path ?? [];
  const [property] = path;
  throw new MigrationError({
    code: property === undefined ? "INVENTORY_INVALID" : `INVENTORY_${upperSnake(String(property))}`,
    path: formatPath(path) || "inventory",
    fix: "correct the values that are listed below",
    details: z.prettifyError(result.error).split("\n"),
    cause: result.error,
  });
}
