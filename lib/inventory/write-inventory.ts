import { admit } from "../core/door/admit";
import { defineInventory } from "./define-inventory";
import type { Inventory } from "./model";

/**
 * Writes the inventory as JSON, which `readInventory` reads back exactly as it was: the keys in the order of the model, two
 * spaces of indentation, a line end at the end. The same inventory gives the same text, byte for byte.
 */
export function writeInventory(inventory: Inventory): string {
  admit("writeInventory", { inventory });
  return `${JSON.stringify(defineInventory(inventory), null, 2)}\n`;
}
